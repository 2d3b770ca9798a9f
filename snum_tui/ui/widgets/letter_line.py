"""A line to type into, which misses no letter."""

from rich.cells import cell_len
from rich.segment import Segment
from textual.actions import SkipAction
from textual.geometry import Size
from textual.strip import Strip

from snum_tui.ui.widgets.kept_look import KeptLook
from snum_tui.ui.widgets.ordered_input import OrderedInput

LINE_CELLS = 10_000
"""What Textual is told of the width: more than anybody types."""


class LetterLine(KeptLook, OrderedInput):
    """One line of text.

    Over a bad line keys come in bursts, and Textual sends all of a burst to what had the focus before the first.
    The app gives this line the letters that were on their way elsewhere when it opened.
    """

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(compact=True, select_on_focus=False, placeholder=placeholder, id=id)
        self.set_reactive(LetterLine.virtual_size, Size(LINE_CELLS, 1))  # as below: not with the first letter
        self.cursor_blink = False  # two repaints a second, for ever, over the person's line

    def validate_virtual_size(self, _size: Size) -> Size:
        """Let the text's length change nothing of the layout: each letter would have the whole screen laid out."""
        return Size(LINE_CELLS, 1)

    def on_resize(self) -> None:
        """Begin at the beginning: what was typed before the line had a width has scrolled all of it away."""
        if cell_len(self.value) < self.size.width:
            self.scroll_to(x=0, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """Paint the line; while nothing is selected, without the layout that Textual does for each letter."""
        if y or not self.value or not self.has_focus or not self.selection.is_empty:
            return super().render_line(y)
        at, style = self.cursor_position, self.rich_style
        cursor_style = style + self.get_component_rich_style("input--cursor")
        under, after = self.value[at : at + 1] or " ", self.value[at + 1 :]
        pieces = (self.value[:at], style), (under, cursor_style), (after, style)
        left, width = self.scroll_offset.x, self.scrollable_content_region.width + 1
        line = Strip([Segment(words, its_style) for words, its_style in pieces if words])
        return line.crop(left, left + width).extend_cell_length(width, style)

    async def action_submit(self) -> None:
        """Leave Enter to whom the registry gives it: it may be remapped."""
        raise SkipAction
