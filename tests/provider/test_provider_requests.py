"""What the site gets to see of a call."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from snum_tui import __version__
from snum_tui.provider.client import SiteClient
from snum_tui.provider.errors import BadId, KeyRejected, SiteError

Ask = Callable[[SiteClient], Awaitable[object]]
NewClient = Callable[..., SiteClient]
Says = Callable[..., None]
QUOTED_KEY = "0123456789abcdef-KEY%2F%C5%9F"
CATEGORIES = b'[{"id":1,"name":"Google"}]'
ORDERED = b'{"success":true,"title":"","message":"","number_id":75,"number":"+77073076157"}'

CALLS: list[tuple[str, Ask]] = [
    ("/api/getCategories", lambda client: client.categories()),
    ("/api/getServices/1", lambda client: client.services("1")),
    ("/api/getServiceDetails/32", lambda client: client.quote("32")),
    (f"/api/{QUOTED_KEY}/getBalance", lambda client: client.balance()),
    (f"/api/{QUOTED_KEY}/getNumber/32", lambda client: client.order("32")),
    (f"/api/{QUOTED_KEY}/getMessage/75", lambda client: client.message("75")),
    (f"/api/{QUOTED_KEY}/cancelNumber/75", lambda client: client.cancel("75")),
]
WITH_ID: list[Callable[[SiteClient, str], Awaitable[object]]] = [
    lambda client, item: client.services(item),
    lambda client, item: client.quote(item),
    lambda client, item: client.order(item),
    lambda client, item: client.message(item),
    lambda client, item: client.cancel(item),
]


@pytest.mark.parametrize(("path", "ask"), CALLS)
async def test_each_call_is_one_get_of_the_documented_path(
    client: SiteClient, heads: list[bytes], says: Says, path: str, ask: Ask
) -> None:
    """The API document prints the seven paths; nothing is asked twice, and nothing besides."""
    says(b"{}")
    with pytest.raises(SiteError):
        await ask(client)
    assert [head.split(b"\r\n")[0].decode() for head in heads] == [f"GET {path} HTTP/1.1"]


async def test_a_site_that_lives_in_a_folder_is_asked_there(
    new_client: NewClient, site_url: str, heads: list[bytes], says: Says
) -> None:
    """Even one whose folder looks like the place of the key."""
    says(b'{"balance":1}')
    await new_client(f"{site_url}/shop(key)").balance()
    assert heads[0].startswith(f"GET /shop(key)/api/{QUOTED_KEY}/getBalance ".encode())


async def test_the_client_says_honestly_what_it_is_and_asks_for_nothing_compressed(
    client: SiteClient, heads: list[bytes], says: Says
) -> None:
    """A site that wants to talk to us can tell us apart, and no reply can be a bomb."""
    says(CATEGORIES)
    await client.categories()
    lines = heads[0].decode().lower().split("\r\n")
    assert f"user-agent: snum-tui/{__version__}" in lines
    assert "accept-encoding: identity" in lines
    assert not [line for line in lines if line.startswith(("cookie:", "authorization:"))]


async def test_a_cookie_is_not_kept(client: SiteClient, heads: list[bytes], says: Says) -> None:
    """A session would let the site queue our calls behind each other."""
    says(CATEGORIES, "200 OK", "Set-Cookie: session=1; Path=/")
    await client.categories()
    await client.categories()
    assert b"cookie" not in heads[1].lower()


async def test_reads_share_a_connection_and_each_order_and_cancel_has_its_own(
    client: SiteClient,
    connections: list[asyncio.StreamWriter],
    heads: list[bytes],
    says: Says,
) -> None:
    """A kept connection may be dead already, and then nobody knows whether an order went out."""
    says(CATEGORIES)
    for _ in range(3):
        await client.categories()
    assert (len(heads), len(connections)) == (3, 1)
    says(ORDERED)
    await client.order("32")
    await client.order("32")
    await client.cancel("75")
    assert (len(heads), len(connections)) == (6, 4)
    assert all(b"connection: close" in head.lower() for head in heads[3:])
    says(CATEGORIES)
    await client.categories()
    assert (len(heads), len(connections)) == (7, 4)


@pytest.mark.parametrize(
    ("item_id", "quoted"),
    [
        ("a/b", "a%2Fb"),
        ("../getBalance", "..%2FgetBalance"),
        ("1?x=2#y", "1%3Fx%3D2%23y"),
        ("%2e%2e", "%252e%252e"),
        ("(key)", "%28key%29"),
        ("ş 1", "%C5%9F%201"),
        ("...", "..."),
    ],
)
async def test_an_id_cannot_leave_its_place_in_the_path(
    client: SiteClient,
    heads: list[bytes],
    says: Says,
    item_id: str,
    quoted: str,
) -> None:
    """Ids are the site's words; one of them must not turn a quote into an order."""
    says(b"{}")
    for ask in WITH_ID:
        with pytest.raises(SiteError):
            await ask(client, item_id)
    assert [head.split()[1].decode().rpartition("/")[2] for head in heads] == [quoted] * len(WITH_ID)


@pytest.mark.parametrize(
    "item_id", ["", ".", "..", "x" * 65, "1\r\nHost: evil", "\x00", "\u202e1", "\udc80", "\x1b["]
)
async def test_an_unusable_id_is_refused_before_anything_is_sent(
    client: SiteClient, connections: list[asyncio.StreamWriter], item_id: str
) -> None:
    """The evidence says so, so that an order is known as not sent."""
    for ask in WITH_ID:
        with pytest.raises(BadId) as caught:
            await ask(client, item_id)
        assert caught.value.evidence.request_sent is False
        assert caught.value.whole_refusal is False
    assert connections == []


@pytest.mark.parametrize("key", ["", ".", ".."])
async def test_without_a_key_nothing_is_sent_in_its_place(
    new_client: NewClient, connections: list[asyncio.StreamWriter], key: str
) -> None:
    """An empty key would shift the path: `/api/getNumber/32` is another call."""
    client = new_client(key=key)
    for _, ask in CALLS[3:]:
        with pytest.raises(KeyRejected) as caught:
            await ask(client)
        assert caught.value.evidence.request_sent is False
        assert caught.value.whole_refusal is False
    assert connections == []


async def test_the_lists_and_the_quote_need_no_key(new_client: NewClient, says: Says) -> None:
    """One can look around before one has an account."""
    says(CATEGORIES)
    assert len(await new_client(key="").categories()) == 1


async def test_a_client_may_be_closed_twice_and_used_again(client: SiteClient, says: Says) -> None:
    """Closing only ends connections; the next call opens one."""
    says(CATEGORIES)
    await client.categories()
    await client.aclose()
    await client.aclose()
    assert len(await client.categories()) == 1
