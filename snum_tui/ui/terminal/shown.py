"""What the terminal shows, as far as that is known for certain: what it shows already is not sent again.

Textual paints the whole screen several times over while a dialog opens or closes, and all of a widget that stands
to the left of a cell that changes. Here a frame becomes the cells that differ.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from snum_tui.ui.terminal.pen import look_of, signs_of
from snum_tui.ui.terminal.strokes import Stroke, written

Cells = tuple[str, str]
"""Letters of one cell each, and for each the sign of its look."""
Read = tuple[Cells, str]
"""Cells, and for each the sign of what it is written with."""
UNKNOWN = "\0"
Piece = tuple[int, int, Strip]
"""Line, column, and what is painted from there on."""

LONGEST_GAP = 3
"""So many unchanged cells between changed ones are sent with them: to jump over them costs as much."""
FIRST_DISPUTED = "\N{MAHJONG TILE EAST WIND}"
"""From here on stand pictures. Terminals give some that count as one cell two, a flag of two letters up to four."""

_DIFFERENT = re.compile(rb"[^\x00]+(?:\x00{1,%d}[^\x00]+)*" % LONGEST_GAP)
_ALIKE = re.compile(r"(.)\1*", re.DOTALL)
_LETTER = re.compile("[^ ]")
_LETTER_BYTES = 4


class Shown:
    """The cells of the screen, a line as its letters and the signs of their looks. What is not known is sent."""

    def __init__(self) -> None:
        self._lines: dict[int, Cells] = {}

    def forget(self) -> None:
        """Trust nothing: something else may have been written on the screen, or it has another size."""
        self._lines.clear()

    def changes(self, pieces: Iterable[Piece], colours: ColorSystem, columns: int) -> str:
        """Return what brings a screen of so many columns to what these pieces say, and take note of it."""
        strokes: list[Stroke] = []
        for line, column, strip in pieces:
            cells = _read(strip, colours)
            if cells is None:
                strokes.append(self._whole(line, column, strip, colours))
            else:
                strokes += self._changed(line, column, *cells)
        return written(strokes, columns)

    def _changed(self, line: int, column: int, cells: Cells, pens: str) -> Iterator[Stroke]:
        letters, signs = cells
        end = column + len(letters)
        known_letters, known_signs = self._known(line, end)
        old_letters, old_signs = known_letters[column:end], known_signs[column:end]
        if old_letters == letters and old_signs == signs:
            return
        self._lines[line] = (
            known_letters[:column] + letters + known_letters[end:],
            known_signs[:column] + signs + known_signs[end:],
        )
        for run in _DIFFERENT.finditer(_differing(old_letters, letters, old_signs, signs)):
            for same in _ALIKE.finditer(pens, *run.span()):
                yield line, column + same.start(), letters[same.start() : same.end()], look_of(same[1])

    def _whole(self, line: int, column: int, strip: Strip, colours: ColorSystem) -> Stroke:
        """Return what holds letters of other widths: how far it reaches on this terminal nobody knows."""
        letters, signs = self._known(line, column)
        self._lines[line] = letters[:column], signs[:column]
        return line, column, "".join(_rendered(text, style, colours) for text, style, _ in strip), None

    def _known(self, line: int, least: int) -> Cells:
        letters, signs = self._lines.get(line, ("", ""))
        return letters.ljust(least, UNKNOWN), signs.ljust(least, UNKNOWN)


class Changes(CompositorUpdate):
    """A frame of Textual's that sends only what differs from what is shown."""

    def __init__(self, shown: Shown, frame: LayoutUpdate | ChopsUpdate) -> None:
        self._shown = shown
        self._frame = frame
        self._written: str | None = None

    def written(self, console: Console) -> str:
        """Return what the terminal is sent, however often it is asked for; empty where it shows all of it."""
        if self._written is None:
            colours = console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001 - as Textual asks for it
            self._written = self._shown.changes(_pieces(self._frame), colours, _columns(self._frame))
        return self._written

    def render_segments(self, console: Console) -> str:
        """Return the same; Textual's name for it."""
        return self.written(console)


def _columns(frame: LayoutUpdate | ChopsUpdate) -> int:
    """Return how many columns the screen has."""
    if isinstance(frame, LayoutUpdate):
        return frame.region.right
    return max((ends[-1] for ends in frame.chop_ends if ends), default=0)


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


def _differing(old_letters: str, letters: str, old_signs: str, signs: str) -> bytes:
    """Return a byte for each cell, 0 where letter and look are what they were.

    All cells are compared at once, as two large numbers of four bytes a cell.
    """
    differ = (_number(old_letters) ^ _number(letters)) | (_number(old_signs) ^ _number(signs))
    differ |= differ >> 16
    differ |= differ >> 8  # now the first byte of each four tells of all four
    return differ.to_bytes(_LETTER_BYTES * len(letters), "little")[::_LETTER_BYTES]


def _number(text: str) -> int:
    return int.from_bytes(text.encode("utf-32-le"), "little")


def _read(strip: Strip, colours: ColorSystem) -> Read | None:
    """Return a strip's cells; None where not every letter takes one cell."""
    letters = signs = pens = ""
    for segment in strip:
        read = _read_piece(segment, colours)
        if read is None:
            return None
        (its_letters, its_signs), its_pens = read
        letters += its_letters
        signs += its_signs
        pens += its_pens
    return (letters, signs), pens


@lru_cache(4096)
def _read_piece(segment: Segment, colours: ColorSystem) -> Read | None:
    """Return the cells of a piece of a strip, which there are few of: blanks, names, figures.

    Blanks between words are written with the words: to change nothing is shorter.
    """
    text, style, control = segment
    if control or not _is_narrow(text) or (style is not None and style.link):
        return None
    sign, blank = signs_of(style, colours)
    pens = (blank if text.isspace() else sign) * len(text)
    return (text, _LETTER.sub(sign, text).replace(" ", blank)), pens


def _rendered(text: str, style: Style | None, colours: ColorSystem) -> str:
    return text if style is None else Strip.render_style(style, text, colours)


def _is_narrow(text: str) -> bool:
    return text.isprintable() and (text.isascii() or all(map(_is_one_cell, set(text))))


@lru_cache(4096)
def _is_one_cell(letter: str) -> bool:
    return letter < FIRST_DISPUTED and cell_len(letter) == 1
