"""Every way in which the sites are known, or guessed, to write their replies (PROTOCOL) is understood."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from snum_tui.domain.catalogue import Category, Quote, Service
from snum_tui.domain.messages import Message, MessageStatus
from snum_tui.provider.client import SiteClient
from snum_tui.provider.errors import KeyRejected, Refused, Unreadable

Says = Callable[..., None]
WAITING, RECEIVED, CANCELLED = MessageStatus.WAITING, MessageStatus.RECEIVED, MessageStatus.CANCELLED
NOTICE = b"<br />\n<b>Notice</b>:  Undefined offset: [0] in <b>/home/site/api.php</b> on line <b>12</b><br />\n"


@pytest.mark.parametrize(
    "body",
    [
        b'[{"id":1, "name": "Google"},{"id":2, "name": "Discord"}]',
        b'[{"id":"1", "name": "Google"},{"id":2, "name": "Discord", "icon": null}]',
        b'\xef\xbb\xbf\n [{"id":1,"name":"Google"},{"id":2,"name":"Discord"}] \r\n',
        NOTICE + b'[{"id":1,"name":"Google"},{"id":2,"name":"Discord"}]',
        b"[{id: 1, name: 'Google'}, {id: 2, name: 'Discord'},]",
        b'[{"id":1,"name":"Google"},{"id":2,"name":"Discord"},{"id":"1","name":"Google again"}]',
        b'[{"id":1,"name":" Google\\n"},{"name":"no id"},7,null,{"id":2,"name":"Discord"},{"id":3,"name":""}]',
        b'[{"id":true,"name":"x"},{"id":1.5,"name":"x"},{"id":1,"name":"Google"},{"id":2,"name":"Discord"}]',
        b'[{"id":"..","name":"x"},{"id":1,"name":"Google"},{"id":"\\u0000","name":"x"},{"id":2,"name":"Discord"}]',
    ],
)
async def test_categories(client: SiteClient, says: Says, body: bytes) -> None:
    """Bad rows and repeated ids fall out; the rest stays in order."""
    says(body)
    assert await client.categories() == (Category("1", "Google"), Category("2", "Discord"))


async def test_a_category_may_be_named_by_a_number(client: SiteClient, says: Says) -> None:
    """There is a shop called 1688."""
    says(b'[{"id":5,"name":1688}]')
    assert await client.categories() == (Category("5", "1688"),)


async def test_an_empty_list_is_an_answer(client: SiteClient, says: Says) -> None:
    """A category may have sold out of services."""
    says(b"[]")
    assert await client.categories() == ()
    assert await client.services("1") == ()


@pytest.mark.parametrize(
    "body",
    [
        b'[{"id":1}]',
        b"[1,2]",
        b"null",
        b"{}",
        b'{"success":true}',
        b'"[]"',
        b"",
        NOTICE,
        b"Cannot use [] for reading",
    ],
)
async def test_a_list_without_a_single_readable_row_is_no_answer(
    client: SiteClient, says: Says, body: bytes
) -> None:
    """Else a broken reply would empty the catalogue on the screen."""
    says(body)
    for ask in (client.categories(), client.services("1")):
        with pytest.raises(Unreadable):
            await ask


async def test_services_as_the_document_shows_them(client: SiteClient, says: Says) -> None:
    """The example of the API document."""
    says(b'[{"id":"12","name":"Afghanistan","category":"1"},{"id":"11","name":"Germany","category":"1"}]')
    assert await client.services("1") == (Service("12", "Afghanistan", "1"), Service("11", "Germany", "1"))


async def test_a_service_belongs_to_the_category_that_was_asked_for(client: SiteClient, says: Says) -> None:
    """It is looked up there again, whatever the row says."""
    says(b'[{"id":12,"name":"A","category":"7"},{"id":13,"name":"B"}]')
    assert [service.category_id for service in await client.services("1")] == ["1", "1"]


async def test_names_of_rows_are_shown_as_the_site_writes_them(client: SiteClient, says: Says) -> None:
    """Raised digits and stars tell operators apart."""
    says('[{"id":1,"name":"Almanya⁴ (+49)"},{"id":2,"name":"Amerika⁷ (+1) *"}]'.encode())
    assert [service.name for service in await client.services("1")] == ["Almanya⁴ (+49)", "Amerika⁷ (+1) *"]


@pytest.mark.parametrize(
    ("fields", "quote"),
    [
        (b'"price":"0.62","stock":14,"phonecode":"49"', Quote("12", Decimal("0.62"), 14)),
        (b'"price":2,"stock":"0"', Quote("12", Decimal(2), 0)),
        (b'"price":"2","stock_unknown":true', Quote("12", Decimal(2), None)),
        (b'"price":"2","stock":5,"stock_unknown":"true"', Quote("12", Decimal(2), None)),
        (b'"price":"2"', None),
        (b'"stock":5', None),
        (b'"price":"free","stock":5', None),
        (b'"price":null,"stock":null', None),
    ],
)
async def test_a_quote_in_a_row_is_taken_only_if_it_is_all_there(
    client: SiteClient, says: Says, fields: bytes, quote: Quote | None
) -> None:
    """A price without a stock would keep the full quote from being asked for."""
    says(b'[{"id":"12","name":"A","category":"1",' + fields + b"}]")
    assert await client.services("1") == (Service("12", "A", "1", quote),)


@pytest.mark.parametrize(
    ("body", "price", "stock"),
    [
        (b'{"id":"32","price":"2","stock":180}', "2", 180),
        (b'{"id":32,"price":"0.62","stock":"180"}', "0.62", 180),
        (b'{"price":2,"stock":0}', "2", 0),
        (b'{"id":"32","price":0.62,"stock":"0"}', "0.62", 0),
        (b'{"id":"32","price":"12,5","stock":1}', "12.5", 1),
        (b'{"id":"32","price":"1.298,15","stock":1}', "1298.15", 1),
        (b'{"id":"32","price":"2"}', "2", None),
        (b'{"id":"32","price":"2","stock":null}', "2", None),
        (b'{"id":"32","price":"2","stock":""}', "2", None),
        (b'{"id":"32","price":"2","stock":"many"}', "2", None),
        (b'{"id":"32","price":"2","stock":true}', "2", None),
        (b'{"id":"32","price":"2","stock":180,"stock_unknown":true}', "2", None),
        (b'{"id":"32","price":"2","stock":0,"stock_unknown":1}', "2", None),
        (b'{"id":"32","price":"2","stock":180,"stock_unknown":false}', "2", 180),
        (b'{"id":"32","price":"2","stock":-3}', "2", 0),
        (b'{"id":"32","price":"2","stock":"-3"}', "2", 0),
        (b'{"id":"32","price":"2","stock":999999999999}', "2", 10**9),
        (b'{id: 32, price: "2", stock: 180}', "2", 180),
        (b"{id: 32, price: .5, stock: 180}", "0.5", 180),
        (NOTICE + b'{"id":"32","price":"2","stock":180}', "2", 180),
        (b'{"success":true,"id":"32","price":"2","stock":180}', "2", 180),
    ],
)
async def test_a_quote(client: SiteClient, says: Says, body: bytes, price: str, stock: int | None) -> None:
    """Prices become Decimal, whatever they are written as; an unknown stock means "ask and see"."""
    says(body)
    quote = await client.quote("32")
    assert quote == Quote("32", Decimal(price), stock)
    assert isinstance(quote.price, Decimal)


@pytest.mark.parametrize(
    "body",
    [
        b'{"id":"33","price":"2","stock":180}',
        b'{"id":"32","stock":180}',
        b'{"id":"32","price":"-2","stock":180}',
        b'{"id":"32","price":true,"stock":180}',
        b'{"id":"32","price":NaN,"stock":180}',
        b'{"id":"32","price":Infinity,"stock":180}',
        b'{"id":"32","price":1e999,"stock":180}',
        b'{"id":"32","price":"1e3","stock":180}',
        b"[]",
        b"null",
        b"2",
    ],
)
async def test_what_is_no_quote_or_anothers_is_not_shown_as_one(
    client: SiteClient, says: Says, body: bytes
) -> None:
    """The person orders by this price."""
    says(body)
    with pytest.raises(Unreadable):
        await client.quote("32")


@pytest.mark.parametrize(
    ("body", "balance"),
    [
        (b"{balance: 1}", "1"),
        (b'{"balance":1}', "1"),
        (b'{"balance":"1298.15"}', "1298.15"),
        (b'{"balance":1298.15}', "1298.15"),
        (b'{"balance":0.1}', "0.1"),
        (b'{"balance":0.00000000}', "0"),
        (b'{"balance":"12,5"}', "12.5"),
        (b'{"balance":-3}', "-3"),
        (b'{"success":true,"balance":"7"}', "7"),
        (b"\xef\xbb\xbf{balance: 1}\n", "1"),
        (b'\xef\xbb\xbf\xef\xbb\xbf {"balance":1}', "1"),
        (b"Warning: mysqli is deprecated in /srv/api.php on line 3\n{balance: 1}", "1"),
        (NOTICE + b'{"balance":"1298.15"}', "1298.15"),
        (NOTICE + NOTICE + b'{"balance":"1298.15"}', "1298.15"),
    ],
)
async def test_a_balance(client: SiteClient, says: Says, body: bytes, balance: str) -> None:
    """As printed in the API document, as strict JSON, and with what PHP puts in front."""
    says(body)
    assert await client.balance() == Decimal(balance)


@pytest.mark.parametrize(
    "body",
    [
        b'{"balance":null}',
        b'{"balance":""}',
        b'{"balance":true}',
        b'{"balance":{}}',
        b'{"balance":NaN}',
        b"{balance: Infinity}",
        b'{"balance":' + b"9" * 5000 + b"}",
        b'{"balance":1' + b"0" * 300 + b".0}",
        b'{"balance":12',
        b"12",
        b'<!DOCTYPE html><html><script>var a = {"balance": 5};</script></html>',
    ],
)
async def test_what_is_no_balance_is_not_shown_as_one(client: SiteClient, says: Says, body: bytes) -> None:
    """A wrong balance would be evidence in an unknown order."""
    says(body)
    with pytest.raises(Unreadable):
        await client.balance()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"code":null,"id":"75","status":0}', Message("75", WAITING, None)),
        (b'{"code":"","id":75,"status":"0"}', Message("75", WAITING, None)),
        (b'{"id":"75","status":0}', Message("75", WAITING, None)),
        (b'{"code":"Bekleniyor","id":"75","status":0}', Message("75", WAITING, None)),
        (b'{"code":"12345","id":"75","status":1}', Message("75", RECEIVED, "12345")),
        (b'{"code":"012345","id":"75","status":"1"}', Message("75", RECEIVED, "012345")),
        (b'{"code":12345,"id":"75","status":1}', Message("75", RECEIVED, "12345")),
        (b'{"code":"G-123 is\\nyour code","status":1}', Message("75", RECEIVED, "G-123 is your code")),
        (b'{"code":"1|2 <#> 3456","id":"75","status":1}', Message("75", RECEIVED, "1|2 <#> 3456")),
        (b'{"code":null,"id":"75","status":1}', Message("75", WAITING, None)),
        (b'{"code":"  ","id":"75","status":1}', Message("75", WAITING, None)),
        (b'{"code":null,"id":"75","status":-1}', Message("75", CANCELLED, None)),
        (b'{"code":null,"id":"75","status":"-1"}', Message("75", CANCELLED, None)),
        (b"{code: null, id: 75, status: -1}", Message("75", CANCELLED, None)),
        (NOTICE + b'{"code":"12345","id":"75","status":1}', Message("75", RECEIVED, "12345")),
    ],
)
async def test_a_message(client: SiteClient, says: Says, body: bytes, message: Message) -> None:
    """A status of "arrived" without a code is still waiting; text is kept whole, on one line."""
    says(body)
    assert await client.message("75") == message


@pytest.mark.parametrize(
    "body",
    [
        b'{"code":"12345","id":"76","status":1}',
        b'{"code":null,"id":"76","status":-1}',
        b'{"code":null,"id":"75","status":2}',
        b'{"code":null,"id":"75","status":true}',
        b'{"code":null,"id":"75","status":null}',
        b'{"code":["1"],"id":"75","status":1}',
        b'{"code":null,"id":"75"}',
        b"[]",
        b"null",
        b'{"success":true}',
    ],
)
async def test_a_live_number_is_not_settled_by_a_reply_that_is_not_its_message(
    client: SiteClient, says: Says, body: bytes
) -> None:
    """A wrong "cancelled" would leave a paid number alone."""
    says(body)
    with pytest.raises(Unreadable):
        await client.message("75")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b'75,"number":"+77073076157"', ("75", "+77073076157")),
        (b'"75","number":"77073076157"', ("75", "+77073076157")),
        (b'"a7-5","number":77073076157', ("a7-5", "+77073076157")),
        (b'75,"number":"+7 (707) 307-61-57 "', ("75", "+77073076157")),
        (b'0,"number":"05321234567"', ("0", "+05321234567")),
    ],
)
@pytest.mark.parametrize("success", [b"true", b'"true"', b"1", b'"1"'])
async def test_an_ordered_number(
    client: SiteClient,
    says: Says,
    success: bytes,
    written: bytes,
    read: tuple[str, str],
) -> None:
    """Ids and numbers are kept as strings, the raw reply goes to the journal."""
    body = b'{"success":%b,"title":"","message":"","number_id":%b}' % (success, written)
    says(body)
    ordered = await client.order("32")
    assert (ordered.number_id, ordered.number) == read
    assert ordered.raw == body


@pytest.mark.parametrize("success", [b"true", b'"true"', b"1", b'"1"'])
async def test_an_accepted_cancel(client: SiteClient, says: Says, success: bytes) -> None:
    """A BOM and white space change nothing."""
    body = b'\xef\xbb\xbf{"success":%b, "title":"", "message":""}\n' % success
    says(body)
    assert (await client.cancel("75")).raw == body


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


async def test_hostile_text_never_reaches_a_value(client: SiteClient, says: Says) -> None:
    """What is shown can neither reprogram a terminal nor break the journal."""
    hostile = "\\u001b]52;c;ZXZpbA==\\u0007\\u202e\\ud800\\u009b2J"
    says(f'[{{"id":1,"name":"{hostile}"}}]'.encode())
    (category,) = await client.categories()
    assert category.name == "\ufffd]52;c;ZXZpbA==\ufffd\ufffd\ufffd\ufffd2J"
    says(f'{{"code":"{hostile}","id":"75","status":1}}'.encode())
    assert (await client.message("75")).text == category.name


async def test_long_texts_are_cut(client: SiteClient, says: Says) -> None:
    """A name and a message have their limits."""
    says(b'[{"id":1,"name":"%b"}]' % (b"x" * 9000))
    assert len((await client.categories())[0].name) == 120
    says(b'{"code":"%b","status":1}' % (b"1" * 9000))
    assert len((await client.message("75")).text or "") == 1000
