"""The row widget: it keeps its cursor, and repaints the cells that differ and nothing else."""

from dataclasses import replace

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot

from snum_tui.ui.cells import Cell, Column, Row, Tone, fit, lay_out
from snum_tui.ui.widgets.row_list import RowList

COLUMNS = (Column("Price", 8, right=True), Column("Name", 0), Column("Success", 5))


class ListApp(App[None]):
    """One row list and nothing else."""

    def compose(self) -> ComposeResult:
        yield RowList()

    @property
    def rows(self) -> RowList:
        return self.query_one(RowList)


def made(count: int, price: str = "1.00") -> list[Row]:
    return [Row(f"k{at}", (Cell(price), Cell(f"name {at}"), Cell("0/1"))) for at in range(count)]


async def shown(pilot: Pilot[None], rows: list[Row]) -> RowList:
    app = pilot.app
    assert isinstance(app, ListApp)
    app.rows.show(COLUMNS, rows)
    await pilot.pause()
    return app.rows


@pytest.mark.parametrize("text", ["", "abc", "İstanbul ₺", "日本語テキスト", "a" * 50])
@pytest.mark.parametrize("width", [1, 5, 12])
def test_fitted_text_takes_exactly_its_cells(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width
    assert cell_len(fit(text, width, right=True)) == width


def test_the_flexible_column_takes_what_the_others_leave() -> None:
    spans = lay_out(COLUMNS, 60)
    assert spans[0] == (2, 8)
    assert spans[2][0] + spans[2][1] <= 60
    assert spans[1][1] > lay_out(COLUMNS, 40)[1][1]


async def test_one_changed_cell_repaints_that_cell_only(monkeypatch: pytest.MonkeyPatch) -> None:
    async with ListApp().run_test(size=(60, 20)) as pilot:
        rows = made(10)
        widget = await shown(pilot, rows)
        asked: list[tuple[object, ...]] = []
        monkeypatch.setattr(widget, "refresh", lambda *regions, **_options: asked.append(regions))
        rows[3] = replace(rows[3], cells=(Cell("9.99", Tone.STRONG), *rows[3].cells[1:]))
        widget.show(COLUMNS, rows)
        assert asked == [(Region(2, 3, 8, 1),)]
        asked.clear()
        widget.show(COLUMNS, rows)
        assert asked == []


async def test_a_change_outside_the_view_repaints_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with ListApp().run_test(size=(60, 10)) as pilot:
        rows = made(100)
        widget = await shown(pilot, rows)
        asked: list[object] = []
        monkeypatch.setattr(widget, "refresh", lambda *regions, **_options: asked.append(regions))
        rows[50] = replace(rows[50], cells=(Cell("9.99"), *rows[50].cells[1:]))
        widget.show(COLUMNS, rows)
        assert asked == []


async def test_the_cursor_stays_on_its_row_when_the_order_changes() -> None:
    async with ListApp().run_test(size=(60, 10)) as pilot:
        rows = made(100)
        widget = await shown(pilot, rows)
        widget.move_to(42)
        widget.show(COLUMNS, list(reversed(rows)))
        assert widget.cursor_key == "k42"
        assert "k42" in widget.visible_keys


async def test_the_cursor_keeps_its_place_when_its_row_goes() -> None:
    async with ListApp().run_test(size=(60, 10)) as pilot:
        rows = made(5)
        widget = await shown(pilot, rows)
        widget.move_to(4)
        widget.show(COLUMNS, rows[:2])
        assert widget.cursor_key == "k1"
        widget.show(COLUMNS, [])
        assert widget.cursor_key is None


async def test_every_line_is_as_wide_as_the_widget() -> None:
    async with ListApp().run_test(size=(41, 8)) as pilot:
        wide = Row("w", (Cell("₺1.00"), Cell("日本語" * 30), Cell("12345678")))
        widget = await shown(pilot, [wide, *made(2)])
        for y in range(8):
            assert widget.render_line(y).cell_length == widget.size.width


async def test_the_cursor_shows_without_colour() -> None:
    async with ListApp().run_test(size=(41, 8)) as pilot:
        widget = await shown(pilot, made(3))
        widget.focus()
        await pilot.pause()
        assert widget.render_line(0).text.startswith("▸")
        assert not widget.render_line(1).text.startswith("▸")


async def test_an_empty_list_says_why_and_what_to_do() -> None:
    async with ListApp().run_test(size=(30, 8)) as pilot:
        widget = await shown(pilot, [])
        widget.hint = "Nothing here. Press r to ask the site once more."
        await pilot.pause()
        said = " ".join(widget.render_line(y).text.strip() for y in range(8)).split()
        assert " ".join(said) == "Nothing here. Press r to ask the site once more."


async def test_markup_in_site_text_is_shown_as_it_is() -> None:
    async with ListApp().run_test(size=(60, 8)) as pilot:
        widget = await shown(pilot, [Row("m", (Cell("1"), Cell("[@click=app.quit]x[/]"), Cell("")))])
        assert "[@click=app.quit]x[/]" in widget.render_line(0).text


async def test_a_click_puts_the_cursor_and_a_second_one_chooses() -> None:
    chosen: list[str] = []

    class ClickApp(ListApp):
        def on_row_list_chosen(self, event: RowList.Chosen) -> None:
            chosen.append(event.key)

    async with ClickApp().run_test(size=(60, 8)) as pilot:
        widget = await shown(pilot, made(5))
        await pilot.click(RowList, offset=(5, 2))
        assert widget.cursor_key == "k2"
        assert chosen == []
        await pilot.click(RowList, offset=(5, 2), times=2)
        assert chosen == ["k2"]
