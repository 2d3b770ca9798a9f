"""The journal's functions for files and folders, one after another: each has kept its promise when it returns."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from snum_tui.journal.ballast import Ballast
from snum_tui.journal.files import give_name, make_directory, make_private_file, write_private_file
from snum_tui.journal.orders import Journal
from tests.sweep.life import Place
from tests.sweep.shim import Shim

CONTENT = b"whole"

CHORES: dict[str, Callable[[Path], None]] = {
    "make_directory": make_directory,
    "make_private_file": lambda folder: make_private_file(folder / "private"),
    "write_private_file": lambda folder: write_private_file(folder / "written", CONTENT),
    "give_name": lambda folder: give_name(folder / "written", folder / "given"),
    "ballast load": lambda folder: Ballast(folder).load(),
    "ballast drop": lambda folder: Ballast(folder).drop(),
    "first start": lambda folder: Journal.open(folder / "fresh").close(),
}


def do_chores(place: Place) -> NoReturn:
    """Do them all, and mark in the log when each has returned."""
    shim = Shim()
    shim.begin(place.home, place.port, place.log)
    for name, chore in CHORES.items():
        chore(place.state)
        shim.mark(name)
    os._exit(0)
