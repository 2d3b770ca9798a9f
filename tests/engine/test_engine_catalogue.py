"""The catalogue: at once from what is known, then fresh from the site; the latest category wins."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from snum_tui.domain.orders import Order
from snum_tui.domain.policy import Freshness, Policy
from snum_tui.engine.commands import Refresh, SetFavourite, ShowCategory, ShowServices
from snum_tui.engine.snapshot import Loading, Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.locale import Speaker
from snum_tui.sandbox.server import SandboxServer

Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]


@pytest.fixture
def shown(until: Until) -> Callable[[Engine, str], Snapshot]:
    """Show a category, and return the snapshot in which all its services stand."""

    def show(engine: Engine, category_id: str) -> Snapshot:
        engine.submit(ShowCategory(category_id))

        def ready(seen: Snapshot) -> bool:
            return seen.listing.category_id == category_id and seen.listing.loading is Loading.READY

        return until(engine, ready)

    return show


def test_categories_and_services_come_in_the_sites_order(
    site: SandboxServer, engine: Engine, until: Until, shown: Callable[[Engine, str], Snapshot]
) -> None:
    seen = until(engine, lambda seen: seen.categories_loading is Loading.READY)
    catalogue = site._site.catalogue
    assert [(one.id, one.name) for one in seen.categories] == [(one.id, one.name) for one in catalogue.categories]
    services = shown(engine, "3").listing.services
    assert [(one.id, one.name) for one in services] == [(one.id, one.name) for one in catalogue.services("3")]


def test_what_the_last_run_read_is_shown_at_once_even_without_a_site(
    site: SandboxServer,
    engine: Engine,
    new_engine: Callable[..., Engine],
    until: Until,
    shown: Callable[[Engine, str], Snapshot],
) -> None:
    known = shown(engine, "3").listing.services
    until(engine, lambda seen: seen.categories_loading is Loading.READY)
    assert engine.stop(10)
    site.stop()
    second = new_engine()
    second.submit(ShowCategory("3"))
    second.start()
    seen = until(second, lambda seen: bool(seen.listing.services) and bool(seen.categories))
    assert seen.listing.services == known
    seen = until(second, lambda seen: seen.listing.problem is not None)
    assert seen.listing.services == known, "a failed reading takes nothing off the screen"
    assert seen.categories


def test_the_second_start_freshens_what_it_showed_from_the_cache(
    site: SandboxServer,
    engine: Engine,
    start: Callable[..., Engine],
    until: Until,
    shown: Callable[[Engine, str], Snapshot],
) -> None:
    shown(engine, "3")
    assert engine.stop(10)
    second = start()
    shown(second, "3")
    until(second, lambda _: site.requests["getServices"] == 2)
    until(second, lambda _: site.requests["getCategories"] == 2)


def test_the_latest_category_does_not_wait_for_the_slow_reply_to_an_older_one(
    site: SandboxServer,
    start: Callable[..., Engine],
    until: Until,
    shown: Callable[[Engine, str], Snapshot],
) -> None:
    engine = start(read_seconds=60)
    site.add_fault("getServices:stall@1")
    engine.submit(ShowCategory("1"))
    until(engine, lambda _: site.requests["getServices"] == 1)
    assert {one.category_id for one in shown(engine, "2").listing.services} == {"2"}


def test_a_late_reply_does_not_cover_the_category_on_show(
    site: SandboxServer,
    start: Callable[..., Engine],
    policy: Policy,
    until: Until,
    shown: Callable[[Engine, str], Snapshot],
) -> None:
    engine = start(policy=replace(policy, freshness=Freshness(balance_seconds=0.02)))
    site.set_latency(0.2)
    engine.submit(ShowCategory("1"))
    until(engine, lambda _: site.requests["getServices"] == 1)
    site.set_latency(0)
    shown(engine, "2")
    read = site.requests["getBalance"]
    seen = until(engine, lambda _: site.requests["getBalance"] > read + 20)
    assert {one.category_id for one in seen.listing.services} == {"2"}


def test_a_category_passed_over_quickly_never_covers_the_one_on_show(
    site: SandboxServer, engine: Engine, until: Until, shown: Callable[[Engine, str], Snapshot]
) -> None:
    site.set_latency(0.02)
    for category_id in map(str, range(1, 30)):
        engine.submit(ShowCategory(category_id))
    assert {one.category_id for one in shown(engine, "30").listing.services} == {"30"}
    read = site.requests["getServices"]
    shown(engine, "1")
    until(engine, lambda _: site.requests["getServices"] > read)
    assert {one.category_id for one in shown(engine, "30").listing.services} == {"30"}
    assert read <= 3, "those passed over were not asked for"


def test_a_category_that_is_still_fresh_is_not_read_again(
    site: SandboxServer, engine: Engine, shown: Callable[[Engine, str], Snapshot], until: Until
) -> None:
    shown(engine, "1")
    shown(engine, "2")
    shown(engine, "1")
    assert site.requests["getServices"] == 2
    engine.submit(Refresh())
    until(engine, lambda _: site.requests["getServices"] == 3)


def test_a_failure_is_a_sentence_and_refreshing_asks_again(
    site: SandboxServer, engine: Engine, until: Until
) -> None:
    site.add_fault("getServices:html@1")
    engine.submit(ShowCategory("1"))
    seen = until(engine, lambda seen: seen.listing.loading is Loading.FAILED)
    assert seen.listing.problem is not None
    assert "not as this API does" in Speaker("en").render(seen.listing.problem)
    engine.submit(Refresh())
    seen = until(engine, lambda seen: seen.listing.loading is Loading.READY)
    assert seen.listing.problem is None
    assert seen.listing.services


@pytest.mark.parametrize("call", ["getServices", "getCategories"])
def test_what_failed_in_passing_is_asked_for_again_by_itself(
    call: str, site: SandboxServer, new_engine: Callable[..., Engine], until: Until
) -> None:
    site.add_fault(f"{call}:500-before@1-4")
    engine = new_engine()
    engine.submit(ShowCategory("1"))
    engine.start()
    until(engine, lambda seen: bool(seen.listing.services) and bool(seen.categories))
    assert engine.latest.listing.problem is None
    assert engine.latest.categories_problem is None


def test_a_category_without_services_says_so_and_is_not_loading_for_ever(
    engine: Engine, shown: Callable[[Engine, str], Snapshot], until: Until
) -> None:
    for _ in range(2):
        seen = shown(engine, "9999")
        assert seen.listing.services == ()
        assert seen.listing.problem is not None
        assert Speaker("en").render(seen.listing.problem) == "The site lists no services here."
        shown(engine, "1")
    until(engine, lambda seen: seen.listing.loading is Loading.READY)


def test_categories_are_read_again_when_they_are_old(
    site: SandboxServer, start: Callable[..., Engine], policy: Policy, until: Until
) -> None:
    engine = start(policy=replace(policy, freshness=Freshness(categories_seconds=0.02)))
    until(engine, lambda _: site.requests["getCategories"] >= 3)


def test_favourites_and_recent_services_are_shown_by_name_though_their_lists_were_never_read(
    engine: Engine, place: Callable[..., Order], until: Until
) -> None:
    place(engine)
    engine.submit(SetFavourite("900", "İtalya", "7", "Discord", on=True))
    until(engine, lambda seen: bool(seen.favourites))
    engine.submit(ShowServices(("900", "1", "no such service")))
    seen = until(engine, lambda seen: bool(seen.listing.services))
    assert [(one.id, one.name, one.category_id) for one in seen.listing.services] == [
        ("900", "İtalya", "7"),
        ("1", "Almanya", "1"),
    ]
    assert seen.listing.loading is Loading.READY
