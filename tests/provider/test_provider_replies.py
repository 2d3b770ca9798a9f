"""Every way in which the sites write balances, messages, orders and cancels is understood (PROTOCOL)."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from snum_tui.domain.messages import Message, MessageStatus
from snum_tui.provider.client import SiteClient
from snum_tui.provider.errors import Unreadable

Says = Callable[..., None]
WAITING, RECEIVED, CANCELLED = MessageStatus.WAITING, MessageStatus.RECEIVED, MessageStatus.CANCELLED
NOTICE = b"<br />\n<b>Notice</b>:  Undefined offset: [0] in <b>/home/site/api.php</b> on line <b>12</b><br />\n"


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
