"""A site's address is what the person means, and never a way for the key to leak."""

import copy
import json
import pickle
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snum_tui.domain.site import ApiKey, BadAddress, read_address


@pytest.mark.parametrize(
    ("typed", "url", "host"),
    [
        ("sanalnumara.org", "https://sanalnumara.org", "sanalnumara.org"),
        (" https://sanalnumara.org/ ", "https://sanalnumara.org", "sanalnumara.org"),
        ("HTTPS://sanalnumara.org", "https://sanalnumara.org", "sanalnumara.org"),
        ("https://www.sms.tc:8443", "https://www.sms.tc:8443", "www.sms.tc:8443"),
        ("https://sanalnumara.org/api", "https://sanalnumara.org", "sanalnumara.org"),
        ("https://sanalnumara.org/api/", "https://sanalnumara.org", "sanalnumara.org"),
        ("https://sanalnumara.org/api/getCategories", "https://sanalnumara.org", "sanalnumara.org"),
        ("https://sanalnumara.org/api/S3CRET/getBalance", "https://sanalnumara.org", "sanalnumara.org"),
        ("https://example.com/shop/", "https://example.com/shop", "example.com"),
        ("https://example.com/shop/api/", "https://example.com/shop", "example.com"),
        ("https://example.com/apiary", "https://example.com/apiary", "example.com"),
        ("http://127.0.0.1:8077", "http://127.0.0.1:8077", "127.0.0.1:8077"),
        ("http://127.8.9.1", "http://127.8.9.1", "127.8.9.1"),
        ("http://localhost:8077/", "http://localhost:8077", "localhost:8077"),
        ("http://[::1]:8077", "http://[::1]:8077", "[::1]:8077"),
        ("https://örnek.com", "https://örnek.com", "örnek.com"),
    ],
)
def test_an_address_is_read_as_people_write_it(typed: str, url: str, host: str) -> None:
    """With https where no scheme is given; a pasted call of the API document is cut down to its site."""
    address = read_address(typed)
    assert (address.url, address.host) == (url, host)


@pytest.mark.parametrize(
    "typed",
    [
        "http://sanalnumara.org",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://10.0.0.1",
        "http://0.0.0.0",
        "http://[::2]",
        "http://128.0.0.1",
        "http://2130706433",
    ],
)
def test_plain_http_goes_to_loopback_only_or_with_consent(typed: str) -> None:
    """The key is in the path of every paid call."""
    with pytest.raises(BadAddress) as caught:
        read_address(typed)
    assert "unencrypted" in str(caught.value)
    assert read_address(typed, allow_plain_http=True).url == typed


@pytest.mark.parametrize(
    "typed",
    [
        "https:/numara.example",
        "https//numara.example",
        "https://https://numara.example",
        "https://numara.example,",
        "<https://numara.example>",
        *(
            "",
            "  ",
            "https://",
            "https:///path",
            "://x",
            "https://exa mple.com",
            "https://example.com\n/",
            "\x1b[2J",
        ),
        *("https://example.com:99999", "https://example.com:x", "https://[::1", "https://\u202emoc.elpmaxe"),
        *("ftp://example.com", "file:///etc/passwd", "javascript:alert(1)", "https://example.com?x=1"),
        *("https://example.com/#x", "https://example.com\\@evil.example", "http://[::1]evil.example"),
    ],
)
def test_what_is_no_address_is_refused_with_a_sentence(typed: str) -> None:
    """Even with consent to plain http; the sentence can be shown as it is."""
    with pytest.raises(BadAddress) as caught:
        read_address(typed, allow_plain_http=True)
    told = str(caught.value)
    assert "https://" in told
    assert told.isprintable()


@pytest.mark.parametrize(
    "typed",
    [
        *("https:/x.com", "https//x.com", "https://https://x.com", "HTTPS:/x.com", "http//x.com", "https/x.com"),
        *("http:/x.com", "https:x.com", "https;//x.com", "htps//x.com", "htps:/x.com", "https.//x.com"),
        *("https://http://x.com", "https://x.com:", "https://x..com", "https://.x.com", "https://x.com//y"),
        *("https:/x.com/api/K/getBalance", "https//x.com/api/K/getBalance"),
    ],
)
def test_a_slip_in_the_beginning_makes_no_other_host_of_an_address(typed: str) -> None:
    """The key would be sent to whoever answers to the name `https`."""
    for consent in (False, True):
        with pytest.raises(BadAddress) as caught:
            read_address(typed, allow_plain_http=consent)
        assert "like https://example.com" in str(caught.value)


