"""How the lines of a row list are drawn, and how much of one changes with its row."""

from collections.abc import Callable, Sequence
from textwrap import wrap

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from snum_tui.ui.cells import MARGIN, Cell, Column, Row, Tone, fit
from snum_tui.ui.widgets.line import Line

Spans = Sequence[tuple[int, int]]
"""Each column's left edge and width."""
LEAST_HINT_CELLS = 8


def draw_row(
    mark: str, columns: Sequence[Column], cells: Sequence[Cell], spans: Spans, style_of: Callable[[Tone], Style]
) -> tuple[Line, int]:
    """Return a row's line, and how many cells it is wide: as far as its last column goes."""
    # The mark in the colours of what it stands before: a countdown in a blurred cursor's row ticks, too.
    line = Line(mark, style_of(cells[0].tone if cells else Tone.PLAIN))
    at = MARGIN
    for column, cell, (left, span) in zip(columns, cells, spans, strict=True):
        line.add_blanks(left - at)
        line.add(fit(cell.text, span, right=column.right), style_of(cell.tone))
        at = left + span
    return line, at


def draw_hint(hint: str, y: int, width: int, style: Style) -> Strip | None:
    """Return a line of a hint; None where it has none there."""
    lines = wrap(hint, max(LEAST_HINT_CELLS, width - 2 * MARGIN)) if hint else []
    if not 0 <= y < len(lines):
        return None
    return Strip([Segment(" " * MARGIN + lines[y], style)]).adjust_cell_length(width, style)


def changed_part(columns: Sequence[Column], spans: Spans, y: int, old: Row, new: Row) -> Region:
    """Return what of a line has to be painted where its row became another, which it must have."""
    changed = [at for at, (was, now) in enumerate(zip(old.cells, new.cells, strict=True)) if was != now]
    last = changed[-1]
    left, (last_left, last_span) = spans[changed[0]][0], spans[last]
    span = _changed_cells(columns[last], old.cells[last], new.cells[last], last_span)
    return Region(left, y, last_left + span - left, 1)


def _changed_cells(column: Column, old: Cell, new: Cell, span: int) -> int:
    """Return how many cells of a column have to be painted, from its left: what follows is the same blanks."""
    was, now = (fit(cell.text, span, right=column.right) for cell in (old, new))
    return min(span, max(cell_len(was.rstrip(" ")), cell_len(now.rstrip(" "))) or span)
