"""The order of the services, and that what one more letter asks for is there before it is typed."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from snum_tui.domain.catalogue import KnownQuote, Quote, Service
from snum_tui.domain.policy import SiteRules
from snum_tui.domain.search import Haystack
from snum_tui.engine.snapshot import Experience, Listing, Snapshot
from snum_tui.ui.tables import service_order
from snum_tui.ui.tables.service_order import ServiceOrder, ServicesView, Sort

NAMES = ("Rusya⁶ (+7)", "Almanya (+49)", "Alaska", "Polonya (+48)", "İtalya (+39)")


def listing(*names: str, category_id: str = "1") -> Snapshot:
    services = tuple(Service(f"id-{name}", name, category_id) for name in names)
    return replace(Snapshot("https://example.com", "default", SiteRules()), listing=Listing(category_id, services))


def test_what_the_next_letter_asks_for_is_not_searched_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    order, snapshot = ServiceOrder(), listing(*NAMES)
    assert order.keys(snapshot, ServicesView("a"))
    list(order.look_ahead("a"))
    wanted = ServiceOrder().keys(snapshot, ServicesView("al"))
    monkeypatch.setattr(Haystack, "pick", None)
    assert order.keys(snapshot, ServicesView("al")) == order.keys(snapshot, ServicesView("AL ")) == wanted
    assert order.keys(snapshot, ServicesView("al"))[:2] == ("id-Almanya (+49)", "id-Alaska")


def test_another_list_is_not_answered_from_what_was_looked_up_in_the_one_before() -> None:
    first, second = listing("Andorra", "Angola", "Aruba"), listing("Nepal", "Arnavutluk", category_id="2")
    order = ServiceOrder()
    order.keys(first, ServicesView("a"))
    ahead = order.look_ahead("a")
    next(ahead)  # "an", which most names go on with
    assert order.keys(second, ServicesView("a")) == ("id-Arnavutluk", "id-Nepal")
    list(ahead)
    assert order.keys(second, ServicesView("ar")) == ("id-Arnavutluk",)


def test_names_are_in_order_before_anybody_sorts_by_them(monkeypatch: pytest.MonkeyPatch) -> None:
    order, snapshot = ServiceOrder(), listing(*NAMES)
    assert len(order.keys(snapshot, ServicesView())) == len(NAMES)
    while not order.is_ready_to_search:
        order.prepare_to_search(snapshot, 2)
    monkeypatch.setattr(service_order, "fold", None)
    by_name = order.keys(snapshot, ServicesView(sort=Sort.NAME))
    assert [key.removeprefix("id-") for key in by_name] == sorted(NAMES, key=lambda name: name.replace("İ", "I"))


def test_a_sort_takes_what_is_known_first_and_leaves_equals_in_the_sites_order() -> None:
    prices = {"id-Alaska": "2.00", "id-İtalya (+39)": "0.50", "id-Almanya (+49)": "2.00"}
    read_at = datetime(2026, 1, 1, tzinfo=UTC)
    quotes = {key: KnownQuote(Quote(key, Decimal(price), 5), read_at) for key, price in prices.items()}
    snapshot = replace(listing(*NAMES), quotes=quotes)
    wanted = ("id-İtalya (+39)", "id-Almanya (+49)", "id-Alaska", "id-Rusya⁶ (+7)", "id-Polonya (+48)")
    assert ServiceOrder().keys(snapshot, ServicesView(sort=Sort.PRICE)) == wanted
    filtered = ServiceOrder().keys(snapshot, ServicesView("al", Sort.PRICE))
    assert filtered == ("id-İtalya (+39)", "id-Almanya (+49)", "id-Alaska")


def with_figures(snapshot: Snapshot, figures: dict[str, tuple[str, int | None]]) -> Snapshot:
    """Let these services, by their names, have a price and a stock."""
    at = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    known = {f"id-{name}": Quote(f"id-{name}", Decimal(price), stock) for name, (price, stock) in figures.items()}
    return replace(snapshot, quotes={key: KnownQuote(quote, at) for key, quote in known.items()})


def sorted_names(snapshot: Snapshot, sort: Sort) -> list[str]:
    """The names of the services in this order."""
    return [key.removeprefix("id-") for key in ServiceOrder().keys(snapshot, ServicesView(sort=sort))]


def test_the_cheapest_and_the_fullest_stand_first_and_what_is_not_known_last_in_the_sites_order() -> None:
    snapshot = listing("unread", "dear", "also unread", "cheap", "untold", "as cheap")
    figures = {"dear": ("10", 3), "cheap": ("9.5", 0), "untold": ("100", None), "as cheap": ("9.50", 7)}
    snapshot = with_figures(snapshot, figures)
    assert sorted_names(snapshot, Sort.PRICE) == ["cheap", "as cheap", "dear", "untold", "unread", "also unread"]
    assert sorted_names(snapshot, Sort.STOCK) == ["as cheap", "dear", "cheap", "unread", "also unread", "untold"]


def test_own_success_is_the_share_of_the_codes_that_came_and_not_their_number() -> None:
    snapshot = listing("never ordered", "often", "always", "open", "never came")
    seen = {"often": (6, 9), "always": (2, 2), "open": (0, 0), "never came": (0, 1)}
    experience = {f"id-{name}": Experience(*counts) for name, counts in seen.items()}
    snapshot = replace(snapshot, experience=experience)
    assert sorted_names(snapshot, Sort.SUCCESS) == ["always", "often", "never came", "never ordered", "open"]


def test_names_are_sorted_without_regard_to_case_and_accents() -> None:
    names = ("Ürdün", "italya", "Çin", "İspanya", "Irak", "chile")
    assert sorted_names(listing(*names), Sort.NAME) == ["chile", "Çin", "Irak", "İspanya", "italya", "Ürdün"]
