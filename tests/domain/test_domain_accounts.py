"""What people paste of the API's document is taken apart into address and key."""

import pytest

from snum_tui.domain.accounts import bare_key, first_line, lone_key, take_apart

KEY = "dae537467c10656909073a2ab4e0e152"


@pytest.mark.parametrize(
    ("pasted", "address"),
    [
        (f"https://sms.tc/api/{KEY}/getBalance", "https://sms.tc"),
        (f"  Request URL: http://127.0.0.1:8077/api/{KEY}/getNumber/12", "http://127.0.0.1:8077"),
        (f"sms.tc/shop/api/{KEY}/getMessage/75?x=1", "sms.tc/shop"),
        (f'"https://sms.tc/api/{KEY}/cancelNumber/1"', "https://sms.tc"),
        (f"https://sms.tc/api/{KEY}", "https://sms.tc"),
        (f"'sms.tc/api/{KEY}/'", "sms.tc"),
    ],
)
def test_a_call_with_a_key_gives_both(pasted: str, address: str) -> None:
    found = take_apart(pasted)
    assert found is not None
    assert found.key is not None
    assert (found.address, found.key.reveal()) == (address, KEY)
    assert KEY not in repr(found)


def test_the_placeholder_of_the_document_is_no_key() -> None:
    found = take_apart("https://domainadresiniz.com/api/api_key/getBalance")
    assert found is not None
    assert (found.address, found.key) == ("https://domainadresiniz.com", None)


@pytest.mark.parametrize(
    "text", ["https://sms.tc", KEY, "https://sms.tc/api/getCategories", f"https://sms.tc/api/{KEY}/getOthers"]
)
def test_anything_else_is_left_as_it_is(text: str) -> None:
    assert take_apart(text) is None


def test_a_key_alone_is_no_address_and_an_address_no_key() -> None:
    found = lone_key(KEY)
    assert found is not None
    assert found.reveal() == KEY
    addresses = (
        "sanalnumara.org",
        "https://sms.tc",
        "localhost",
        "numara-sunucusu-1",
        f"{KEY}.example",
        f"{KEY}:80",
    )
    assert not any(lone_key(address) for address in (*addresses, "", "x" * 30, f"{KEY} ", f"{KEY}\n"))


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        f"api_key={KEY}",
        f'"{KEY}"',
        f"'{KEY}',",
        f'api_key = "{KEY}"',
        f'"api_key": "{KEY}",',
        f"API key: {KEY}",
        f"apikey:{KEY}",
        f"key={KEY};",
        f"API anahtarı: {KEY}",
        f"<{KEY}>",
    ],
)
def test_a_key_is_taken_out_of_what_it_was_copied_with(text: str) -> None:
    assert bare_key(text) == KEY


@pytest.mark.parametrize("text", ["key", "api_key", "a=b:c/d+e==", "keykey=1", "", "monkey=1"])
def test_a_key_that_only_looks_like_more_is_left_as_it_is(text: str) -> None:
    assert bare_key(text) == text


@pytest.mark.parametrize(("text", "line"), [("a\n", "a"), ("\r\n  b \r\nc", "b"), ("\n", ""), ("", "")])
def test_of_a_paste_the_first_line_counts_that_is_not_blank(text: str, line: str) -> None:
    assert first_line(text) == line
