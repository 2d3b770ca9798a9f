"""A question before money moves."""

import time
from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.timer import Timer

from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.cells import Tone
from snum_tui.ui.dialogs.dialog import Dialog
from snum_tui.ui.dialogs.facts import Fact, briefly, fact_pieces
from snum_tui.ui.keyboard import Keyboard
from snum_tui.ui.later import call_later
from snum_tui.ui.signs import drawn
from snum_tui.ui.widgets.reading_box import ReadingBox
from snum_tui.ui.widgets.toned import Piece, TonedLine, TonedText, length

DEAF_SECONDS = 0.3
"""The key that opened the question must be let go first."""
UNASKED_SECONDS = 1.0
"""A question that opens by itself meets keys that are meant for what was there before. It hears none until the
keyboard has rested for as long as it takes to see that there is a question."""
SINGLE_SECONDS = 0.25
"""How long an answering key must stay alone that may be the one that opened the question, still held: keyboards
repeat it first after about half a second and then at least four times a second. By itself that is Enter; `y` opens
nothing and agrees at once, unless the person mapped it so that it does."""
WIDTH = 70
FRAME_CELLS = 8
"""What the box needs beside its words."""

SIDE_BY_SIDE = "   "


class Choices(TonedLine):
    """The two answers side by side, each words and a key; the marked one is what Enter gives."""

    def __init__(self, agree: tuple[str, str], decline: tuple[str, str], *, agreeing: bool) -> None:
        super().__init__()
        self._answers = agree, decline
        self.agreeing = agreeing

    def mark(self, *, agreeing: bool) -> None:
        """Mark one of the two."""
        self.agreeing = agreeing
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Stand below each other where there is no room side by side."""
        self.styles.height = 1 if self._width() <= event.size.width else 2

    def render(self) -> Text:
        """Paint both; the mark is a sign, not only a colour."""
        gap = SIDE_BY_SIDE if self._width() <= self.size.width else "\n"
        return self.painted([*self._agree(), (gap, Tone.PLAIN), *self._decline()])

    def _agree(self) -> list[Piece]:
        return _choice(*self._answers[0], marked=self.agreeing)

    def _decline(self) -> list[Piece]:
        return _choice(*self._answers[1], marked=not self.agreeing)

    def _width(self) -> int:
        return length([*self._agree(), (SIDE_BY_SIDE, Tone.PLAIN), *self._decline()])


def _choice(words: str, key: str, *, marked: bool) -> list[Piece]:
    opening, closing = (drawn("▸["), "]") if marked else (" [", "]")
    tone = Tone.STRONG if marked else Tone.DIM
    return [(opening, tone), (f"{words} ", tone), (f"({key})", Tone.DIM), (closing, tone)]


class Question(Dialog[bool]):
    """Answers True or False. A held Enter does not agree: it counts once it has come alone (see SINGLE_SECONDS).

    The keys that can agree are weighed here and are no bindings: the rest of a burst whose first key opened the
    question must not get past the weighing. No key of the person's opens an `unasked` question: there no is marked,
    and it sleeps (see UNASKED_SECONDS). `marks_no` marks it where to agree cannot be taken back.
    """

    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012 - Textual declares it as an instance variable
    PLACE = Place.QUESTION
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.QUESTION)

    def __init__(  # noqa: PLR0913 - a question's whole world
        self,
        keyboard: Keyboard,
        title: str,
        facts: Sequence[Fact],
        agree: str,
        decline: str,
        *,
        unasked: bool = False,
        marks_no: bool = False,
    ) -> None:
        super().__init__()
        self._title = title
        self._facts = tuple(facts)
        self._sleeps = unasked
        self._agree_keys = frozenset(keyboard.action("question.agree").keys)
        self._choose_keys = frozenset(keyboard.action("question.choose").keys)
        self._help_keys = keyboard.keys_of("app.help") - keyboard.keys_in(Place.QUESTION)
        # Those that close the help over the question may still be held, too.
        closes_help = keyboard.keys_of("sheet.close") | keyboard.keys_of("app.help")
        self._may_be_held = self._choose_keys | keyboard.asking_keys | closes_help
        self._choices = Choices(
            (agree, keyboard.shown("question.agree")),
            (decline, keyboard.shown("question.decline")),
            agreeing=not (unasked or marks_no),
        )
        self._last_key_at = time.monotonic()
        self._pending: Timer | None = None

    def compose(self) -> ComposeResult:
        """A small framed box in the middle."""
        box = Vertical(id="question")
        box.border_title = Text(self._title)
        with box:
            with ReadingBox(classes="facts"):
                yield TonedText(self._said())
            yield self._choices

    def explain(self, words: str) -> None:
        """Say why a key did nothing: in the frame, for the message line is behind it."""
        self.query_one("#question").border_subtitle = Text(words)

    def take_back(self) -> None:
        """Say it no longer."""
        self.query_one("#question").border_subtitle = Text()

    def on_mount(self) -> None:
        """Count the pause of the keys from when there is something to see."""
        self._last_key_at = time.monotonic()

    def on_screen_suspend(self) -> None:
        """Take nothing for an answer any more that came before what opens over the question."""
        self._drop_pending()

    def on_screen_resume(self) -> None:
        """Count the pause of the keys anew: one that closed what stood over the question must be let go first."""
        self._last_key_at = time.monotonic()

    async def on_key(self, event: events.Key) -> None:
        """Weigh the agreeing keys, and while the question sleeps, every key; all others go their way.

        The help is opened right here: of a burst, what comes after its key is meant for the help.
        """
        answers = event.key in self._agree_keys | self._choose_keys
        if not self.is_active:
            event.stop()
            return
        if not self._sleeps and event.key in self._help_keys:
            event.stop()
            await self.app.run_action("app.help")
            return
        if not self._sleeps and not answers:
            return
        if self._rest_before_key() < (UNASKED_SECONDS if self._sleeps else DEAF_SECONDS):
            event.stop()
            return
        self._sleeps = False
        if answers:
            event.stop()
            self._weigh(event.key)

    def _rest_before_key(self) -> float:
        """Return for how long no such key came; one that was to stay alone has not."""
        now = time.monotonic()
        rest, self._last_key_at = now - self._last_key_at, now
        self._drop_pending()
        return rest

    def _drop_pending(self) -> None:
        if self._pending is not None:
            self._pending.stop()
            self._pending = None

    def _weigh(self, key: str) -> None:
        agrees = key in self._agree_keys or self._choices.agreeing
        if key in self._may_be_held:
            self._pending = call_later(self, SINGLE_SECONDS, lambda: self._answer(agrees=agrees))
        else:
            self._answer(agrees=agrees)

    def action_decline(self) -> None:
        """Answer no."""
        self._answer(agrees=False)

    def action_up(self) -> None:
        """Scroll facts that a short terminal does not show whole."""
        self.query_one(ReadingBox).scroll_relative(y=-1, animate=False, immediate=True)

    def action_down(self) -> None:
        """Scroll them on."""
        self.query_one(ReadingBox).scroll_relative(y=1, animate=False, immediate=True)

    def action_switch(self) -> None:
        """Mark the other answer."""
        self._choices.mark(agreeing=not self._choices.agreeing)

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap for the new width."""
        self.query_one(TonedText).show(self._said())

    def _said(self) -> list[Piece]:
        is_low = self.app.size.height < self.VERTICAL_BREAKPOINTS[1][0]
        return fact_pieces(briefly(self._facts) if is_low else self._facts, self._room())

    def _room(self) -> int:
        return max(20, min(WIDTH, self.app.size.width - FRAME_CELLS))

    def _answer(self, *, agrees: bool) -> None:
        if self.is_active:  # `is_current` holds below another dialog, too, and to dismiss would close that one
            self.dismiss(agrees)
