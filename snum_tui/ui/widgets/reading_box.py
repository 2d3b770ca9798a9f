"""A box whose text can be longer than the box."""

from textual.containers import VerticalScroll


class ReadingBox(VerticalScroll, can_focus=False):
    """Scrolls by the wheel and by the keys of the dialog around it; the focus would give it keys of its own."""
