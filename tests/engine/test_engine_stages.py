"""From a break on the line to the journal: what an order that broke is there, and that it stays one order.

The rows are a few of tests/provider/stages.py that stand for the rest. The sandbox answers all but the order,
through a host in front of it that breaks at the order alone.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

import pytest

from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.site import SiteAddress
from snum_tui.engine.commands import PlaceOrder, Refresh
from snum_tui.engine.snapshot import Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.sandbox.server import SandboxServer
from tests.provider.breaking_site import BreakingHost, Line, Script, pass_on, read
from tests.provider.stages import STAGES, TIMED_OUT, Outcome

Rows = Callable[..., list[tuple[Any, ...]]]
Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]

BY_NAME = {stage.name: stage for stage in STAGES}
STATES = {
    Outcome.NUMBER: OrderState.WAITING,
    Outcome.REFUSED: OrderState.REFUSED,
    Outcome.UNKNOWN: OrderState.UNKNOWN,
}
END_TO_END = [
    "a number behind a notice of PHP",
    "a refusal",
    "a refusal of the key",
    "reset after the request",
    "an answer too late",
    "a sized body, cut",
    "302 Found to the same path",
    "500 with a refusal",
    "503 that asks to retry",
]


def until_the_order(line: Line) -> None:
    """Pass on to the sandbox whatever is asked, up to an order, which is only read."""
    read(line)
    while "/getNumber/" not in line.target:
        pass_on(line)
        read(line)


@pytest.fixture
def hosts() -> Iterator[ExitStack]:
    """The hosts in front of the sandbox; whoever is served by them must end first."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def in_front(hosts: ExitStack, site: SandboxServer) -> Callable[[Script], BreakingHost]:
    """Put a host in front of the sandbox."""

    def put(script: Script) -> BreakingHost:
        name, _, port = site.url.removeprefix("http://").partition(":")
        return hosts.enter_context(BreakingHost(script, far=(name, int(port))))

    return put


@pytest.fixture
def start_at(hosts: ExitStack, start: Callable[..., Engine]) -> Callable[..., Engine]:
    """Start an engine whose site is this host. It ends before the host does, for the hosts are asked for first."""
    del hosts

    def started(host: BreakingHost, **settings: Any) -> Engine:  # Any: each setting has its own type
        return start(address=SiteAddress(url_of(host)), **settings)

    return started


@pytest.fixture
def start_through(hosts: ExitStack, start: Callable[..., Engine]) -> Callable[[BreakingHost], Engine]:
    """Start an engine on the sandbox whose proxy is this host."""
    del hosts
    return lambda host: start(proxy=url_of(host))


@pytest.fixture
def placed(until: Until, wish: PlaceOrder) -> Callable[[Engine], Order]:
    """Order one number, and return the order once it has an outcome."""

    def order(engine: Engine) -> Order:
        engine.submit(wish)
        seen = until(engine, lambda seen: any(order.state is not OrderState.SENDING for order in seen.orders))
        return seen.orders[0]

    return order


@pytest.fixture
def minutes_later(
    site: SandboxServer, until: Until, pass_seconds: Callable[[float], None]
) -> Callable[[Engine], Snapshot]:
    """Let ten minutes pass, and have everything read anew."""

    def later(engine: Engine) -> Snapshot:
        pass_seconds(600)
        read_so_far = site.requests["getBalance"]
        engine.submit(Refresh())
        return until(engine, lambda _: site.requests["getBalance"] > read_so_far)

    return later


def url_of(host: BreakingHost) -> str:
    """Write a host's address."""
    return "http://{}:{}".format(*host.address)


def orders_at(host: BreakingHost) -> int:
    """How many orders a host has read."""
    return sum(b"/getNumber/" in head for head in host.heads)


@pytest.mark.parametrize("name", END_TO_END)
def test_an_order_that_broke_is_one_order_for_ever_and_the_journal_says_what_is_proven(
    name: str,
    in_front: Callable[[Script], BreakingHost],
    start_at: Callable[..., Engine],
    placed: Callable[[Engine], Order],
    minutes_later: Callable[[Engine], Snapshot],
    rows: Rows,
) -> None:
    """In the engine that sent it, minutes later, and in the next one."""
    stage = BY_NAME[name]
    host = in_front([until_the_order, *stage.site[1:]])
    engine = start_at(host, money_seconds=0.3 if stage.verdict is TIMED_OUT else 30.0)
    order = placed(engine)
    assert order.state is STATES[stage.verdict.outcome]
    minutes_later(engine)
    assert engine.stop(10)
    again = start_at(host)
    assert [known.state for known in minutes_later(again).orders] == [order.state]
    assert rows("SELECT state, number_id FROM orders") == [(order.state.value, order.number_id)]
    assert orders_at(host) == 1


def test_an_order_that_never_left_is_not_sent_and_never_sent_later(
    site: SandboxServer,
    in_front: Callable[[Script], BreakingHost],
    start_through: Callable[..., Engine],
    start: Callable[..., Engine],
    placed: Callable[[Engine], Order],
    minutes_later: Callable[[Engine], Snapshot],
    rows: Rows,
) -> None:
    """The proxy goes away when balance and price have been asked for, and before the order; who is in is served."""
    unasked: set[str] = set()

    def until_the_checks(line: Line) -> None:
        while True:
            read(line)
            for call in unasked & set(line.target.split("/")):
                unasked.remove(call)
                if not unasked:
                    line.host.shut()
            pass_on(line)

    host = in_front([until_the_checks])
    engine = start_through(host)
    unasked.update({"getBalance", "getServiceDetails"})
    order = placed(engine)
    assert order.state is OrderState.NOT_SENT
    assert engine.stop(10)
    again = start()
    assert [known.state for known in minutes_later(again).orders] == [OrderState.NOT_SENT]
    assert rows("SELECT state, number_id, balance_after FROM orders") == [("not_sent", None, None)]
    assert (orders_at(host), site.requests["getNumber"], site.balance) == (0, 0, Decimal(100))
