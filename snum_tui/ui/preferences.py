"""The person's settings as the screens see them: looked at and changed. The command line puts it together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from snum_tui.domain.sentence import Sentence
from snum_tui.domain.setting import Setting, Value


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a change: the setting as it is now, or the problem that left everything as it was.

    `remark` is what else there is to say of the file.
    """

    setting: Setting | None = None
    problem: Sentence | None = None
    remark: Sentence | None = None


class Preferences(Protocol):
    """Everything here returns at once, and calls `tell` later, from another thread."""

    def look(self, profile: str, tell: Callable[[tuple[Setting, ...]], None]) -> None:
        """List the settings that can be changed from here; none where config.toml cannot be used."""
        ...

    def change(self, setting: Setting, value: Value, tell: Callable[[Changed], None]) -> None:
        """Write a setting into config.toml; a text that was typed is read as what it stands for. None: not set."""
        ...
