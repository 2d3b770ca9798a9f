"""The line of blocks: equal steps of time, extremes always seen, and no time claimed in which nobody looked."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snum_tui.domain.catalogue import KnownQuote, Quote
from snum_tui.domain.history import Stretch, with_reading
from snum_tui.ui.tables.sparkline import BLOCKS, LEVEL, NOT_SEEN, extremes, sparkline

NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


def stretch(start: float, end: float, price: str = "2", stock: int | None = 5) -> Stretch:
    """Make a stretch, in minutes after noon."""
    quote = Quote("12", Decimal(price), stock)
    return Stretch(quote, NOON + timedelta(minutes=start), NOON + timedelta(minutes=end))


def price(quote: Quote) -> Decimal:
    return quote.price


def stock(quote: Quote) -> int | None:
    return quote.stock


def test_a_price_that_rises_step_by_step_is_a_stair() -> None:
    stair = [stretch(10 * at, 10 * at + 10, str(at)) for at in range(8)]
    assert sparkline(stair, price, 8) == BLOCKS
    assert sparkline(stair, price, 16) == "".join(block * 2 for block in BLOCKS)
    assert extremes(stair, price) == (0, 7)


def test_each_cell_is_as_long_a_time() -> None:
    assert sparkline([stretch(0, 30), stretch(30, 40, "3")], price, 8) == "▁▁▁▁▁▁██"


def test_a_time_in_which_nobody_looked_is_shown_as_such() -> None:
    known = [stretch(0, 60), stretch(180, 240, "3")]
    assert sparkline(known, price, 8) == f"▁▁{NOT_SEEN * 4}██"


def test_the_pause_between_two_readings_is_no_gap() -> None:
    """Half a minute apart, on a line whose cells are shorter."""
    known = [stretch(at / 2, at / 2, str(2 + at % 2)) for at in range(5)]
    assert NOT_SEEN not in sparkline(known, price, 40)


def test_a_peak_that_was_short_is_seen_all_the_same() -> None:
    known = [stretch(0, 500, stock=9), stretch(500, 501, stock=0), stretch(501, 1000, stock=9)]
    assert sparkline(known, stock, 10).count(BLOCKS[0]) == 1
    assert sparkline(known, stock, 10).count(BLOCKS[-1]) == 9


def test_what_never_changes_is_level() -> None:
    known = [stretch(0, 10, stock=1), stretch(10, 20, stock=2)]
    assert sparkline(known, price, 6) == LEVEL * 6


def test_a_stock_that_the_site_does_not_tell_is_not_drawn() -> None:
    known = [stretch(0, 10, stock=None), stretch(10, 20, stock=3)]
    assert sparkline(known, stock, 4) == f"{NOT_SEEN * 2}{LEVEL * 2}"
    assert extremes(known[:1], stock) is None
    assert sparkline(known[:1], stock, 4) == NOT_SEEN * 4


@pytest.mark.parametrize("width", [-1, 0, 1])
def test_no_room_is_no_error(width: int) -> None:
    assert len(sparkline([stretch(0, 0), stretch(1, 1, "3")], price, width)) == max(0, width)


@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 99)), min_size=1, max_size=60),
    st.integers(1, 120),
)
def test_any_history_has_its_width_and_shows_its_extremes(steps: list[tuple[int, int]], width: int) -> None:
    seconds, known = 0, ()  # type: tuple[int, tuple[Stretch, ...]]
    for step, cents in steps:
        seconds += step
        quote = Quote("12", Decimal(cents) / 100, None)
        known = with_reading(known, KnownQuote(quote, NOON + timedelta(seconds=seconds)))
    line = sparkline(known, price, width)
    assert len(line) == width
    bounds = extremes(known, price)
    assert bounds is not None
    if bounds[0] == bounds[1]:
        assert set(line) <= {LEVEL, NOT_SEEN}
    elif width > len(known):
        assert {line[0], line[-1]} & set(BLOCKS)
        assert {BLOCKS[0], BLOCKS[-1]} & set(line)
