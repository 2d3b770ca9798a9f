"""Every way in which the sites say no is understood (PROTOCOL), and a bad key is told as one."""

from collections.abc import Callable

import pytest

from snum_tui.provider.client import SiteClient
from snum_tui.provider.errors import KeyRejected, Refused

Says = Callable[..., None]


@pytest.mark.parametrize(
    ("fields", "read"),
    [
        (
            b'"title":"Stok yok","message":"Tekrar deneyin."',
            ("Stok yok", "Tekrar deneyin.", "Stok yok: Tekrar deneyin."),
        ),
        (b'"title":"","message":""', ("", "", "")),
        (b'"message":"Stok yok"', ("", "Stok yok", "Stok yok")),
        (b'"title":"Hata!","message":null,"href":"/x","redirect_url":"/y"', ("Hata!", "", "Hata!")),
        (b'"title":["x"],"message":{"a":1}', ("", "", "")),
        (
            b'"title":"Hata","message":"Hata: bakiye yetersiz"',
            ("Hata", "Hata: bakiye yetersiz", "Hata: bakiye yetersiz"),
        ),
        (
            b'"message":"<p>Bakiye <b>yetersiz</b>.<br>Y&uuml;kleyin &amp; deneyin</p>"',
            ("", "Bakiye yetersiz. Yükleyin & deneyin", "Bakiye yetersiz. Yükleyin & deneyin"),
        ),
        (
            b'"message":"a\\u001b]52;c;x\\u0007b\\u202e"',
            ("", "a\ufffd]52;c;x\ufffdb\ufffd", "a\ufffd]52;c;x\ufffdb\ufffd"),
        ),
    ],
)
@pytest.mark.parametrize("success", [b"false", b'"false"', b"0", b'"0"'])
async def test_a_refusal_of_every_call_carries_the_sites_words_cleaned(
    client: SiteClient,
    says: Says,
    success: bytes,
    fields: bytes,
    read: tuple[str, str, str],
) -> None:
    """HTML and terminal codes are gone, and silence is silence."""
    says(b'{"success":%b,%b}' % (success, fields))
    for ask in (
        client.categories(),
        client.services("1"),
        client.quote("32"),
        client.balance(),
        client.order("32"),
        client.message("75"),
        client.cancel("75"),
    ):
        with pytest.raises(Refused) as caught:
            await ask
        error = caught.value
        assert (error.title, error.message, error.words) == read
        assert error.whole_refusal is True
        assert error.words in str(error)


async def test_endless_words_of_a_refusal_are_cut(client: SiteClient, says: Says) -> None:
    """They must fit a line or two."""
    says(b'{"success":false,"title":"%b","message":"%b"}' % (b"a" * 5000, b"b" * 5000))
    with pytest.raises(Refused) as caught:
        await client.balance()
    assert len(caught.value.words) == 300


@pytest.mark.parametrize(
    "words",
    [
        "Geçersiz API anahtarı",
        "GEÇERSİZ API ANAHTARI",
        "API anahtarınız geçersiz.",
        "Api key hatalı",
        "Invalid API key",
        "invalid api_key",
        "Wrong key",
        "Anahtarınız bulunamadı",
        "Hatalı anahtar",
        "Your key is not valid",
    ],
)
async def test_a_refusal_that_speaks_of_the_key_says_that_the_key_is_rejected(
    client: SiteClient, says: Says, words: str
) -> None:
    """On the calls that carry it, in both languages; it is still a whole refusal."""
    says(f'{{"success":false,"title":"{words}","message":""}}'.encode())
    for ask in (client.balance(), client.message("75"), client.order("32"), client.cancel("75")):
        with pytest.raises(KeyRejected) as caught:
            await ask
        assert caught.value.whole_refusal is True
        assert words in str(caught.value)
    with pytest.raises(Refused):
        await client.categories()


@pytest.mark.parametrize(
    "words", ["Stok yok", "Bakiye yetersiz", "Monkey keyboard invalid", "Anahtar teslim numara"]
)
async def test_other_refusals_do_not_blame_the_key(client: SiteClient, says: Says, words: str) -> None:
    """The person would look for the mistake in the wrong place."""
    says(f'{{"success":false,"title":"{words}","message":""}}'.encode())
    with pytest.raises(Refused):
        await client.order("32")


@pytest.mark.parametrize("body", [b"null", b"[]", b" [] \n"])
async def test_null_and_an_empty_list_in_place_of_a_balance_blame_the_key(
    client: SiteClient, says: Says, body: bytes
) -> None:
    """A guess about bad keys, so it proves no refusal."""
    says(body)
    with pytest.raises(KeyRejected) as caught:
        await client.balance()
    assert caught.value.whole_refusal is False
