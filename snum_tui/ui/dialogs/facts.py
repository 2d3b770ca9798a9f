"""Label and value, a line each, long values hanging under themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from rich.cells import cell_len
from rich.text import Text

from snum_tui.ui.cells import Tone, fit

_STYLES = {Tone.STRONG: "bold", Tone.BAD: "bold red", Tone.WARNING: "yellow", Tone.GOOD: "green", Tone.DIM: "dim"}


@dataclass(frozen=True, slots=True)
class Fact:
    """What it is, and what it says."""

    label: str
    text: str
    tone: Tone = Tone.PLAIN


def facts_text(facts: Sequence[Fact], width: int) -> Text:
    """Return the facts as lines of at most `width` cells. Nothing in them is parsed as markup."""
    labels = max((cell_len(fact.label) for fact in facts), default=0)
    room = max(12, width - labels - 2)
    text = Text()
    for fact in facts:
        for at, line in enumerate(wrap(fact.text, room, break_long_words=True) or [""]):
            text.append("\n" if text else "")
            text.append(fit(fact.label if at == 0 else "", labels) + "  ", "dim")
            text.append(line, _STYLES.get(fact.tone, ""))
    return text
