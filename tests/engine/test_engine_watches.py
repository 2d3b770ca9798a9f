"""Watches: told once when stock or price are as wished, shared by all windows, and never an order."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from snum_tui.domain.policy import Freshness, Policy
from snum_tui.engine.commands import DropWatch, LookAway, Refresh, SetWatch, ShowCategory, ShowServices, WatchRows
from snum_tui.engine.snapshot import News, Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.sandbox.server import SandboxServer

Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]
Start = Callable[..., Engine]
Told = Callable[[Snapshot], list[str]]

FOR_STOCK = SetWatch("1", "Almanya", "1", "Google", None)
FOR_PRICE = replace(FOR_STOCK, price_limit=Decimal("1.50"))
WHAT_TO_DO = " To order it, press Enter on its row under Watched."


@pytest.fixture
def policy(policy: Policy) -> Policy:
    """Quotes grow old in 50 ms, and lists and the balance too."""
    old = Freshness(quote_seconds=0.05, kept_seconds=0.05, services_seconds=0.05, balance_seconds=0.05)
    return replace(policy, freshness=old)


@pytest.fixture(autouse=True)
def _nothing_is_ever_ordered(site: SandboxServer) -> Iterator[None]:
    yield
    assert site.requests["getNumber"] == 0


@pytest.fixture
def reads(site: SandboxServer, until: Until) -> Callable[[Engine], None]:
    """Wait until quotes that were asked for from now on have been read."""

    def wait(engine: Engine) -> None:
        asked = site.requests["getServiceDetails"]
        until(engine, lambda _: site.requests["getServiceDetails"] > asked + 3)

    return wait


def news(seen: Snapshot) -> int:
    """Count what a person was to be called back for."""
    return sum(event.news is News.STOCK for event in seen.events)


def is_met(seen: Snapshot) -> bool:
    """Tell whether the only watch is met."""
    return bool(seen.watches) and seen.watches[0].met


def test_stock_is_told_once_and_again_only_after_it_was_away(
    site: SandboxServer, engine: Engine, until: Until, told: Told, reads: Callable[[Engine], None]
) -> None:
    site.set_stock("1", 0)
    engine.submit(FOR_STOCK)
    until(engine, lambda seen: "1" in seen.quotes and bool(seen.watches) and not is_met(seen))
    reads(engine)
    assert news(engine.latest) == 0
    site.set_stock("1", 3)
    seen = until(engine, is_met)
    assert told(seen)[-1] == "good: Google · Almanya is in stock: 3 numbers at ₺2.00." + WHAT_TO_DO
    site.set_stock("1", 2)
    until(engine, lambda seen: seen.quotes["1"].quote.stock == 2)
    reads(engine)
    assert news(engine.latest) == 1
    site.set_stock("1", 0)
    until(engine, lambda seen: not is_met(seen))
    site.set_stock("1", 1)
    seen = until(engine, lambda seen: news(seen) == 2)
    assert told(seen)[-1] == "good: Google · Almanya is in stock: 1 number at ₺2.00." + WHAT_TO_DO


def test_a_price_at_the_limit_is_told_and_only_where_there_is_stock(
    site: SandboxServer, engine: Engine, until: Until, told: Told, reads: Callable[[Engine], None]
) -> None:
    site.set_stock("1", 0)
    engine.submit(FOR_PRICE)
    site.set_price("1", "1.50")
    until(engine, lambda seen: "1" in seen.quotes and seen.quotes["1"].quote.price == Decimal("1.50"))
    reads(engine)
    assert news(engine.latest) == 0
    site.set_stock("1", 9)
    seen = until(engine, lambda seen: news(seen) == 1)
    words = "good: Google · Almanya costs ₺1.50, within your limit of ₺1.50: 9 numbers in stock."
    assert told(seen)[-1] == words + WHAT_TO_DO
    site.set_price("1", "1.51")
    until(engine, lambda seen: not is_met(seen))
    site.set_price("1", "0.99")
    until(engine, lambda seen: news(seen) == 2)


@pytest.mark.parametrize("site_options", [{"dialects": ("stock-unknown",)}])
@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (FOR_STOCK, "Google · Almanya may be in stock, at ₺2.00."),
        (replace(FOR_STOCK, price_limit=Decimal(3)), "Google · Almanya costs ₺2.00, within your limit of ₺3.00."),
    ],
)
def test_a_stock_that_the_site_does_not_tell_is_worth_a_try(
    engine: Engine, until: Until, told: Told, wish: SetWatch, words: str
) -> None:
    engine.submit(wish)
    seen = until(engine, is_met)
    assert seen.quotes["1"].quote.stock is None
    assert told(seen)[-1] == f"good: {words}{WHAT_TO_DO}"


def test_what_is_so_already_is_said_at_once_and_rings_no_bell(
    site: SandboxServer, start: Start, policy: Policy, until: Until, told: Told
) -> None:
    engine = start(policy=replace(policy, freshness=Freshness()))
    engine.submit(WatchRows(("1",)))
    until(engine, lambda seen: "1" in seen.quotes)
    asked = site.requests["getServiceDetails"]
    engine.submit(FOR_STOCK)
    seen = until(engine, is_met)
    assert told(seen)[-1].startswith("good: Google · Almanya is in stock: 50 numbers at ₺2.00.")
    engine.submit(Refresh())
    until(engine, lambda _: site.requests["getServiceDetails"] > asked)
    assert news(engine.latest) == 0
    engine.submit(replace(FOR_STOCK, price_limit=Decimal(1)))
    until(engine, lambda seen: not is_met(seen))
    engine.submit(replace(FOR_STOCK, price_limit=Decimal(2)))
    seen = until(engine, is_met)
    assert told(seen)[-1].startswith("good: Google · Almanya costs ₺2.00, within your limit of ₺2.00: 50 numbers")
    assert news(seen) == 0


def test_watched_services_are_asked_for_wherever_the_person_is_until_the_watch_ends(
    engine: Engine, until: Until, reads: Callable[[Engine], None]
) -> None:
    engine.submit(FOR_STOCK)
    reads(engine)
    engine.submit(DropWatch("1"))
    until(engine, lambda seen: not seen.watches)
    engine.submit(WatchRows(("2",)))
    until(engine, lambda seen: tuple(seen.quotes) == ("2",))
    reads(engine)
    assert tuple(engine.latest.quotes) == ("2",)


@pytest.mark.parametrize("site_options", [{"dialects": ("quote-in-list",)}])
@pytest.mark.parametrize("rows", [(), ("2", "3")], ids=["no row is seen", "rows are seen"])
def test_a_site_with_prices_in_its_lists_is_asked_for_watched_services_all_the_same(
    site: SandboxServer, start: Start, policy: Policy, until: Until, rows: tuple[str, ...]
) -> None:
    engine = start(policy=replace(policy, freshness=replace(policy.freshness, services_seconds=600)))
    site.set_stock("1", 0)
    engine.submit(ShowCategory("1"))
    until(engine, lambda seen: len(seen.listing.services) > 100)
    engine.submit(WatchRows(rows))
    engine.submit(FOR_STOCK)
    until(engine, lambda seen: bool(seen.watches))
    site.set_stock("1", 3)
    until(engine, is_met)


def test_nobody_is_told_anything_once_nobody_looks(
    site: SandboxServer, engine: Engine, until: Until, reads: Callable[[Engine], None]
) -> None:
    engine.submit(FOR_STOCK)
    reads(engine)
    engine.submit(LookAway())
    until(engine, lambda seen: not seen.listing.services)
    engine.submit(replace(FOR_STOCK, service_id="2"))
    until(engine, lambda seen: len(seen.watches) == 2)
    asked, read = site.requests["getServiceDetails"], site.requests["getBalance"]
    until(engine, lambda _: site.requests["getBalance"] > read + 5)
    assert site.requests["getServiceDetails"] <= asked + 1  # one may have been on its way


def test_a_refused_quote_and_a_dead_site_end_no_watch(
    site: SandboxServer, engine: Engine, until: Until, told: Told
) -> None:
    site.set_stock("1", 0)
    engine.submit(FOR_STOCK)
    until(engine, lambda seen: "1" in seen.quotes)
    site.add_fault("getServiceDetails:refuse@1-3")
    until(engine, lambda seen: "1" in seen.failed_quotes)
    site.add_fault("*:reset@1-8")
    until(engine, lambda seen: seen.link == "down")
    site.set_stock("1", 3)
    seen = until(engine, is_met)
    assert news(seen) == 1
    assert not any("no longer lists" in line for line in told(seen))


def test_a_service_that_the_site_no_longer_has_is_told_once(
    site: SandboxServer, engine: Engine, until: Until, told: Told
) -> None:
    engine.submit(replace(FOR_STOCK, service_id="99999"))
    seen = until(engine, lambda seen: bool(seen.watches) and seen.watches[0].lost)
    words = "The site no longer lists Google · Almanya. Its watch goes on until you end it, under Watched."
    assert told(seen)[-1] == f"warning: {words}"
    lists = site.requests["getServices"]
    engine.submit(replace(FOR_STOCK, service_id="99998", service="Fransa"))
    seen = until(engine, lambda seen: all(watch.lost for watch in seen.watches) and len(seen.watches) == 2)
    assert site.requests["getServices"] > lists
    assert len([line for line in told(seen) if "no longer lists" in line]) == 2


def test_a_list_that_cannot_be_read_says_nothing_of_its_services(
    site: SandboxServer, engine: Engine, until: Until
) -> None:
    site.add_fault("getServices:500@*")
    engine.submit(replace(FOR_STOCK, service_id="99999"))
    until(engine, lambda _: site.requests["getServices"] > 2)
    assert not engine.latest.watches[0].lost


def test_watches_survive_a_restart_with_their_limits_and_in_their_order(
    site: SandboxServer, start: Start, until: Until
) -> None:
    first = start()
    site.set_stock("1", 0)
    first.submit(FOR_PRICE)
    first.submit(replace(FOR_STOCK, service_id="2"))
    until(first, lambda seen: len(seen.watches) == 2)
    assert first.stop(10)
    second = start()
    seen = until(second, lambda seen: len(seen.watches) == 2)
    assert [(watch.service_id, watch.price_limit) for watch in seen.watches] == [
        ("1", Decimal("1.50")),
        ("2", None),
    ]
    site.set_price("1", "1")
    site.set_stock("1", 3)
    until(second, lambda seen: seen.watches[0].met and news(seen) >= 1)


def test_two_windows_have_the_same_watches_and_each_tells(
    site: SandboxServer, start: Start, until: Until, told: Told
) -> None:
    site.set_stock("1", 0)
    both = start(), start()
    both[0].submit(FOR_STOCK)
    for engine in both:
        until(engine, lambda seen: "1" in seen.quotes and bool(seen.watches))
    both[1].submit(FOR_PRICE)
    until(both[0], lambda seen: seen.watches[0].price_limit == Decimal("1.50"))
    site.set_price("1", "1.20")
    site.set_stock("1", 3)
    for engine in both:
        seen = until(engine, is_met)
        assert "within your limit of ₺1.50" in told(seen)[-1]
        assert news(seen) == 1
    both[0].submit(DropWatch("1"))
    until(both[1], lambda seen: not seen.watches)


def test_a_watched_service_is_named_where_the_catalogue_is_not_known(
    site: SandboxServer, engine: Engine, until: Until
) -> None:
    site.add_fault("getServices:stall")
    engine.submit(FOR_STOCK)
    until(engine, lambda seen: bool(seen.watches))
    engine.submit(ShowServices(("1",)))
    seen = until(engine, lambda seen: bool(seen.listing.services))
    assert (seen.listing.services[0].name, seen.listing.services[0].category_id) == ("Almanya", "1")


def test_a_read_only_session_may_watch(start: Start, until: Until) -> None:
    engine = start(read_only=True)
    engine.submit(FOR_STOCK)
    until(engine, is_met)


def test_a_watch_that_the_journal_does_not_take_says_why(
    engine: Engine, state: Path, until: Until, told: Told
) -> None:
    (state / "orders.db").unlink()
    engine.submit(FOR_STOCK)
    seen = until(engine, lambda seen: bool(seen.events))
    assert told(seen)[-1].startswith("warning: ")
    assert not seen.watches


def test_what_a_neighbour_writes_while_it_holds_the_file_is_seen_afterwards(
    engine: Engine, state: Path, site: SandboxServer, until: Until
) -> None:
    values = (site.url, "1", "Almanya", "1", "Google")
    with closing(sqlite3.connect(state / "orders.db", isolation_level=None)) as neighbour:
        neighbour.execute("BEGIN EXCLUSIVE")
        neighbour.execute(
            "INSERT INTO watches (site, service_id, service, category_id, category) VALUES (?, ?, ?, ?, ?)", values
        )
        read = site.requests["getBalance"]
        until(engine, lambda _: site.requests["getBalance"] > read + 10)
        neighbour.execute("COMMIT")
    until(engine, lambda seen: bool(seen.watches))
