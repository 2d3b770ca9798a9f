"""The palette's list: while somebody types it paints what differs, and it scrolls no further than its rows."""

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.geometry import Region

from snum_tui.ui.cells import Cell, Column, Row, Tone
from snum_tui.ui.widgets.guided_list import GuidedList

COLUMNS = (Column("Name", 0), Column("Price", 8, right=True))
HEIGHT = 8


class ListApp(App[None]):
    """One guided list and nothing else."""

    CSS = "GuidedList { overflow-y: scroll; scrollbar-size-vertical: 0; }"

    def compose(self) -> ComposeResult:
        yield GuidedList()

    @property
    def rows(self) -> GuidedList:
        return self.query_one(GuidedList)


def made(*names: str, price: str = "") -> list[Row]:
    return [Row(name, (Cell(name), Cell(price, Tone.STRONG))) for name in names]


def cells_of(text: str) -> list[str]:
    """Write a line out cell by cell, a wide letter in two, an accent with its letter."""
    cells: list[str] = []
    for letter in text:
        size = cell_len(letter)
        cells += [letter, ""][:size]
        if not size:
            cells[-1] += letter
    return cells


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (made("Google · Rusya", "Google · Fransa"), made("Google · Rusya", "Google · Fas")),
        (made("Google", "Discord", "X"), made("Discord")),
        (made("Discord"), made("Google", "Discord", "X", price="1.00")),
        (made("日本語", "İstanbul"), made("日木語", "İstanbul ₺")),
        (made("日本語"), made("a日本語")),
        (made("a日本語"), made("日本語")),
        (made("e\u0301te"), made("ete")),
        (made("Google"), []),
        (made(*map(str, range(30))), made("29", "3")),
    ],
)
async def test_only_the_cells_that_differ_are_painted(
    old: list[Row], new: list[Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with ListApp().run_test(size=(40, HEIGHT)) as pilot:
        rows = pilot.app.query_one(GuidedList)
        rows.show_anew(COLUMNS, old, "", from_top=True)
        await pilot.pause()
        were = [cells_of(rows.render_line(y).text) for y in range(HEIGHT)]
        painted: set[tuple[int, int]] = set()

        def note(*regions: Region) -> None:
            for region in regions or [Region(0, 0, 40, HEIGHT)]:  # no region means all of it
                painted.update(
                    (x, y) for y in range(region.y, region.bottom) for x in range(region.x, region.right)
                )

        monkeypatch.setattr(rows, "_set_dirty", note)
        rows.show_anew(COLUMNS, new, "", from_top=True)
        for y in range(HEIGHT):
            are = cells_of(rows.render_line(y).text)
            differ = {(x, y) for x, (was, now) in enumerate(zip(were[y], are, strict=True)) if was != now}
            here = {cell for cell in painted if cell[1] == y}
            assert differ <= here
            assert not here or differ, "a line that stays is not painted"


async def test_the_cursor_shows_though_another_widget_has_the_focus() -> None:
    async with ListApp().run_test(size=(40, HEIGHT)) as pilot:
        rows = pilot.app.query_one(GuidedList)
        rows.show_anew(COLUMNS, made("one", "two"), "", from_top=True)
        assert not rows.focusable
        assert [rows.render_line(y).text[0] for y in range(2)] == ["▸", " "]


async def test_the_cursor_stays_on_its_row_unless_it_is_to_go_to_the_top() -> None:
    async with ListApp().run_test(size=(40, HEIGHT)) as pilot:
        rows = pilot.app.query_one(GuidedList)
        rows.show_anew(COLUMNS, made("one", "two", "three"), "", from_top=True)
        rows.action_cursor_down()
        rows.show_anew(COLUMNS, made("zero", "one", "two"), "", from_top=False)
        assert rows.cursor_key == "two"
        rows.show_anew(COLUMNS, made("one", "two"), "", from_top=True)
        assert rows.cursor_key == "one"


async def test_it_scrolls_no_further_than_its_rows_and_back_when_they_become_fewer() -> None:
    async with ListApp().run_test(size=(40, HEIGHT)) as pilot:
        rows = pilot.app.query_one(GuidedList)
        names = [f"row {number}" for number in range(20)]
        rows.show_anew(COLUMNS, made(*names), "", from_top=True)
        rows.action_last()
        await pilot.pause()
        rows.scroll_relative(y=100, animate=False)
        await pilot.pause()
        assert rows.visible_keys == tuple(names[-HEIGHT:])
        rows.show_anew(COLUMNS, made(*names[:3], names[-1]), "", from_top=False)
        await pilot.pause()
        assert rows.visible_keys == (*names[:3], names[-1])
        assert rows.cursor_key == names[-1]


async def test_what_stands_in_an_empty_list_comes_and_goes() -> None:
    async with ListApp().run_test(size=(40, HEIGHT)) as pilot:
        rows = pilot.app.query_one(GuidedList)
        rows.show_anew(COLUMNS, [], "Nothing matches.", from_top=True)
        assert "Nothing matches." in rows.render_line(0).text
        rows.show_anew(COLUMNS, made("one"), "", from_top=True)
        assert "Nothing" not in "".join(rows.render_line(y).text for y in range(HEIGHT))
