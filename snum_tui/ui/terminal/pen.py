"""Writes at places and in colours on the terminal, and says neither where it stands already."""

from functools import lru_cache
from typing import NamedTuple

from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

SEEN_WITHOUT_A_LETTER = frozenset("456789") | {"21", "53"}
"""Attributes that show on a blank cell: lines, blinking, colours turned round."""

TURNED_OFF_BY = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "9": "29"}
"""What takes a single attribute back. The Linux console, tmux, GNU screen and mosh know all that they can show."""
TAKES_SEVERAL = {"22", "24", "25"}
"""What takes bold and dim at once, in GNU screen italics too; both kinds of lines below; both kinds of blinking."""

FIRST_SIGN = 0x100
"""What stands for a look is no blank and no other letter that means something."""


class Look(NamedTuple):
    """How letters look, as the numbers that a terminal takes; empty where it is the terminal's own.

    On blanks only what is behind them is seen: None stands for whatever it was before.
    """

    attributes: str | None = ""
    front: str | None = ""
    back: str = ""


PLAIN = Look()
"""The terminal's own."""

_numbers: dict[Look, int] = {}
_looks: list[Look] = []


def look_of(sign: str) -> Look:
    """Return the look that has this sign."""
    return _looks[ord(sign) - FIRST_SIGN]


def _sign_of(look: Look) -> str:
    if look not in _numbers:
        _numbers[look] = len(_looks)
        _looks.append(look)
    return chr(FIRST_SIGN + _numbers[look])


@lru_cache(4096)
def signs_of(style: Style | None, colours: ColorSystem) -> tuple[str, str]:
    """Return the sign for how letters in this style look, and the sign for how blanks do: one letter each."""
    look, blank = _looks_of(style, colours)
    return _sign_of(look), _sign_of(blank)


def _looks_of(style: Style | None, colours: ColorSystem) -> tuple[Look, Look]:
    if style is None:
        return Look(), Look(None, None)
    attributes = Strip.render_ansi(style.without_color, colours)
    front, back = (
        "" if colour is None else ";".join(colour.downgrade(colours).get_ansi_codes(foreground=is_front))
        for colour, is_front in ((style.color, True), (style.bgcolor, False))
    )
    look = Look(attributes, front, back)
    return look, look if _is_seen_without_a_letter(attributes) else Look(None, None, back)


@lru_cache(64)
def _is_seen_without_a_letter(attributes: str) -> bool:
    return not SEEN_WITHOUT_A_LETTER.isdisjoint(attributes.split(";"))


NEAR = 4
"""So many cells back below, and it is shorter to go there step by step than to name the place."""


class Pen:
    """Gathers what is written in one frame; begins and ends in the terminal's own colours, at no certain place."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._is_sure = False
        """Whether all letters since a place was named take one cell each, wherever they are shown."""
        self._written: list[str] = []
        self._line = self._column = -1
        self._look = self._wanted = PLAIN

    @property
    def text(self) -> str:
        """All that was written."""
        self._become(PLAIN)
        return "".join(self._written)

    def go(self, line: int, column: int) -> None:
        """Go to a place."""
        if line == self._line and column == self._column:
            return
        if self._is_near_below(line, column):
            self._written.append("\x1b[B" + "\b" * (self._column - column))
        elif line != self._line or column < self._column:
            self._written.append(f"\x1b[{line + 1};{column + 1}H")
            self._is_sure = True
        elif column > self._column:
            self._written.append(f"\x1b[{column - self._column}C")
        self._line, self._column = line, column

    def _is_near_below(self, line: int, column: int) -> bool:
        """Tell whether a place is right below; behind the last column terminals stand in different places."""
        is_known = self._is_sure and 0 <= self._line == line - 1 and self._column < self._columns
        return is_known and 0 <= self._column - column <= NEAR

    def write(self, letters: str, look: Look) -> None:
        """Write letters that take one cell each."""
        self._is_sure = self._is_sure and letters.isascii()
        if look is not self._wanted:
            self._become(look)
        self._written.append(letters)
        self._column += len(letters)

    def write_whole(self, written: str) -> None:
        """Write what sets its own colours, and ends nobody knows where."""
        self._become(PLAIN)
        self._written.append(written)
        self._line = -1

    def _become(self, look: Look) -> None:
        self._wanted = look
        self._look, codes = _turn(self._look, look)
        self._written.append(codes)


@lru_cache(4096)
def _turn(old: Look, wanted: Look) -> tuple[Look, str]:
    """Return the look that comes of wanting one after another, and the codes that turn the terminal to it."""
    attributes, front, back = wanted
    if attributes is None:
        attributes = "" if _is_seen_without_a_letter(old.attributes or "") else old.attributes
    new = Look(attributes, old.front if front is None else front, back)
    if new == old:
        return old, ""
    afresh = ["0"] * any(old) + [code for code in new if code]
    return new, min((f"\x1b[{';'.join(codes)}m" for codes in (afresh, _changing(old, new)) if codes), key=len)


def _changing(old: Look, new: Look) -> list[str]:
    """Return the codes that change only what differs; none where an attribute could not be taken back alone."""
    had, wanted = _single(old.attributes), _single(new.attributes)
    if not had - wanted <= TURNED_OFF_BY.keys():
        return []
    off = {TURNED_OFF_BY[one] for one in had - wanted}
    on = wanted if off & TAKES_SEVERAL else wanted - had
    front = [new.front or "39"] * (new.front != old.front)
    back = [new.back or "49"] * (new.back != old.back)
    return [*sorted(off), *sorted(on), *front, *back]


def _single(attributes: str | None) -> set[str]:
    return set(attributes.split(";")) if attributes else set()
