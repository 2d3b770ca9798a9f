"""What a screen meant to do is not done once it is gone; a screen without its parts would end the program."""

import asyncio
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

import snum_tui.ui
from snum_tui.ui.later import after_refresh, call_later
from tests.ui.session import OpenDesk

DIRECT = re.compile(r"\.(call_after_refresh|set_timer)\(")


class Slow(Widget):
    """Takes its time to leave, as a screen's parts do on a machine that is busy."""

    def __init__(self) -> None:
        super().__init__()
        self.may_leave = asyncio.Event()

    async def on_unmount(self) -> None:
        await self.may_leave.wait()


class Left(Screen[None]):
    """A screen that is being left."""

    def compose(self) -> ComposeResult:
        yield Slow()


async def soon(holds: Callable[[], bool]) -> None:
    """Wait without Textual, which waits for the app, which waits for the screen's parts."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - it is the program that is waited for, which knows of no event
            await asyncio.sleep(0.01)


async def test_what_a_screen_meant_to_do_is_not_done_once_it_is_left(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        done: list[str] = []
        left, standing = Left(), session.app.screen
        await session.app.push_screen(left)
        await session.pilot.pause()
        slow = left.query_one(Slow)
        removed = session.app.pop_screen()
        try:
            await soon(lambda: not slow.display)
            for name, screen in (("left", left), ("standing", standing)):
                after_refresh(screen, partial(done.append, f"painted, {name}"))
                call_later(screen, 0.01, partial(done.append, f"waited, {name}"))
            await soon(lambda: {"painted, standing", "waited, standing"} <= set(done))
            await asyncio.sleep(0.1)
        finally:
            slow.may_leave.set()
        await removed
        assert sorted(done) == ["painted, standing", "waited, standing"]


def test_nothing_of_the_screens_waits_in_another_way() -> None:
    home = Path(snum_tui.ui.__file__).parent
    found = {
        path.relative_to(home).as_posix() for path in home.rglob("*.py") if DIRECT.search(path.read_text("utf-8"))
    }
    assert found == {"later.py", "app.py"}, "the app's own first frame, and what is made for all others"
