"""Work beside the screen: on a thread that keeps nobody from leaving."""

import threading
from collections.abc import Callable
from typing import TypeVar

from snum_tui.cli.problems import Problem
from snum_tui.domain.sentence import Sentence, say
from snum_tui.engine.trying import MISTAKE
from snum_tui.journal.errors import JournalError
from snum_tui.settings.errors import SettingsError

_Told = TypeVar("_Told")


def beside(work: Callable[[], _Told], told_of: Callable[[Sentence], _Told], tell: Callable[[_Told], None]) -> None:
    """Do the work on a thread, and tell what came of it (see `outcome`)."""
    threading.Thread(target=lambda: tell(outcome(work, told_of)), name="accounts", daemon=True).start()


def outcome(work: Callable[[], _Told], told_of: Callable[[Sentence], _Told]) -> _Told:
    """Do the work and return what came of it, whatever that is: `told_of` makes it of a problem."""
    try:
        return work()
    except (Problem, SettingsError, JournalError) as error:
        return told_of(error.sentence)
    except Exception as error:  # noqa: BLE001 - a thread's exception would be lost; the screen says it instead
        return told_of(say(MISTAKE, kind=type(error).__name__))
