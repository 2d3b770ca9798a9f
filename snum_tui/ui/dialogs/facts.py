"""Label and value, a line each, long values hanging under themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from textwrap import wrap

from rich.cells import cell_len

from snum_tui.ui.cells import Tone, fit
from snum_tui.ui.widgets.toned import Piece

LEAST_ROOM = 20
"""So many cells are left to what is said, if need be at the cost of the labels: a number has up to 16."""
SHORTEST_LABEL = 8
GAP = 2


@dataclass(frozen=True, slots=True)
class Fact:
    """What it is, and what it says; `short` where there is little room. What is `vital` has to be seen first."""

    label: str
    text: str
    tone: Tone = Tone.PLAIN
    short: str = ""
    vital: bool = False


def briefly(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts for a low window: what is vital before all else, and what can be said in fewer words so."""
    in_order = sorted(facts, key=lambda fact: not fact.vital)
    return [replace(fact, text=fact.short or fact.text) for fact in in_order]


def fact_pieces(facts: Sequence[Fact], width: int, *, least_label: int = 0) -> list[Piece]:
    """Return the facts as lines of at most `width` cells.

    Where there is little room, long labels wrap too, so that most of it is left to what they say. Labels take at
    least `least_label` cells, so that blocks below each other can line up.
    """
    longest = max((cell_len(fact.label) for fact in facts), default=0)
    longest = max(longest, least_label)
    labels = min(longest, max(SHORTEST_LABEL, width - GAP - LEAST_ROOM))
    room = max(12, width - labels - GAP)
    pieces: list[Piece] = []
    for fact in facts:
        said = wrap(fact.text, room, break_long_words=True)
        for label, line in zip_longest(wrap(fact.label, max(1, labels)), said or [""], fillvalue=""):
            pieces.append((("\n" if pieces else "") + fit(label, labels) + " " * GAP, Tone.DIM))
            pieces.append((line, fact.tone))
    return pieces
