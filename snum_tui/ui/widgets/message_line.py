"""The one line that says what happened last."""

from rich.cells import cell_len
from rich.text import Text

from snum_tui.engine.snapshot import Event
from snum_tui.locale import Speaker
from snum_tui.ui.widgets.row_list import Tone, fit
from snum_tui.ui.widgets.toned import Piece, TonedLine
from snum_tui.ui.wording import WEIGHT_TONES, clock_time

_MARKS = {Tone.GOOD: "✓ ", Tone.WARNING: "! ", Tone.BAD: "!! "}


class MessageLine(TonedLine):
    """Shows the newest event of the engine, or a newer word of the screen's own."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._pieces: tuple[Piece, ...] = ()

    def show_event(self, event: Event, speaker: Speaker) -> None:
        """Show what the engine tells, with its time."""
        tone = WEIGHT_TONES[event.weight]
        words = (_MARKS.get(tone, "") + speaker.render(event.sentence), tone)
        self._show(((clock_time(event.at) + " ", Tone.DIM), words))

    def show_words(self, words: str, tone: Tone = Tone.PLAIN) -> None:
        """Show a word of the screen's own."""
        self._show(((_MARKS.get(tone, "") + words, tone),))

    def _show(self, pieces: tuple[Piece, ...]) -> None:
        if pieces != self._pieces:
            self._pieces = pieces
            self.refresh()

    def render(self) -> Text:
        """Paint the line; what is too long ends in an ellipsis."""
        room = self.size.width - 1
        cut: list[Piece] = [(" ", Tone.DIM)]
        for words, tone in self._pieces:
            width = min(room, cell_len(words))
            cut.append((fit(words, width), tone))
            room -= width
        return self.painted(cut)
