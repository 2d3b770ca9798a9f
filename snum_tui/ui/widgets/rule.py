"""The lines of the frame: a rule with words on its left and its right."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from snum_tui.ui.cells import Tone
from snum_tui.ui.signs import drawn
from snum_tui.ui.widgets.toned import Piece, TonedLine, length

SIDE_CELLS = 3
"""What words on one side need beside themselves: a piece of the line and two spaces."""


class Rule(TonedLine):
    """A horizontal line between two corners, words set into it. `joint` is where another line meets it."""

    def __init__(self, left_corner: str, right_corner: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._corners = left_corner, right_corner
        self._left: tuple[Piece, ...] = ()
        self._right: tuple[Piece, ...] = ()
        self._joint: tuple[int, str] | None = None

    def show(
        self, left: Sequence[Piece], right: Sequence[Piece] = (), joint: tuple[int, str] | None = None
    ) -> None:
        """Show these words; paints only where they differ from what is there."""
        content = tuple(left), tuple(right), joint
        if content != (self._left, self._right, self._joint):
            self._left, self._right, self._joint = content
            self.refresh()

    def render(self) -> Text:
        """Paint the line."""
        inner = self.size.width - 2
        left, right = _spaced(self._left), _spaced(self._right)
        if length(left) + length(right) > inner:
            left, right = [], _cut(right, inner)
        fill = max(0, inner - length(left) - length(right))
        line = drawn("─") * fill
        start = 1 + length(left)
        if self._joint is not None and start <= self._joint[0] < start + fill:
            at = self._joint[0] - start
            line = line[:at] + drawn(self._joint[1]) + line[at + 1 :]
        opening, closing = self._corners
        return self.painted(
            [(drawn(opening), Tone.FRAME), *left, (line, Tone.FRAME), *right, (drawn(closing), Tone.FRAME)]
        )


def _cut(pieces: Sequence[Piece], room: int) -> list[Piece]:
    """Return what fits whole: a frame stays closed, whatever is said in it."""
    kept: list[Piece] = []
    for words, tone in pieces:
        room -= cell_len(words)
        if room < 0:
            break
        kept.append((words, tone))
    return kept


def _spaced(pieces: Sequence[Piece]) -> list[Piece]:
    return [(drawn("─ "), Tone.FRAME), *pieces, (" ", Tone.FRAME)] if pieces else []
