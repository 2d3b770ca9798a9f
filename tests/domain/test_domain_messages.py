"""The code to copy is found in a message, whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snum_tui.domain.messages import MessageStatus, find_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("123456", "123456"),
        ("0123", "0123"),
        ("AB12CD", "AB12CD"),
        ("Your code is 123456", "123456"),
        ("123456 is your Facebook code", "123456"),
        ("G-123456 is your Google verification code.", "123456"),
        ("WhatsApp code 123-456", "123456"),
        ("Your Signal code: 123 456", "123456"),
        ("Your code is 1234-5678.", "12345678"),
        ("<#> 1234 is your code. fA8xQ", "1234"),
        ("Doğrulama kodunuz: 4821. 5 dakika geçerlidir.", "4821"),
        ("Kod 5 dakika geçerli: 482913", "482913"),
        ("ŞİFRE: 7788", "7788"),
        ("Telegram code: 12345. Call +905321234567 for help", "12345"),
        ("Call +905321234567. Code: 4821", "4821"),
        ("PIN 9911, ref 123456", "9911"),
        ("Your order of 2024 lira: code 661177", "661177"),
        ("1111|2222", "2222"),
        ("Your code is 1111 | Your code is 2222", "2222"),
        ("code 1111||", "1111"),
    ],
)
def test_the_code_is_found_in_a_message(text: str, code: str) -> None:
    """Of several SMS joined by a bar, in the last one (PROTOCOL)."""
    assert find_code(text) == code


@pytest.mark.parametrize("text", ["Welcome aboard!", "no digits at all", "|", "1-2", "call +905321234567"])
def test_a_message_without_a_code_is_copied_whole(text: str) -> None:
    """Copying never copies nothing."""
    assert find_code(text) == text


@given(st.text(max_size=300))
def test_what_is_found_is_in_the_message(text: str) -> None:
    """But for the joint of a split code; and only white space has no code."""
    code = find_code(text)
    assert code in text or code in text.replace("-", "").replace(" ", "")
    assert bool(code) == bool(text.strip())


def test_the_statuses_are_the_documents() -> None:
    """1 arrived, 0 waiting, -1 cancelled."""
    assert [MessageStatus(value).name for value in (1, 0, -1)] == ["RECEIVED", "WAITING", "CANCELLED"]
