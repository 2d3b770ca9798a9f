"""What is remembered of a price and a stock over time."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from snum_tui.domain.catalogue import KnownQuote, Quote
from snum_tui.domain.history import GAP, LONGEST, Stretch, thinned, with_reading

NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


def reading(seconds: float, price: str = "2", stock: int | None = 5) -> KnownQuote:
    """Make a quote that was read some seconds after noon."""
    return KnownQuote(Quote("12", Decimal(price), stock), NOON + timedelta(seconds=seconds))


def stretch(start: float, end: float, price: str = "2", stock: int | None = 5) -> Stretch:
    """Make a stretch, in seconds after noon."""
    first = reading(start, price, stock)
    return Stretch(first.quote, first.read_at, NOON + timedelta(seconds=end))


def told(*readings: KnownQuote) -> tuple[Stretch, ...]:
    """Add readings one after the other."""
    known: tuple[Stretch, ...] = ()
    for one in readings:
        known = with_reading(known, one)
    return known


def test_readings_without_a_change_are_one_stretch() -> None:
    assert told(reading(0), reading(30), reading(60, "2.00")) == (stretch(0, 60),)


def test_another_price_or_stock_begins_another_stretch() -> None:
    assert told(reading(0), reading(30), reading(60, "3"), reading(90, "3", None)) == (
        stretch(0, 30),
        stretch(60, 60, "3"),
        stretch(90, 90, "3", None),
    )


def test_who_has_not_looked_for_long_does_not_know_what_was_in_between() -> None:
    gap = GAP.total_seconds()
    assert told(reading(0), reading(gap)) == (stretch(0, gap),)
    assert told(reading(0), reading(gap + 1)) == (stretch(0, 0), stretch(gap + 1, gap + 1))


def test_a_stretch_ends_after_a_day_so_that_what_is_old_can_be_forgotten_piece_by_piece() -> None:
    day = LONGEST.total_seconds()
    known = told(*(reading(seconds) for seconds in range(0, int(day) + 1200, 600)))
    assert known == (stretch(0, day), stretch(day + 600, day + 600))


def test_a_reading_that_a_later_one_has_overtaken_changes_nothing() -> None:
    known = told(reading(0), reading(60))
    assert with_reading(known, reading(30, "9")) == known


def test_of_two_readings_of_the_same_moment_the_second_counts() -> None:
    assert told(reading(0), reading(0, "3")) == (stretch(0, 0, "3"),)


def test_thinning_keeps_the_newest_as_they_are_and_every_change_of_the_price() -> None:
    prices = ["2" if at < 100 else "3" for at in range(200)]
    known = tuple(stretch(60 * at, 60 * at + 30, prices[at], at % 7) for at in range(200))
    thin = thinned(known, 200)
    assert thin[-50:] == known[-50:]
    assert len(thin) == 50 + 75
    assert [one.quote.price for one in thin] == sorted(one.quote.price for one in thin)
    assert next(one for one in thin if one.quote.price == 3).read_at == known[100].read_at
    assert thin[0] == stretch(0, 90, "2", 0)


def test_thinning_never_says_that_something_was_read_where_nobody_looked() -> None:
    hour = 3600
    known = tuple(stretch(hour * at, hour * at + 60, "2", at) for at in range(40))
    assert thinned(known, 40) == known


def test_what_cannot_be_thinned_loses_its_oldest() -> None:
    known = tuple(stretch(60 * at, 60 * at + 30, str(at)) for at in range(50))
    assert thinned(known, 40) == known[-40:]


@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 2), st.none() | st.integers(0, 9)), max_size=80))
def test_thinning_forgets_no_time_that_was_seen_and_no_time_when_there_was_none(
    steps: list[tuple[int, int, int | None]],
) -> None:
    seconds, known = 0, ()  # type: tuple[int, tuple[Stretch, ...]]
    for step, price, stock in steps:
        seconds += step
        known = with_reading(known, reading(seconds, str(price), stock))
    thin = thinned(known, 1000)
    assert len(thin) <= len(known)

    def at(moment: datetime, stretches: tuple[Stretch, ...]) -> Stretch:
        return next(one for one in reversed(stretches) if one.read_at <= moment <= one.until)

    for one in known:
        kept = at(one.read_at, thin)
        assert kept.quote.price == one.quote.price
        if one.quote.stock == 0:
            assert kept.quote.stock == 0
