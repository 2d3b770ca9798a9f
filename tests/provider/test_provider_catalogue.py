"""Every way in which the sites write categories, services and quotes is understood (PROTOCOL)."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from snum_tui.domain.catalogue import Category, Quote, Service
from snum_tui.provider.client import SiteClient
from snum_tui.provider.errors import Unreadable

Says = Callable[..., None]
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
    assert [service.quote for service in await client.services("1")] == [quote]


@pytest.mark.parametrize(
    ("phonecode", "dialling_code"),
    [
        (b'"49"', "49"),
        (b"49", "49"),
        (b'"+49"', "49"),
        (b'" (+49) "', "49"),
        (b'"0049"', "49"),
        (b'"+1-876"', "1876"),
        (b'""', ""),
        (b"0", ""),
        (b"-49", "49"),
        (b"null", ""),
        (b"true", ""),
        (b"4.9", ""),
        (b"[49]", ""),
        (b'"forty-nine"', ""),
        (b'"\xd9\xa4\xd9\xa9"', ""),
        (b"123456789", ""),
    ],
)
async def test_a_rows_dialling_code_is_read_as_digits_and_never_costs_the_row(
    client: SiteClient, says: Says, phonecode: bytes, dialling_code: str
) -> None:
    says(b'[{"id":"12","name":"A","phonecode":' + phonecode + b'},{"id":"13","name":"B"}]')
    assert await client.services("1") == (
        Service("12", "A", "1", dialling_code=dialling_code),
        Service("13", "B", "1"),
    )


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
