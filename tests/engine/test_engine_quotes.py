"""Quotes: of the rows on the screen alone, topmost first, again when they are old."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from snum_tui.domain.catalogue import Move
from snum_tui.domain.policy import Freshness, Policy
from snum_tui.engine.commands import LookAway, Refresh, SetFavourite, ShowCategory, ShowServices, WatchRows
from snum_tui.engine.quote_wants import Lane, QuoteWants
from snum_tui.engine.snapshot import Filling, Loading, Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.sandbox.server import SandboxServer

Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]


@pytest.fixture
def quickly_old(policy: Policy) -> Policy:
    """Quotes grow old in 50 ms."""
    return replace(policy, freshness=Freshness(quote_seconds=0.05))


def test_only_the_rows_on_the_screen_are_asked_for_topmost_first(
    site: SandboxServer, start: Callable[..., Engine], policy: Policy, until: Until
) -> None:
    one_at_a_time = replace(policy, politeness=replace(policy.politeness, in_flight=1))
    engine = start(policy=one_at_a_time)
    engine.submit(ShowCategory("1"))
    until(engine, lambda seen: len(seen.listing.services) > 100)
    rows = ("4", "2", "5", "1")
    engine.submit(WatchRows(rows))
    seen = until(engine, lambda seen: len(seen.quotes) == 4)
    assert tuple(seen.quotes) == rows
    assert site.requests["getServiceDetails"] == 4
    assert seen.quotes["4"].quote.price == Decimal(2)
    assert seen.quotes["4"].quote.stock == 50


def test_rows_scrolled_away_before_their_turn_are_not_asked_for(
    site: SandboxServer, start: Callable[..., Engine], policy: Policy, until: Until
) -> None:
    engine = start(policy=replace(policy, politeness=replace(policy.politeness, in_flight=1)))
    site.set_latency(0.05)
    engine.submit(WatchRows(tuple(map(str, range(10, 40)))))
    until(engine, lambda _: site.requests["getServiceDetails"] == 1)
    engine.submit(WatchRows(("1", "2")))
    seen = until(engine, lambda seen: {"1", "2"} <= set(seen.quotes))
    assert len(seen.quotes) <= 4


def test_rows_that_scroll_away_while_they_wait_for_a_token_are_given_up(
    site: SandboxServer, start: Callable[..., Engine], policy: Policy, until: Until
) -> None:
    slow = replace(policy.politeness, burst=3, requests_per_second=10.0)
    engine = start(policy=replace(policy, politeness=slow))
    engine.submit(WatchRows(tuple(map(str, range(10, 40)))))
    until(engine, lambda _: site.requests["getServiceDetails"] == 1)  # and five more wait
    engine.submit(WatchRows(("1", "2")))
    seen = until(engine, lambda seen: {"1", "2"} <= set(seen.quotes))
    assert len(set(seen.quotes) - {"1", "2"}) <= 2


def test_a_quote_that_comes_when_nobody_looks_at_its_row_any_more_is_not_kept_on_the_board(
    site: SandboxServer, start: Callable[..., Engine], policy: Policy, until: Until
) -> None:
    engine = start(policy=policy)
    site.set_latency(0.2)
    engine.submit(WatchRows(("1",)))
    until(engine, lambda _: site.requests["getServiceDetails"] == 1)
    engine.submit(WatchRows(("2",)))
    until(engine, lambda seen: tuple(seen.quotes) == ("2",))


def test_a_quote_is_asked_for_again_when_it_is_old_and_only_then(
    site: SandboxServer,
    start: Callable[..., Engine],
    quickly_old: Policy,
    until: Until,
    policy: Policy,
    pass_seconds: Callable[[float], None],
) -> None:
    engine = start(policy=quickly_old)
    engine.submit(WatchRows(("1",)))
    until(engine, lambda seen: "1" in seen.quotes)
    site.set_price("1", "3")
    until(engine, lambda seen: seen.quotes["1"].quote.price == 3)
    assert engine.stop(10)
    pass_seconds(1000)
    asked = site.requests["getServiceDetails"]
    patient = start(policy=replace(policy, freshness=Freshness(balance_seconds=0.02)))
    patient.submit(WatchRows(("1",)))
    until(patient, lambda _: site.requests["getServiceDetails"] == asked + 1)
    read = site.requests["getBalance"]
    until(patient, lambda _: site.requests["getBalance"] > read + 10)
    assert site.requests["getServiceDetails"] == asked + 1
    patient.submit(Refresh())
    until(patient, lambda _: site.requests["getServiceDetails"] == asked + 2)


def test_what_the_last_run_knew_is_shown_with_its_age_at_once(
    site: SandboxServer,
    start: Callable[..., Engine],
    until: Until,
    pass_seconds: Callable[[float], None],
) -> None:
    first = start()
    first.submit(WatchRows(("1",)))
    read_at = until(first, lambda seen: "1" in seen.quotes).quotes["1"].read_at
    assert first.stop(10)
    pass_seconds(1000)
    site.add_fault("getServiceDetails:stall")
    second = start(read_seconds=0.3)
    second.submit(WatchRows(("1", "2")))
    seen = until(second, lambda seen: "1" in seen.quotes)
    assert seen.quotes["1"].quote.price == Decimal(2)
    assert seen.quotes["1"].read_at == read_at


def test_a_row_whose_quote_fails_says_why_and_keeps_the_last_one(
    site: SandboxServer, start: Callable[..., Engine], quickly_old: Policy, until: Until
) -> None:
    engine = start(policy=quickly_old)
    engine.submit(WatchRows(("1",)))
    until(engine, lambda seen: "1" in seen.quotes)
    site.add_fault("getServiceDetails:refuse@1-3")
    seen = until(engine, lambda seen: "1" in seen.failed_quotes)
    assert seen.quotes["1"].quote.price == Decimal(2)
    until(engine, lambda seen: "1" not in seen.failed_quotes)


@pytest.mark.parametrize("site_options", [{"dialects": ("quote-in-list",)}])
def test_rows_that_carry_their_price_in_the_list_are_never_asked_for_one_by_one(
    site: SandboxServer, start: Callable[..., Engine], quickly_old: Policy, until: Until
) -> None:
    engine = start(policy=replace(quickly_old, freshness=Freshness(quote_seconds=0.05, balance_seconds=0.02)))
    engine.submit(ShowCategory("1"))
    until(engine, lambda seen: seen.listing.loading is Loading.READY)
    engine.submit(WatchRows(("1", "2")))
    site.set_price("1", "9")
    seen = until(engine, lambda seen: seen.quotes["1"].quote.price == 9)
    assert len(seen.quotes) == len(seen.listing.services)
    site.add_fault("getServices:stall")  # not even while the list is slow to come again
    read = site.requests["getBalance"]
    until(engine, lambda _: site.requests["getBalance"] > read + 10)
    assert site.requests["getServiceDetails"] == 0
    assert site.requests["getServices"] > 1


@pytest.mark.parametrize("site_options", [{"dialects": ("quote-in-list",)}])
def test_a_list_with_prices_is_not_read_again_while_nobody_looks_at_it(
    site: SandboxServer, start: Callable[..., Engine], quickly_old: Policy, until: Until
) -> None:
    policy = replace(quickly_old, freshness=Freshness(quote_seconds=0.02, balance_seconds=0.02))
    engine = start(policy=policy)
    engine.submit(ShowCategory("1"))
    until(engine, lambda seen: seen.listing.loading is Loading.READY)
    read = site.requests["getBalance"]
    until(engine, lambda _: site.requests["getBalance"] > read + 10)
    assert site.requests["getServices"] == 1


@pytest.mark.parametrize("site_options", [{"dialects": ("quote-in-list",)}])
def test_a_favourite_outside_the_list_on_show_is_asked_for_by_itself(
    site: SandboxServer, start: Callable[..., Engine], quickly_old: Policy, until: Until
) -> None:
    engine = start(policy=quickly_old)
    engine.submit(ShowCategory("1"))
    until(engine, lambda seen: seen.listing.loading is Loading.READY)
    engine.submit(ShowServices(("1",)))
    engine.submit(WatchRows(("1",)))
    site.set_price("1", "9")
    until(engine, lambda seen: seen.quotes["1"].quote.price == 9)
    assert site.requests["getServiceDetails"] > 0


def test_one_stalled_quote_delays_no_other_row(
    site: SandboxServer, start: Callable[..., Engine], until: Until
) -> None:
    engine = start(read_seconds=60)
    site.add_fault("getServiceDetails:stall@1")
    engine.submit(WatchRows(("1", "2", "3", "4", "5")))
    seen = until(engine, lambda seen: len(seen.quotes) == 4)
    assert "1" not in seen.quotes


def test_a_start_soon_after_the_last_run_asks_for_no_quote_that_is_still_fresh(
    site: SandboxServer,
    start: Callable[..., Engine],
    policy: Policy,
    until: Until,
    pass_seconds: Callable[[float], None],
) -> None:
    first = start()
    first.submit(WatchRows(("1", "2")))
    until(first, lambda seen: len(seen.quotes) == 2)
    assert first.stop(10)
    asked = site.requests["getServiceDetails"]
    pass_seconds(10)
    second = start(policy=replace(policy, freshness=Freshness(balance_seconds=0.02)))
    second.submit(WatchRows(("1", "2", "3")))
    until(second, lambda seen: len(seen.quotes) == 3)
    read = site.requests["getBalance"]
    until(second, lambda _: site.requests["getBalance"] > read + 10)
    assert site.requests["getServiceDetails"] == asked + 1


def test_a_figure_that_changed_says_in_which_direction_until_the_next_reading(
    site: SandboxServer, start: Callable[..., Engine], quickly_old: Policy, until: Until
) -> None:
    engine = start(policy=quickly_old)
    engine.submit(WatchRows(("1",)))
    first = until(engine, lambda seen: "1" in seen.quotes).quotes["1"]
    assert (first.price_move, first.stock_move) == (Move.NONE, Move.NONE)
    site.set_price("1", "3")
    site.set_stock("1", 20)
    moved = until(engine, lambda seen: seen.quotes["1"].price_move is not Move.NONE).quotes["1"]
    assert (moved.price_move, moved.quote.price) == (Move.UP, Decimal(3))
    until(engine, lambda seen: seen.quotes["1"].price_move is Move.NONE and seen.quotes["1"].quote.stock == 20)


def test_what_the_last_run_knew_is_what_a_fresh_reading_is_compared_with(
    site: SandboxServer,
    start: Callable[..., Engine],
    until: Until,
    pass_seconds: Callable[[float], None],
) -> None:
    first = start()
    first.submit(WatchRows(("1",)))
    until(first, lambda seen: "1" in seen.quotes)
    assert first.stop(10)
    pass_seconds(1000)
    site.set_price("1", "1.50")
    second = start()
    second.submit(WatchRows(("1",)))
    seen = until(second, lambda seen: "1" in seen.quotes and seen.quotes["1"].price_move is not Move.NONE)
    assert seen.quotes["1"].price_move is Move.DOWN


def test_sorting_by_price_reads_the_rows_on_the_screen_first_and_then_all_others(
    site: SandboxServer, start: Callable[..., Engine], policy: Policy, until: Until
) -> None:
    engine = start(policy=replace(policy, politeness=replace(policy.politeness, in_flight=1)))
    engine.submit(ShowCategory("1"))
    total = len(until(engine, lambda seen: bool(seen.listing.services)).listing.services)
    engine.submit(WatchRows(("40", "41"), fill=True))
    seen = until(engine, lambda seen: seen.filling is not None and seen.filling.known >= 5)
    assert seen.filling == Filling(seen.filling.known, total) if seen.filling else False
    assert tuple(seen.quotes)[:2] == ("40", "41")
    assert "1" in seen.quotes
    engine.submit(WatchRows(("40", "41")))
    until(engine, lambda seen: seen.filling is None)
    asked = site.requests["getServiceDetails"]
    read = site.requests["getBalance"]
    engine.submit(Refresh())
    until(engine, lambda _: site.requests["getBalance"] > read)
    assert site.requests["getServiceDetails"] <= asked + 2 + 1, "nothing more is filled, but for one on its way"
    assert asked < total


def test_sorting_what_is_filtered_reads_the_rows_that_match_before_those_that_are_hidden(
    start: Callable[..., Engine], policy: Policy, until: Until
) -> None:
    engine = start(policy=replace(policy, politeness=replace(policy.politeness, in_flight=1, burst=30)))
    engine.submit(ShowCategory("1"))
    until(engine, lambda seen: bool(seen.listing.services))
    matching = tuple(map(str, range(30, 40)))
    engine.submit(WatchRows(("40",), fill=True, matching=("40", *matching, "of another list")))
    seen = until(engine, lambda seen: len(seen.quotes) > 12)
    assert set(tuple(seen.quotes)[:11]) == {"40", *matching}
    assert seen.filling is not None
    assert seen.filling.total == len(seen.listing.services), "and all others after them"


def test_favourites_are_kept_fresh_while_somebody_looks_at_something_else(
    site: SandboxServer, start: Callable[..., Engine], policy: Policy, until: Until
) -> None:
    engine = start(policy=replace(policy, freshness=Freshness(kept_seconds=0.05)))
    engine.submit(SetFavourite("1", "Almanya", "1", "Google", on=True))
    engine.submit(ShowCategory("3"))
    engine.submit(WatchRows(("900",)))
    until(engine, lambda seen: "1" in seen.quotes)
    site.set_price("1", "9")
    until(engine, lambda seen: seen.quotes["1"].quote.price == 9)
    engine.submit(LookAway())
    until(engine, lambda seen: not seen.quotes)


def test_the_board_holds_the_quotes_of_what_is_on_show_and_the_cache_all_others(
    site: SandboxServer, start: Callable[..., Engine], until: Until
) -> None:
    engine = start()
    engine.submit(ShowCategory("1"))
    until(engine, lambda seen: bool(seen.listing.services))
    engine.submit(WatchRows(("1", "2")))
    until(engine, lambda seen: {"1", "2"} <= set(seen.quotes))
    engine.submit(WatchRows(()))
    engine.submit(ShowCategory("3"))
    until(engine, lambda seen: seen.listing.category_id == "3" and "1" not in seen.quotes)
    asked = site.requests["getServiceDetails"]
    engine.submit(ShowCategory("1"))
    seen = until(engine, lambda seen: seen.listing.category_id == "1" and {"1", "2"} <= set(seen.quotes))
    assert seen.quotes["1"].quote.price == 2
    assert site.requests["getServiceDetails"] == asked, "they were known, and still fresh"


def test_a_favourite_in_a_list_that_sorting_fills_is_kept_fresh_and_holds_up_nobody(
    site: SandboxServer, start: Callable[..., Engine], policy: Policy, until: Until
) -> None:
    """It is wanted for both reasons, and old for one of them long before the other."""
    engine = start(policy=replace(policy, freshness=Freshness(kept_seconds=0.05)))
    engine.submit(SetFavourite("1", "Almanya", "1", "Google", on=True))
    engine.submit(ShowCategory("1"))
    until(engine, lambda seen: bool(seen.listing.services))
    engine.submit(WatchRows(("40", "41"), fill=True))
    until(engine, lambda seen: seen.filling is not None and seen.filling.is_whole)
    site.set_price("1", "9")
    until(engine, lambda seen: seen.quotes["1"].quote.price == 9)
    engine.submit(ShowCategory("3"))
    until(engine, lambda seen: seen.listing.category_id == "3")


def test_every_row_that_is_offered_is_one_that_is_wanted_for_that_reason() -> None:
    """Who is offered a row and then told that nobody wants it asks again for ever, and holds up all others."""
    wants = QuoteWants(Freshness(), 4.0)
    wants.want(Lane.SHOWN, ("1", "2"))
    wants.want(Lane.FILL, ("1", "2", "3", "4"))
    wants.want(Lane.KEPT, ("2", "4", "5"))
    wants.leave_out({"3"})
    for now in (0.0, 31.0, 61.0, 301.0):
        for lanes in ((Lane.SHOWN,), (Lane.FILL, Lane.KEPT)):
            while (due := wants.next_due(lanes, now)) is not None:
                assert wants.is_wanted(*due), due
                wants.asked(due[:1], now)


def test_the_first_rows_of_a_long_list_are_not_old_before_the_last_have_been_asked_for() -> None:
    wants = QuoteWants(Freshness(fill_seconds=300), 4.0)
    rows = tuple(map(str, range(3000)))
    wants.want(Lane.FILL, rows)
    for at, row in enumerate(rows):
        wants.asked((row,), at / 4.0)
    assert wants.fresh_count(Lane.FILL, 3000 / 4.0) == 3000
