"""The engine as the command line sees it."""

from typing import Protocol

from snum_tui.ui.desk import EngineDoor


class StoppableDoor(EngineDoor, Protocol):
    """An engine that the command line starts and ends."""

    def stop(self, timeout_seconds: float) -> bool:
        """Finish what is in flight, then end; False if that took longer than allowed."""
        ...
