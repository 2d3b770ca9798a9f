"""A row list whose cursor is moved by keys that are typed elsewhere."""

from collections.abc import Sequence
from typing import Self

from rich.cells import get_character_cell_size
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip

from snum_tui.ui.cells import Column, Row
from snum_tui.ui.widgets.row_list import LIST_WIDTH, RowList

LIST_HEIGHT = 100_000
"""What Textual is told of the height: more than there ever are rows."""
_REST = ""
"""What stands in the second cell of a wide letter."""


class GuidedList(RowList, can_focus=False):
    """Never has the focus, yet shows its cursor as the one that keys move.

    While somebody types, most rows give their place to others: from line to line only what differs is painted.
    """

    _holds_paint = False
    _lines: tuple[Strip, ...] = ()
    """What the lines look like since the last `show_anew`; none after anything else has changed them."""

    @property
    def has_focus(self) -> bool:  # type: ignore[override]  # what Textual keeps there is never set: see can_focus
        """Whether the cursor counts as the one that keys move: always."""
        return True

    def validate_virtual_size(self, _size: Size) -> Size:
        """Let the number of rows change nothing of the layout, which would paint the whole list anew."""
        return Size(LIST_WIDTH, LIST_HEIGHT)

    @property
    def max_scroll_y(self) -> int:
        """How far there is anything to scroll to."""
        return max(0, len(self.keys) - self.size.height)

    def show_anew(self, columns: Sequence[Column], rows: Sequence[Row], hint: str, *, from_top: bool) -> None:
        """Show this content, with the cursor on its row, or `from_top` on the first."""
        before = self._lines if self._lines_fit else self._rendered()
        self._lines = ()
        self._holds_paint = True
        try:
            self.hint = hint
            self.show(columns, rows)
            if from_top:
                self.move_to(0)
            if self.scroll_offset.y > self.max_scroll_y:
                self.scroll_to(y=self.max_scroll_y, animate=False, force=True)
        finally:
            self._holds_paint = False
        after = self._rendered()
        for y, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                left, right = _difference(old, new)
                self.refresh(Region(left, y, right - left, 1))
        self._lines = after

    @property
    def _lines_fit(self) -> bool:
        """Whether the lines are of the size that the widget has now; the news of another size may be on its way."""
        lines = self._lines
        return len(lines) == self.size.height and all(line.cell_length == self.line_cells for line in lines[:1])

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Repaint; while new content is taken in, only what the layout needs."""
        if self._holds_paint and not layout and not recompose:
            return self
        self._lines = ()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def draw_line(self, index: int, spans: Sequence[tuple[int, int]], width: int) -> Strip:
        """Draw a line, its neighbours of one style in one piece: each costs forty bytes."""
        if self._lines and self._lines_fit:
            return self._lines[index - self.scroll_offset.y]
        return super().draw_line(index, spans, width).simplify()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other rows come into view."""
        self._lines = ()
        super().watch_scroll_y(old_value, new_value)

    def notify_style_update(self) -> None:
        """Forget how the lines looked: the theme changed."""
        super().notify_style_update()
        self._lines = ()

    def _rendered(self) -> tuple[Strip, ...]:
        return tuple(self.render_line(y) for y in range(self.size.height))


def _difference(old: Strip, new: Strip) -> tuple[int, int]:
    """Return where two lines begin and end to differ; the whole line where their cells cannot be told apart."""
    were, are = _cells(old), _cells(new)
    width = new.cell_length
    if not len(were) == len(are) == width:
        return 0, width
    differ = [place for place, (was, now) in enumerate(zip(were, are, strict=True)) if was != now]
    left, right = differ[0], differ[-1] + 1
    # A wide letter is painted whole.
    while left and _REST in {were[left][0], are[left][0]}:
        left -= 1
    while right < width and _REST in {were[right][0], are[right][0]}:
        right += 1
    return left, right


def _cells(strip: Strip) -> list[tuple[str, Style | None]]:
    """Return what stands in each cell of a line."""
    cells: list[tuple[str, Style | None]] = []
    for text, style, _ in strip:
        for letter in text:
            size = get_character_cell_size(letter)
            cells.extend([(letter, style), (_REST, style)][:size])
            if not size and cells:
                cells[-1] = cells[-1][0] + letter, style
    return cells
