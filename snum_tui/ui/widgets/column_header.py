"""The titles above a row list."""

from collections.abc import Sequence

from rich.text import Text

from snum_tui.ui.cells import Column, Tone, fit, lay_out
from snum_tui.ui.widgets.toned import Piece, TonedLine


class ColumnHeader(TonedLine):
    """Column titles, standing exactly over the columns of the list below."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._columns: tuple[Column, ...] = ()

    def show(self, columns: Sequence[Column]) -> None:
        """Show these titles; paints only where they differ."""
        if tuple(columns) != self._columns:
            self._columns = tuple(columns)
            self.refresh()

    def render(self) -> Text:
        """Paint the line."""
        pieces: list[Piece] = []
        at = 0
        for column, (left, span) in zip(self._columns, lay_out(self._columns, self.size.width), strict=True):
            pieces.append((" " * (left - at), Tone.DIM))
            pieces.append((fit(column.title, span, right=column.right), Tone.DIM))
            at = left + span
        return self.painted(pieces)
