"""The client and the sandbox were written apart, from the same documents: here they meet."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from decimal import Decimal

import pytest

from snum_tui.domain.messages import MessageStatus
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.provider.client import SiteClient, Timeouts
from snum_tui.provider.errors import Busy, KeyRejected, NotReached, Refused, SiteError, Unreadable
from snum_tui.sandbox.dialect_names import DIALECTS
from snum_tui.sandbox.options import SandboxOptions
from snum_tui.sandbox.server import SandboxServer

OpenSite = Callable[..., SandboxServer]
ClientOf = Callable[..., SiteClient]
TIMEOUTS = Timeouts(connect_seconds=2, read_deadline_seconds=5, money_deadline_seconds=5, tick_seconds=0.05)
HURRIED = Timeouts(connect_seconds=2, read_deadline_seconds=0.3, money_deadline_seconds=0.3, tick_seconds=0.05)
BAD_KEYS = ["key-401", "key-403", "key-html", "key-null", "key-list"]


@pytest.fixture
def open_site() -> Iterator[OpenSite]:
    """Start a sandbox whose orders succeed and whose codes come only when they are delivered."""
    with ExitStack() as stack:

        def start(*dialects: str, faults: tuple[str, ...] = (), balance: Decimal = Decimal(100)) -> SandboxServer:
            options = SandboxOptions(
                port=0, dialects=dialects, faults=faults, balance=balance, no_number_share=0.0, code_share=0.0
            )
            return stack.enter_context(SandboxServer(options))

        yield start


@pytest.fixture
async def client_of() -> AsyncIterator[ClientOf]:
    """Make clients of a sandbox, with its key or another; they are closed when the test ends."""
    made: list[SiteClient] = []

    def make(site: SandboxServer, key: str | None = None, timeouts: Timeouts = TIMEOUTS) -> SiteClient:
        address, secret = SiteAddress(site.url), ApiKey(site.key if key is None else key)
        made.append(SiteClient(address, secret, timeouts=timeouts))
        return made[-1]

    yield make
    for client in made:
        await client.aclose()


async def service_in_stock(site: SandboxServer, client: SiteClient) -> str:
    """Return a service of the first category, with numbers in stock."""
    category = (await client.categories())[0]
    service = (await client.services(category.id))[0]
    site.set_stock(service.id, 5)
    return service.id


@pytest.mark.parametrize("dialect", [None, *(name for name in DIALECTS if name not in BAD_KEYS)])
async def test_all_seven_calls_work_in_every_dialect(
    open_site: OpenSite, client_of: ClientOf, dialect: str | None
) -> None:
    """From looking around to a code, and to a cancel that is refunded."""
    site = open_site(*([] if dialect is None else [dialect]))
    client = client_of(site)
    service_id = await service_in_stock(site, client)
    price = (await client.quote(service_id)).price
    assert await client.balance() == site.balance

    answered, cancelled = await client.order(service_id), await client.order(service_id)
    assert [(order.number_id, order.number) for order in site.orders] == [
        (ordered.number_id, ordered.number) for ordered in (answered, cancelled)
    ]
    assert await client.balance() == site.opening_balance - 2 * price

    assert (await client.message(answered.number_id)).status is MessageStatus.WAITING
    site.deliver(answered.number_id, "482913")
    message = await client.message(answered.number_id)
    assert message.status is MessageStatus.RECEIVED
    assert "482913" in (message.text or "")

    await client.cancel(cancelled.number_id)
    assert (await client.message(cancelled.number_id)).status is MessageStatus.CANCELLED
    assert await client.balance() == site.opening_balance - price


async def test_a_quote_in_the_list_is_the_quote_of_the_call(open_site: OpenSite, client_of: ClientOf) -> None:
    """So no second call is needed."""
    client = client_of(open_site("quote-in-list"))
    category = (await client.categories())[0]
    for service in (await client.services(category.id))[:5]:
        quote = await client.quote(service.id)
        assert service.quote is not None
        assert service.quote.price == quote.price
        assert f"(+{service.dialling_code})" in service.name


@pytest.mark.parametrize("dialect", [None, "refusal-links", "html-refusal", "empty-refusal"])
async def test_a_refused_order_is_wholly_refused_and_charges_nothing(
    open_site: OpenSite, client_of: ClientOf, dialect: str | None
) -> None:
    """Empty stock, and an empty balance."""
    site = open_site(*([] if dialect is None else [dialect]))
    client = client_of(site)
    service_id = await service_in_stock(site, client)
    site.set_stock(service_id, 0)
    for _ in range(2):
        with pytest.raises(Refused) as caught:
            await client.order(service_id)
        assert caught.value.whole_refusal is True
        assert bool(caught.value.words) == (dialect != "empty-refusal")
        assert not set("<>") & set(caught.value.words)
        site.set_stock(service_id, 5)
        site.set_balance("0")
    assert site.orders == ()


@pytest.mark.parametrize("dialect", [None, *BAD_KEYS])
async def test_a_bad_key_is_told_and_orders_nothing(
    open_site: OpenSite, client_of: ClientOf, dialect: str | None
) -> None:
    """However the site says it, the balance call blames the key wherever that can be told."""
    site = open_site(*([] if dialect is None else [dialect]))
    service_id = await service_in_stock(site, client_of(site))
    client = client_of(site, key="nobodyskey0123456789")
    with pytest.raises(Unreadable if dialect == "key-html" else KeyRejected):
        await client.balance()
    with pytest.raises(SiteError) as caught:
        await client.order(service_id)
    assert caught.value.whole_refusal == (dialect is None)
    assert site.orders == ()


FAULTS: list[tuple[str, type[SiteError] | None, bool]] = [
    ("drop-reply", NotReached, True),
    ("drop-request", NotReached, False),
    ("stall", NotReached, True),
    ("cut", NotReached, True),
    ("cut-plain", Unreadable, True),
    ("drip", NotReached, True),
    ("garbage", Unreadable, True),
    ("html", Unreadable, True),
    ("php-notice", None, True),
    ("500", Unreadable, True),
    ("500-before", Unreadable, False),
    ("502", Unreadable, True),
    ("429", Busy, False),
    ("refuse", Refused, False),
    ("redirect", Unreadable, True),
    ("reset", NotReached, True),
    ("duplicate-id", None, True),
]


@pytest.mark.parametrize(("kind", "kind_of_error", "charged"), FAULTS)
async def test_an_order_is_sent_once_and_never_wrongly_called_uncharged(
    open_site: OpenSite,
    client_of: ClientOf,
    kind: str,
    kind_of_error: type[SiteError] | None,
    charged: bool,  # noqa: FBT001 - drawn from the table
) -> None:
    """The site's own ledger is the judge."""
    site = open_site(faults=(f"getNumber:{kind}@2",))
    client = client_of(site)
    service_id = await service_in_stock(site, client)
    await client.order(service_id)
    client = client_of(site, timeouts=HURRIED) if kind in {"stall", "drip"} else client
    if kind_of_error is None:
        assert (await client.order(service_id)).number_id
    else:
        with pytest.raises(kind_of_error) as caught:
            await client.order(service_id)
        assert caught.value.evidence.request_sent is True
        assert caught.value.whole_refusal == (kind == "refuse")
    assert site.requests["getNumber"] == 2
    assert len(site.orders) == 1 + charged


async def test_a_site_that_is_down_was_sent_nothing_and_is_found_again(
    open_site: OpenSite, client_of: ClientOf
) -> None:
    """The kept connections die with it; the next call opens a new one."""
    site = open_site()
    client = client_of(site)
    service_id = await service_in_stock(site, client)
    site.stop()
    with pytest.raises(NotReached) as caught:
        await client.order(service_id)
    assert caught.value.evidence.request_sent is False
    site.start()
    assert (await client.order(service_id)).number_id
    assert await client.balance() == site.balance
