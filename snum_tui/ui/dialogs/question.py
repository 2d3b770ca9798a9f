"""A question before money moves."""

import time
from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static

from snum_tui.ui.dialogs.facts import Fact, facts_text
from snum_tui.ui.widgets.row_list import Tone
from snum_tui.ui.widgets.toned import Piece, TonedLine

DEAF_SECONDS = 0.3
"""The key that opened the question must be let go first."""
SINGLE_SECONDS = 0.12
"""Keys that a held key repeats come closer together than this; two presses by a person do not."""
WIDTH = 70
FRAME_CELLS = 8
"""What the box needs beside its words."""

AGREEING = frozenset({"y", "enter"})


class Choices(TonedLine):
    """The two answers side by side; the marked one is what Enter gives."""

    def __init__(self, agree: str, decline: str) -> None:
        super().__init__()
        self._words = agree, decline
        self.agreeing = True

    def mark(self, *, agreeing: bool) -> None:
        """Mark one of the two."""
        self.agreeing = agreeing
        self.refresh()

    def render(self) -> Text:
        """Paint both; the mark is a sign, not only a colour."""
        agree, decline = self._words
        pieces: list[Piece] = [
            *_choice("y", agree, marked=self.agreeing),
            ("   ", Tone.PLAIN),
            *_choice("n", decline, marked=not self.agreeing),
        ]
        return self.painted(pieces)


def _choice(key: str, words: str, *, marked: bool) -> list[Piece]:
    opening, closing = ("▸[", "]") if marked else (" [", "]")
    tone = Tone.STRONG if marked else Tone.DIM
    return [(opening, tone), (f"{words} ", tone), (f"({key})", Tone.DIM), (closing, tone)]


class Question(ModalScreen[bool]):
    """Answers True or False. A held key never agrees: an agreeing key counts once it has come alone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,escape", "decline", show=False, id="question.decline"),
        Binding("left,right,tab,shift+tab,h,l", "switch", show=False, id="question.switch"),
    ]

    def __init__(self, title: str, facts: Sequence[Fact], agree: str, decline: str) -> None:
        super().__init__()
        self._title = title
        self._facts = tuple(facts)
        self._choices = Choices(agree, decline)
        self._last_key_at = time.monotonic()
        self._pending: Timer | None = None

    def compose(self) -> ComposeResult:
        """A small framed box in the middle."""
        box = Vertical(id="question")
        box.border_title = Text(self._title)
        with box:
            yield Static(facts_text(self._facts, self._room()), classes="facts")
            yield self._choices

    def on_key(self, event: events.Key) -> None:
        """Weigh the agreeing keys; all others go their way."""
        if event.key not in AGREEING:
            return
        event.stop()
        now = time.monotonic()
        quiet, self._last_key_at = now - self._last_key_at, now
        if self._pending is not None:
            self._pending.stop()
            self._pending = None
        if quiet < DEAF_SECONDS:
            return
        agrees = event.key == "y" or self._choices.agreeing
        self._pending = self.set_timer(SINGLE_SECONDS, lambda: self._answer(agrees=agrees))

    def action_decline(self) -> None:
        """Answer no."""
        self._answer(agrees=False)

    def action_switch(self) -> None:
        """Mark the other answer."""
        self._choices.mark(agreeing=not self._choices.agreeing)

    def _room(self) -> int:
        return max(20, min(WIDTH, self.app.size.width - FRAME_CELLS))

    def _answer(self, *, agrees: bool) -> None:
        if self.is_current:
            self.dismiss(agrees)
