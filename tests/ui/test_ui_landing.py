"""The cursor goes to the service that was chosen, when its row comes, and not if the person moved on."""

from dataclasses import replace

from textual.app import App, ComposeResult

from snum_tui.domain.policy import SiteRules
from snum_tui.engine.snapshot import Listing, Loading, Snapshot
from snum_tui.ui.cells import Cell, Column, Row
from snum_tui.ui.landing import Landing
from snum_tui.ui.widgets.row_list import RowList

COLUMNS = (Column("Name", 0),)
NOTHING = Snapshot("https://example.com", "default", SiteRules())
GOOGLE = replace(NOTHING, listing=Listing("1", (), Loading.READY))
DISCORD = replace(NOTHING, listing=Listing("2", (), Loading.READY))


class ListApp(App[None]):
    """One row list and nothing else."""

    def compose(self) -> ComposeResult:
        yield RowList()


def made(*keys: str) -> list[Row]:
    return [Row(key, (Cell(key),)) for key in keys]


async def test_it_waits_for_the_category_and_then_for_the_row() -> None:
    async with ListApp().run_test() as pilot:
        rows, landing = pilot.app.query_one(RowList), Landing()
        landing.aim("2", "c")
        rows.show(COLUMNS, made("a", "b", "c"))
        landing.follow(GOOGLE, rows)
        assert rows.cursor_key == "a", "this is another category, that has a row of the same id"
        rows.show(COLUMNS, [])
        landing.follow(DISCORD, rows)
        rows.show(COLUMNS, made("a", "b"))
        landing.follow(DISCORD, rows)
        assert rows.cursor_key == "a"
        rows.show(COLUMNS, made("a", "b", "c"))
        landing.follow(DISCORD, rows)
        assert rows.cursor_key == "c"
        rows.move_to(0)
        landing.follow(DISCORD, rows)
        assert rows.cursor_key == "a", "landed once, it holds nobody"


async def test_who_moves_the_cursor_meanwhile_is_left_alone() -> None:
    async with ListApp().run_test() as pilot:
        rows, landing = pilot.app.query_one(RowList), Landing()
        landing.aim("1", "c")
        rows.show(COLUMNS, made("a", "b"))
        landing.follow(GOOGLE, rows)
        rows.action_cursor_down()
        landing.follow(GOOGLE, rows)
        rows.show(COLUMNS, made("a", "b", "c"))
        landing.follow(GOOGLE, rows)
        assert rows.cursor_key == "b"
