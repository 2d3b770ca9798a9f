"""TERM, HUP and INT: each closes the screen cleanly, and what is in flight is recorded first.

However often they come, they end nothing by force; KILL does, and then the next start takes up what the journal
knows. Ctrl-C is a key while the screen is up, and INT once it is closed.
"""

import os
import select
import signal
import threading
from collections.abc import Callable

ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
LEAVE_SECONDS = 10.0
"""The longest that a screen takes to close, on a busy machine too."""
LOST_MILLISECONDS = 500
"""Some terminals send HUP first and are gone a moment later."""
STANDARD_STREAMS = (0, 1, 2)


class Endings:
    """Takes the signals on a thread of its own. `listener` hears of each; at first it closes the screen."""

    def __init__(self, leave: Callable[[], None], without_screen: Callable[[], None]) -> None:
        """Have `leave` close the screen, from any thread; `without_screen` is called where that does not help."""
        self.listener: Callable[[signal.Signals], None] = self._close_screen
        self._leave = leave
        self._without_screen = without_screen
        self._taken: set[signal.Signals] = set()
        self._lost = False
        self._screen_closed = threading.Event()

    def take(self) -> None:
        """Begin. Call before any other thread starts, so that all of them inherit the block (FACTS)."""
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        threading.Thread(target=self._take, name="signals", daemon=True).start()

    def screen_is_closed(self) -> None:
        """Say that the screen has closed, for whatever reason."""
        self._screen_closed.set()

    def terminal_is_lost(self) -> None:
        """Take it for a HUP that the terminal is gone: not everybody is sent one."""
        os.kill(os.getpid(), signal.SIGHUP)

    @property
    def was_asked_to_end(self) -> bool:
        """Whether TERM or INT came: who sets a listener and then asks misses none."""
        return not self._taken <= {signal.SIGHUP}

    def closed_by_a_lost_terminal(self) -> bool:
        """Tell whether the screen was closed because the terminal is gone, and nobody asked for an end besides."""
        if self._taken != {signal.SIGHUP}:
            return False
        if not self._lost and _is_lost(0, LOST_MILLISECONDS):
            self._let_go()
        return self._lost

    def _take(self) -> None:
        while True:
            number = signal.Signals(signal.sigwait(ENDING))
            self._taken.add(number)
            if number is signal.SIGHUP and not self._lost and _is_lost(0):
                self._let_go()
            self.listener(number)

    def _close_screen(self, _number: signal.Signals) -> None:
        self._leave()
        if len(self._taken) == 1:
            threading.Thread(target=self._insist, name="insisting", daemon=True).start()

    def _insist(self) -> None:
        if not self._screen_closed.wait(LEAVE_SECONDS):
            self._without_screen()

    def _let_go(self) -> None:
        """Put nothing in the place of the lost terminal: writing to it raises, and its reader spins (FACTS)."""
        self._lost = True
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in STANDARD_STREAMS:
            os.dup2(nothing, descriptor)
        os.close(nothing)


def _is_lost(descriptor: int, milliseconds: int = 0) -> bool:
    """Tell whether the terminal at the other end is gone, as when an SSH line drops; wait so long for that."""
    poll = select.poll()
    poll.register(descriptor, 0)
    return bool(poll.poll(milliseconds))
