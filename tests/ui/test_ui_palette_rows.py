"""What the palette lists and in which order, made without a screen."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from rich.cells import cell_len

from snum_tui.domain.catalogue import Category, KnownQuote, Quote
from snum_tui.engine.snapshot import Found, Hit
from snum_tui.locale import Speaker
from snum_tui.ui.actions import ACTIONS
from snum_tui.ui.cells import Tone, lay_out
from snum_tui.ui.tables.palette import (
    ActionChosen,
    CategoryChosen,
    Chosen,
    Look,
    Offer,
    Page,
    PaletteTable,
    ServiceChosen,
)
from snum_tui.ui.wording import whole_number

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
OFFERS = (
    Offer("history", "history", "all orders, and what they cost", "H"),
    Offer("auto_cancel", "auto-cancel", "cancel it before its refund closes, or no longer", "a"),
    Offer("quit", "quit", "leave", "q"),
)
CATEGORIES = (
    Category("1", "Google"),
    Category("2", "Burger King"),
    Category("3", "Yandex Go"),
    Category("4", "Getir"),
)
KNOWN = KnownQuote(Quote("11", Decimal("1.5"), 0), NOON - timedelta(hours=2))
HITS = (
    Hit("11", "Almanya⁴ (+49)", "1", "Google", KNOWN),
    Hit("12", "Almanya⁹ (+49)", "1", "Google", None),
    Hit("13", "Gürcistan (+995)", "1", "Google", KnownQuote(Quote("13", Decimal(2), None), NOON)),
)


def look(width: int = 78, language: str = "en") -> Look:
    return Look(width, Speaker(language), "₺", NOON)


def page(typed: str, found: Found | None = None, width: int = 78) -> Page:
    return PaletteTable(OFFERS, CATEGORIES).page(typed, found, look(width))


def chosen(typed: str, found: Found | None = None) -> list[Chosen]:
    return [entry.chosen for entry in page(typed, found).entries]


def test_everything_there_is_stands_in_order_before_anything_is_typed() -> None:
    actions = [ActionChosen(offer.action_id) for offer in OFFERS]
    assert chosen("") == [*actions, *(CategoryChosen(category.id) for category in CATEGORIES)]
    assert chosen("", Found("ger", HITS, 3)) == chosen("")


def test_what_begins_so_stands_first_then_services_then_what_has_it_inside() -> None:
    services = [ServiceChosen("1", hit.service_id) for hit in HITS]
    assert chosen("ge", Found("ge", HITS, 3)) == [CategoryChosen("4"), *services, CategoryChosen("2")]
    assert chosen("go", Found("go", HITS, 3))[:2] == [CategoryChosen("1"), CategoryChosen("3")]


def test_nothing_comes_in_above_when_the_services_are_found() -> None:
    for typed in ("g", "ge", "go", "h", "al", "quit", "cost orders"):
        before = chosen(typed, None)
        assert chosen(typed, Found(typed, HITS, 3))[: len(before)] == before


def test_an_action_is_found_by_the_words_of_what_it_does_but_not_by_their_insides() -> None:
    assert chosen("orders cost") == [ActionChosen("history")]
    assert chosen("cancel") == [ActionChosen("auto_cancel")]
    assert ActionChosen("auto_cancel") not in chosen("onger", Found("onger", (), 3))
    assert chosen("istor", Found("istor", (), 3)) == [ActionChosen("history")]


def test_services_found_a_letter_ago_stay_as_far_as_they_match() -> None:
    earlier = Found("google g", HITS, 3)
    assert chosen("google germ", earlier) == [ServiceChosen("1", "11"), ServiceChosen("1", "12")]
    assert chosen("google germany x", earlier) == []
    table = PaletteTable(OFFERS, CATEGORIES)
    for typed in ("google gu", "google ge", "google gu"):
        shown = [entry.chosen for entry in table.page(typed, earlier, look()).entries]
        assert shown == ([ServiceChosen("1", "13")] if typed.endswith("gu") else chosen(typed, earlier))


def test_a_service_shows_the_last_quote_known_of_it_and_none_that_is_not() -> None:
    found = Found("google", HITS, 3)
    rows = {entry.row.key: entry.row.cells for entry in page("google", found).entries}
    assert [cell.text for cell in rows["service 11"]] == ["Google · Almanya⁴ (+49)", "₺1.50", "0", "2h"]
    assert rows["service 11"][2].tone is Tone.BAD
    assert [cell.text for cell in rows["service 12"]] == ["Google · Almanya⁹ (+49)", "", "", ""]
    assert [cell.text for cell in rows["service 13"]][2] == "?"


@pytest.mark.parametrize(
    ("width", "titles"),
    [(38, ["", "Price"]), (56, ["", "Stock", "Price"]), (78, ["", "Price", "Stock", "Age"])],
)
def test_narrow_lists_show_fewer_facts_and_every_row_fits_its_columns(width: int, titles: list[str]) -> None:
    for found in (None, Found("g", HITS, 3)):
        made = page("g" if found else "", found, width)
        if found:
            assert [column.title for column in made.columns] == titles
        assert {len(entry.row.cells) for entry in made.entries} == {len(made.columns)}
        for entry in made.entries:
            for cell, column in list(zip(entry.row.cells, made.columns, strict=True))[1:]:
                assert cell_len(cell.text) <= column.width


@pytest.mark.parametrize(("language", "old"), [("en", "2h"), ("tr", "2sa")])
@pytest.mark.parametrize("width", [38, 51, 56, 63, 64, 78])
def test_every_price_that_is_not_of_now_shows_its_age_at_every_width(width: int, language: str, old: str) -> None:
    made = PaletteTable(OFFERS, CATEGORIES).page("google", Found("google", HITS, 3), look(width, language))
    rows = {entry.row.key: [cell.text for cell in entry.row.cells] for entry in made.entries}
    if width < 64:
        assert rows["service 11"][0] == f"{old}  Google · Almanya⁴ (+49)"
    else:
        assert (rows["service 11"][0], rows["service 11"][-1]) == ("Google · Almanya⁴ (+49)", old)
    assert rows["service 12"][0] == "Google · Almanya⁹ (+49)", "no price, no age"
    assert rows["service 13"][0] == "Google · Gürcistan (+995)", "read just now"


@pytest.mark.parametrize("language", ["en", "tr"])
def test_what_an_action_does_is_shown_whole_at_80_columns(language: str) -> None:
    speaker = Speaker(language)
    offers = [
        Offer(one.id, speaker.text(one.name), speaker.text(one.help), one.shown_key)
        for one in ACTIONS
        if one.in_palette
    ]
    made = PaletteTable(offers, ()).page("", None, look(78, language))
    room = lay_out(made.columns, 78)[0][1]
    for entry, offer in zip(made.entries, offers, strict=True):
        assert offer.help in entry.row.cells[0].text
        assert cell_len(entry.row.cells[0].text) <= room


def test_a_large_number_is_written_the_way_of_the_language() -> None:
    assert whole_number(34211, Speaker("en")) == "34,211"
    assert whole_number(34211, Speaker("tr")) == "34.211"
    assert whole_number(999, Speaker("tr")) == "999"
