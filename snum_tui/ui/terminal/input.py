"""What comes from the terminal: keys, mouse, replies."""

import codecs
import contextlib
import os
import select
import threading
from collections.abc import Callable

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.message import Message

LOOK_SECONDS = 0.1
"""How soon an Esc alone is known to be no longer sequence, and the end of the program noticed."""
CHUNK = 4096


def read_input(descriptor: int, charset: str, over: threading.Event, tell: Callable[[Message], None]) -> None:
    """Tell what is pressed until it is `over` or the terminal is gone. Raises OSError where it cannot be read.

    In place of Textual's own loop, which ends the program at a byte that is no UTF-8: a key of another locale's.
    """
    parser = XTermParser()
    decoder = codecs.getincrementaldecoder(charset)("ignore")
    while not over.is_set():
        if select.select([descriptor], [], [], LOOK_SECONDS)[0]:
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
