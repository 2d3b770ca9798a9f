"""The lines of a list: how one is put together, piece by piece, and what they looked like when last drawn."""

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip


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
    """Lines as they were drawn, by their place, each with what decided how it looks."""

    def __init__(self) -> None:
        self._drawn: dict[int, tuple[object, Strip]] = {}

    def line(self, y: int, look: object, paint: Callable[[int], Strip]) -> Strip:
        """Return a line, painted only where something else decides its look than did before."""
        drawn = self._drawn.get(y)
        if drawn is None or drawn[0] != look:
            drawn = self._drawn[y] = look, paint(y)
        return drawn[1]
