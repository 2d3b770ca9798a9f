"""From the command line, the environment and config.toml to an engine that is ready to be started."""

import os
from typing import TYPE_CHECKING

from snum_tui.cli.problems import Problem
from snum_tui.settings.config import Config, read_config
from snum_tui.settings.errors import NothingSet, SettingsError
from snum_tui.settings.language import language_of_app
from snum_tui.settings.load import Settings, load_settings
from snum_tui.settings.paths import Paths, find_paths
from snum_tui.ui.actions import key_table

if TYPE_CHECKING:
    import argparse

    from snum_tui.engine.thread import Engine


class NobodyBegan(Problem):
    """No account is set anywhere: a program with a screen can ask for one, the others say how to set it."""


def read_settings(arguments: "argparse.Namespace") -> Settings:
    """Read config.toml and the environment. Raises Problem, NobodyBegan where there is no account at all."""
    paths = find_paths(os.environ)
    try:
        return load_settings(
            os.environ,
            paths,
            profile=arguments.profile,
            language=arguments.language,
            known_keys=key_table(),
        )
    except SettingsError as error:
        from snum_tui.cli.reading import read  # noqa: PLC0415 - only where it cannot go on

        kind = NobodyBegan if isinstance(error, NothingSet) else Problem
        language = language_of_app(os.environ, arguments.language, read(paths.config_file).config.language)
        raise kind(error.sentence, language, more=error.more) from None


def read_look(paths: Paths, language: str) -> Config:
    """Read config.toml for how the first screen looks, and nothing else of it. Raises Problem."""
    try:
        return read_config(paths.config_file, key_table())
    except SettingsError as error:
        raise Problem(error.sentence, language, more=error.more) from None


def make_engine(settings: Settings, language: str, *, read_only: bool, browses: bool = True) -> "Engine":
    """Make the engine of these settings. Raises Problem where the journal cannot be read."""
    from snum_tui.engine.system_clock import SystemClock  # noqa: PLC0415 - after everything that can refuse
    from snum_tui.engine.thread import Engine, EngineSettings  # noqa: PLC0415
    from snum_tui.journal.errors import JournalError  # noqa: PLC0415

    try:
        _check_journal(settings.paths)
    except JournalError as error:
        raise Problem(error.sentence, language) from None
    return Engine(
        EngineSettings(
            address=settings.address,
            key=settings.key,
            profile=settings.profile,
            orders_as=settings.orders_as,
            state_directory=settings.paths.state_directory,
            cache_directory=settings.paths.cache_directory,
            policy=settings.policy,
            proxy=settings.proxy,
            read_only=read_only,
            browses=browses,
        ),
        SystemClock(),
    )


def _check_journal(paths: Paths) -> None:
    """Open the journal once before anything is shown: one that cannot be read is said in a sentence."""
    from snum_tui.journal.orders import Journal  # noqa: PLC0415

    Journal.open_as_far_as_possible(paths.state_directory).close()
