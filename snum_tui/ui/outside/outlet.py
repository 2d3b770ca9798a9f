"""The screen as those see it who write to the terminal beside the frames."""

from collections.abc import Callable
from typing import Protocol


class Outlet(Protocol):
    """The app; everything but `hand_over` is called on the screen's own thread."""

    def write(self, commands: str) -> None:
        """Write what paints nothing: a bell, a command to the terminal."""
        ...

    def show_title(self, words: str) -> None:
        """Show this as the terminal's title until the screen closes, which brings back the one before."""
        ...

    def hand_over(self, call: Callable[[], None]) -> None:
        """Call it soon on the screen's thread; from any thread, and for nothing once the screen is closed."""
        ...
