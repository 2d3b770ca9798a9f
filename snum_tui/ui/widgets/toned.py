"""Text in several tones: one line is the base of the frame, the message line and the footer; a block of dialogs."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

from snum_tui.ui.cells import Tone
from snum_tui.ui.signs import drawn
from snum_tui.ui.widgets.kept_look import KeptLook

Piece = tuple[str, Tone]


class TonedLine(KeptLook, Widget):
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


class TonedText(TonedLine):
    """A block of text as wide and as high as it is; further lines come with the pieces. The mouse can select it."""

    ALLOW_SELECT = True

    def __init__(self, pieces: Sequence[Piece] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.set_reactive(Widget.shrink, False)  # noqa: FBT003 - a box as wide as its text asks how wide that is
        self._pieces = tuple(pieces)

    @property
    def plain(self) -> str:
        """The text without its tones."""
        return "".join(words for words, _ in self._pieces)

    def show(self, pieces: Sequence[Piece]) -> None:
        """Show these pieces."""
        if tuple(pieces) != self._pieces:
            self._pieces = tuple(pieces)
            self.refresh(layout=True)

    def render(self) -> Text:
        """Paint the block; what is too long for it is wrapped."""
        text = self.painted(self._pieces)
        text.no_wrap, text.overflow = False, "fold"
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
                pieces.append((drawn(separator), Tone.DIM))
            pieces.extend(group)
    return pieces
