"""A setting whose value is typed: a number, or an amount."""

from collections.abc import Callable
from textwrap import wrap

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from snum_tui.domain.sentence import N_
from snum_tui.domain.setting import Setting, written
from snum_tui.ui.actions import Place
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.dialog import Dialog
from snum_tui.ui.dialogs.prompt import PromptLine
from snum_tui.ui.dialogs.question import FRAME_CELLS, WIDTH
from snum_tui.ui.signs import drawn
from snum_tui.ui.widgets.reading_box import ReadingBox
from snum_tui.ui.widgets.toned import TonedText

LONGEST = 24


class ValuePrompt(Dialog[None]):
    """Hands over what was typed, and stays until that is accepted; what it may be stands below the line."""

    PLACE = Place.PROMPT
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012 - Textual declares it as an instance variable

    def __init__(self, desk: Desk, setting: Setting, answer: Callable[[str], None]) -> None:
        super().__init__()
        self._desk = desk
        self._setting = setting
        self._answer = answer
        self._line = PromptLine(LONGEST)
        self._line.value = written(setting.value)
        self._below = TonedText()

    def compose(self) -> ComposeResult:
        """A small framed box in the middle."""
        desk, setting = self._desk, self._setting
        box = Vertical(id="question")
        box.border_title = Text(setting.name)
        keys = desk.key("prompt.submit"), desk.key("prompt.give_up")
        box.border_subtitle = Text(drawn(" · ").join(keys))
        with box:
            with ReadingBox(classes="facts"):
                yield TonedText([(self._wrapped(desk.text(setting.description)), Tone.PLAIN)])
            yield self._line
            yield self._below

    def on_mount(self) -> None:
        """Type at once."""
        self._say_what_it_may_be()
        self.set_focus(self._line)

    def refuse(self, words: str) -> None:
        """Say why what was typed is not taken."""
        self._below.show([(self._wrapped(words), Tone.BAD)])

    def accept(self) -> None:
        """Close: it is kept."""
        if self.is_active:
            self.dismiss()

    def _wrapped(self, words: str) -> str:
        return "\n".join(wrap(words, max(20, min(WIDTH, self.app.size.width - FRAME_CELLS))))

    @on(Input.Submitted)
    def _typed_whole(self, event: Input.Submitted) -> None:
        self._answer(event.value.strip())

    @on(Input.Changed)
    def _say_what_it_may_be(self) -> None:
        words = self._desk.text(N_("May be: {allowed}"), allowed=self._setting.allowed)
        self._below.show([(self._wrapped(words), Tone.DIM)])

    @on(PromptLine.GivenUp)
    def _given_up(self) -> None:
        self.dismiss()
