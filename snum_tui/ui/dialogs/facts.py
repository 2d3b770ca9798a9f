"""Label and value, a line each, long values hanging under themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from textwrap import wrap

from rich.cells import cell_len
from rich.text import Text

from snum_tui.ui.cells import Tone, fit

STYLES = {Tone.STRONG: "bold", Tone.BAD: "bold red", Tone.WARNING: "yellow", Tone.GOOD: "green", Tone.DIM: "dim"}

LEAST_ROOM = 20
"""So many cells are left to what is said, if need be at the cost of the labels: a number has up to 16."""
SHORTEST_LABEL = 8
GAP = 2


@dataclass(frozen=True, slots=True)
class Fact:
    """What it is, and what it says."""

    label: str
    text: str
    tone: Tone = Tone.PLAIN


def facts_text(facts: Sequence[Fact], width: int) -> Text:
    """Return the facts as lines of at most `width` cells. Nothing in them is parsed as markup.

    Where there is little room, long labels wrap too, so that most of it is left to what they say.
    """
    longest = max((cell_len(fact.label) for fact in facts), default=0)
    labels = min(longest, max(SHORTEST_LABEL, width - GAP - LEAST_ROOM))
    room = max(12, width - labels - GAP)
    text = Text()
    for fact in facts:
        said = wrap(fact.text, room, break_long_words=True)
        for label, line in zip_longest(wrap(fact.label, max(1, labels)), said or [""], fillvalue=""):
            text.append("\n" if text else "")
            text.append(fit(label, labels) + " " * GAP, "dim")
            text.append(line, STYLES.get(fact.tone, ""))
    return text
