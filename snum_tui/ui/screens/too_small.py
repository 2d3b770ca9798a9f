"""What stands in a window that is too small for anything else."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from snum_tui.domain.sentence import N_
from snum_tui.ui.desk import Desk
from snum_tui.ui.repaints import Repaints

LEAST_WIDTH = 40
LEAST_HEIGHT = 12


def is_too_small(size: Size) -> bool:
    """Tell whether nothing useful fits; a window without any size is none yet."""
    return 0 < size.width < LEAST_WIDTH or 0 < size.height < LEAST_HEIGHT


class TooSmallScreen(Repaints, ModalScreen[None]):
    """Says how large the window must be. Numbers are asked for all the same, and keys do nothing but leave."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield Static(self._words(), id="too-small")

    def on_resize(self) -> None:
        """Go away once the window is large enough, else say the size it has now."""
        if is_too_small(self.app.size):
            self.repaint()
        elif self.is_current:
            self.dismiss()

    def repaint(self) -> None:
        """Say it with the numbers, and in the language, of now."""
        self.query_one("#too-small", Static).update(self._words())

    def _words(self) -> Text:
        width, height = self.app.size
        words = N_("snum-tui needs {needed}; this window is {size}. Open numbers are asked for all the same.")
        size, needed = f"{width}x{height}", f"{LEAST_WIDTH}x{LEAST_HEIGHT}"
        return Text(self._desk.text(words, needed=needed, size=size))
