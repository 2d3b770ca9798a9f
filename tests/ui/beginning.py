"""The app on its first screen, with everything real behind it, a sandbox to be found included."""

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from snum_tui.cli.bare import BareStart
from snum_tui.cli.household import Household
from snum_tui.cli.turning import TurningDoor
from snum_tui.domain.accounts import Pasted
from snum_tui.domain.sentence import Sentence
from snum_tui.domain.site import ApiKey
from snum_tui.engine.system_clock import SystemClock
from snum_tui.locale import Speaker
from snum_tui.sandbox.server import SandboxServer
from snum_tui.sandbox.site_options import SandboxOptions
from snum_tui.settings.paths import Paths
from snum_tui.ui.app import SnumApp
from snum_tui.ui.desk import Desk
from snum_tui.ui.keyboard import Keyboard
from snum_tui.ui.screens.beginning import BeginningScreen
from snum_tui.ui.signs import drawn
from snum_tui.ui.widgets.form_lines import CallPasted
from tests.ui.session import still_runs

PATIENCE_SECONDS = 15.0


@dataclass
class Beginning:
    """One run of the app from its first screen on."""

    app: SnumApp
    pilot: Pilot[None]
    site: SandboxServer
    paths: Paths

    @property
    def form(self) -> BeginningScreen:
        screen = self.app.screen
        assert isinstance(screen, BeginningScreen)
        return screen

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def fill_in(self, address: str, key: str) -> None:
        """Have both, as pasted with one call's URL; the cursor is on the test then."""
        self.form.address.line.post_message(CallPasted(Pasted(address, ApiKey(key))))
        await self.until(lambda: self.app.focused is self.form.test)

    async def until(self, holds: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            still_runs(self.app)
            assert time.monotonic() < deadline, f"never held; the screen:\n{self.screen_text()}"
            await self.pilot.pause(0.02)
        await self.pilot.pause()

    def screen_text(self) -> str:
        """The screen as plain text."""
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip)[:width].rstrip() for strip in strips[:height])

    def words(self) -> str:
        """The screen's words alone, as one line."""
        return " ".join(self.screen_text().replace("│", " ").split())


@dataclass
class Door:
    """The app, not running yet."""

    app: SnumApp
    site: SandboxServer
    paths: Paths

    def session(self, pilot: Pilot[None]) -> Beginning:
        """The running app, once there is a pilot for it."""
        return Beginning(self.app, pilot, self.site, self.paths)


@contextmanager
def first_start(directory: Path, *, language: str = "en", theme: str = "snum-dark") -> Iterator[Door]:
    """Make an app that knows no account, in folders that are not there yet."""
    paths = Paths(directory / "config", directory / "state", directory / "cache")
    options = SandboxOptions(port=0, balance=Decimal(100), code_share=0.0, no_number_share=0.0)
    with SandboxServer(options) as site:
        door, clock, keyboard = TurningDoor(), SystemClock(), Keyboard()
        arguments = BareStart()
        assert isinstance(arguments, BareStart | argparse.Namespace)
        household = Household(door, paths, clock, arguments)  # type: ignore[arg-type]  # as cli/run.py casts it
        speaker = Speaker(language, show_key=keyboard.show, drawn=drawn)
        desk = Desk(door, speaker, clock, keyboard, accounts=household)
        try:
            yield Door(SnumApp(desk, theme=theme), site, paths)
        finally:
            assert door.stop(10.0), "the engine did not end"
            household.close()


def english(problem: Sentence | None) -> str:
    return "" if problem is None else problem.template


def burst(session: Beginning, *keys: str) -> None:
    """Send keys as a bad line does: all at once."""
    for key in keys:
        session.app.post_message(events.Key(key, key if len(key) == 1 else None))


async def paste(session: Beginning, text: str) -> None:
    session.app.post_message(events.Paste(text))
    await session.pilot.pause()
