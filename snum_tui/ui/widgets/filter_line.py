"""The line in which a filter is typed."""

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.widgets.letter_line import LetterLine


class FilterLine(LetterLine):
    """Filters while you type. Enter goes to the list and keeps the filter; Esc shows everything again."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.FILTER)

    class Done(Message):
        """The filter is typed; `kept` tells whether it stays."""

        def __init__(self, *, kept: bool) -> None:
            super().__init__()
            self.kept = kept

    def __init__(self) -> None:
        super().__init__()
        self.display = False

    def open(self) -> None:
        """Show the line and type into it."""
        self.display = True
        self.screen.set_focus(self)  # at once: letters that follow in the same burst must not go to the list

    def keep(self, text: str) -> None:
        """Filter by this text, without the focus."""
        self.value = text
        self.display = bool(text)

    def action_give_up(self) -> None:
        """Drop the filter."""
        self.value = ""
        self.display = False
        self.post_message(self.Done(kept=False))

    def action_done(self) -> None:
        """Keep the filter and go on in the list."""
        self.display = bool(self.value)
        self.post_message(self.Done(kept=True))
