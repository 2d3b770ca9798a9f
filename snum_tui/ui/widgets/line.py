"""The lines of a list: how one is put together, piece by piece, and what they looked like when last drawn."""

from collections.abc import Callable, Hashable

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

MOST_LINES = 500
"""So many lines are kept, some kilobytes each."""


class Line:
    """Words and their styles. What continues in the same style costs no colour codes (some 40 bytes a change)."""

    __slots__ = ("_done", "_style", "_words")

    def __init__(self, words: str, style: Style) -> None:
        self._done: list[Segment] = []
        self._words = words
        self._style = style

    def add_blanks(self, cells: int) -> None:
        """Add blanks. They show only their background, which is the same along a row."""
        self._words += " " * cells

    def add(self, words: str, style: Style) -> None:
        """Add words."""
        if style is not self._style and style != self._style and words.strip(" "):
            if self._words.strip(" "):
                self._done.append(Segment(self._words, self._style))
                self._words = ""
            self._style = style
        self._words += words

    def strip(self, cells: int, width: int, rest: Style) -> Strip:
        """Return the line, which is `cells` wide by now, cut or filled up to a width."""
        self._done.append(Segment(self._words, self._style))
        if cells > width:
            return Strip(self._done, cells).crop(0, width)
        if cells < width:
            self._done.append(Segment(" " * (width - cells), rest))
        return Strip(self._done, width)


class LinesDrawn:
    """Lines as they were drawn, by what decided how they look.

    What was drawn once costs nothing at another place: what Textual and a frame make of a line is kept with it.
    """

    def __init__(self) -> None:
        self._drawn: dict[Hashable, Strip] = {}
        self._around: Hashable = None

    def of(self, around: Hashable) -> "LinesDrawn":
        """Forget all of them where something that decides about every line changed."""
        if around != self._around:
            self._around = around
            self._drawn.clear()
        return self

    def line(self, look: Hashable, paint: Callable[[], Strip]) -> Strip:
        """Return a line; painted only where it was not before, or too long ago."""
        drawn = self._drawn.get(look)
        if drawn is None:
            if len(self._drawn) >= MOST_LINES:
                self._drawn.clear()
            drawn = self._drawn[look] = paint()
        return drawn
