"""An order and a cancel are read so that no number is lost and no charge repeated."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from snum_tui.provider.client import SiteClient
from snum_tui.provider.errors import KeyRejected, Refused, SiteError, Unreadable

Ask = Callable[[str], Awaitable[object]]
NewClient = Callable[..., SiteClient]
Says = Callable[..., None]
UntilSeen = Callable[..., Awaitable[None]]
NOTICE = b"<br />\n<b>Notice</b>:  Undefined offset: [0] {x} in <b>/home/api.php</b> on line <b>12</b><br />\n"
ORDERED = b'{"success":true,"title":"","message":"","number_id":75,"number":"+77073076157"}'
REFUSED = b'{"success":false,"title":"","message":"Stok yok"}'
ACCEPTED = b'{"success":true,"title":"","message":""}'


@pytest.mark.parametrize(
    "body",
    [
        ORDERED,
        b"\xef\xbb\xbf\r\n" + ORDERED + b"\n",
        NOTICE + ORDERED,
        NOTICE + NOTICE + ORDERED + b"\n",
        ORDERED + NOTICE,
        NOTICE + ORDERED + NOTICE,
        ORDERED.replace(b'"title":""', b'"title":"\xfe"'),
    ],
)
async def test_a_number_with_noise_around_it_is_not_lost(client: SiteClient, says: Says, body: bytes) -> None:
    """It exists and is paid for, whatever PHP complains about."""
    says(body)
    ordered = await client.order("32")
    assert (ordered.number_id, ordered.number, ordered.raw) == ("75", "+77073076157", body)


@pytest.mark.parametrize(
    "body",
    [
        NOTICE + REFUSED,
        REFUSED + NOTICE,
        REFUSED + REFUSED,
        REFUSED[:-1],
        REFUSED.replace(b"Stok", b"\xfe"),
        b"{success: false, title: '', message: ''}",
        b'{"success":false,"success":false,"title":""}',
        b'{"success":false,"success":true,"title":""}',
        b'{"success":false,"x":{"a":1,"a":2}}',
        b'{"success":null,"title":"","message":"Stok yok"}',
        b'{"title":"","message":"Stok yok"}',
        b'{"success":"no"}',
        b'{"success":{}}',
        b'{"success":0.0}',
        b'[{"success":false}]',
        b'{"data":{"success":false}}',
        b"null",
        b"[]",
        b"false",
    ],
)
async def test_only_a_whole_and_clean_refusal_proves_that_nothing_was_charged(
    client: SiteClient, says: Says, body: bytes
) -> None:
    """Anything else leaves the order, or the cancel, an open question."""
    says(body)
    for ask in (client.order, client.cancel):
        with pytest.raises(Unreadable) as caught:
            await ask("32")
        assert caught.value.whole_refusal is False
        assert caught.value.evidence.request_sent is True
        assert caught.value.evidence.raw == body


@pytest.mark.parametrize(
    "body",
    [
        b'{"success":true}',
        b'{"success":true,"number_id":75}',
        b'{"success":true,"number":"+77073076157"}',
        b'{"success":true,"number_id":null,"number":"+77073076157"}',
        b'{"success":true,"number_id":"","number":"+77073076157"}',
        b'{"success":true,"number_id":"..","number":"+77073076157"}',
        b'{"success":true,"number_id":"7\\u0000","number":"+77073076157"}',
        b'{"success":true,"number_id":75.0,"number":"+77073076157"}',
        b'{"success":true,"number_id":true,"number":"+77073076157"}',
        b'{"success":true,"number_id":75,"number":""}',
        b'{"success":true,"number_id":75,"number":"none"}',
        b'{"success":true,"number_id":75,"number":null}',
        b'{"success":true,"number_id":75,"number":["+77073076157"]}',
        b'{"success":true,"number_id":75,"number":"' + b"7" * 33 + b'"}',
        b'{"success":true,"number_id":' + b"7" * 5000 + b',"number":"+77073076157"}',
        b'{"success":true,"number_id":75,"number_id":76,"number":"+77073076157"}',
        b'{"number_id":75,"number":"+77073076157"}',
        b'{"success":false,"number_id":75,"number":"+77073076157"}',
        b'{"success":false,"title":"","message":"","number":"+77073076157"}',
        b'{"success":false,"number_id":75}',
        b'{"data":' + ORDERED + b"}",
        b'{"a":NaN,"data":' + ORDERED + b"}",
        NOTICE + b'{"success":false,"data":' + ORDERED + b"}",
        NOTICE + b'{"success":false,"success":false,"data":' + ORDERED + b"}",
        ORDERED[:-1],
        b"{success:true,number_id:75,number:'+77073076157'}",
    ],
)
async def test_half_a_number_is_an_open_question(client: SiteClient, says: Says, body: bytes) -> None:
    """The reply is kept, so that the person can read in it what the program would not guess."""
    says(body)
    with pytest.raises(Unreadable) as caught:
        await client.order("32")
    assert caught.value.evidence.raw == body
    assert caught.value.whole_refusal is False


@pytest.mark.parametrize(
    "fields", [b'"number_id":null,"number":null', b'"number_id":"","number":""', b'"number_id":0,"number":false']
)
async def test_a_refusal_may_leave_the_fields_of_the_number_empty(
    client: SiteClient, says: Says, fields: bytes
) -> None:
    """PHP sites often send every field of the success, blank."""
    says(b'{"success":false,"title":"","message":"Stok yok",' + fields + b"}")
    with pytest.raises(Refused):
        await client.order("32")


async def test_a_key_refused_in_half_a_reply_proves_nothing(client: SiteClient, says: Says) -> None:
    """The words are clear, the reply is not."""
    says(NOTICE + '{"success":false,"title":"Geçersiz API anahtarı"}'.encode())
    for ask in (client.order, client.cancel):
        with pytest.raises(SiteError) as caught:
            await ask("32")
        assert not isinstance(caught.value, KeyRejected)
        assert caught.value.whole_refusal is False


async def test_a_refusal_that_was_not_read_to_its_end_proves_nothing(client: SiteClient, says: Says) -> None:
    """It reads as whole up to the cap, and nobody knows what came after."""
    says(REFUSED + b" " * 300_000)
    for ask in (client.order, client.cancel):
        with pytest.raises(Unreadable) as caught:
            await ask("32")
        assert caught.value.whole_refusal is False


@pytest.mark.parametrize("body", [NOTICE + ACCEPTED, ACCEPTED + NOTICE, ACCEPTED[:-1], b"{success: true}"])
async def test_a_cancel_is_accepted_only_in_a_clean_reply(client: SiteClient, says: Says, body: bytes) -> None:
    """Nothing is lost by asking what became of the number."""
    says(body)
    with pytest.raises(Unreadable):
        await client.cancel("75")


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
@pytest.mark.parametrize("host", ["", "http://127.0.0.1"])
async def test_a_redirect_is_not_followed(
    client: SiteClient, says: Says, heads: list[bytes], status: str, host: str
) -> None:
    """FACTS: with redirects followed, one order became 21."""
    says(b"", status, f"Location: {host}/api/again")
    calls: tuple[Ask, ...] = (client.order, client.cancel, client.message, client.quote)
    for count, ask in enumerate(calls, start=1):
        with pytest.raises(Unreadable):
            await ask("32")
        assert len(heads) == count


async def test_a_connection_lost_after_the_request_is_not_repeated(
    client: SiteClient, script: list[object], heads: list[bytes]
) -> None:
    """The site may have carried the order out before the line broke."""
    script[:] = ["reset"]
    calls: tuple[Ask, ...] = (client.order, client.cancel)
    for count, ask in enumerate(calls, start=1):
        with pytest.raises(SiteError):
            await ask("32")
        assert len(heads) == count


async def test_a_cancelled_wait_hangs_up_and_sends_nothing_more(
    client: SiteClient, script: list[object], until_seen: UntilSeen, connections: list[asyncio.StreamWriter]
) -> None:
    """Whoever asked is told in the usual way of asyncio."""
    script[:] = ["hang"]
    task = asyncio.create_task(client.order("32"))
    await until_seen(1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(connections[0].wait_closed(), 5)
    assert len(connections) == 1


async def test_an_order_and_a_cancel_do_not_wait_for_the_reads(
    client: SiteClient, script: list[object], until_seen: UntilSeen
) -> None:
    """However many reads hang, an order and a cancel have their own connections."""
    script[:] = ["hang"]
    reads = [asyncio.create_task(client.quote("1")) for _ in range(30)]
    money = [asyncio.create_task(client.order("32")), asyncio.create_task(client.cancel("75"))]
    await asyncio.wait_for(until_seen(2, b"Number/"), 5)
    for task in (*reads, *money):
        task.cancel()
    ends = await asyncio.gather(*reads, *money, return_exceptions=True)
    assert all(isinstance(end, asyncio.CancelledError) for end in ends)
