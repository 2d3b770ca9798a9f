"""Opens the app on an engine, and closes both in the right order."""

import gc
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from snum_tui.cli.crash import report
from snum_tui.cli.problems import Problem, tell
from snum_tui.domain.clock import Clock
from snum_tui.domain.messages import find_code
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_, NP_, Sentence, say, say_count
from snum_tui.engine.snapshot import Snapshot
from snum_tui.locale import Speaker
from snum_tui.ui.desk import Desk, EngineDoor

FINISH_SECONDS = 75.0
"""The longest an order in flight may take (60 s) and to be recorded."""
PATIENCE_SECONDS = 0.7

NO_TERMINAL = say(N_("This is not a terminal. Start snum-tui in one, or list your orders with: snum-tui orders"))
DUMB_TERMINAL = say(
    N_(
        "This terminal (TERM={term}) cannot show a full screen. "
        "Use another, or list your orders with: snum-tui orders"
    )
)
UNWRITTEN = say(
    N_("The journal did not take this order, so note it yourself: {service}, number {number}, id {number_id}.")
)
UNWRITTEN_CODE = say(
    N_(
        "The journal did not take this code, so note it yourself: "
        "{service}, number {number}, id {number_id}, code {code}."
    )
)
IMPATIENT = say(
    N_("Not yet: what is under way would become an unknown order. Press Ctrl-C again to leave all the same.")
)
NO_SUCH_THEME = say(N_("There is no theme {theme}. Write one of these into config.toml: {names}"))
FINISHING = say(N_("An order or a cancel is still under way. Waiting until it has been written down…"))


class StoppableDoor(EngineDoor, Protocol):
    """An engine that the command line starts and ends."""

    def stop(self, timeout_seconds: float) -> bool:
        """Finish what is in flight, then end; False if that took longer than allowed."""
        ...


@dataclass(frozen=True, slots=True)
class Opening:
    """How the app looks and speaks, and where it leaves what a crash has to say.

    `keeps_orders` is False for a demo, whose numbers are gone with its site.
    """

    language: str
    theme: str | None
    crash_directory: Path
    keeps_orders: bool = True


def check_terminal(environment: Mapping[str, str], language: str) -> None:
    """Raise Problem where no full screen can be shown."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Problem(NO_TERMINAL, language)
    term = environment.get("TERM", "")
    if term in {"", "dumb", "unknown"}:
        raise Problem(say(DUMB_TERMINAL.template, term=term or "?"), language)


def open_app(door: StoppableDoor, clock: Clock, opening: Opening) -> int:
    """Show the app until the person leaves; then finish what is in flight and say what is still open."""
    from snum_tui.cli.signals import on_ending_signals  # noqa: PLC0415 - the screen is the heaviest import there is
    from snum_tui.ui.app import SnumApp  # noqa: PLC0415
    from snum_tui.ui.themes import choose_theme, theme_names  # noqa: PLC0415

    if opening.theme is not None and opening.theme not in theme_names():
        names = ", ".join(theme_names())
        raise Problem(say(NO_SUCH_THEME.template, theme=opening.theme, names=names), opening.language)
    speaker = Speaker(opening.language)
    theme = choose_theme(opening.theme, no_color=bool(os.environ.get("NO_COLOR")))
    app = SnumApp(Desk(door, speaker, clock, keeps_orders=opening.keeps_orders), theme=theme)
    closed = on_ending_signals(app, door, FINISH_SECONDS)
    if not sys.stderr.isatty():
        # Textual paints on standard error; `2> file` must not take the screen away.
        os.dup2(sys.stdout.fileno(), sys.stderr.fileno())
    gc.freeze()
    gc.enable()
    app.run()
    closed.set()
    if not door.stop(PATIENCE_SECONDS):
        _finish(door, speaker.language)
    return _say_goodbye(app.failure, door.latest, speaker, opening)


def _finish(door: StoppableDoor, language: str) -> None:
    """Wait for what is in flight. The first Ctrl-C is told what it would cost, the second one ends the program."""
    tell(FINISHING, language)
    try:
        door.stop(FINISH_SECONDS)
    except KeyboardInterrupt:
        tell(IMPATIENT, language)
        door.stop(FINISH_SECONDS)


def _say_goodbye(failure: Exception | None, snapshot: Snapshot, speaker: Speaker, opening: Opening) -> int:
    if snapshot.open_numbers and opening.keeps_orders:
        sys.stdout.write(speaker.render(still_open(snapshot.open_numbers)) + "\n")
    for order in snapshot.unwritten:
        tell(_unwritten(order), speaker.language)
    if failure is None:
        return 1 if snapshot.unwritten else 0
    tell(report(failure, opening.crash_directory), speaker.language)
    return 1


def _unwritten(order: Order) -> Sentence:
    values = {"service": order.service, "number": order.number or "?", "number_id": order.number_id or "?"}
    if order.message is None:
        return say(UNWRITTEN.template, **values)
    return say(UNWRITTEN_CODE.template, **values, code=find_code(order.message))


def still_open(orders: tuple[Order, ...]) -> Sentence:
    """Say what is open: live numbers and until when the first can be refunded; else the unknown orders."""
    live = [order for order in orders if order.state is not OrderState.UNKNOWN]
    if not live:
        templates = NP_(
            "{count} order has an unknown outcome: compare your balance on the site, settle it here with u.",
            "{count} orders have an unknown outcome: compare your balance on the site, settle them here with u.",
        )
        return say_count(templates, len(orders))
    until = min(order.refund_until for order in live)
    templates = NP_(
        "{count} number is still open, refund window until {time}: start snum-tui again to see its code.",
        "{count} numbers are still open, first refund window until {time}: start snum-tui again to see them.",
    )
    return say_count(templates, len(live), time=_local_time(until))


def _local_time(moment: datetime) -> str:
    return moment.astimezone().strftime("%H:%M")
