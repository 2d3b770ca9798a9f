"""The signs that stand beside words, and what is drawn for them where a terminal has ASCII alone."""

from typing import Final

_IN_ASCII = str.maketrans(
    {
        "─": "-",
        "│": "|",
        **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯", "+"),
        "▸": ">",
        "▾": "^",
        "▲": "^",
        "▼": "v",
        "★": "*",
        "↺": "@",
        "●": "o",
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
        "₺": "TL",
        **dict(zip("▁▂▃▄▅▆▇█", "_.,-~=*#", strict=True)),
    }
)
_CUT = "…"
_CUT_IN_ASCII = "~"


class _Pen:
    """How this process draws: it has one terminal."""

    def __init__(self) -> None:
        self.is_ascii = False


_PEN: Final = _Pen()


def draw_in_ascii(*, on: bool) -> None:
    """Choose, once there is a terminal, whether it gets ASCII alone."""
    _PEN.is_ascii = on


def is_ascii() -> bool:
    """Tell whether ASCII alone is drawn."""
    return _PEN.is_ascii


def drawn(own: str) -> str:
    """Return words or signs of our own as this terminal can draw them. Never for text from the site."""
    return own.translate(_IN_ASCII) if _PEN.is_ascii else own


def cut_mark() -> str:
    """Return the one cell that stands where text is cut."""
    return _CUT_IN_ASCII if _PEN.is_ascii else _CUT
