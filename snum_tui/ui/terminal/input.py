"""What comes from the terminal: keys, mouse, replies."""

import codecs
import contextlib
import os
import select
from collections.abc import Callable

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.message import Message

ESCAPE_SECONDS = 0.1
"""How soon an Esc alone is known to be no longer sequence."""
CHUNK = 4096


class Bell:
    """Wakes who waits for keys: a pipe, so that both can be waited for at once. It lasts as long as the program."""

    def __init__(self) -> None:
        self._ear, self._rope = os.pipe()

    def fileno(self) -> int:
        """Return what can be read once it has been rung."""
        return self._ear

    def ring(self) -> None:
        """Wake the one who waits, or the next who will."""
        os.write(self._rope, b"\0")

    def still(self) -> None:
        """Forget that it was rung."""
        os.read(self._ear, 1)


def read_input(descriptor: int, charset: str, over: Bell, tell: Callable[[Message], None]) -> None:
    """Tell what is pressed until the bell rings or the terminal is gone. Raises OSError where it cannot be read.

    In place of Textual's own loop, which wakes up ten times a second, and ends the program at a byte that is no
    UTF-8: a key of another locale's. This one sleeps until there is something.
    """
    parser = XTermParser()
    decoder = codecs.getincrementaldecoder(charset)("ignore")
    while True:
        is_within_key = parser._timeout_time is not None  # noqa: SLF001 - Textual's parser says it nowhere else
        ready = select.select([descriptor, over.fileno()], [], [], ESCAPE_SECONDS if is_within_key else None)[0]
        if over.fileno() in ready:
            break
        if descriptor in ready:
            data = os.read(descriptor, CHUNK)
            if not data:
                break
            text = decoder.decode(data)
            for message in parser.feed(text) if text else ():  # to the parser, nothing is the end
                tell(message)
        for message in parser.tick():
            tell(message)
    with contextlib.suppress(EOFError, ParseError):
        for _ in parser.feed(""):
            pass
