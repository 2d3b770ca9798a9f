"""The filter of the categories: what it finds is ranked, and the cursor stands on the best."""

from dataclasses import replace

import pytest

from snum_tui.domain.catalogue import Category
from snum_tui.domain.policy import SiteRules
from snum_tui.engine.snapshot import Snapshot
from snum_tui.locale import Speaker
from snum_tui.ui.tables.tree import tree_rows
from tests.ui.session import OpenDesk

NAMES = ("Instagram", "Telegram", "Şok Market", "Tik Tok", "Gram Altın")
SNAPSHOT = replace(
    Snapshot("https://example.com", "default", SiteRules()),
    categories=tuple(Category(str(number), name) for number, name in enumerate(NAMES)),
)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("", ["★ Favourites", "↺ Recent", *NAMES]),
        ("gram", ["Gram Altın", "Instagram", "Telegram"]),
        ("SOK", ["Şok Market"]),
        ("altin", ["Gram Altın"]),
        ("tiktok", ["Tik Tok"]),
        ("tlgrm", ["Telegram"]),
        ("market şok", ["Şok Market"]),
        ("xyz", []),
    ],
)
def test_categories_that_match_are_listed_best_first(wanted: str, names: list[str]) -> None:
    assert [row.cells[0].text for row in tree_rows(SNAPSHOT, wanted, Speaker("en"))] == names


@pytest.mark.parametrize("pane", ["tree", "services"])
@pytest.mark.parametrize("letters", ["gx", "xq"])
async def test_given_up_without_a_match_a_filter_leaves_the_cursor_where_it_stood(
    desk: OpenDesk, pane: str, letters: str
) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        rows = session.rows(pane)
        await session.press({"tree": "1", "services": "2"}[pane], "end")
        stood_on = rows.cursor_key
        await session.press("slash", *letters, *"qqq")
        assert rows.cursor_key is None
        await session.press("escape")
        assert rows.cursor_key == stood_on
        assert stood_on in rows.visible_keys
        await session.press("up", "slash", *letters, *"qqq", "enter", "escape")
        assert rows.cursor_index == len(rows.keys) - 2, "it is the newest place that counts"


async def test_in_another_list_a_filter_that_is_given_up_goes_to_no_row_that_the_cursor_was_on_in_the_one_before(
    desk: OpenDesk,
) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        rows = session.rows("services")
        await session.press("2", "f", "down", "f")
        await session.until(lambda: len(session.snapshot.favourites) == 2)
        rows.move_to_key(session.snapshot.favourites[1].service_id)
        await session.press("slash", *"xqqq", "enter", "1", "home", "enter")
        await session.until(lambda: len(session.snapshot.listing.services) == 2)
        await session.press("escape")
        assert len(rows.keys) == 2
        assert rows.cursor_index == 0


async def test_the_cursor_stands_on_the_best_match_after_every_letter(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        rows = session.rows("tree")
        await session.press("1", "end", "slash", *"in")
        assert rows.cursor_index == 0
        best = rows.rows[0]
        assert best.cells[0].text.lower().startswith("in")
        await session.press("enter", "down")
        assert rows.cursor_index == 1
        await session.press("r")
        await session.until(lambda: session.site.requests["getCategories"] == 2)
        assert rows.cursor_index == 1, "what was not typed moves nothing"
