"""Keys in one burst with the one that opens a screen wait until it has its parts, which they are about."""

from collections.abc import Callable

import pytest
from textual.screen import Screen

from snum_tui.ui.actions import Place
from snum_tui.ui.app import SnumApp
from snum_tui.ui.dialogs.help import HelpScreen
from snum_tui.ui.dialogs.question import Question
from snum_tui.ui.screens.history import HistoryScreen
from snum_tui.ui.screens.log import LogScreen
from snum_tui.ui.screens.unknown import UnknownScreen
from tests.ui.session import OpenDesk

OPENING: dict[str, Callable[[SnumApp], Screen[None] | Question]] = {
    "the help": lambda app: HelpScreen(app.desk, Place.TREE),
    "a question": lambda app: Question(app.desk.keyboard, "Really?", (), "Yes", "No"),
    "the history": lambda app: HistoryScreen(app.desk),
    "the log": lambda app: LogScreen(app.desk),
    "the unknown orders": lambda app: UnknownScreen(app.desk),
}


@pytest.mark.parametrize("name", OPENING)
async def test_a_key_right_behind_the_one_that_opens_a_screen_is_heard_there(desk: OpenDesk, name: str) -> None:
    async with desk() as session:
        await session.ready()
        for key in ("f", "up", "G", "c"):
            screen = OPENING[name](session.app)
            opened = session.app.push_screen(screen)
            assert not screen.is_mounted
            await session.app._check_bindings(key)
            await opened
            assert session.app.screen is screen
            screen.dismiss()
            await session.until(lambda: session.app.screen is session.app.main)
