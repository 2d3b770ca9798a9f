"""INT, TERM and HUP for `snum-tui watch`: the first one is taken down, the next one ends the program at once."""

import signal
from collections.abc import Callable
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Signals:
    """Takes down the first signal that asks the program to end, and calls `wake`, which must be reentrant.

    One that is ignored from the start stays so: `nohup` and a shell's `&` mean it.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self.received: int | None = None
        self._wake = wake
        self._taken = [number for number in ENDING if signal.getsignal(number) is not signal.SIG_IGN]
        for number in self._taken:
            signal.signal(number, self._take)

    def _take(self, number: int, _frame: FrameType | None) -> None:
        self.received = number
        for taken in self._taken:
            signal.signal(taken, signal.SIG_DFL)
        self._wake()