@pytest.mark.parametrize(
    "typed",
    [
        "https://example.com?key={secret}",
        "https://example.com#{secret}",
        "https://example.com?key=short-secret",
        "https:/example.com/{secret}",
        "https://example.com/{secret}/$",
        "https://example.com/a b/{secret}",
        "https://me:{secret}@example.com",
        "ftp://example.com/api/{secret}/getBalance",
    ],
)
def test_what_may_be_a_key_or_a_password_is_not_said_again(typed: str) -> None:
    secret = "7f3aa0c1d2e34f55"  # noqa: S105 - made up
    with pytest.raises(BadAddress) as caught:
        read_address(typed.format(secret=secret))
    assert secret not in str(caught.value)
    assert "short-secret" not in str(caught.value)


@pytest.mark.parametrize(
    "typed",
    [
        "https://domainadresiniz.com/api/api_key/getBalance",
        "domainadresiniz.com",
        "https://WWW.domainadresiniz.com.:443/",
        "http://domainadresiniz.com",
    ],
)
def test_what_the_api_document_prints_in_the_addresss_place_is_sent_no_key(typed: str) -> None:
    """Anybody may have that name."""
    with pytest.raises(BadAddress) as caught:
        read_address(typed, allow_plain_http=True)
    assert "only stands for an address" in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "sign"),
    [
        ("https://example.com,", ","),
        ("https://example.com;", ";"),
        ("https://example.com)", ")"),
        ("https://<example.com>", "<"),
        ("example.com,", ","),
        ("https://example.com/,", ","),
        ('https://example.com"', '"'),
        ("https://example,com", ","),
    ],
)
def test_a_sign_that_was_copied_with_an_address_is_named(typed: str, sign: str) -> None:
    with pytest.raises(BadAddress) as caught:
        read_address(typed)
    assert f"holds a {sign}, " in str(caught.value)
    assert "like https://example.com" in str(caught.value)


@pytest.mark.parametrize(
    "typed",
    [
        "https://me:S3CRET@example.com",
        "me:S3CRET@example.com",
        "https://S3CRET@example.com",
        "https://:S3CRET@example.com",
        "https://me:S3CRET@",
        "https://me:S3CRET@:80",
        "http://me:S3CRET@example.com",
        "ftp://me:S3CRET@example.com",
        "https://me:S3CRET@exam ple.com",
        "http://example.com/api/S3CRET/getBalance",
        "https://example.com/api/S3CRET/getBalance?x=1",
        "ftp://example.com/api/S3CRET/getBalance",
        "https://exam ple.com/api/S3CRET/getBalance",
    ],
)
def test_a_password_or_key_in_an_address_is_refused_and_not_repeated(typed: str) -> None:
    """What the sentence says is shown, and may be logged."""
    with pytest.raises(BadAddress) as caught:
        read_address(typed)
    assert "S3CRET" not in f"{caught.value} {caught.value!r} {caught.value.sentence}"


@given(st.text(max_size=60), st.booleans())
def test_reading_an_address_yields_a_plain_one_or_says_why_not(typed: str, consent: bool) -> None:  # noqa: FBT001 - drawn by the search
    """And reading it again changes nothing."""
    try:
        address = read_address(typed, allow_plain_http=consent)
    except BadAddress:
        return
    assert address.url.isprintable()
    assert not address.url.endswith("/")
    assert read_address(address.url, allow_plain_http=consent) == address


@dataclass(frozen=True)
class Holder:
    """Something that holds a key, as settings do."""

    key: ApiKey


def test_a_key_is_never_printable() -> None:
    """Not alone, not inside of something, not formatted, copied, pickled or serialized."""
    key = ApiKey("S3CRET")
    holder = Holder(key)
    shown = f"{key} {key!r} {key!s} {key:>20} {holder} {[key]} {vars(holder)}" + "{} {!r}".format(key, key)  # noqa: UP032 - one more way
    assert "S3CRET" not in shown
    assert "ApiKey(…)" in shown
    for leak in (pickle.dumps, copy.copy, copy.deepcopy, json.dumps, vars):
        with pytest.raises(TypeError):
            leak(key)
    assert key.reveal() == "S3CRET"


def test_a_key_knows_whether_it_is_empty() -> None:
    """No key yet is a usual state."""
    assert ApiKey("x")
    assert not ApiKey("")
