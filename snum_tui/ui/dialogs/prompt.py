"""A question with one line to type."""

from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.dialogs.dialog import Dialog
from snum_tui.ui.dialogs.question import FRAME_CELLS, WIDTH
from snum_tui.ui.keyboard import Keyboard
from snum_tui.ui.signs import drawn
from snum_tui.ui.widgets.ordered_input import OrderedInput


class PromptLine(OrderedInput):
    """The line; it hears the keys that end a prompt."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.PROMPT)

    class GivenUp(Message):
        """The person does not answer."""

    def __init__(self, limit: int) -> None:
        super().__init__(compact=True, max_length=limit)
        self.cursor_blink = False

    def action_give_up(self) -> None:
        """Answer nothing."""
        self.post_message(self.GivenUp())


class Prompt(Dialog[str | None]):
    """Answers with what was typed, or None. An empty line is an answer only where `may_be_empty`."""

    PLACE = Place.PROMPT
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012 - Textual declares it as an instance variable

    def __init__(
        self, keyboard: Keyboard, title: str, explanation: str, *, may_be_empty: bool = False, limit: int = 200
    ) -> None:
        super().__init__()
        self._keys = f"{keyboard.shown('prompt.submit')} {drawn('·')} {keyboard.shown('prompt.give_up')}"
        self._title = title
        self._explanation = explanation
        self._may_be_empty = may_be_empty
        self._line = PromptLine(limit)

    def compose(self) -> ComposeResult:
        """A small framed box in the middle."""
        box = Vertical(id="question")
        box.border_title = Text(self._title)
        box.border_subtitle = Text(self._keys)
        with box:
            yield Static(Text(self._explanation), id="explanation")
            yield self._line

    def on_mount(self) -> None:
        """Type at once."""
        self._wrap()
        self.set_focus(self._line)

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap for the new width."""
        self._wrap()

    def _wrap(self) -> None:
        self.query_one("#explanation").styles.width = max(20, min(WIDTH, self.app.size.width - FRAME_CELLS))

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if text or self._may_be_empty:
            self.dismiss(text)

    @on(PromptLine.GivenUp)
    def _given_up(self) -> None:
        self.dismiss(None)
