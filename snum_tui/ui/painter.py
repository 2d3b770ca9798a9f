"""Collects changes into at most four paints a second."""

from collections.abc import Callable

from textual.message_pump import MessagePump
from textual.timer import Timer

PAINT_SECONDS = 0.25


class Painter:
    """Paints at once after a quiet while, and otherwise no sooner than `PAINT_SECONDS` after the last time.

    A price that changes many times in between is painted once (FACTS: fifty single updates a second cost ten times
    the bytes of one batch).
    """

    def __init__(self, pump: MessagePump, paint: Callable[[], None], seconds: Callable[[], float]) -> None:
        self._pump = pump
        self._paint = paint
        self._seconds = seconds
        self._painted_at = float("-inf")
        self._timer: Timer | None = None

    def wake(self) -> None:
        """Something changed. Call on the screen's own thread."""
        if self._timer is None:
            delay = max(0.0, self._painted_at + PAINT_SECONDS - self._seconds())
            if delay:
                self._timer = self._pump.set_timer(delay, self._fire)
            else:
                self._fire()

    def _fire(self) -> None:
        self._timer = None
        self._painted_at = self._seconds()
        self._paint()
