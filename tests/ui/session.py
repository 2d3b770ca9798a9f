"""The whole app on a real sandbox, with an injected clock: what the screens' tests and pictures share."""

import asyncio
import base64
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from textual.pilot import Pilot

from snum_tui.domain.catalogue import KnownQuote
from snum_tui.domain.clock import Instant
from snum_tui.domain.keys import read_keys
from snum_tui.domain.orders import Order
from snum_tui.domain.policy import Policy, Politeness, PollSchedule, SiteRules
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.domain.wishes import TerminalWishes
from snum_tui.engine.commands import Command
from snum_tui.engine.snapshot import Snapshot
from snum_tui.engine.thread import Engine, EngineSettings
from snum_tui.locale import Speaker
from snum_tui.sandbox.server import SandboxServer
from snum_tui.sandbox.site_options import SandboxOptions
from snum_tui.ui.app import SnumApp
from snum_tui.ui.cells import Row
from snum_tui.ui.desk import Desk
from snum_tui.ui.keyboard import Keyboard
from snum_tui.ui.panes.base import ListPane
from snum_tui.ui.signs import draw_in_ascii, drawn
from snum_tui.ui.widgets.message_line import MessageLine
from snum_tui.ui.widgets.row_list import RowList

OpenDesk = Callable[..., AbstractAsyncContextManager[Any]]
"""Opens the app and gives a Session; as Any, because its screens change under the checker's eyes."""
PATIENCE_SECONDS = 15.0
POLICY = Policy(
    polls=PollSchedule(first_seconds=0.1, second_seconds=0.1, last_seconds=0.1),
    politeness=Politeness(burst=500, requests_per_second=500.0, read_retries=0),
)

Test = TypeVar("Test", bound=Callable[..., object])


class HandClock:
    """A clock that moves only by hand."""

    def __init__(self) -> None:
        self._wall = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
        self._boottime = 1000.0

    def now(self) -> Instant:
        return Instant(self._wall, self._boottime, "boot")

    def advance(self, seconds: float) -> None:
        self._wall += timedelta(seconds=seconds)
        self._boottime += seconds


class NamedDoor:
    """The real engine under a site name that does not change with the port, so that pictures stay the same."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.submitted: list[Command] = []

    @property
    def latest(self) -> Snapshot:
        return replace(self._engine.latest, site="https://numara.example")

    def submit(self, command: Command) -> None:
        self.submitted.append(command)
        self._engine.submit(command)

    def when_changed(self, wake: Callable[[], None]) -> None:
        self._engine.when_changed(wake)

    def start(self) -> None:
        self._engine.start()


@dataclass
class Session:
    """One run of the app: its site, its clock, its screen."""

    app: SnumApp
    pilot: Pilot[None]
    site: SandboxServer
    clock: HandClock
    door: NamedDoor

    @property
    def snapshot(self) -> Snapshot:
        return self.door.latest

    def pane(self, name: str) -> ListPane:
        return self.app.main.query_one(f"#{name}", ListPane)

    def rows(self, name: str) -> RowList:
        return self.pane(name).list

    @property
    def message(self) -> str:
        return self.app.main.query_one(MessageLine).render().plain.strip()

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds; fails with the screen when it does not."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            still_runs(self.app)
            assert time.monotonic() < deadline, f"never held; the screen:\n{self.screen_text()}"
            await self.pilot.pause(0.02)
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def agree(self) -> None:
        """Answer a question as a person does: after having read it."""
        await asyncio.sleep(0.31)  # the question's own deaf time is what is waited for
        await self.press("y")
        await self.until(lambda: self.app.screen is self.app.main)

    async def ready(self) -> None:
        """Wait for the first category's services with the prices of the rows that can be seen."""
        await self.until(lambda: self.app.screen_stack and self.app.main.query("#services RowList"))
        await self.until(lambda: self.rows("services").rows and self.snapshot.balance is not None)
        await self.until(lambda: set(self.rows("services").visible_keys) <= set(self.snapshot.quotes))
        await self.until(lambda: all("…" not in row.cells[0].text for row in self.visible("services")))

    def visible(self, name: str) -> list[Row]:
        seen = set(self.rows(name).visible_keys)
        return [row for row in self.rows(name).rows if row.key in seen]

    def visible_quotes(self) -> list[KnownQuote]:
        """The quotes of the rows that can be seen."""
        return [self.snapshot.quotes[key] for key in self.rows("services").visible_keys]

    async def order(self, index: int = 0) -> Order:
        """Order from a row of the services, and wait for the number."""
        before = len(self.snapshot.orders)
        await self.press("2")
        self.rows("services").move_to(index)
        await self.press("enter")
        await self.agree()
        await self.until(lambda: len(self.snapshot.orders) > before and self.snapshot.orders[0].state != "sending")
        await self.until(lambda: self.rows("numbers").rows)
        return self.snapshot.orders[0]

    def words(self) -> str:
        """The screen's words alone, as one line, however they are wrapped and framed."""
        return " ".join(self.screen_text().replace("│", " ").split())

    def screen_text(self) -> str:
        """The screen as plain text."""
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip)[:width].rstrip() for strip in strips[:height])


