"""Which of the two languages to speak."""

from collections.abc import Mapping
from typing import Literal

from snum_tui.domain.sentence import N_, say
from snum_tui.settings.errors import ConfigInvalid

Language = Literal["tr", "en"]
VARIABLE = "SNUM_TUI_LANGUAGE"


def choose_language(environment: Mapping[str, str], configured: str | None) -> Language:
    """Choose what was asked for (settings, else SNUM_TUI_LANGUAGE), else what the locale's variables say.

    Never fails: it also chooses the language in which a wrong setting is told. The first of LC_ALL, LC_MESSAGES
    and LANG that is set decides, as POSIX has it.
    """
    for asked in (configured, environment.get(VARIABLE)):
        if language := _known(asked):
            return language
    variable = locale_variable(environment)
    return "tr" if variable is not None and environment[variable].lower().startswith("tr") else "en"


def language_of_app(environment: Mapping[str, str], asked: str | None, configured: str | None) -> Language:
    """Choose as the app does: what was asked for on the command line, SNUM_TUI_LANGUAGE, what config.toml says.

    Never fails, as choose_language.
    """
    is_set = bool(environment.get(VARIABLE, "").strip())
    return choose_language(environment, asked or (None if is_set else configured))


def locale_variable(environment: Mapping[str, str]) -> str | None:
    """Return the variable of the locale that decides on the language; None where none is set."""
    return next((name for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), None)


def read_language(text: str, source: str) -> Language:
    """Read a language as a person names it. Raises ConfigInvalid, which names `source` (a variable, an option)."""
    if language := _known(text):
        return language
    raise ConfigInvalid(say(N_("{source} must be tr (Turkish) or en (English)."), source=source))


def _known(text: str | None) -> Language | None:
    folded = (text or "").strip().lower()
    if folded == "tr":
        return "tr"
    return "en" if folded == "en" else None
