"""What holds of the options that are the same for every profile, and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from snum_tui.settings.language import VARIABLE, choose_language, locale_variable, read_language
from snum_tui.settings.options import Option
from snum_tui.settings.profile import PROFILE_VARIABLE, given
from snum_tui.ui.signs import is_short_of_signs

NO_COLOR = "NO_COLOR"


class Origin(StrEnum):
    """Where a value comes from; the values are for programs. TERMINAL: made out from the terminal or the locale."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"
    COMMAND_LINE = "command_line"
    TERMINAL = "terminal"


@dataclass(frozen=True, slots=True)
class Effective:
    """An option with the value that holds. `source` names the variable or the flag, empty for other origins.

    What is `hidden` is set and never shown: `value` is None then.
    """

    option: Option
    value: object
    origin: Origin
    source: str = ""
    hidden: bool = False

    @property
    def is_overridden(self) -> bool:
        """Whether the file says something, and something else goes before it."""
        return self.option.is_set and self.origin is not Origin.FILE


class Arguments(Protocol):
    """What the command line may say of settings."""

    @property
    def profile(self) -> str | None:
        """The profile asked for by --profile."""
        ...

    @property
    def language(self) -> str | None:
        """The language asked for by --language."""
        ...

    @property
    def mouse(self) -> bool:
        """False where --no-mouse was given."""
        ...


def of_file(option: Option) -> Effective:
    """Take an option as the file has it, or as it is by itself."""
    return Effective(option, option.value, Origin.FILE if option.is_set else Origin.DEFAULT)


def weigh(option: Option, environment: Mapping[str, str], arguments: Arguments, profile: str | None) -> Effective:
    """Put the command line before the environment, and that before the file. `profile` is the one that was chosen.

    Raises ConfigInvalid where SNUM_TUI_LANGUAGE names no language.
    """
    match option.keys:
        case ("language",):
            return _language(option, environment, arguments)
        case ("theme",):
            return _theme(option, environment)
        case ("ascii",) if not option.is_set:
            return Effective(option, is_short_of_signs(environment), Origin.TERMINAL)
        case ("mouse",) if not arguments.mouse:
            return Effective(option, False, Origin.COMMAND_LINE, "--no-mouse")  # noqa: FBT003 - a field
        case ("profile",):
            return _profile(option, environment, arguments, profile)
        case _:
            return of_file(option)


def _language(option: Option, environment: Mapping[str, str], arguments: Arguments) -> Effective:
    if arguments.language is not None:
        return Effective(option, arguments.language, Origin.COMMAND_LINE, "--language")
    if written := given(environment, VARIABLE):
        return Effective(option, read_language(written, VARIABLE), Origin.ENVIRONMENT, VARIABLE)
    if option.is_set:
        return of_file(option)
    variable = locale_variable(environment)
    origin = Origin.DEFAULT if variable is None else Origin.TERMINAL
    return Effective(option, choose_language(environment, None), origin, variable or "")


def _theme(option: Option, environment: Mapping[str, str]) -> Effective:
    is_colourless = bool(environment.get(NO_COLOR))
    if option.is_set and not is_colourless:
        return of_file(option)
    from snum_tui.ui.themes import choose_theme  # noqa: PLC0415 - loads Textual, which only this needs

    theme = choose_theme(None, environment)
    if is_colourless:
        return Effective(option, theme, Origin.ENVIRONMENT, NO_COLOR)
    return Effective(option, theme, Origin.TERMINAL)


def _profile(
    option: Option, environment: Mapping[str, str], arguments: Arguments, profile: str | None
) -> Effective:
    if arguments.profile:
        return Effective(option, arguments.profile, Origin.COMMAND_LINE, "--profile")
    if written := given(environment, PROFILE_VARIABLE):
        return Effective(option, written, Origin.ENVIRONMENT, PROFILE_VARIABLE)
    return of_file(option) if option.is_set else Effective(option, profile, Origin.DEFAULT)
