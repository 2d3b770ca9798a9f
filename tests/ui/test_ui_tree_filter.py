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
