"""Problems that end the program: one sentence on standard error, a status, never a traceback."""

import contextlib
import select
import sys
from typing import TextIO

from snum_tui.domain.sentence import Sentence
from snum_tui.locale import Speaker

FROZEN_MILLISECONDS = 1000


class Problem(Exception):  # noqa: N818 - reads as what it says
    """The program cannot go on; `sentence` tells the person what to do, and `more` what else there is to do."""

    def __init__(self, sentence: Sentence, language: str, status: int = 1, more: tuple[Sentence, ...] = ()) -> None:
        super().__init__(sentence.template)
        self.sentence = sentence
        self.more = more
        self.language = language
        self.status = status


def tell(sentence: Sentence, language: str) -> None:
    """Write one sentence to standard error."""
    write(sys.stderr, f"snum-tui: {Speaker(language).render(sentence)}")


def write(stream: TextIO, line: str) -> None:
    """Write one line. A terminal that is gone or frozen keeps nobody from what is still to be done."""
    with contextlib.suppress(OSError):
        if not (stream.isatty() and _is_frozen(stream.fileno())):
            stream.write(f"{line}\n")


def _is_frozen(descriptor: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLOUT)
    return not poll.poll(FROZEN_MILLISECONDS)
