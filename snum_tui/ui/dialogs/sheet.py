"""A sheet to read: a framed box of text that Esc closes."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from snum_tui.ui.repaints import Repaints


class Sheet(Repaints, ModalScreen[None]):
    """Shows text; long ones scroll. What it says is made by `content`, anew whenever it is asked to repaint."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,question_mark,f1", "close", show=False, id="sheet.close"),
        Binding("up,k", "scroll(-1)", show=False, id="sheet.up"),
        Binding("down,j", "scroll(1)", show=False, id="sheet.down"),
        Binding("pageup", "scroll(-10)", show=False, id="sheet.page_up"),
        Binding("g,home", "scroll(-10000)", show=False, id="sheet.first"),
        Binding("G,end", "scroll(10000)", show=False, id="sheet.last"),
        Binding("pagedown,space", "scroll(10)", show=False, id="sheet.page_down"),
    ]

    def compose(self) -> ComposeResult:
        """The box and its text."""
        box = VerticalScroll(id="sheet")
        box.border_title = Text(self.heading())
        box.border_subtitle = Text("Esc")
        with box:
            text = Static(self.content(), id="sheet-text")
            text.auto_links = False  # a pointer that crosses it would repaint it (FACTS)
            yield text

    def heading(self) -> str:
        """Return the title."""
        raise NotImplementedError

    def content(self) -> Text:
        """Return the text."""
        raise NotImplementedError

    def repaint(self) -> None:
        """Show the text as it is now."""
        self.query_one("#sheet-text", Static).update(self.content())

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines, unanimated: an animated page costs 200 kB over SSH (FACTS)."""
        self.query_one("#sheet").scroll_relative(y=lines, animate=False)
