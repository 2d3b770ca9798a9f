"""The line in which a filter is typed."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.terminal.app import TerminalApp
from snum_tui.ui.widgets.letter_line import LetterLine
from snum_tui.ui.widgets.ordered_input import OrderedInput, handed_on


class FilterLine(LetterLine):
    """Filters while you type. Enter goes to the list and keeps the filter; Esc shows everything again.

    `typed` is called at each change, before anything is painted: the letter and the list it filters come in one
    frame, and that frame before whatever follows from it. `leave` is called when the person goes back to the list.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.FILTER)

    AT_ONCE: ClassVar[frozenset[str]] = OrderedInput.AT_ONCE | {"done", "give_up"}

    def __init__(self, typed: Callable[[], None], leave: Callable[[], None]) -> None:
        super().__init__()
        self._typed = typed
        self._leave = leave
        self._is_edited = False
        self.disable_messages(self.Changed)  # each would be handed from pane to pane, for nobody
        self.display = False

    def watch_value(self) -> None:
        """Have the list filtered."""
        if self.is_attached and self.parent is not None:
            self._typed()
            if not self._is_edited:
                self.call_next(self._paint)

    def replace(self, text: str, start: int, end: int) -> None:
        """Change a part of the text, as each letter does; seen before anything else is done."""
        self._is_edited = True  # the cursor is moved behind the text: both are painted together, below
        super().replace(text, start, end)
        self._is_edited = False
        self._paint()

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
        self._leave()

    def action_done(self) -> None:
        """Keep the filter and go on in the list."""
        self.display = bool(self.value)
        self._leave()

    def _paint(self) -> None:
        if self.is_attached and self.parent is not None and isinstance(self.app, TerminalApp):
            self.app.paint_now(self.parent.children)

    async def _on_key(self, event: events.Key) -> None:
        """Hear no key that belongs to the list by now; all others are for the lines that this one is made of."""
        handed_on(self, event)
