"""All services of a site in one index: small, and the words may stand in the name or in the category's."""

from collections.abc import Sequence

import pytest

from snum_tui.domain.catalogue import Category, Service
from snum_tui.engine.service_index import ServiceIndex

CATEGORIES = (Category("1", "Google"), Category("2", "Telegram"), Category("3", "Germany Post"), Category("4", "X"))
NAMES = ("Amerika⁷ (+1)", "Almanya⁴ (+49)", "Almanya⁹ (+49)", "İtalya (+39)")
MOST = 60


@pytest.fixture
def index() -> ServiceIndex:
    """The same four names in three categories; nothing is known of the fourth."""
    made = ServiceIndex()
    for category in CATEGORIES[:3]:
        made.put(
            category.id,
            [Service(f"{category.id}{place}", name, category.id) for place, name in enumerate(NAMES)],
        )
    return made


def found(index: ServiceIndex, typed: str, categories: Sequence[Category] = CATEGORIES, most: int = MOST) -> str:
    return " ".join(match.service_id for match in index.find(typed, tuple(categories), most))


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("telegram germany", "21 22"),
        ("germany telegram", "21 22"),
        ("tele almanya9", "22"),
        ("telegram", "20 21 22 23"),
        ("germany", "11 12 21 22 30 31 32 33"),
        ("google telegram", ""),
        ("italy", "13 23 33"),
        ("+39", "13 23 33"),
        ("49 google", "11 12"),
        ("grmny", "11 12 21 22 30 31 32 33"),
        ("", ""),
        ("…", ""),
        ("nothing of the kind", ""),
    ],
)
def test_every_word_is_in_the_service_or_in_its_category(index: ServiceIndex, typed: str, ids: str) -> None:
    assert found(index, typed) == ids


def test_the_better_match_stands_first_whichever_category_it_is_in(index: ServiceIndex) -> None:
    index.put("1", [Service("1", "Xalmanya", "1"), Service("2", "Yeni Almanyalı", "1")])
    assert found(index, "almanya", CATEGORIES[:2]) == "21 22 2 1"
    assert [match.rank for match in index.find("almanya", CATEGORIES[:2], MOST)] == [1, 1, 2, 4]


def test_a_word_that_is_in_both_counts_where_it_stands_better(index: ServiceIndex) -> None:
    index.put("3", [Service("1", "Xgermany", "3"), Service("2", "Fransa", "3")])
    assert [match.rank for match in index.find("germany", CATEGORIES[2:3], MOST)] == [1, 1]
    assert [match.rank for match in index.find("germany xg", CATEGORIES[2:3], MOST)] == [2]


def test_the_order_is_the_sites(index: ServiceIndex) -> None:
    assert found(index, "almanya", CATEGORIES[::-1]) == "31 32 21 22 11 12"


def test_no_more_are_found_than_were_asked_for_and_the_best_are_among_them(index: ServiceIndex) -> None:
    assert found(index, "almanya", most=3) == "11 12 21"
    index.put("1", [Service("1", "Xalmanya", "1")] * 5)
    assert found(index, "almanya", most=3) == "21 22 31"


def test_a_category_that_is_stored_again_is_found_as_it_is_now(index: ServiceIndex) -> None:
    index.put("2", [Service("29", "Fransa", "2")])
    assert found(index, "telegram") == "29"
    assert found(index, "telegram germany") == ""
    assert index.known_services(CATEGORIES) == 9
    index.put("2", [])
    assert found(index, "telegram") == ""


def test_a_category_that_the_site_no_longer_has_is_not_found(index: ServiceIndex) -> None:
    assert found(index, "almanya", CATEGORIES[:1]) == "11 12"
    assert index.known_services(CATEGORIES[:1]) == 4


def test_a_category_is_found_under_its_new_name(index: ServiceIndex) -> None:
    assert found(index, "telegram")
    assert found(index, "teleport", (Category("2", "Teleport"),)) == "20 21 22 23"
    assert found(index, "telegram", (Category("2", "Teleport"),)) == ""


def test_a_service_is_found_by_the_code_that_the_site_gives_apart(index: ServiceIndex) -> None:
    index.add("4", [Service("40", "Özel hat", "4", dialling_code="44"), Service("41", "Özel hat", "4")])
    assert found(index, "ozel 44") == "40"
    assert found(index, "ozel") == "40 41"
