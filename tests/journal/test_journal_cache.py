"""The cache gives back what the site said, and its loss is never more than a read."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snum_tui.domain.catalogue import Category, KnownQuote, Quote, Service
from snum_tui.journal.cache import Cache
from snum_tui.journal.cache_file import VERSION

SITE = "example.com"
NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
GOOGLE, DISCORD = Category("1", "Google"), Category("2", "Discord")
WITH_QUOTE = Service("12", "Almanya⁴ (+49)", "1", Quote("12", Decimal("0.62"), 180))
UNKNOWN_STOCK = Service("11", "Amerika⁷ (+1) *", "1", Quote("11", Decimal(2), None))
WITHOUT_QUOTE = Service("10", "Fransa", "1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A cache directory that does not exist yet."""
    return tmp_path / "cache"


@pytest.fixture
def cache(folder: Path) -> Iterator[Cache]:
    """A cache, open."""
    opened = Cache.open(folder)
    yield opened
    opened.close()


def test_all_services_are_read_page_by_page_however_large_a_page_is(cache: Cache) -> None:
    """A page may end within a category, or hold several."""
    kept = {
        category_id: tuple(Service(f"{category_id}{place}", f"row {place}", category_id) for place in range(count))
        for category_id, count in (("1", 5), ("10", 1), ("2", 7), ("ü", 3))
    }
    for category_id, services in kept.items():
        cache.store_services(SITE, category_id, services, NOON)
        cache.store_services("elsewhere.example", category_id, services, NOON)
    for page_rows in (1, 2, 5, 16, 1000):
        pages = list(cache.all_services(SITE, page_rows))
        assert all(len(page) == page_rows for page in pages[:-1])
        assert [one for page in pages for one in page] == [one for some in kept.values() for one in some]
    assert list(cache.all_services("nowhere.example")) == []


def known(service_id: str, price: str = "1.50", stock: int | None = 3, minutes: int = 0) -> KnownQuote:
    """Make a quote that was read some minutes after noon."""
    return KnownQuote(Quote(service_id, Decimal(price), stock), NOON + timedelta(minutes=minutes))


def is_alive(cache: Cache) -> bool:
    """Tell whether the cache keeps what it is given."""
    cache.store_categories(SITE, [GOOGLE], NOON)
    return cache.categories(SITE) == (GOOGLE,)


def test_an_empty_cache_knows_nothing(cache: Cache) -> None:
    """The first start paints from nothing, without an error."""
    assert cache.categories(SITE) == ()
    assert cache.services(SITE, "1") == ()
    assert cache.quotes(SITE, None) == {}
    assert cache.quotes(SITE, ["12"]) == {}
    assert cache.read_at(SITE) is None
    assert cache.read_at(SITE, "1") is None


def test_the_catalogue_comes_back_after_a_restart(cache: Cache, folder: Path) -> None:
    """In the site's order, with what stood in its rows and when they were read."""
    cache.store_categories(SITE, [DISCORD, GOOGLE], NOON)
    services = (WITH_QUOTE, WITHOUT_QUOTE, UNKNOWN_STOCK)
    cache.store_services(SITE, "1", services, NOON + timedelta(minutes=1))
    cache.close()
    with closing(Cache.open(folder)) as again:
        assert again.categories(SITE) == (DISCORD, GOOGLE)
        assert again.services(SITE, "1") == services
        assert again.read_at(SITE) == NOON
        assert again.read_at(SITE, "1") == NOON + timedelta(minutes=1)


def test_a_new_list_takes_the_place_of_the_old(cache: Cache) -> None:
    """What the site no longer sells is not shown."""
    cache.store_categories(SITE, [GOOGLE, DISCORD], NOON)
    cache.store_categories(SITE, [DISCORD], NOON)
    cache.store_services(SITE, "1", [WITH_QUOTE, WITHOUT_QUOTE], NOON)
    cache.store_services(SITE, "1", [WITHOUT_QUOTE], NOON)
    assert cache.categories(SITE) == (DISCORD,)
    assert cache.services(SITE, "1") == (WITHOUT_QUOTE,)


def test_sites_and_categories_are_kept_apart(cache: Cache) -> None:
    """The same ids mean something else elsewhere."""
    cache.store_categories(SITE, [GOOGLE], NOON)
    cache.store_services(SITE, "1", [WITH_QUOTE], NOON)
    cache.store_quotes(SITE, [known("12")])
    assert cache.categories("sms.tc") == ()
    assert cache.services("sms.tc", "1") == cache.services(SITE, "2") == ()
    assert cache.quotes("sms.tc", None) == {}
    assert cache.read_at("sms.tc") is None


def test_the_last_quote_of_a_service_counts(cache: Cache) -> None:
    """With its own age."""
    cache.store_quotes(SITE, [known("12"), known("11", stock=None)])
    cache.store_quotes(SITE, [known("12", "1.75", 0, minutes=5)])
    assert cache.quotes(SITE, None) == {
        "12": known("12", "1.75", 0, minutes=5),
        "11": known("11", stock=None),
    }


def test_quotes_are_read_for_the_asked_services(cache: Cache) -> None:
    """However many, and whether known or not."""
    cache.store_quotes(SITE, [known(str(number)) for number in range(3000)])
    asked = [str(number) for number in range(1500, 4500)]
    assert set(cache.quotes(SITE, asked)) == {str(number) for number in range(1500, 3000)}
    assert cache.quotes(SITE, []) == {}


