"""What people paste of the API's document is taken apart into address and key."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from snum_tui.domain.accounts import bare_address, bare_key, first_line, lone_key, open_part, take_apart
from snum_tui.domain.site import BadAddress, read_address

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
        (f"(https://sms.tc/api/{KEY})", "https://sms.tc"),
        (f"Adres: https://sms.tc/api/{KEY}.", "https://sms.tc"),
        (f"“https://sms.tc/api/{KEY}”", "https://sms.tc"),
        (f"Merhaba,\n\nadres: (https://sms.tc/api/{KEY}/getBalance).", "https://sms.tc"),
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


@pytest.mark.parametrize("broken", ["https://www.sanal\nnumara.org", "Adres: https://sanalnumara.\r\norg"])
def test_a_call_that_was_broken_inside_its_address_gives_no_key_to_the_site_that_is_left(broken: str) -> None:
    assert take_apart(f"{broken}/api/{KEY}/getBalance") is None
    assert take_apart(f"{broken}/api/{KEY}") is None


@given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(("/{}", "/{}/getBalance", "/API/{}/getOthers")))
@example("", "/api/", "/{}")
def test_a_key_never_becomes_a_part_of_an_address(before: str, after: str, path: str) -> None:
    text = f"{before}https://sms.tc{path.format(KEY)}{after}"
    for address in (bare_address(text), text):
        assert KEY not in _outcome(address)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "api_key={}",
        "https://sms.tc/{}",
        "sms.tc/API/{}/getOthers",
        "sms.tc?key={}",
        "Your key is '{}'",
        "sms.tc:{}",
    ],
)
def test_a_key_in_an_addresss_place_is_never_shown(text: str) -> None:
    assert KEY[:4] not in open_part(text.format(KEY))


@pytest.mark.parametrize(
    "text",
    [
        "https://sms.tc/shop",
        "my-very-long-name-of-a-host-1.example",
        "Adres: https://my-very-long-name-of-a-host-1.tc",
    ],
)
def test_an_address_is_shown_in_full(text: str) -> None:
    assert open_part(text) == text


def _outcome(address: str) -> str:
    """Return the address as it would be written down, or what is told of it."""
    try:
        return read_address(address, allow_plain_http=True).url
    except BadAddress as error:
        return str(error)


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


@pytest.mark.parametrize(
    "text",
    [
        "https://sms.tc",
        "https://sms.tc/",
        '"https://sms.tc"',
        "<https://sms.tc>",
        "(https://sms.tc).",
        "https://sms.tc,",
        "“https://sms.tc”",
        "sms.tc <https://sms.tc>",
        "https://sms.tc<https://sms.tc/>",
        "[www.sms.tc](https://sms.tc)",
        'site = "https://sms.tc"',
        "SNUM_TUI_SITE=https://sms.tc",
        "Merhaba,\r\n\r\nSite adresimiz https://sms.tc. Sorularınız için: destek@sms.example\r\n",
    ],
)
def test_an_address_is_taken_out_of_what_it_was_copied_with(text: str) -> None:
    assert bare_address(text) == "https://sms.tc"


@pytest.mark.parametrize("text", ["sms.tc.", "'sms.tc'", "<sms.tc>", "Site: sms.tc", "site adresi: sms.tc,"])
def test_without_its_scheme_an_address_stands_alone_or_is_called_one(text: str) -> None:
    assert bare_address(text) == "sms.tc"


@pytest.mark.parametrize(
    "text",
    [
        "https://sms.tc https://numara.example",
        "http://sms.tc https://sms.tc",
        "sms.tc <https://numara.example>",
        "[sms.tc](https://numara.example)",
        "ftp://sms.tc https://sms.tc",
        "numara.example?next=https://sms.tc",
        "me@https://sms.tc",
        "sms.tc or another",
        "numara: sms.tc",
        "site:8077",
        "localhost:8077",
        "http://[::1]:8077",
        "https:/sms.tc",
        "https//sms.tc",
        "https://https://sms.tc",
        "https://sms.tc:",
        "https://",
        "https://me:word@sms.tc",
        "https://sms.tc?x=1",
        "",
    ],
)
def test_where_it_is_not_clear_which_site_is_meant_a_text_is_left_as_it_is(text: str) -> None:
    """Two sites, or one that another name leads to; and what a slip of the hand made is still refused as one."""
    assert bare_address(text) == text


@given(st.text(max_size=60), st.booleans())
def test_what_is_taken_out_stands_in_the_text_and_is_no_other_than_a_good_address(
    text: str,
    consent: bool,  # noqa: FBT001 - drawn by the search
) -> None:
    taken = bare_address(text)
    assert taken in text
    try:
        good = read_address(text, allow_plain_http=consent)
    except BadAddress:
        return
    assert read_address(taken, allow_plain_http=consent).url.rstrip(".") == good.url.rstrip(".")


_HOSTS = st.from_regex(r"[a-z][a-z0-9]{0,8}(\.[a-z][a-z0-9]{0,8}){0,2}", fullmatch=True)
_AROUND = st.sampled_from(("{}", "<{}>", '"{}"', "({})", "{}.", "{},", "Adres: {}", "Merhaba, site {}!", "{}\n"))


@given(_HOSTS, _AROUND, st.sampled_from(("http", "https")))
def test_taking_an_address_out_never_changes_how_it_is_sent(host: str, around: str, scheme: str) -> None:
    """Plain http stays that, and is refused as ever."""
    taken = bare_address(around.format(f"{scheme}://{host}"))
    assert taken == f"{scheme}://{host}"
    if scheme == "http" and host != "localhost":
        with pytest.raises(BadAddress):
            read_address(taken)
