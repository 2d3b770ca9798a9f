"""Which profile a run uses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from snum_tui.domain.sentence import N_, say
from snum_tui.domain.text import clean_text
from snum_tui.settings.config import Config, ProfileConfig, table_name
from snum_tui.settings.errors import UnknownProfile

DEFAULT_NAME = "default"
SITE_VARIABLE = "SNUM_TUI_SITE"
KEY_VARIABLE = "SNUM_TUI_API_KEY"
PROFILE_VARIABLE = "SNUM_TUI_PROFILE"


@dataclass(frozen=True, slots=True)
class ChosenProfile:
    """A profile by its name; an empty one where config.toml has none."""

    name: str
    config: ProfileConfig


def choose_profile(config: Config, environment: Mapping[str, str], file: Path, asked: str | None) -> ChosenProfile:
    """Choose by `--profile` (`asked`), SNUM_TUI_PROFILE, config.toml's `profile`, or because there is only one.

    Without any profile in the file, site and key come from the environment and the name is the person's own, or
    `default`. Raises UnknownProfile.
    """
    name = asked or environment.get(PROFILE_VARIABLE, "").strip() or config.profile
    if name is None:
        return _only_one(config, environment, file)
    if name in config.profiles:
        return ChosenProfile(name, config.profiles[name])
    if not config.profiles and stands_alone(environment) and clean_text(name) == name:
        return ChosenProfile(name, ProfileConfig())
    raise not_there(config.profiles, file, clean_text(name))


def given(environment: Mapping[str, str], variable: str) -> str | None:
    """Return what a variable says; None where it is not set or empty."""
    return environment.get(variable, "").strip() or None


def stands_alone(environment: Mapping[str, str]) -> bool:
    """Tell whether the environment names both site and key, so that no profile is needed."""
    return given(environment, SITE_VARIABLE) is not None and given(environment, KEY_VARIABLE) is not None


def _only_one(config: Config, environment: Mapping[str, str], file: Path) -> ChosenProfile:
    names = tuple(config.profiles)
    if DEFAULT_NAME in config.profiles:
        return ChosenProfile(DEFAULT_NAME, config.profiles[DEFAULT_NAME])
    if len(names) == 1:
        return ChosenProfile(names[0], config.profiles[names[0]])
    if not names or stands_alone(environment):
        return ChosenProfile(DEFAULT_NAME, ProfileConfig())
    sentence = say(
        N_(
            "{file} has several profiles: {names}. Choose one with --profile, "
            'or write profile = "{first}" at its top.'
        ),
        file=str(file),
        names=", ".join(names),
        first=names[0],
    )
    advice = say(
        N_('Choose one of {names} with --profile, or write profile = "{first}" at the top of {file}.'),
        file=str(file),
        names=", ".join(names),
        first=names[0],
    )
    raise UnknownProfile(sentence, what=say(N_("there are several profiles, and none is chosen")), advice=advice)


def not_there(names: Iterable[str], file: Path, name: str) -> UnknownProfile:
    """Make the error for a name that no profile has; it tells which there are."""
    what = say(N_("there is no profile {name}"), name=name)
    values = {"name": name, "table": table_name(name), "file": str(file), "names": ", ".join(names)}
    if not values["names"]:
        return UnknownProfile(
            say(
                N_(
                    "There is no profile {name}: {file} has none. "
                    "Add [profiles.{table}] with site and api_key to it."
                ),
                **values,
            ),
            what=what,
            advice=say(N_("Add [profiles.{table}] with site and api_key to {file}."), **values),
        )
    return UnknownProfile(
        say(N_("There is no profile {name} in {file}. There are: {names}."), **values),
        what=what,
        advice=say(N_("Choose one of {names}, or add [profiles.{table}] to {file}."), **values),
    )