@given(
    price=st.decimals(allow_nan=False, allow_infinity=False),
    stock=st.none() | st.integers(),
    text=st.text(),
)
def test_any_quote_comes_back_exactly(shared: Cache, price: Decimal, stock: int | None, text: str) -> None:
    """Money through text, stock of any size, ids of any letters."""
    quote = KnownQuote(Quote(text, price, stock), NOON)
    shared.store_quotes(text, [quote])
    assert shared.quotes(text, [text]) == {text: quote}
    assert str(shared.quotes(text, None)[text].quote.price) == str(price)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cache]:
    """One cache for all examples."""
    opened = Cache.open(tmp_path_factory.mktemp("cache"))
    yield opened
    opened.close()


def test_files_and_folder_are_their_owners_alone(cache: Cache, folder: Path) -> None:
    """What one looks at is nobody else's business."""
    assert is_alive(cache)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("content", [b"", b"x", b"no database, whatever its name says. " * 200])
def test_a_broken_file_is_made_anew(folder: Path, content: bytes) -> None:
    """Also on the disk, so that the next start is fast again."""
    folder.mkdir()
    (folder / "cache.db").write_bytes(content)
    with closing(Cache.open(folder)) as cache:
        assert is_alive(cache)
    with closing(Cache.open(folder)) as again:
        assert again.categories(SITE) == (GOOGLE,)


@pytest.mark.parametrize(
    "change", [f"PRAGMA user_version = {VERSION + 1}", "PRAGMA application_id = 7", "PRAGMA user_version = 0"]
)
def test_a_file_of_another_version_is_made_anew(folder: Path, change: str) -> None:
    """Nothing in it is worth a migration."""
    with closing(Cache.open(folder)) as cache:
        assert is_alive(cache)
    with closing(sqlite3.connect(folder / "cache.db")) as connection:
        connection.execute(change)
    with closing(Cache.open(folder)) as again:
        assert again.categories(SITE) == ()
        assert is_alive(again)


def test_a_file_that_breaks_while_it_is_open_is_made_anew(cache: Cache, folder: Path) -> None:
    """The reader sees nothing for once, and then the new one."""
    cache.store_services(SITE, "1", [WITHOUT_QUOTE] * 2000, NOON)
    content = (folder / "cache.db").read_bytes()
    (folder / "cache.db").write_bytes(content[:4096] + os.urandom(len(content) - 4096))
    with closing(sqlite3.connect(folder / "cache.db")) as other:
        # Another program's write: the pages remembered in memory no longer count.
        other.execute("PRAGMA user_version = 1")
    assert cache.services(SITE, "1") == ()
    assert is_alive(cache)


def test_a_row_that_makes_no_sense_is_no_row(cache: Cache, folder: Path) -> None:
    """Whoever wrote it."""
    cache.store_quotes(SITE, [known("12")])
    with closing(sqlite3.connect(folder / "cache.db")) as other:
        other.execute("UPDATE quotes SET price = 'cheap'")
        other.commit()
    assert cache.quotes(SITE, None) == {}
    assert is_alive(cache)


@pytest.mark.parametrize("place", ["file in the way", "folder in the way"])
def test_an_impossible_place_means_memory(tmp_path: Path, place: str) -> None:
    """The app works, and forgets at the end."""
    folder = tmp_path / "cache"
    if place == "file in the way":
        folder.write_text("a file")
    else:
        (folder / "cache.db" / "full").mkdir(parents=True)
    with closing(Cache.open(folder)) as cache:
        assert is_alive(cache)


def test_a_cache_deleted_while_it_is_open_is_no_matter(cache: Cache, folder: Path) -> None:
    """It may be deleted at any time."""
    assert is_alive(cache)
    (folder / "cache.db").unlink()
    assert is_alive(cache)


def test_a_busy_cache_costs_what_was_to_be_kept_and_nothing_more(cache: Cache, folder: Path) -> None:
    """Another instance is writing: its file must not be thrown away under it."""
    cache._connection.execute("PRAGMA busy_timeout = 1")
    assert is_alive(cache)
    file = (folder / "cache.db").stat().st_ino
    with closing(sqlite3.connect(folder / "cache.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        cache.store_categories(SITE, [DISCORD], NOON)
        assert cache.categories(SITE) == ()
        with closing(Cache.open(folder)) as second:
            assert is_alive(second)
        other.execute("ROLLBACK")
    assert cache.categories(SITE) == (GOOGLE,)
    assert (folder / "cache.db").stat().st_ino == file


def test_two_programs_share_the_cache(cache: Cache, folder: Path) -> None:
    """What one has read the other need not ask for."""
    cache.store_quotes(SITE, [known("12")])
    with closing(Cache.open(folder)) as other:
        assert other.quotes(SITE, ["12"]) == {"12": known("12")}


def test_a_lone_surrogate_in_a_name_is_replaced(cache: Cache) -> None:
    """SQLite refuses it; a name is not worth an error."""
    cache.store_categories(SITE, [Category("1", "Goo\udcffgle")], NOON)
    assert cache.categories(SITE) == (Category("1", "Goo\N{REPLACEMENT CHARACTER}gle"),)


def test_a_use_after_closing_is_a_mistake_that_shows(folder: Path) -> None:
    """It is ours, never the disk's."""
    cache = Cache.open(folder)
    cache.close()
    with pytest.raises(sqlite3.ProgrammingError):
        cache.categories(SITE)
