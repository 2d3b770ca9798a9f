"""Gets a list ready to be searched, in steps that no key has to wait for."""

from collections.abc import Callable, Iterator
from itertools import islice

from textual.dom import DOMNode
from textual.timer import Timer

from snum_tui.engine.snapshot import Snapshot
from snum_tui.ui.later import call_later
from snum_tui.ui.tables.service_order import ServiceOrder

PREPARE_SECONDS = 0.1
"""What comes with a new list, its first prices above all, comes first."""
PREPARE_NEXT_SECONDS = 0.02
PREPARE_NAMES = 150
"""So many names at a time: some 2 ms; ten thousand in a second and a half."""
AHEAD_SECONDS = 0.02
NEXT_SECONDS = 0.005
AHEAD_WORDS = 2
"""So many of the words that one more letter would make, at a time: 2 to 4 ms with ten thousand names."""


class SearchSteps:
    """Takes the names apart once; then looks up, after each letter, what the next one would ask for."""

    def __init__(self, node: DOMNode, order: ServiceOrder, snapshot: Callable[[], Snapshot]) -> None:
        self._node = node
        self._order = order
        self._snapshot = snapshot
        self._timer: Timer | None = None
        self._ahead: Iterator[None] = iter(())

    def prepare(self, after_seconds: float = PREPARE_SECONDS) -> None:
        """Take the names apart, where that is still to be done."""
        if self._timer is None and not self._order.is_ready_to_search:
            self._timer = call_later(self._node, after_seconds, self._take_apart)

    def look_ahead(self, typed: str) -> None:
        """The person is typing, and this is what stands there by now."""
        if self._order.is_ready_to_search:
            self._ahead = self._order.look_ahead(typed)
            if self._timer is None:
                self._timer = call_later(self._node, AHEAD_SECONDS, self._look_further)

    def _take_apart(self) -> None:
        self._timer = None
        self._order.prepare_to_search(self._snapshot(), PREPARE_NAMES)
        self.prepare(PREPARE_NEXT_SECONDS)

    def _look_further(self) -> None:
        self._timer = None
        if len(list(islice(self._ahead, AHEAD_WORDS))) == AHEAD_WORDS:
            self._timer = call_later(self._node, NEXT_SECONDS, self._look_further)
