"""A mistake of ours: what went wrong goes into a file, one sentence goes to the person."""

import os
import traceback
from pathlib import Path

from snum_tui.domain.sentence import N_, Sentence, say

FILE_NAME = "crash.log"
PRIVATE_FILE = 0o600

CRASHED = N_("A mistake inside snum-tui closed it. Your orders are in the journal; what went wrong is in {path}")
CRASHED_UNWRITTEN = N_("A mistake inside snum-tui closed it ({kind}). Your orders are in the journal.")


def report(error: BaseException, directory: Path) -> Sentence:
    """Write the traceback, without local variables, and return the sentence for the person. Never raises."""
    path = directory / FILE_NAME
    try:
        directory.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.writelines(traceback.format_exception(error))
    except OSError:
        return say(CRASHED_UNWRITTEN, kind=type(error).__name__)
    return say(CRASHED, path=path)
