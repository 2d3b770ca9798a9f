"""What lists are made of: columns, rows, cells and their tones, and how they are laid out on a line of text."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rich.cells import cell_len, set_cell_size

from snum_tui.ui.signs import cut_mark

GAP = 2
MARGIN = 2
"""Cells before the first column: the cursor's mark stands there, so that it shows without colour."""


class Tone(StrEnum):
    """What a cell means. Never by colour alone: the text says it too."""

    PLAIN = "plain"
    DIM = "dim"
    STRONG = "strong"
    BOLD = "bold"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    FRAME = "frame"

    __hash__ = str.__hash__  # Enum's own is in Python, and each line that is looked up asks for it eleven times


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `title` is already translated; a `width` of 0 takes what the others leave."""

    title: str
    width: int
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a row's column."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `key` is what it is about and stays the same while its cells change."""

    key: str
    cells: tuple[Cell, ...]


WIDEST = 72
"""No column is wider: in a wide window the eye must find the end of a row, and its blanks cost bytes."""


def lay_out(columns: Sequence[Column], width: int) -> tuple[tuple[int, int], ...]:
    """Return each column's left edge and width in a line of `width` cells."""
    fixed = sum(column.width for column in columns)
    gaps = MARGIN + GAP * max(0, len(columns) - 1)
    flexible = min(WIDEST, max(4, width - fixed - gaps - 1))
    spans = []
    left = MARGIN
    for column in columns:
        span = column.width or flexible
        spans.append((left, span))
        left += span + GAP
    return tuple(spans)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Cut or pad text to exactly `width` cells, with a mark where something is cut."""
    length = len(text) if text.isascii() else cell_len(text)
    if length > width:
        return set_cell_size(text, max(0, width - 1)) + cut_mark() if width else ""
    pad = " " * (width - length)
    return pad + text if right else text + pad
