"""A door behind which one engine can take the place of another while the screen stays."""

import threading
from collections.abc import Callable

from snum_tui.cli.door import StoppableDoor
from snum_tui.domain.orders import Order
from snum_tui.domain.policy import SiteRules
from snum_tui.engine.commands import Command
from snum_tui.engine.snapshot import Snapshot

_LOOK_SECONDS = 0.5


class TurningDoor:
    """Leads to the engine that runs now, or to none before the first one. `submit` and `latest` as an engine's.

    What an engine that was left could not write into the journal stands in `left_unwritten`, to be told.
    """

    def __init__(self, first: StoppableDoor | None = None) -> None:
        self._now = first
        self._nothing = Snapshot("", "", SiteRules())
        self._wake: Callable[[], None] = lambda: None
        self._lock = threading.Lock()
        self._has_started = False
        self._is_ending = False
        self.left_unwritten: tuple[Order, ...] = ()

    @property
    def latest(self) -> Snapshot:
        """The newest snapshot."""
        return self._nothing if self._now is None else self._now.latest

    def submit(self, command: Command) -> None:
        """Hand over a command; never blocks."""
        if self._now is not None:
            self._now.submit(command)

    def when_changed(self, wake: Callable[[], None]) -> None:
        """Call `wake` after each new snapshot, whichever engine it is of."""
        self._wake = wake
        if self._now is not None:
            self._now.when_changed(wake)

    def start(self) -> None:
        """Start the first engine, where there is one."""
        with self._lock:
            self._has_started = True
            if self._now is not None and not self._is_ending:
                self._now.start()

    def stop(self, timeout_seconds: float) -> bool:
        """End for good: nothing is turned to any more."""
        with self._lock:
            self._is_ending = True
        return self._now is None or not self._has_started or self._now.stop(timeout_seconds)

    def leave(self) -> None:
        """Return once the engine of now has finished what is in flight, and ended. Not on the screen's thread."""
        now = self._now
        if now is None:
            return
        while not now.stop(_LOOK_SECONDS):
            pass
        self.left_unwritten += now.latest.unwritten

    def turn_to(self, door: StoppableDoor) -> None:
        """Lead to this engine from now on, and start it. The one before has been left."""
        with self._lock:
            if self._is_ending:
                return
            self._now = door
            door.when_changed(self._wake)
            door.start()
