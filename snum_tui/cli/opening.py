"""Opens the app on an engine, and closes both in the right order."""

import gc
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from snum_tui.cli.crash import report
from snum_tui.cli.door import StoppableDoor
from snum_tui.cli.ending import FINISH_SECONDS, finish, say_goodbye
from snum_tui.cli.look import Look
from snum_tui.cli.problems import Problem, tell
from snum_tui.cli.signals import Endings
from snum_tui.domain.clock import Clock
from snum_tui.domain.orders import Order
from snum_tui.domain.sentence import N_, say
from snum_tui.domain.wishes import TerminalWishes
from snum_tui.locale import Speaker
from snum_tui.ui.accounts import Accounts
from snum_tui.ui.desk import Desk
from snum_tui.ui.keyboard import Keyboard
from snum_tui.ui.preferences import Preferences
from snum_tui.ui.signs import drawn

GARBAGE_OBJECTS = 20_000
"""How many new objects are made before Python looks for garbage: each look costs a key up to a millisecond."""

NO_TERMINAL = say(N_("This is not a terminal. Start snum-tui in one, or list your orders with: snum-tui orders"))
DUMB_TERMINAL = say(
    N_(
        "This terminal (TERM={term}) cannot show a full screen. "
        "Use another, or list your orders with: snum-tui orders"
    )
)


@dataclass(frozen=True, slots=True)
class Opening:
    """How the app looks and speaks, and where it leaves what a crash has to say.

    `keeps_orders` is False for a demo, whose numbers are gone with its site. Without a terminal, open numbers are
    watched on for `watch_on_seconds`. `accounts` is for who may change what the door leads to, and
    `left_unwritten` then tells what engines from before could not write into the journal. `preferences` lets the
    settings be changed.
    """

    language: str
    look: Look
    crash_directory: Path
    keeps_orders: bool = True
    read_only: bool = False
    calm: bool = True
    watch_on_seconds: float = 0.0
    accounts: Accounts | None = None
    preferences: Preferences | None = None
    left_unwritten: Callable[[], tuple[Order, ...]] = tuple
    wishes: TerminalWishes = field(default_factory=TerminalWishes)


def check_terminal(environment: Mapping[str, str], language: str) -> None:
    """Raise Problem where no full screen can be shown."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Problem(NO_TERMINAL, language)
    term = environment.get("TERM", "")
    if term in {"", "dumb", "unknown"}:
        raise Problem(say(DUMB_TERMINAL.template, term=term or "?"), language)


def open_app(door: StoppableDoor, clock: Clock, opening: Opening) -> int:
    """Show the app until the person leaves; then finish what is in flight and say what is still open."""
    from snum_tui.ui.app import SnumApp  # noqa: PLC0415
    from snum_tui.ui.themes import choose_theme  # noqa: PLC0415

    keyboard = Keyboard(opening.look.keys)
    speaker = Speaker(opening.language, show_key=keyboard.show, drawn=drawn)
    desk = Desk(
        door,
        speaker,
        clock,
        keyboard,
        keeps_orders=opening.keeps_orders,
        read_only=opening.read_only,
        calm=opening.calm,
        wishes=opening.wishes,
        accounts=opening.accounts,
        preferences=opening.preferences,
        watch_on_seconds=opening.watch_on_seconds,
    )
    app = SnumApp(desk, theme=choose_theme(opening.look.theme, os.environ))
    endings = Endings(app.leave_from_another_thread, lambda: _end_without_screen(door, endings, clock, desk))
    app.charset = opening.look.charset
    app.terminal_lost = endings.terminal_is_lost
    endings.take()
    if not sys.stderr.isatty():
        # Textual paints on standard error; `2> file` must not take the screen away.
        os.dup2(sys.stdout.fileno(), sys.stderr.fileno())
    gc.freeze()
    gc.set_threshold(GARBAGE_OBJECTS)
    gc.enable()
    app.run(mouse=opening.look.mouse)
    endings.screen_is_closed()
    _watch_on_if_alone(door, endings, clock, desk)
    finish(door, endings, speaker.language)
    last = door.latest
    last = replace(last, unwritten=(*opening.left_unwritten(), *last.unwritten))
    status = say_goodbye(last, speaker, keeps_orders=desk.keeps_orders)
    if app.failure is not None:
        tell(report(app.failure, opening.crash_directory), speaker.language)
        return 1
    return status


def _watch_on_if_alone(door: StoppableDoor, endings: Endings, clock: Clock, desk: Desk) -> None:
    if desk.watch_on_seconds and endings.closed_by_a_lost_terminal():
        from snum_tui.cli.without_terminal import watch_on  # noqa: PLC0415 - seldom needed

        watch_on(door, endings, clock, desk.watch_on_seconds)


def _end_without_screen(door: StoppableDoor, endings: Endings, clock: Clock, desk: Desk) -> None:
    """End from another thread: the screen does not close, but the engine needs none to write everything down."""
    try:
        _watch_on_if_alone(door, endings, clock, desk)
        door.stop(FINISH_SECONDS)
        os._exit(0)
    finally:
        os._exit(1)
