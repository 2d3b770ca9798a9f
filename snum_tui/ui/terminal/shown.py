"""What the terminal shows, as far as that is known for certain: what it shows already is not sent again.

Textual paints the whole screen several times over while a dialog opens or closes, and all of a widget that stands
to the left of a cell that changes. Here a frame becomes the cells that differ.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby, repeat
from operator import itemgetter

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from snum_tui.ui.terminal.pen import Pen, look_of, signs_of

Cell = str
"""The sign of a look, and a letter of one cell. No pair: by the thousand they would keep the collector busy."""
Piece = tuple[int, int, Strip]
"""Line, column, and what is painted from there on."""

LONGEST_GAP = 3
"""So many unchanged cells between changed ones are sent with them: to jump over them costs as much."""


class Shown:
    """The cells of the screen. None stands for a cell of which nothing is known; that one is always sent."""

    def __init__(self) -> None:
        self._lines: dict[int, list[Cell | None]] = {}

    def forget(self) -> None:
        """Trust nothing: something else may have been written on the screen, or it has another size."""
        self._lines.clear()

    def changes(self, pieces: Iterable[Piece], colours: ColorSystem) -> str:
        """Return what brings the screen from what it shows to what these pieces say, and take note of it."""
        pen = Pen()
        for line, column, strip in pieces:
            cells = _cells(strip, colours)
            if cells is None:
                self._write_whole(pen, line, column, strip, colours)
            else:
                self._write_changed(pen, line, column, cells)
        return pen.text

    def _write_changed(self, pen: Pen, line: int, column: int, cells: list[Cell]) -> None:
        known, end = self._known(line, column + len(cells)), column + len(cells)
        old = known[column:end]
        if old == cells:
            return
        known[column:end] = cells
        for first, last in _runs(old, cells):
            pen.go(line, column + first)
            for sign, stretch in groupby(cells[first : last + 1], itemgetter(0)):
                pen.write("".join(cell[1] for cell in stretch), look_of(sign))

    def _write_whole(self, pen: Pen, line: int, column: int, strip: Strip, colours: ColorSystem) -> None:
        """Write what holds letters of other widths: how far it reaches on this terminal nobody knows."""
        known = self._known(line, column + strip.cell_length)
        known[column:] = repeat(None, len(known) - column)
        pen.go(line, column)
        pen.write_whole("".join(_rendered(text, style, colours) for text, style, _ in strip))

    def _known(self, line: int, least: int) -> list[Cell | None]:
        known = self._lines.setdefault(line, [])
        known += repeat(None, least - len(known))
        return known


class Changes(CompositorUpdate):
    """A frame of Textual's that sends only what differs from what is shown."""

    def __init__(self, shown: Shown, frame: LayoutUpdate | ChopsUpdate) -> None:
        self._shown = shown
        self._frame = frame

    def render_segments(self, console: Console) -> str:
        """Return what the terminal is sent."""
        colours = console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001 - as Textual asks for it
        return self._shown.changes(_pieces(self._frame), colours)


def _pieces(frame: LayoutUpdate | ChopsUpdate) -> Iterator[Piece]:
    """Yield what Textual would write, where it would."""
    if isinstance(frame, LayoutUpdate):
        for line, strips in enumerate(frame.strips, frame.region.y):
            column = frame.region.x
            for strip in strips:
                yield line, column, strip
                column += strip.cell_length
        return
    for line, left, right in frame.spans:
        for end, (column, chop) in zip(frame.chop_ends[line], frame.chops[line].items(), strict=False):
            if chop is not None and column < right and end > left:
                yield line, column, chop if end <= right else chop.crop(0, right - column)


def _cells(strip: Strip, colours: ColorSystem) -> list[Cell] | None:
    """Return a strip's cells; None where not every letter takes one."""
    cells: list[Cell] = []
    for text, style, control in strip:
        if control or not _is_narrow(text) or (style is not None and style.link):
            return None
        sign, blank = signs_of(style, colours)
        cells += [(blank if letter == " " else sign) + letter for letter in text]
    return cells


def _rendered(text: str, style: Style | None, colours: ColorSystem) -> str:
    return text if style is None else Strip.render_style(style, text, colours)


@lru_cache(4096)
def _is_narrow(text: str) -> bool:
    return text.isprintable() and all(cell_len(letter) == 1 for letter in text)


def _runs(old: list[Cell | None], new: list[Cell]) -> Iterator[tuple[int, int]]:
    """Yield where cells differ, as the first and the last of each stretch."""
    first = last = -1
    for place, (before, after) in enumerate(zip(old, new, strict=True)):
        if before == after:
            continue
        if last < 0 or place - last - 1 > LONGEST_GAP:
            if last >= 0:
                yield first, last
            first = place
        last = place
    if last >= 0:
        yield first, last