@dataclass
class Stage:
    """The app with everything behind it, not running yet."""

    app: SnumApp
    site: SandboxServer
    clock: HandClock
    door: NamedDoor

    def session(self, pilot: Pilot[None]) -> Session:
        """The running app, once there is a pilot for it."""
        return Session(self.app, pilot, self.site, self.clock, self.door)


@contextmanager
def stage(
    directory: Path,
    *,
    language: str = "en",
    theme: str = "snum-dark",
    rules: SiteRules = POLICY.rules,
    keys: Mapping[str, str] | None = None,
    in_ascii: bool = False,
    read_only: bool = False,
    wishes: TerminalWishes | None = None,
    **options: object,
) -> Iterator[Stage]:
    """Serve a sandbox and make an app on it. The site's own time stands still, so that stock and prices do.

    `keys` are remapped as in config.toml; `in_ascii` draws as on a terminal that has no more.
    """
    draw_in_ascii(on=in_ascii)
    keyboard = Keyboard({name: read_keys(written) for name, written in (keys or {}).items()})
    settings = {"code_share": 0.0, "no_number_share": 0.0, "balance": Decimal(100), "port": 0, **options}
    clock = HandClock()
    with SandboxServer(SandboxOptions(**settings), time=lambda: clock.now().boottime) as site:  # type: ignore[arg-type]
        engine = Engine(replace(engine_settings(site, directory, rules), read_only=read_only), clock)
        door = NamedDoor(engine)
        speaker = Speaker(language, show_key=keyboard.show, drawn=drawn)
        desk = Desk(door, speaker, clock, keyboard, read_only=read_only, wishes=wishes or TerminalWishes())
        try:
            yield Stage(SnumApp(desk, theme=theme), site, clock, door)
        finally:
            draw_in_ascii(on=False)
            assert engine.stop(10.0), "the engine did not end"


def engine_settings(site: SandboxServer, directory: Path, rules: SiteRules = POLICY.rules) -> EngineSettings:
    """Return what an engine is started with; two on one directory are two windows of one person."""
    policy = replace(POLICY, rules=rules)
    state, cache = directory / "state", directory / "cache"
    return EngineSettings(SiteAddress(site.url), ApiKey(site.key), "demo", state, cache, policy)


def still_runs(app: SnumApp) -> None:
    """Raise what ended the app, where something did: there is nothing to wait for then."""
    if app.failure is not None:
        raise app.failure


def presses(*_action_ids: str) -> Callable[[Test], Test]:
    """Name the actions of the registry whose keys a test presses; one test checks that none is missing."""

    def unchanged(test: Test) -> Test:
        return test

    return unchanged


def clipboard(written: list[str]) -> str:
    """Return what was sent to the terminal's clipboard last, out of all that was written to the terminal."""
    newest = next(text for text in reversed(written) if "]52;c;" in text)
    return base64.b64decode(newest.split("]52;c;")[1].split("\x07")[0]).decode()
