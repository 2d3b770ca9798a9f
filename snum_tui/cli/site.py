"""`snum-tui`: the app on the site of the settings."""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from snum_tui.cli.household import Household
from snum_tui.cli.look import choose_look
from snum_tui.cli.opening import Opening, check_terminal, open_app
from snum_tui.cli.preferences import KeptPreferences
from snum_tui.cli.problems import tell
from snum_tui.cli.starting import NobodyBegan, make_engine, read_settings
from snum_tui.cli.turning import TurningDoor
from snum_tui.domain.keys import LOG
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.engine.commands import Remark
from snum_tui.settings.language import choose_language

if TYPE_CHECKING:
    import argparse


def open_site(arguments: "argparse.Namespace") -> int:
    """Open the app; raises Problem where settings or journal do not allow it."""
    try:
        settings = read_settings(arguments)
    except NobodyBegan as nobody:
        from snum_tui.cli.beginning import begin  # noqa: PLC0415 - once in the life of an account

        return begin(arguments, nobody)
    language = choose_language(os.environ, settings.language)
    check_terminal(os.environ, language)
    for warning in settings.warnings:
        tell(warning, language)
    look = choose_look(settings, os.environ, mouse=arguments.mouse)
    engine = make_engine(settings, language, read_only=arguments.read_only)
    for remark in remarks(settings.warnings):
        engine.submit(Remark(remark))  # on the screen too: what was printed before it stands behind it
    door = TurningDoor(engine)
    household = Household(door, settings.paths, engine.clock, arguments)
    opening = Opening(
        language,
        look,
        settings.paths.state_directory,
        read_only=arguments.read_only,
        calm=settings.calm,
        watch_on_seconds=settings.watch_on_minutes * 60,
        accounts=household,
        preferences=KeptPreferences(settings.paths, arguments),
        left_unwritten=lambda: door.left_unwritten,
        wishes=settings.wishes,
    )
    try:
        return open_app(door, engine.clock, opening)
    finally:
        household.close()


def remarks(warnings: Sequence[Sentence]) -> Iterator[Sentence]:
    """Return what the screen says of them. It shows the last one, which tells first where the others are.

    Behind it, that would be what a small window cuts, and stand right after a command to copy.
    """
    yield from warnings[:-1]
    for last in warnings[-1:]:
        words = N_("The last of {count} warnings ({key} shows all): {warning}")
        count = len(warnings)
        yield last if count == 1 else say(words, count=count, key=LOG, warning=last)
