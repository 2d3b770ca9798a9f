"""What is written, in the terminal's character set or in ASCII: what that lacks, in the nearest letters it has."""

import codecs
import unicodedata

from rich.cells import cell_len

from snum_tui.ui.signs import is_ascii, one_cell_in_ascii

NEAREST = "snum-tui-nearest"
"""The name of this way to treat what cannot be encoded."""


def encoded(text: str, charset: str) -> bytes:
    """Encode what goes to the screen; never fails, and never changes how many cells anything takes.

    Here alone the site's text, and what is typed, becomes ASCII where ASCII is chosen. The program's own words and
    signs, which may take more cells then, are ASCII when they come.
    """
    return text.encode("ascii" if is_ascii() else charset, NEAREST)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(_in_ascii(letter) for letter in wrong), error.end


def _in_ascii(letter: str) -> str:
    """Return as many ASCII letters as the letter takes cells: `ş` is `s`, a Chinese one `??`."""
    cells = cell_len(letter)
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if part.isascii())
    near = one_cell_in_ascii(letter) or bare or "?"
    return (near * cells)[:cells] if near == "?" else near[:cells].ljust(cells)


codecs.register_error(NEAREST, _nearest)
