"""Scroll bars: by themselves with eighths of a cell at their ends, in ASCII of whole cells."""

from typing import ClassVar

from textual.scrollbar import ScrollBar, ScrollBarRender

from snum_tui.ui.signs import is_ascii


class WholeCells(ScrollBarRender):
    """A bar of reversed blanks."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


def choose_scroll_bar() -> None:
    """Have all bars drawn as this terminal can; it is Textual's way to say so."""
    ScrollBar.renderer = WholeCells if is_ascii() else ScrollBarRender
