"""The catalogue: large as on a real site, the same for the same seed, and there at once."""

import re
import time
from decimal import Decimal

import phonenumbers
import pytest

from snum_tui.sandbox.catalogue import Catalogue, Service
from snum_tui.sandbox.countries import COUNTRIES
from snum_tui.sandbox.numbers import Numbers
from snum_tui.sandbox.options import SandboxOptions
from snum_tui.sandbox.shelf import Shelf

NAME = re.compile(r"[^\d(*]+[²³⁴⁵⁶⁷⁸⁹]? \(\+\d{1,3}\)\*?")


@pytest.fixture(scope="module")
def services() -> list[Service]:
    """Every row of the site."""
    catalogue = Catalogue(7)
    return [service for category in catalogue.categories for service in catalogue.services(category.id)]


def test_there_are_190_categories_without_doubles_the_known_ones_first() -> None:
    categories = Catalogue(7).categories
    assert [category.name for category in categories[:5]] == [
        "Google",
        "Discord",
        "Telegram",
        "WhatsApp",
        "Instagram",
    ]
    assert len({category.name for category in categories}) == len({category.id for category in categories}) == 190


@pytest.mark.parametrize("seed", [0, 1, 7, 2**70])
def test_each_category_has_50_to_400_services_a_popular_one_at_least_250(seed: int) -> None:
    catalogue = Catalogue(seed)
    counts = [len(catalogue.services(category.id)) for category in catalogue.categories[:40]]
    assert min(counts) >= 50
    assert max(counts) <= 400
    assert min(counts[:12]) >= 250


def test_no_two_rows_share_an_id_and_no_two_in_a_category_a_name(services: list[Service]) -> None:
    assert len({service.id for service in services}) == len(services)
    assert len({(service.category_id, service.name.rstrip("*")) for service in services}) == len(services)


def test_a_row_is_found_by_its_id_alone(services: list[Service]) -> None:
    catalogue = Catalogue(7)
    for service in [*services[:: len(services) // 50], services[-1]]:
        assert catalogue.service(service.id) == service
    assert catalogue.service(str(len(services) + 1)) is None


def test_rows_are_named_like_those_of_the_real_sites(services: list[Service]) -> None:
    assert [service.name for service in services if not NAME.fullmatch(service.name)] == []
    names = {service.name for service in services}
    assert {"Almanya⁴ (+49)", "Amerika⁷ (+1)"} <= names
    starred = sum(name.endswith("*") for name in names)
    assert 0 < starred < len(names) / 2


def test_prices_start_at_062_and_the_demos_balance_buys_most_of_them(services: list[Service]) -> None:
    prices = sorted(service.price for service in services)
    assert prices[0] == Decimal("0.62")
    assert prices[len(prices) // 2] < 10
    assert prices[-1] < 100
    assert any(price == price.to_integral_value() for price in prices)


def test_the_same_seed_makes_the_same_site_and_another_makes_another() -> None:
    assert Catalogue(7).services("5") == Catalogue(7).services("5")
    assert Catalogue(7).services("5") != Catalogue(8).services("5")


def test_the_catalogue_is_made_as_it_is_asked_for_and_not_whole() -> None:
    """A whole one takes seconds of the processor, whatever else the machine is doing."""
    started = time.thread_time()
    catalogue = Catalogue(7)
    assert catalogue.categories
    assert catalogue.services("1")
    assert catalogue.service("20000")
    assert time.thread_time() - started < 0.5


@pytest.mark.parametrize("rows", [1, 400, 10_000])
def test_the_first_category_has_as_many_rows_as_are_asked_for_and_the_site_stays_one(rows: int) -> None:
    catalogue, usual = Catalogue(7, rows), Catalogue(7)
    first, second = catalogue.services("1"), catalogue.services("2")
    assert len(first) == rows
    assert [service.id for service in (*first, *second)] == [str(1 + at) for at in range(rows + len(second))]
    assert len({service.name.rstrip("*") for service in first}) == rows
    assert all(catalogue.service(service.id) == service for service in (first[0], first[-1], second[0], second[-1]))
    assert [service.name for service in second] == [service.name for service in usual.services("2")]


def test_stock_moves_with_time_the_same_way_every_time(services: list[Service]) -> None:
    shelf, again = Shelf(7), Shelf(7)
    moments = range(0, 3600, 60)
    rows = services[:40]
    stocks = {service.id: [shelf.stock(service, moment) for moment in moments] for service in rows}
    assert stocks == {service.id: [again.stock(service, moment) for moment in moments] for service in rows}
    moving = [levels for levels in stocks.values() if len(set(levels)) > 10]
    assert len(moving) > len(rows) / 2
    assert all(level >= 0 for levels in stocks.values() for level in levels)


def test_some_rows_are_sold_out_and_most_are_not(services: list[Service]) -> None:
    shelf = Shelf(7)
    empty = sum(shelf.stock(service, 0) == 0 for service in services)
    assert 0.05 < empty / len(services) < 0.25


def test_set_stock_holds_until_numbers_are_sold_and_given_back(services: list[Service]) -> None:
    shelf, service = Shelf(7), services[0]
    shelf.take(service)
    shelf.set_stock(service, 5)
    assert [shelf.stock(service, moment) for moment in (0, 600, 6000)] == [5, 5, 5]
    shelf.take(service)
    assert shelf.stock(service, 0) == 4
    shelf.put_back(service)
    assert shelf.stock(service, 0) == 5


def test_every_country_hands_out_numbers_that_phones_can_dial(services: list[Service]) -> None:
    numbers = Numbers(SandboxOptions())
    rows = {service.country.name: service for service in services}
    assert set(rows) == {country.name for country in COUNTRIES}
    for service in rows.values():
        for _ in range(5):
            rented = numbers.rent(service, service.price, 0)
            assert rented.number.startswith(f"+{service.country.dialling_code}")
            assert phonenumbers.is_valid_number(phonenumbers.parse(rented.number)), (service.name, rented.number)
