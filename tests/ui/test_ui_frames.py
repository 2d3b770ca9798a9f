"""What the app knows of its terminal: bytes that were dropped, frames that were missed, and what is never sent."""

import os

import pytest
from textual._compositor import LayoutUpdate

from snum_tui.ui.terminal.app import TerminalApp
from snum_tui.ui.terminal.driver import TerminalDriver
from snum_tui.ui.terminal.writer import Calls, Writer
from tests.ui.session import OpenDesk


def driver_of(app: TerminalApp, writer: Writer | None) -> TerminalDriver:
    """Return a driver that has no loop; without a writer it takes no frames."""
    driver: TerminalDriver = object.__new__(TerminalDriver)
    driver._writer, driver._terminal_app, driver._is_away = writer, app, False
    return driver


def test_what_the_terminal_shows_is_trusted_no_more_once_bytes_were_dropped() -> None:
    reader, end = os.pipe()
    writer = Writer(end, Calls(lambda: None, lambda: None))
    app = TerminalApp()
    driver = driver_of(app, writer)
    app._shown._lines[0] = ("Google", "......")
    driver.write("taken")
    assert app._shown._lines
    writer.start()
    writer.stop()  # from here on it drops what comes
    driver.write("dropped")
    assert not app._shown._lines
    os.close(reader)
    os.close(end)


async def test_a_whole_frame_that_was_missed_is_painted_whole_later(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        app, compositor = session.app, session.app.screen._compositor
        frame = compositor.render_update(full=True)
        assert isinstance(frame, LayoutUpdate)
        with monkeypatch.context() as behind:
            behind.setattr(app, "_driver", driver_of(app, None))
            compositor._dirty_regions.clear()
            app._display(app.screen, frame)
        assert compositor._dirty_regions == {compositor.size.region}


async def test_the_shape_of_the_pointer_is_never_sent(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk() as session:
        await session.ready()
        written: list[str] = []
        monkeypatch.setattr(session.app._driver, "write", written.append)
        session.app._set_pointer_shape("pointer")
        await session.press("2", "enter", "escape")
        assert not [one for one in written if "]22;" in one]
