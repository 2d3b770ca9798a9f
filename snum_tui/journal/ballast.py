"""A file that only takes up room, given up to write an outcome on a full disk.

FACTS: on a full disk BEGIN IMMEDIATE still succeeds, so an order could be sent whose answer cannot be kept.
"""

import os
from contextlib import suppress
from pathlib import Path

from snum_tui.journal.errors import of_system
from snum_tui.journal.files import sync_directory, write_private_file

BALLAST_BYTES = 64 * 1024


class Ballast:
    """The 64 KiB beside the journal."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / "ballast"

    def load(self) -> None:
        """Make sure the room is set aside. Raises JournalError (DiskFull) where it cannot be."""
        try:
            if self._path.exists() and self._path.stat().st_size == BALLAST_BYTES:
                return
            # Random bytes: a file system that compresses would store zeros in no room at all.
            write_private_file(self._path, os.urandom(BALLAST_BYTES))
        except OSError as error:
            raise of_system(error, self._path) from error

    def drop(self) -> None:
        """Give the room back to the disk."""
        with suppress(OSError):
            self._path.unlink()
            sync_directory(self._path.parent)
