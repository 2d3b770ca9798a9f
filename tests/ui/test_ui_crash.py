"""A crash of the screen: no traceback, no local variables, and the caller is told."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from snum_tui.ui.screens.main import MainScreen

SECRET = "0123456789abcdef" * 2


async def test_a_crash_prints_nothing_and_is_handed_to_the_caller(
    desk: Callable[..., AbstractAsyncContextManager[Any]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def crash(_screen: MainScreen) -> None:
        key = SECRET
        raise RuntimeError(str(len(key)))

    app: Any = None
    with pytest.raises(RuntimeError, match="32"):  # noqa: PT012 - the pilot raises it when the app has closed
        async with desk() as session:
            await session.ready()
            app = session.app
            monkeypatch.setattr(MainScreen, "action_history", crash)
            await session.pilot.press("H")
            await session.pilot.pause()
    assert isinstance(app.failure, RuntimeError)
    assert app._exit_renderables == []
    shown = capsys.readouterr()
    assert SECRET not in shown.out + shown.err


@pytest.mark.parametrize("action", ["unknown", "history", "log", "app.help", "app.palette"])
async def test_a_screen_that_opens_while_the_app_closes_is_no_crash(
    desk: Callable[..., AbstractAsyncContextManager[Any]], action: str
) -> None:
    async with desk() as session:
        await session.ready()
        session.site.add_fault("getNumber:drop-reply@1")
        await session.order()
        screen = session.app.screen
        await session.app.run_action(action, session.app.main)
        assert session.app.screen is not screen
        session.app.exit()
    assert session.app.failure is None
