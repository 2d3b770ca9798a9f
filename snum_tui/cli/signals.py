"""TERM and HUP: leave the screen cleanly, and record what is in flight first."""

import os
import select
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from snum_tui.cli.opening import StoppableDoor
    from snum_tui.ui.app import SnumApp

ENDING = (signal.SIGTERM, signal.SIGHUP)
LEAVE_SECONDS = 3.0
"""The longest a terminal that still reads takes to be left."""
STANDARD_STREAMS = (0, 1, 2)


def on_ending_signals(app: "SnumApp", door: "StoppableDoor", finish_seconds: float) -> threading.Event:
    """Wait for TERM or HUP on a thread of its own, then close the app (FACTS: plain Textual dies at once).

    Call before any other thread starts, so that all of them inherit the block. Set the event that is returned once
    the screen is closed; where that does not come about, the engine is given `finish_seconds` and the program ends.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    closed = threading.Event()
    arguments = (app, door, closed, finish_seconds)
    threading.Thread(target=_wait, args=arguments, name="signals", daemon=True).start()
    return closed


def _wait(app: "SnumApp", door: "StoppableDoor", closed: threading.Event, finish_seconds: float) -> None:
    signal.sigwait(ENDING)
    if _is_lost(0):
        _let_go_of_the_terminal()
    app.leave_from_another_thread()
    if closed.wait(LEAVE_SECONDS):
        return
    # FACTS: the screen's loop freezes for ever on a terminal that takes nothing any more, and a Textual that shuts
    # down can hang there. The engine does not; once it has written everything down, nothing is left to wait for.
    door.stop(finish_seconds)
    os._exit(0)


def _is_lost(descriptor: int) -> bool:
    """Tell whether the terminal at the other end is gone, as when an SSH line drops."""
    poll = select.poll()
    poll.register(descriptor, select.POLLHUP)
    return bool(poll.poll(0))


def _let_go_of_the_terminal() -> None:
    """Put nothing in the place of a lost terminal: writing to it raises, and its reader spins (FACTS)."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in STANDARD_STREAMS:
        os.dup2(nothing, descriptor)
    os.close(nothing)
