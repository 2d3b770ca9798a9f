"""Daily backups of orders.db: whole, checked, and on the disk before they get their name.

A copy is made in small steps: between two of them the engine writes as ever, and the copy begins anew by itself.
"""

import itertools
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from snum_tui.journal import schema
from snum_tui.journal.copies import FOLDER, copies_in, copy_of
from snum_tui.journal.errors import Damaged, damaged, disk_full, of_sqlite, of_system
from snum_tui.journal.files import make_directory, make_private_file, sync_directory
from snum_tui.journal.lock import InstanceLock
from snum_tui.journal.store import FILE_NAME, connect

KEPT_COPIES = 7
ROOM_LEFT_BYTES = 4 * 1024 * 1024
"""What a backup leaves of the disk: the last room is for outcomes."""

_UNFINISHED = ".unfinished"
_PAGES_A_STEP = 256
_PAUSE_SECONDS = 0.05
_MOST_ROUNDS = 20
"""How often a copy may begin anew because orders are being written."""


class _NotNowError(Exception):
    """The program ends, or so much is being written that no copy becomes whole."""


def back_up(state_directory: Path, today: date, goes_on: Callable[[], bool] = lambda: True) -> bool:
    """Make today's backup if there is no good one yet, and let go of those older than the newest seven.

    Returns True once today's stands; False where there is nothing to keep yet, another program is at it, orders are
    being written without a pause, or `goes_on` said no. Any thread, any program; takes as long as the disk does.
    Raises JournalError, and then every backup from before is still there.
    """
    directory = state_directory.absolute()
    try:
        with closing(connect(directory / FILE_NAME, "rw")) as journal:
            # A journal that was just begun must not take the place of copies that have orders in them.
            return bool(_count(journal)) and _in_turn(journal, directory, today, goes_on)
    except _NotNowError:
        return False
    except sqlite3.Error as error:
        raise of_sqlite(error, directory / FILE_NAME) from error
    except OSError as error:
        raise of_system(error, directory / FOLDER) from error


def _in_turn(journal: sqlite3.Connection, directory: Path, today: date, goes_on: Callable[[], bool]) -> bool:
    make_directory(directory / FOLDER)
    lock = InstanceLock(directory / FOLDER)
    if not lock.try_acquire():
        return False
    try:
        _clear(directory / FOLDER)
        target = copy_of(directory, today)
        if not _is_whole(target):
            _make(journal, target, goes_on)
        _let_go_of_old(directory, target)
    finally:
        lock.release()
    return True


def _make(journal: sqlite3.Connection, target: Path, goes_on: Callable[[], bool]) -> None:
    _refuse_without_room(journal, target)
    unfinished = target.with_name(target.name + _UNFINISHED)
    make_private_file(unfinished)
    try:
        least = _count(journal)
        _copy(journal, unfinished, goes_on)
        with closing(connect(unfinished, "ro")) as copy:
            # Orders are never deleted: what the copy has lies between what was there before it and after it.
            if not (_is_sound(copy) and least <= _count(copy) <= _count(journal)):
                raise damaged(target.parent.parent / FILE_NAME)
        _sync(unfinished)
        unfinished.replace(target)
        sync_directory(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _copy(journal: sqlite3.Connection, target: Path, goes_on: Callable[[], bool]) -> None:
    pages = int(journal.execute("PRAGMA page_count").fetchone()[0])
    steps = itertools.count(-_MOST_ROUNDS * (pages // _PAGES_A_STEP + 1))

    def look(_status: int, _remaining: int, _pages: int) -> None:
        if next(steps) >= 0 or not goes_on():
            raise _NotNowError

    with closing(connect(target, "rw")) as copy:
        # Nobody reads it before it is whole, and what breaks off is thrown away.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        journal.backup(copy, pages=_PAGES_A_STEP, progress=look, sleep=_PAUSE_SECONDS)


def _refuse_without_room(journal: sqlite3.Connection, target: Path) -> None:
    pages, size = (journal.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    room = os.statvfs(target.parent)
    if room.f_bavail * room.f_frsize < pages * size + ROOM_LEFT_BYTES:
        raise disk_full(target)


def _let_go_of_old(directory: Path, newest: Path) -> None:
    # Days that are still to come are a clock's mistake: they go first.
    by_age = sorted(copies_in(directory), key=lambda copy: (copy.name <= newest.name, copy.name))
    for copy in by_age[:-KEPT_COPIES]:
        if _holds_all(newest, copy):
            copy.unlink(missing_ok=True)


def _holds_all(newest: Path, old: Path) -> bool:
    """Tell whether every order of an old copy is in the newest: not so where the journal was begun anew."""
    if not _is_whole(old):
        return True
    with closing(connect(newest, "ro")) as connection:
        connection.execute("ATTACH ? AS old", (f"{old.as_uri()}?mode=ro",))
        missing = "SELECT 1 FROM old.orders WHERE id NOT IN (SELECT id FROM main.orders) LIMIT 1"
        return connection.execute(missing).fetchone() is None


def _is_whole(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        with closing(connect(path, "ro")) as connection:
            return _is_sound(connection) and _count(connection) > 0
    except sqlite3.DatabaseError as error:
        if isinstance(of_sqlite(error, path), Damaged):
            return False
        raise


def _is_sound(connection: sqlite3.Connection) -> bool:
    sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    return bool(sound and schema.is_ours(connection))


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM orders").fetchone()[0])


def _clear(folder: Path) -> None:
    """Throw away what killed programs left half done; nobody else is at work here."""
    for path in folder.iterdir():
        if path.suffix == _UNFINISHED or path.name.endswith(f"{_UNFINISHED}-journal"):
            with suppress(OSError):
                path.unlink()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
