"""One line of text in several tones: the base of the frame, the message line and the footer."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

from snum_tui.ui.cells import Tone

Piece = tuple[str, Tone]


class TonedLine(Widget):
    """Shows pieces of text on one line. Text is never parsed as markup."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"toned--{tone}" for tone in Tone}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.auto_links = False

    def painted(self, pieces: Sequence[Piece]) -> Text:
        """Return the pieces in their tones."""
        text = Text(no_wrap=True, end="", overflow="crop")
        for words, tone in pieces:
            text.append(words, self.get_component_rich_style(f"toned--{tone}", partial=True))
        return text


def length(pieces: Sequence[Piece]) -> int:
    """Return how many cells the pieces take."""
    return sum(cell_len(words) for words, _ in pieces)


def joined(groups: Sequence[Sequence[Piece]], separator: str = " · ") -> list[Piece]:
    """Put a separator between groups of pieces; empty ones are left out."""
    pieces: list[Piece] = []
    for group in groups:
        if group:
            if pieces:
                pieces.append((separator, Tone.DIM))
            pieces.extend(group)
    return pieces
