"""The terminal's title: ours while the screen is shown, and the one before afterwards."""

from collections.abc import Mapping

from snum_tui.ui.outside.passing import ESCAPE, command
from snum_tui.ui.outside.surroundings import Multiplexer, multiplexer_of

KEEP, PUT_BACK = f"{ESCAPE}[22;0t", f"{ESCAPE}[23;0t"
"""The terminal keeps its titles on a stack of its own."""


def titled(words: str) -> str:
    """Return the command that sets the title; `words` hold no control characters."""
    return command(f"2;{words}")


class Title:
    """Makes what is to be written. Without `words` the terminal's title is not touched."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        # GNU screen keeps none; there an empty title gives the window back the one that it had.
        may_be_screen = multiplexer_of(environment) in {Multiplexer.SCREEN, Multiplexer.SCREEN_AFAR}
        self._before_the_old = titled("") if may_be_screen else ""
        self._is_ours = False
        self.words: str | None = None

    def shown(self) -> str:
        """Return what shows the words, on a screen that was entered."""
        if self.words is None:
            return ""
        first = "" if self._is_ours else KEEP
        self._is_ours = True
        return first + titled(self.words)

    def put_back(self) -> str:
        """Return what brings the title before back, where ours is shown."""
        if not self._is_ours:
            return ""
        self._is_ours = False
        return self._before_the_old + PUT_BACK
