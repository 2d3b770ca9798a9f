"""Collects changes into at most four paints a second."""

from collections.abc import Callable

from textual.dom import DOMNode
from textual.timer import Timer

from snum_tui.ui.later import call_later

PAINT_SECONDS = 0.25
"""The steady pace."""
LEAST_SECONDS = 0.03
"""Never sooner after a paint than this."""
BURST = 20
"""So many paints may come at that least distance after a rest: a screen that fills must not wait for the pace."""
REST_SECONDS = 2 * PAINT_SECONDS


class Painter:
    """Paints at once after a quiet while, a few times more soon after, then no sooner than every `PAINT_SECONDS`.

    A price that changes many times in between is painted once (FACTS: fifty single updates a second cost ten times
    the bytes of one batch).
    """

    def __init__(self, node: DOMNode, paint: Callable[[], None], seconds: Callable[[], float]) -> None:
        self._node = node
        self._paint = paint
        self._seconds = seconds
        self._painted_at = float("-inf")
        self._allowed = float(BURST)
        self._timer: Timer | None = None

    def wake(self) -> None:
        """Something changed. Call on the screen's own thread."""
        if self._timer is None:
            delay = self._delay_seconds()
            if delay > 0:
                self._timer = call_later(self._node, delay, self._fire)
            else:
                self._fire()

    def _delay_seconds(self) -> float:
        since = self._seconds() - self._painted_at
        return max(LEAST_SECONDS - since, (1.0 - self._allowed_after(since)) * PAINT_SECONDS, 0.0)

    def _allowed_after(self, rest_seconds: float) -> float:
        """Return how many paints may come now. One screen after another may fill: all, after a short rest."""
        if rest_seconds >= REST_SECONDS:
            return float(BURST)
        return min(float(BURST), self._allowed + rest_seconds / PAINT_SECONDS)

    def _fire(self) -> None:
        now = self._seconds()
        self._timer = None
        self._allowed = self._allowed_after(now - self._painted_at) - 1.0
        self._painted_at = now
        self._paint()
