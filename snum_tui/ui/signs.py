"""The signs that stand beside words, and what is drawn for them where a terminal has ASCII alone."""

import codecs
import sys
from collections.abc import Mapping
from typing import Final

_IN_ASCII = str.maketrans(
    {
        "─": "-",
        "│": "|",
        **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯", "+"),
        "▸": ">",
        "▹": "-",
        "▾": "^",
        "▲": "^",
        "▼": "v",
        "★": "*",
        "↺": "@",
        "●": "o",
        "◎": "w",
        "◉": "W",
        "✓": "OK",
        "↑": "Up",
        "↓": "Down",
        "←": "Left",
        "→": "Right",
        "…": "...",
        "·": "|",
        **dict.fromkeys("–—", "-"),
        **dict.fromkeys("‘’", "'"),
        **dict.fromkeys("“”", '"'),
        "×": "x",
        "•": "*",
        "₺": "TL",
        **dict(zip("▁▂▃▄▅▆▇█", "_.,-~=*#", strict=True)),
        **dict(zip("ıİşŞğĞçÇöÖüÜâÂîÎûÛ", "iIsSgGcCoOuUaAiIuU", strict=True)),
    }
)
_FEW_SIGNS = frozenset({"linux", "ansi", "vt100", "vt102", "vt220"})
"""Terminals by their TERM: the Linux console has a font of 256 or 512 signs, without stars and triangles."""
_SET_BY_PYTHON = frozenset({"C.UTF-8", "C.utf8", "UTF-8"})
_CUT = "…"
_CUT_IN_ASCII = "~"


class _Pen:
    """How this process draws: it has one terminal."""

    def __init__(self) -> None:
        self.is_ascii = False


_PEN: Final = _Pen()


def locale_of(
    environment: Mapping[str, str], *, is_utf8_mode: bool = bool(sys.flags.utf8_mode)
) -> tuple[str, str] | None:
    """Return the variable that names the person's locale, and what it says; None where none does.

    The first of LC_ALL, LC_CTYPE and LANG that is set decides, as POSIX has it. In the locale C, and in one that is
    not installed, Python itself sets LC_CTYPE while it starts (PEP 538) and is in its UTF-8 mode: that one is not
    the person's.
    """
    names = ["LC_ALL", "LC_CTYPE", "LANG"]
    if is_utf8_mode and environment.get("LC_CTYPE") in _SET_BY_PYTHON:
        names.remove("LC_CTYPE")
    return next(((name, environment[name]) for name in names if environment.get(name)), None)


def charset_of(environment: Mapping[str, str], *, is_utf8_mode: bool = bool(sys.flags.utf8_mode)) -> str:
    """Return the character set of the person's locale, as Python calls it: `utf-8`, `iso8859-9`; else ASCII."""
    _variable, locale = locale_of(environment, is_utf8_mode=is_utf8_mode) or ("", "")
    # macOS writes LC_CTYPE=UTF-8, without a language.
    name = (locale.partition(".")[2].partition("@")[0] or locale).lower()
    if name.startswith("iso8859"):  # glibc writes it without a hyphen, too
        name = f"iso8859-{name.removeprefix('iso8859').removeprefix('-')}"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "ascii"


def is_short_of_signs(environment: Mapping[str, str]) -> bool:
    """Tell whether a terminal cannot show our signs: its locale has none, or its font has not."""
    return charset_of(environment) != "utf-8" or environment.get("TERM", "") in _FEW_SIGNS


def draw_in_ascii(*, on: bool) -> None:
    """Choose, once there is a terminal, whether it gets ASCII alone."""
    _PEN.is_ascii = on


def is_ascii() -> bool:
    """Tell whether ASCII alone is drawn."""
    return _PEN.is_ascii


def drawn(own: str) -> str:
    """Return words or signs of our own as this terminal can draw them. Never for text from the site."""
    return in_ascii(own) if _PEN.is_ascii else own


def in_ascii(own: str) -> str:
    """Return words or signs of our own in ASCII, whatever this terminal can draw."""
    return own.translate(_IN_ASCII)


def one_cell_in_ascii(sign: str) -> str | None:
    """Return what stands for a sign where it may take no more than one cell; None where nothing does."""
    ascii_sign = _IN_ASCII.get(ord(sign), "")
    return ascii_sign if len(ascii_sign) == 1 else None


def borders() -> dict[str, str]:
    """Return what the style sheets call the borders, and the kind of each that this terminal can draw."""
    kinds = {"edge": "solid", "box": "round", "bar": "outer"}
    return dict.fromkeys(kinds, "ascii") if _PEN.is_ascii else kinds


def cut_mark() -> str:
    """Return the one cell that stands where text is cut."""
    return _CUT_IN_ASCII if _PEN.is_ascii else _CUT
