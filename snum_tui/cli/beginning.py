"""The first start: no account is set anywhere, and a screen asks for one."""

import os
from typing import TYPE_CHECKING

from snum_tui.cli.household import Household
from snum_tui.cli.look import choose_look
from snum_tui.cli.opening import Opening, check_terminal, open_app
from snum_tui.cli.preferences import KeptPreferences
from snum_tui.cli.problems import Problem
from snum_tui.cli.starting import NobodyBegan, read_look
from snum_tui.cli.turning import TurningDoor
from snum_tui.engine.system_clock import SystemClock
from snum_tui.settings.language import language_of_app
from snum_tui.settings.paths import find_paths

if TYPE_CHECKING:
    import argparse


def begin(arguments: "argparse.Namespace", nobody: NobodyBegan) -> int:
    """Open the app on its first screen. Raises `nobody` where there is no terminal to show it on."""
    paths = find_paths(os.environ)
    config = read_look(paths, nobody.language)
    language = language_of_app(os.environ, arguments.language, config.language)
    try:
        check_terminal(os.environ, language)
    except Problem:
        raise nobody from None
    look = choose_look(config, os.environ, mouse=arguments.mouse)
    door, clock = TurningDoor(), SystemClock()
    household = Household(door, paths, clock, arguments)
    opening = Opening(
        language,
        look,
        paths.state_directory,
        read_only=arguments.read_only,
        calm=config.calm,
        watch_on_seconds=config.watch_on_minutes * 60,
        accounts=household,
        preferences=KeptPreferences(paths, arguments),
        left_unwritten=lambda: door.left_unwritten,
        wishes=config.wishes,
    )
    try:
        return open_app(door, clock, opening)
    finally:
        household.close()
