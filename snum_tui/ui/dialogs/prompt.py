"""A question with one line to type."""

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from snum_tui.ui.dialogs.question import FRAME_CELLS, WIDTH


class Prompt(ModalScreen[str | None]):
    """Answers with what was typed, or None. An empty line is an answer only where `may_be_empty`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", show=False, id="prompt.give_up")]

    def __init__(self, title: str, explanation: str, *, may_be_empty: bool = False, limit: int = 200) -> None:
        super().__init__()
        self._title = title
        self._explanation = explanation
        self._may_be_empty = may_be_empty
        self._line = Input(compact=True, max_length=limit)
        self._line.cursor_blink = False

    def compose(self) -> ComposeResult:
        """A small framed box in the middle."""
        box = Vertical(id="question")
        box.border_title = Text(self._title)
        box.border_subtitle = Text("Enter · Esc")
        with box:
            explanation = Static(Text(self._explanation), id="explanation")
            explanation.styles.width = max(20, min(WIDTH, self.app.size.width - FRAME_CELLS))
            yield explanation
            yield self._line

    def on_mount(self) -> None:
        """Type at once."""
        self.set_focus(self._line)

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if text or self._may_be_empty:
            self.dismiss(text)

    def action_give_up(self) -> None:
        """Answer nothing."""
        self.dismiss(None)
