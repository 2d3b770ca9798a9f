"""What a letter of a filter changes is painted at once and together, and no more than that."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from textual._compositor import ChopsUpdate
from textual.widget import Widget

from snum_tui.ui.terminal.app import TerminalApp
from snum_tui.ui.widgets.filter_line import FilterLine
from tests.ui.session import OpenDesk


@contextmanager
def frames(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[set[int]]]:
    """Collect the lines that each frame paints."""
    painted: list[set[int]] = []
    display = TerminalApp._display

    def note(app: TerminalApp, screen: object, update: object) -> None:
        if update is not None:
            spans = update.spans if isinstance(update, ChopsUpdate) else [(y, 0, 0) for y in range(app.size.height)]
            painted.append({y for y, _, _ in spans})
        display(app, screen, update)  # type: ignore[arg-type]  # as it came

    with monkeypatch.context() as patched:
        patched.setattr(TerminalApp, "_display", note)
        yield painted


async def test_the_letter_and_the_list_that_it_filters_come_in_one_frame(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.press("2", "/")
        line = session.pane("services").query_one(FilterLine)
        rows = session.rows("services")
        with frames(monkeypatch) as painted:
            await session.press("a")
        assert line.region.y in painted[0]
        assert set(range(rows.region.y, rows.region.y + len(rows.visible_keys))) <= painted[0]
        shown = session.screen_text()
        assert re.search(r"Google · \d+/\d+", shown), shown


async def test_a_letter_that_filters_asks_for_one_paint(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.press("2", "/")
        asked = list[object]()
        paint_now = TerminalApp.paint_now

        def note(app: TerminalApp, widgets: Iterable[Widget]) -> None:
            asked.append(widgets)
            paint_now(app, widgets)

        monkeypatch.setattr(TerminalApp, "paint_now", note)
        for key in ("a", "l", "backspace"):
            asked.clear()
            await session.press(key)
            assert len(asked) == 1


async def test_a_letter_that_filters_does_not_have_the_screen_laid_out_anew(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.press("2", "/")
        laid_out: list[object] = []
        session.app.main.screen_layout_refresh_signal.subscribe(session.app.main, laid_out.append, immediate=True)
        await session.press("a")
        assert len(session.rows("services").keys) > session.rows("services").size.height
        assert laid_out == []
