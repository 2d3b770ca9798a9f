"""A sheet to read: a framed box of text."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType

from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.dialog import Dialog
from snum_tui.ui.later import after_refresh
from snum_tui.ui.repaints import Repaints
from snum_tui.ui.widgets.reading_box import ReadingBox
from snum_tui.ui.widgets.toned import Piece, TonedText

PAGE_LINES = 10
ALL_LINES = 10_000
NARROWEST = 24
"""The least cells of a line."""


class Sheet(Repaints, Dialog[None]):
    """Shows text; long ones scroll. What it says is made by `content`, anew whenever it is asked to repaint."""

    PLACE = Place.SHEET
    WIDEST: ClassVar[int] = 70
    """The most cells of a line; this many of facts are read best."""
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.SHEET)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._heading_said = ""
        """What the frame says; it is drawn anew only where that has changed."""

    def compose(self) -> ComposeResult:
        """The box and its text."""
        box = ReadingBox(id="sheet")
        self._heading_said = self.heading()
        box.border_title = Text(self._heading_said)
        box.border_subtitle = Text(self._desk.key("sheet.close"))
        with box:
            yield TonedText(self.content(), id="sheet-text")

    @property
    def room(self) -> int:
        """The cells of a line: what frame, margins and the scroll bar leave of a sheet of 96 % (styles/dialogs)."""
        return max(NARROWEST, min(self.WIDEST, self.app.size.width * 96 // 100 - 7))

    def heading(self) -> str:
        """Return the title."""
        raise NotImplementedError

    def content(self) -> Sequence[Piece]:
        """Return the text."""
        raise NotImplementedError

    def explain(self, words: str) -> None:
        """Say why a key did nothing: in the frame, for the message line is behind it."""
        self.query_one("#sheet").border_subtitle = Text(words)

    def take_back(self) -> None:
        """Say there again how to go back."""
        self.query_one("#sheet").border_subtitle = Text(self._desk.key("sheet.close"))

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap for the new width."""
        after_refresh(self, self.repaint)

    def repaint(self) -> None:
        """Show the text as it is now."""
        for text in self.query("#sheet-text").results(TonedText):  # none while the sheet is still being opened
            text.show(self.content())
        if (heading := self.heading()) != self._heading_said:
            self._heading_said = heading
            for box in self.query("#sheet").results(ReadingBox):
                box.border_title = Text(heading)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()

    def action_up(self) -> None:
        """Scroll one line up."""
        self._scroll(-1)

    def action_down(self) -> None:
        """Scroll one line down."""
        self._scroll(1)

    def action_page_up(self) -> None:
        """Scroll one page up."""
        self._scroll(-PAGE_LINES)

    def action_page_down(self) -> None:
        """Scroll one page down."""
        self._scroll(PAGE_LINES)

    def action_first(self) -> None:
        """Scroll to the first line."""
        self._scroll(-ALL_LINES)

    def action_last(self) -> None:
        """Scroll to the last line."""
        self._scroll(ALL_LINES)

    def _scroll(self, lines: int) -> None:
        """Scroll by so many lines, unanimated: an animated page costs 200 kB over SSH (FACTS)."""
        self.query_one("#sheet").scroll_relative(y=lines, animate=False, immediate=True)
