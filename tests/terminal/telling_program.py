"""The real program, which on USR1 writes down what it thinks is on the screen, cell by cell, into SCREEN_FILE."""

import json
import os
import signal
import sys
from pathlib import Path

from pyte.graphics import FG_AIXTERM, FG_ANSI
from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from textual._context import visible_screen_stack

from snum_tui.cli import main
from snum_tui.ui.app import SnumApp

BRIGHT = 8
"""The first of the bright ones among the sixteen colours."""
_begin = SnumApp.on_mount


def _write_down(app: SnumApp) -> None:
    with app._context():
        visible_screen_stack.set(app._background_screens)
        strips = app.screen._compositor.render_strips()
    cells = [[cell for text, style, _ in strip for cell in _cells(text, style or Style())] for strip in strips]
    path = Path(os.environ["SCREEN_FILE"])
    path.with_suffix(".new").write_text(json.dumps(cells))
    path.with_suffix(".new").rename(path)


def _cells(text: str, style: Style) -> list[list[object]]:
    attributes = [bool(one) for one in (style.bold, style.italic, style.underline, style.strike, style.reverse)]
    look = [_named(style.color), _named(style.bgcolor), *attributes]
    return [[part, *look] for letter in text for part in (letter, *[""] * (cell_len(letter) - 1))]


def _named(colour: Color | None) -> str:
    """Name a colour as the emulator does."""
    if colour is None or colour.is_default:
        return "default"
    if colour.number is None:
        return colour.get_truecolor().hex[1:]
    return str({**FG_ANSI, **FG_AIXTERM}[colour.number + (30 if colour.number < BRIGHT else 90 - BRIGHT)])


def _mount(self: SnumApp) -> None:
    _begin(self)
    assert self._loop is not None
    self._loop.add_signal_handler(signal.SIGUSR1, _write_down, self)


if __name__ == "__main__":
    SnumApp.on_mount = _mount  # type: ignore[method-assign]  # it does the same, and listens
    sys.exit(main())
