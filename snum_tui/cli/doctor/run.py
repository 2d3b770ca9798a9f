"""Runs the checks, the quick ones first, and writes each as soon as it is made."""

import argparse
import os
from collections.abc import Iterator

from snum_tui.cli.doctor.clipboard import check_clipboard
from snum_tui.cli.doctor.finding import Check, Finding, Status
from snum_tui.cli.doctor.keeping import check_cache, check_orders, check_running
from snum_tui.cli.doctor.output import choose_writer
from snum_tui.cli.doctor.places import check_folder
from snum_tui.cli.doctor.settings import check_config, check_language, check_profile
from snum_tui.cli.doctor.site import SiteCheck, not_looked_at
from snum_tui.cli.doctor.terminal import check_terminal
from snum_tui.cli.doctor.versions import check_versions
from snum_tui.cli.reading import Reading, read
from snum_tui.locale import Speaker
from snum_tui.settings.language import language_of_app
from snum_tui.settings.paths import Paths, find_paths


def doctor(arguments: argparse.Namespace) -> int:
    """Examine this installation; makes and changes nothing. Returns 1 where something is wrong, else 0."""
    paths = find_paths(os.environ)
    reading = read(paths.config_file)
    language = language_of_app(os.environ, arguments.language, reading.config.language)
    write = choose_writer(os.environ, Speaker(language), as_json=arguments.json)
    has_error = False
    for finding in _findings(arguments, paths, reading, language):
        write(finding)
        has_error = has_error or finding.status is Status.ERROR
    return int(has_error)


def _findings(arguments: argparse.Namespace, paths: Paths, reading: Reading, language: str) -> Iterator[Finding]:
    yield check_versions()
    yield check_folder(Check.CONFIG_FOLDER, paths.config_directory)
    yield check_config(reading)
    yield check_language(os.environ, arguments.language, language)
    of_profile, chosen = check_profile(os.environ, arguments.profile, reading)
    yield of_profile
    yield check_folder(Check.STATE_FOLDER, paths.state_directory)
    yield check_orders(paths.state_directory)
    yield check_running(paths.state_directory)
    yield check_folder(Check.CACHE_FOLDER, paths.cache_directory)
    yield check_cache(paths.cache_directory)
    yield from check_terminal(os.environ)
    yield check_clipboard(os.environ, reading.config.wishes.clipboard)
    if chosen is None:
        yield from not_looked_at(Check.SITE, Check.CERTIFICATE, Check.KEY, Check.CLOCK)
    else:
        yield from SiteCheck(os.environ, chosen, paths.config_file).findings()
