"""`snum-tui config`: the settings that hold, whatever they come from; nothing is asked and no command is run."""

import argparse
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from snum_tui.cli.config.account import AccountView
from snum_tui.cli.config.effective import Effective, Origin, of_file, weigh
from snum_tui.cli.config.output import Folder, Listing, write_json, write_text
from snum_tui.cli.problems import Problem, tell
from snum_tui.cli.reading import Reading, read
from snum_tui.domain.sentence import Sentence
from snum_tui.locale import Speaker
from snum_tui.settings.config import read_text
from snum_tui.settings.errors import SettingsError
from snum_tui.settings.language import language_of_app
from snum_tui.settings.options import Option, options_of
from snum_tui.settings.paths import Paths, find_paths
from snum_tui.settings.profile import choose_profile, given

Environment = Mapping[str, str]


def show_settings(arguments: argparse.Namespace) -> int:
    """Print what holds. Returns 1 where something keeps the app from starting, else 0. Raises Problem."""
    paths = find_paths(os.environ)
    reading = read(paths.config_file)
    speaker = Speaker(language_of_app(os.environ, arguments.language, reading.config.language))
    try:
        listing = _gather(os.environ, arguments, paths, reading)
    except SettingsError as error:
        raise Problem(error.sentence, speaker.language) from None
    if arguments.format == "json":
        write_json(listing, speaker)
    else:
        write_text(listing, speaker)
        for sentence in (*listing.warnings, *listing.problems):
            tell(sentence, speaker.language)
    return int(bool(listing.problems))


def _gather(environment: Environment, arguments: argparse.Namespace, paths: Paths, reading: Reading) -> Listing:
    """Put together what is listed. Raises SettingsError where the file was spoilt in between."""
    account, of_account = _account(environment, arguments, reading)
    name = None if account is None else account.chosen.name
    problems = list(reading.problems)
    if reading.problem is None:
        problems.extend(of_account)  # else they may come of what was left out

    def weighed(option: Option) -> Effective:
        if account is not None and option.keys[0] == "profiles":
            return account.weigh(option)
        try:
            return weigh(option, environment, arguments, name)
        except SettingsError as error:
            problems.append(error.sentence)
            return of_file(option)

    text = (read_text(reading.file) or "") if reading.is_toml else ""
    settings = tuple(weighed(option) for option in options_of(text, reading.file, name, reading.misfits))
    warnings = reading.config.warnings + (() if account is None else account.warnings)
    return Listing(name, tuple(_folders(environment, paths)), settings, warnings, tuple(problems))


def _account(
    environment: Environment, arguments: argparse.Namespace, reading: Reading
) -> tuple[AccountView | None, tuple[Sentence, ...]]:
    """Choose the profile as the app does, and find its way; and say what keeps the app from doing so."""
    try:
        chosen = choose_profile(reading.config, environment, reading.file, arguments.profile)
    except SettingsError as error:
        return None, (error.sentence, *error.more)
    account = AccountView(environment, chosen, reading.file)
    account.look()
    return account, account.problems


def _folders(environment: Environment, paths: Paths) -> Iterator[Folder]:
    places: tuple[tuple[str, str, Path], ...] = (
        ("config", "SNUM_TUI_CONFIG_DIR", paths.config_file),
        ("state", "SNUM_TUI_STATE_DIR", paths.state_directory),
        ("cache", "SNUM_TUI_CACHE_DIR", paths.cache_directory),
    )
    for name, variable, path in places:
        if given(environment, variable) is None:
            yield Folder(name, path, Origin.DEFAULT, "")
        else:
            yield Folder(name, path, Origin.ENVIRONMENT, variable)
