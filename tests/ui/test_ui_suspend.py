"""Ctrl-Z: to the shell and back where nothing is lost by it, and one line that says why not elsewhere."""

import pytest

from snum_tui.ui.flows.suspend import Suspension
from snum_tui.ui.terminal.app import TerminalApp
from tests.ui.session import OpenDesk, Session, presses


@pytest.fixture
def stops(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have stopped the test itself, which has no terminal; a shell is behind it."""
    stopped: list[str] = []
    monkeypatch.setattr(TerminalApp, "has_shell", True)
    monkeypatch.setattr(TerminalApp, "stop_for_shell", lambda _app: stopped.append("stopped"))
    return stopped


def said(session: Session) -> str:
    return " ".join(session.message.split())


@presses("app.suspend")
async def test_without_open_numbers_it_is_suspended_once_another_window_could_lead(
    desk: OpenDesk, stops: list[str]
) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2", "enter", "ctrl+z")
        await session.until(lambda: stops == ["stopped"])
        assert session.snapshot.stands_by
        session.app.gone_on()
        await session.until(lambda: session.snapshot.leads and not session.snapshot.stands_by)
        assert stops == ["stopped"]


async def test_while_a_number_is_open_it_is_not_suspended_and_says_so(desk: OpenDesk, stops: list[str]) -> None:
    async with desk() as session:
        await session.ready()
        await session.order()
        await session.press("ctrl+z")
        why = "! Not suspended: nobody would watch your open numbers. Press q to leave."
        assert said(session) == why
        assert stops == []
        assert session.snapshot.leads


async def test_where_no_shell_would_bring_it_back_it_is_not_suspended(
    desk: OpenDesk, stops: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk() as session:
        await session.ready()
        monkeypatch.setattr(TerminalApp, "has_shell", False)
        await session.press("ctrl+z")
        assert said(session) == "! Not suspended: there is no shell here to bring it back. Press q to leave."
        assert stops == []


async def test_a_stop_that_was_not_asked_for_here_is_not_repeated(desk: OpenDesk, stops: list[str]) -> None:
    async with desk() as session:
        await session.ready()
        suspension = Suspension(session.app, session.app.desk)
        suspension.follow(session.snapshot)
        suspension.is_over()
        await session.pilot.pause()
        assert stops == []
