"""A line to type into, which misses no letter."""

from textual.actions import SkipAction
from textual.geometry import Size

from snum_tui.ui.widgets.ordered_input import OrderedInput

LINE_CELLS = 10_000
"""What Textual is told of the width: more than anybody types."""


class LetterLine(OrderedInput):
    """One line of text.

    Over a bad line keys come in bursts, and Textual sends all of a burst to what had the focus before the first.
    The app gives this line the letters that were on their way elsewhere when it opened.
    """

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(compact=True, select_on_focus=False, placeholder=placeholder, id=id)
        self.cursor_blink = False  # two repaints a second, for ever, over the person's line

    def validate_virtual_size(self, _size: Size) -> Size:
        """Let the text's length change nothing of the layout: each letter would have the whole screen laid out."""
        return Size(LINE_CELLS, 1)

    async def action_submit(self) -> None:
        """Leave Enter to whom the registry gives it: it may be remapped."""
        raise SkipAction
