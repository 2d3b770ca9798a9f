"""TERM and HUP: leave the screen cleanly, and record what is in flight first."""

import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from snum_tui.cli.opening import StoppableDoor
    from snum_tui.ui.app import SnumApp

ENDING = (signal.SIGTERM, signal.SIGHUP)


def on_ending_signals(app: "SnumApp", door: "StoppableDoor") -> None:
    """Wait for TERM or HUP on a thread of its own, then close the app (FACTS: plain Textual dies at once).

    Call before any other thread starts, so that all of them inherit the block.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    threading.Thread(target=_wait, args=(app, door), name="signals", daemon=True).start()


def _wait(app: "SnumApp", door: "StoppableDoor") -> None:
    signal.sigwait(ENDING)
    app.leave_from_another_thread()
    del door
