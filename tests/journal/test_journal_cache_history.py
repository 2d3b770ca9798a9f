"""Price and stock over time, as the cache keeps them: little, honest, and quickly written."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snum_tui.domain.catalogue import KnownQuote, Quote, Service
from snum_tui.domain.history import MOST_STRETCHES, Stretch, with_reading
from snum_tui.journal.cache import Cache
from snum_tui.journal.cache_history import KEPT

SITE = "example.com"
NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A cache directory."""
    return tmp_path / "cache"


@pytest.fixture
def cache(folder: Path) -> Iterator[Cache]:
    """A cache, open."""
    opened = Cache.open(folder)
    yield opened
    opened.close()


def read(
    seconds: float, price: str = "2", stock: int | None = 5, service_id: str = "12", day: int = 0
) -> KnownQuote:
    """Make a quote that was read some seconds after noon."""
    return KnownQuote(Quote(service_id, Decimal(price), stock), NOON + timedelta(days=day, seconds=seconds))


def stretch(start: float, end: float, price: str = "2", stock: int | None = 5) -> Stretch:
    """Make a stretch, in seconds after noon."""
    first = read(start, price, stock)
    return Stretch(first.quote, first.read_at, NOON + timedelta(seconds=end))


def test_what_differs_becomes_history_and_what_does_not_costs_no_row(cache: Cache, folder: Path) -> None:
    for known in (read(0), read(30), read(60, "3"), read(90, "3"), read(120, "3", None)):
        cache.store_quotes(SITE, [known])
    assert cache.history(SITE, "12") == (stretch(0, 30), stretch(60, 90, "3"), stretch(120, 120, "3", None))
    with closing(sqlite3.connect(folder / "cache.db")) as other:
        assert other.execute("SELECT count(*) FROM history").fetchone() == (2,)


def test_history_is_of_one_service_of_one_site(cache: Cache) -> None:
    cache.store_quotes(SITE, [read(0), read(0, "9", service_id="11")])
    cache.store_quotes("sms.tc", [read(0, "7")])
    assert [one.quote.price for one in cache.history(SITE, "12")] == [2]
    assert cache.history(SITE, "10") == ()


def test_history_survives_a_restart(cache: Cache, folder: Path) -> None:
    cache.store_quotes(SITE, [read(0)])
    cache.store_quotes(SITE, [read(30, "3")])
    cache.close()
    with closing(Cache.open(folder)) as again:
        assert again.history(SITE, "12") == (stretch(0, 0), stretch(30, 30, "3"))


READINGS = st.lists(
    st.tuples(
        st.sampled_from([-60, 0, 30, 29 * 60, 31 * 60, 90_000]),
        st.sampled_from(["1", "2"]),
        st.sampled_from([None, 0, 5]),
    ),
    max_size=20,
)


@given(READINGS, st.integers(0, 10**9))
def test_the_file_remembers_what_the_rule_says(
    shared: Cache, steps: list[tuple[int, str, int | None]], number: int
) -> None:
    """Readings without news, other prices, long pauses, late ones: all as `with_reading` has them."""
    site, newest, expected = f"site {number}", 0, ()  # type: tuple[str, int, tuple[Stretch, ...]]
    shared._connection.execute("DELETE FROM quotes")
    shared._connection.execute("DELETE FROM history")
    for step, price, stock in steps:
        known = read(newest + step, price, stock)
        newest = max(newest, newest + step)
        shared.store_quotes(site, [known])
        expected = with_reading(expected, known)
    assert shared.history(site, "12") == expected


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cache]:
    """One cache for all examples."""
    opened = Cache.open(tmp_path_factory.mktemp("cache"))
    yield opened
    opened.close()


def test_a_quote_of_another_program_that_read_a_little_later_is_not_overwritten(cache: Cache) -> None:
    """Two windows read the same row, and each writes in batches."""
    cache.store_quotes(SITE, [read(10, "3")])
    cache.store_quotes(SITE, [read(9, "2")])
    assert cache.quotes(SITE, ["12"]) == {"12": read(10, "3")}
    assert cache.history(SITE, "12") == (stretch(10, 10, "3"),)


