"""Label and value, a line each, long values hanging under themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from rich.cells import cell_len

from snum_tui.ui.cells import Tone, fit
from snum_tui.ui.widgets.toned import Piece


@dataclass(frozen=True, slots=True)
class Fact:
    """What it is, and what it says."""

    label: str
    text: str
    tone: Tone = Tone.PLAIN


def fact_pieces(facts: Sequence[Fact], width: int) -> list[Piece]:
    """Return the facts as lines of at most `width` cells."""
    labels = max((cell_len(fact.label) for fact in facts), default=0)
    room = max(12, width - labels - 2)
    pieces: list[Piece] = []
    for fact in facts:
        for at, line in enumerate(wrap(fact.text, room, break_long_words=True) or [""]):
            label = fit(fact.label if at == 0 else "", labels)
            pieces.append((("\n" if pieces else "") + label + "  ", Tone.DIM))
            pieces.append((line, fact.tone))
    return pieces
