"""A setting as a person finds and changes it while the program runs."""

from dataclasses import dataclass
from enum import StrEnum

from snum_tui.domain.sentence import Sentence

Value = bool | str | tuple[str, ...] | None
"""What a setting may be; a number as it is written, None for one that is not set."""


class SettingKind(StrEnum):
    """How it is changed: turned over, one of some chosen, any of some chosen, or typed."""

    SWITCH = "switch"
    CHOICE = "choice"
    SEVERAL = "several"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Setting:
    """One option of config.toml.

    `keys` is its place there: `("tell", "bell")`. `title` (a phrase) and `description` (sentences) are gettext
    templates. `value` is what the file says, or what holds by itself; `in_force` is what counts after the command
    line, the environment and the terminal had their say. `overridden_by` names the variable or the flag that goes
    before the file, empty where none does. `choices` are all values of a CHOICE, or what any of a SEVERAL may be.
    """

    keys: tuple[str, ...]
    kind: SettingKind
    title: str
    description: str
    allowed: Sentence
    value: Value
    in_force: Value
    choices: tuple[Value, ...] = ()
    overridden_by: str = ""

    @property
    def name(self) -> str:
        """Its name, without the profile that it is of: `tell.bell`, `day_limit`."""
        return ".".join(self.keys[2:] if self.keys[0] == "profiles" else self.keys)


def written(value: Value) -> str:
    """Write a value as in config.toml, without quotes and brackets: `true`, `ansi-dark`, `code, stock`."""
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return ", ".join(value)
        case _:
            return value or ""