def test_a_clock_that_was_wrong_keeps_nobody_from_learning_the_price_of_now(cache: Cache) -> None:
    cache.store_quotes(SITE, [read(0, day=-1)])
    cache.store_quotes(SITE, [read(0, "9", day=400)])
    cache.store_quotes(SITE, [read(0, "3")])
    assert cache.quotes(SITE, ["12"]) == {"12": read(0, "3")}
    assert all(one.until <= NOON for one in cache.history(SITE, "12"))


def test_nothing_is_kept_for_longer_than_thirty_days(cache: Cache) -> None:
    cache.store_quotes(SITE, [read(0), read(0, service_id="11")])
    cache.store_quotes(SITE, [read(30, "3"), read(30, "3", service_id="11")])
    cache.store_quotes(SITE, [read(0, "4", day=29)])
    assert len(cache.history(SITE, "12")) == 3
    cache.store_quotes(SITE, [read(60, "5", day=30)])  # of one service alone; the others' old rows go as well
    oldest = NOON + timedelta(days=30, seconds=60) - KEPT
    assert all(one.read_at >= oldest for one in cache.history(SITE, "12"))
    assert [one.quote.price for one in cache.history(SITE, "11")] == [3]


def test_a_stock_that_moves_all_the_time_fills_no_disk_and_is_still_known_from_the_beginning(cache: Cache) -> None:
    for at in range(1500):
        cache.store_quotes(SITE, [read(30 * at, "2" if at < 700 else "3", at % 11)])
    known = cache.history(SITE, "12")
    assert len(known) <= MOST_STRETCHES + 1
    assert known[0].read_at == NOON
    assert known[-1].until == NOON + timedelta(seconds=30 * 1499)
    assert next(one.read_at for one in known if one.quote.price == 3) == NOON + timedelta(seconds=30 * 700)


def test_a_row_that_makes_no_sense_costs_no_start(cache: Cache, folder: Path) -> None:
    cache.store_quotes(SITE, [read(0)])
    cache.store_quotes(SITE, [read(30, "3")])
    with closing(sqlite3.connect(folder / "cache.db")) as other:
        other.execute("UPDATE history SET price = 'cheap'")
        other.commit()
    assert cache.history(SITE, "12") == ()
    cache.store_quotes(SITE, [read(60)])
    assert cache.history(SITE, "12") == (stretch(60, 60),)


def test_the_quotes_of_a_category_are_those_of_its_services(cache: Cache) -> None:
    cache.store_services(SITE, "1", [Service("12", "Almanya", "1"), Service("11", "Fransa", "1")], NOON)
    cache.store_services(SITE, "2", [Service("10", "İtalya", "2")], NOON)
    cache.store_quotes(SITE, [read(0), read(0, service_id="10")])
    cache.store_quotes("sms.tc", [read(0, service_id="11")])
    assert cache.category_quotes(SITE, "1") == {"12": read(0)}
    assert cache.category_quotes(SITE, "3") == {}


def test_a_service_keeps_its_dialling_code(cache: Cache) -> None:
    service = Service("12", "Almanya⁴ (+49)", "1", dialling_code="49")
    cache.store_services(SITE, "1", [service], NOON)
    assert cache.services(SITE, "1") == (service,)


def test_neither_a_screenful_of_changes_nor_a_category_looks_through_all_quotes(cache: Cache) -> None:
    """In steps of SQLite's own machine: how many there are does not depend on the machine it runs on."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    def steps_of(work: Callable[[], object]) -> int:
        nonlocal steps
        steps = 0
        work()
        return steps

    def keep_and_read() -> tuple[int, int]:
        screenful = [read(30 + steps, stock=steps, service_id=str(number)) for number in range(30)]
        return steps_of(lambda: cache.store_quotes(SITE, screenful)), steps_of(
            lambda: cache.category_quotes(SITE, "few")
        )

    cache._connection.set_progress_handler(step, 1)
    cache.store_services(SITE, "few", [Service(str(number), "Almanya", "few") for number in range(30)], NOON)
    cache.store_quotes(SITE, [read(0, service_id=str(number)) for number in range(30)])
    few = keep_and_read()
    cache.store_services(SITE, "many", [Service(f"9{one}", "Almanya", "many") for one in range(10_000)], NOON)
    cache.store_quotes(SITE, [read(0, service_id=f"9{one}") for one in range(10_000)])
    many = keep_and_read()
    assert len(cache.category_quotes(SITE, "many")) == 10_000
    assert min(few) > 30
    assert all(after < 1.5 * before for before, after in zip(few, many, strict=True))
