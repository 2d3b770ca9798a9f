"""The titles above a row list."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from snum_tui.ui.cells import Column, Tone, fit, lay_out
from snum_tui.ui.widgets.toned import TonedLine


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

    def render_line(self, y: int) -> Strip:
        """Paint the line, in one piece: it is painted with each letter of a filter."""
        del y
        width, words = self.size.width, ""
        for column, (left, span) in zip(self._columns, lay_out(self._columns, width), strict=True):
            words += " " * (left - cell_len(words)) + fit(column.title, span, right=column.right)
        style = self.rich_style + self.get_component_rich_style(f"toned--{Tone.DIM}", partial=True)
        return Strip([Segment(words, style)]).adjust_cell_length(width, style)
