"""The line that says what happened last; it takes the lines it needs."""

from textwrap import wrap

from rich.text import Text
from textual import events

from snum_tui.domain.dates import clock_time
from snum_tui.engine.snapshot import Event, Link
from snum_tui.locale import Speaker
from snum_tui.ui.cells import Tone
from snum_tui.ui.signs import drawn
from snum_tui.ui.widgets.toned import Piece, TonedLine
from snum_tui.ui.wording import WEIGHT_TONES

MOST_LINES = 4
NARROW = 60
MOST_NARROW_LINES = 6
"""A sentence that fits on three lines elsewhere needs six in the narrowest window."""
_Said = tuple[str, str, Tone]
"""Time, words and tone."""
_MARKS = {Tone.GOOD: "✓ ", Tone.WARNING: "! ", Tone.BAD: "!! "}


class MessageLine(TonedLine):
    """Shows the newest event of the engine, or a newer word of the screen's own.

    One line as a rule. Sentences end in what to do, so they are never cut: they wrap, and the panes above give way.
    One that `hides` leaves its row to the rest while there is nothing to say.
    """

    def __init__(self, *, id: str | None = None, hides: bool = False) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._event: Event | None = None
        self._time = ""
        self._words = ""
        self._tone = Tone.PLAIN
        self._beneath: _Said | None = None
        self._hides = hides
        if hides:
            self.display = False

    def show_event(self, event: Event, speaker: Speaker) -> None:
        """Show what the engine tells, with its time."""
        tone = WEIGHT_TONES[event.weight]
        self._event, self._beneath = event, None
        self._show(clock_time(event.at) + " ", _marked(speaker.render(event.sentence), tone), tone)

    def show_words(self, words: str, tone: Tone = Tone.PLAIN) -> None:
        """Show a word of the screen's own."""
        self._event = self._beneath = None
        self._show("", _marked(words, tone), tone)

    def explain(self, words: str) -> None:
        """Show why a key did nothing, until it is taken back or something else is said."""
        if self._beneath is None:
            self._beneath = self._time, self._words, self._tone
        self._show("", _marked(words, Tone.WARNING), Tone.WARNING)

    def take_back(self) -> None:
        """Show again what was said before a key that did nothing."""
        if self._beneath is not None:
            said, self._beneath = self._beneath, None
            self._show(*said)

    def drop_outdated(self, link: Link) -> None:
        """Show no longer what is not so any more."""
        if self._event is None or not self._event.is_outdated(link):
            return
        self._event = None
        if self._beneath is None:
            self._show("", "", Tone.PLAIN)
        else:  # a key is answered in its place, which is taken back
            self._beneath = "", "", Tone.PLAIN

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap for the new width."""
        self._take_room()

    def _show(self, time: str, words: str, tone: Tone) -> None:
        if (time, words, tone) != (self._time, self._words, self._tone):
            self._time, self._words, self._tone = time, words, tone
            if self._hides:
                self.display = bool(words)
            self._take_room()
            self.refresh()

    def _take_room(self) -> None:
        height = len(self._lines())
        if self.size.width and self.size.height != height:
            self.styles.height = height

    def _lines(self) -> list[str]:
        room = max(10, self.size.width - 1 - len(self._time))
        most = MOST_LINES if self.app.size.width >= NARROW else MOST_NARROW_LINES
        lines = wrap(self._words, room, max_lines=most, placeholder=drawn(" …"))
        return lines or [""]

    def render(self) -> Text:
        """Paint the words; further lines hang under the first."""
        pieces: list[Piece] = []
        for at, line in enumerate(self._lines()):
            lead = " " + (self._time if at == 0 else " " * len(self._time))
            pieces.append((("\n" if at else "") + lead, Tone.DIM))
            pieces.append((line, self._tone))
        return self.painted(pieces)


def _marked(words: str, tone: Tone) -> str:
    return drawn(_MARKS.get(tone, "")) + words
