"""What is known of one service: kept current while the person looks at it."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from snum_tui.domain.catalogue import KnownQuote, Quote
from snum_tui.domain.clock import Clock
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.own_orders import OwnOrders
from snum_tui.domain.policy import Freshness, Policy
from snum_tui.engine.commands import CancelNumber, Study, WatchRows
from snum_tui.engine.snapshot import Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.journal.cache import Cache
from snum_tui.sandbox.server import SandboxServer

Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]
Place = Callable[..., Order]


@pytest.fixture
def policy(policy: Policy) -> Policy:
    """Quotes grow old in 50 ms."""
    return replace(policy, freshness=Freshness(quote_seconds=0.05))


def prices(seen: Snapshot) -> list[Decimal]:
    """Return the prices on show, oldest first."""
    return [] if seen.study is None else [point.quote.price for point in seen.study.points]


def own(seen: Snapshot) -> OwnOrders:
    """Return what the study says of one's own orders."""
    assert seen.study is not None
    return seen.study.own


def test_points_of_earlier_runs_come_back_and_new_ones_are_added(
    site: SandboxServer,
    start: Callable[..., Engine],
    tmp_path: Path,
    until: Until,
    hands: Clock,
    pass_seconds: Callable[[float], None],
) -> None:
    with closing(Cache.open(tmp_path / "cache")) as cache:
        for price in (2, 3):
            known = KnownQuote(Quote("1", Decimal(price), 5), hands.now().wall)
            cache.store_quotes(site.url, [known])
            pass_seconds(60)
    engine = start()
    engine.submit(Study("1"))
    seen = until(engine, lambda seen: seen.study is not None)
    assert prices(seen) == [2, 3]
    pass_seconds(60)
    site.set_price("1", "4")
    engine.submit(WatchRows(("1", "2")))
    seen = until(engine, lambda seen: prices(seen) == [2, 3, 4])
    assert seen.study is not None
    assert seen.study.service_id == "1"
    pass_seconds(30)
    until(engine, lambda seen: seen.study is not None and seen.study.points[-1].until == engine.clock.now().wall)
    assert prices(engine.latest) == [2, 3, 4]


def test_a_price_read_a_moment_ago_is_on_show_though_it_is_not_in_the_cache_yet(
    start: Callable[..., Engine], policy: Policy, until: Until
) -> None:
    engine = start(policy=replace(policy, freshness=Freshness()))
    engine.submit(WatchRows(("1",)))
    until(engine, lambda seen: "1" in seen.quotes)
    engine.submit(Study("1"))
    until(engine, lambda seen: prices(seen) == [2])


def test_own_orders_are_counted_anew_with_every_change(
    site: SandboxServer,
    engine: Engine,
    place: Place,
    until: Until,
    until_state: Callable[..., Order],
    pass_seconds: Callable[[float], None],
) -> None:
    engine.submit(Study("1"))
    seen = until(engine, lambda seen: seen.study is not None)
    assert own(seen) == OwnOrders()
    received, cancelled = place(engine), place(engine)
    until(engine, lambda seen: own(seen) == OwnOrders(2, 0, 0, None, Decimal(4)))
    pass_seconds(42)
    site.deliver(received.number_id or "", "123456")
    until(engine, lambda seen: own(seen) == OwnOrders(2, 1, 1, 42.0, Decimal(4)))
    engine.submit(CancelNumber(cancelled.id))
    until_state(engine, cancelled, OrderState.CANCELLED)
    until(engine, lambda seen: own(seen) == OwnOrders(2, 1, 2, 42.0, Decimal(2)))


def test_one_service_is_on_show_and_an_empty_id_ends_it(engine: Engine, until: Until, site: SandboxServer) -> None:
    engine.submit(WatchRows(("1", "2")))
    engine.submit(Study("1"))
    until(engine, lambda seen: prices(seen) == [2])
    site.set_price("2", "7")
    engine.submit(Study("2"))
    seen = until(engine, lambda seen: seen.study is not None and seen.study.service_id == "2")
    until(engine, lambda seen: prices(seen)[-1:] == [7])
    engine.submit(Study(""))
    until(engine, lambda seen: seen.study is None)
    asked = site.requests["getServiceDetails"]
    until(engine, lambda _: site.requests["getServiceDetails"] > asked + 4)
    assert engine.latest.study is None
    assert seen.study is not None


def test_a_service_that_nobody_knows_is_shown_empty(engine: Engine, until: Until) -> None:
    engine.submit(Study("99999"))
    seen = until(engine, lambda seen: seen.study is not None)
    assert prices(seen) == []
    assert own(seen) == OwnOrders()
