"""A search over all categories: on what the cache knows, without a request, and never behind what is stored."""

import asyncio
import sqlite3
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile
from types import SimpleNamespace
from typing import cast

import pytest

from snum_tui.domain.catalogue import Category, Service
from snum_tui.engine.commands import Find, ShowCategory, WatchRows
from snum_tui.engine.context import Context
from snum_tui.engine.finder import MOST_HITS, Finder
from snum_tui.engine.snapshot import Found, Loading, Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.journal.cache import Cache
from snum_tui.sandbox.catalogue import Catalogue
from snum_tui.sandbox.server import SandboxServer

Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]
SITE = "https://everything.example"
NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def find(until: Until) -> Callable[[Engine, str], Found]:
    """Ask, and return the answer to this question."""

    def ask(engine: Engine, text: str) -> Found:
        engine.submit(Find(text))
        seen = until(engine, lambda seen: seen.found is not None and seen.found.text == text)
        assert seen.found is not None
        return seen.found

    return ask


@pytest.fixture
def read(until: Until) -> Callable[[Engine, str], tuple[Service, ...]]:
    """Have a category read from the site, and return its services."""

    def show(engine: Engine, category_id: str) -> tuple[Service, ...]:
        engine.submit(ShowCategory(category_id))

        def is_there(seen: Snapshot) -> bool:
            listing = seen.listing
            return (
                listing.category_id == category_id and listing.loading is Loading.READY and bool(listing.services)
            )

        return until(engine, is_there).listing.services

    return show


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache file of somebody who has seen 40,000 services of a site; made once, for it takes a second."""
    directory = tmp_path_factory.mktemp("everything")
    with closing(Cache.open(directory)) as cache:
        catalogue, more = Catalogue(7), Catalogue(8)
        categories = [Category(one.id, one.name) for one in catalogue.categories]
        cache.store_categories(SITE, categories, NOON)
        for category in categories:
            rows = [Service(one.id, one.name, category.id) for one in catalogue.services(category.id)]
            rows += [Service(f"9{one.id}", one.name, category.id) for one in more.services(category.id)]
            cache.store_services(SITE, category.id, rows, NOON)
    return directory / "cache.db"


@pytest.fixture
def stocked(everything: Path, site: SandboxServer, tmp_path: Path) -> Iterator[Cache]:
    """That file as the test's engines find it, of the test's site."""
    (tmp_path / "cache").mkdir(mode=0o700)
    path = tmp_path / "cache" / "cache.db"
    copyfile(everything, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        for name in ("categories", "services", "lists"):
            connection.execute(f"UPDATE {name} SET site = ?", (site.url,))  # noqa: S608 - our own three names
    with closing(Cache.open(tmp_path / "cache")) as cache:
        yield cache


def test_what_was_read_is_found_and_nothing_is_asked_for_it(
    site: SandboxServer, engine: Engine, find: Callable[..., Found], read: Callable[..., tuple[Service, ...]]
) -> None:
    assert find(engine, "telegram germany") == Found("telegram germany", (), 0)
    services = read(engine, "3")
    asked = site.requests
    found = find(engine, "germany telegram")
    german = [service.id for service in services if service.name.startswith("Almanya")]
    assert [hit.service_id for hit in found.hits] == german
    assert {(hit.category_id, hit.category) for hit in found.hits} == {("3", "Telegram")}
    assert found.known_services == len(services)
    assert {call: site.requests[call] for call in asked} == asked


def test_the_answer_follows_what_is_stored_while_nobody_asks_anew(
    engine: Engine, until: Until, find: Callable[..., Found], read: Callable[..., tuple[Service, ...]]
) -> None:
    assert find(engine, "germany").hits == ()
    first = read(engine, "3")
    until(engine, lambda seen: seen.found is not None and seen.found.known_services == len(first))
    second = read(engine, "4")
    seen = until(
        engine, lambda seen: seen.found is not None and seen.found.known_services == len(first) + len(second)
    )
    assert seen.found is not None
    assert {hit.category_id for hit in seen.found.hits} == {"3", "4"}


def test_a_quote_is_shown_with_its_age_in_this_run_and_in_the_next(
    engine: Engine,
    start: Callable[..., Engine],
    until: Until,
    find: Callable[..., Found],
    read: Callable[..., tuple[Service, ...]],
) -> None:
    german = next(one for one in read(engine, "3") if one.name.startswith("Almanya"))
    assert {hit.quote for hit in find(engine, "telegram germany").hits} == {None}
    engine.submit(WatchRows((german.id,)))
    until(engine, lambda seen: german.id in seen.quotes)
    known = engine.latest.quotes[german.id]
    found = find(engine, "telegram almanya")
    assert [hit.quote for hit in found.hits if hit.service_id == german.id] == [known]
    assert engine.stop(10)
    again = start()
    found = find(again, "telegram germany")
    assert [hit.quote for hit in found.hits if hit.service_id == german.id] == [known]


def test_the_newest_question_is_the_one_that_is_answered(
    stocked: Cache, new_engine: Callable[..., Engine], until: Until
) -> None:
    engine = new_engine()
    for length in range(1, 17):
        engine.submit(Find("telegram germany"[:length]))
    engine.start()
    seen = until(engine, lambda seen: seen.found is not None and seen.found.text == "telegram germany")
    assert seen.found is not None
    assert {hit.category for hit in seen.found.hits} == {"Telegram"}
    assert stocked.categories(engine.latest.site)


def test_forty_thousand_services_are_known_from_the_first_question_on(
    stocked: Cache, engine: Engine, find: Callable[..., Found]
) -> None:
    found = find(engine, "germany")
    assert found.known_services > 40_000
    assert len(found.hits) == MOST_HITS
    assert stocked.categories(engine.latest.site)


def test_messages_are_asked_for_while_everything_is_read(stocked: Cache, site: SandboxServer) -> None:
    """Reading 40,000 services leaves the loop free at least once in 1,000 of them."""

    async def count_turns() -> int:
        context = SimpleNamespace(cache=stocked, site=site.url, board=SimpleNamespace())
        finder = Finder(cast("Context", context))
        reading = asyncio.create_task(finder._read_all())
        turns = 0
        while not reading.done():
            turns += 1
            await asyncio.sleep(0)
        return turns

    assert asyncio.run(count_turns()) > 40


def test_a_category_read_meanwhile_is_not_mixed_with_what_the_cache_held(
    stocked: Cache, site: SandboxServer
) -> None:
    """It is stored and learnt between two pages of the reading."""

    async def learn_amid_reading() -> int:
        context = SimpleNamespace(cache=stocked, site=site.url, board=SimpleNamespace())
        finder = Finder(cast("Context", context))
        reading = asyncio.create_task(finder._read_all())
        await asyncio.sleep(0)
        for category in stocked.categories(site.url):
            finder.learn(category.id, (Service("1", "Almanya", category.id),))
        index = await reading
        return index.known_services(stocked.categories(site.url))

    assert asyncio.run(learn_amid_reading()) == len(Catalogue(7).categories)


def test_forty_thousand_services_take_less_than_eight_megabytes(stocked: Cache, site: SandboxServer) -> None:
    context = SimpleNamespace(cache=stocked, site=site.url, board=SimpleNamespace())
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        index = asyncio.run(Finder(cast("Context", context))._read_all())
        assert index.find("telegram germany", stocked.categories(site.url), MOST_HITS)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 8_000_000
