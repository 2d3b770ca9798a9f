"""Problems that end the program: one sentence on standard error, a status, never a traceback."""

import contextlib
import sys

from snum_tui.domain.sentence import Sentence
from snum_tui.locale import Speaker


class Problem(Exception):  # noqa: N818 - reads as what it says
    """The program cannot go on; `sentence` tells the person what to do."""

    def __init__(self, sentence: Sentence, language: str, status: int = 1) -> None:
        super().__init__(sentence.template)
        self.sentence = sentence
        self.language = language
        self.status = status


def tell(sentence: Sentence, language: str) -> None:
    """Write one sentence to standard error. A terminal that is gone keeps nobody from what is still to be done."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"snum-tui: {Speaker(language).render(sentence)}\n")
