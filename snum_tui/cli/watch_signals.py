"""INT, TERM and HUP for `snum-tui watch`: the first one is taken down, and only Ctrl-C cuts it short."""

import os
import signal
from collections.abc import Callable
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Signals:
    """Takes down the first signal that asks the program to end, and calls `wake`, which must be reentrant.

    Service managers and dying terminals send several at once, so more of them change nothing; a Ctrl-C after
    another signal ends the program on the spot. One that is ignored from the start stays so: `nohup` and a shell's
    `&` mean it.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self.received: int | None = None
        self._wake = wake
        for number in ENDING:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._take)

    def _take(self, number: int, _frame: FrameType | None) -> None:
        if self.received is None:
            self.received = number
            self._wake()
        elif number == signal.SIGINT:
            os._exit(128 + number)
