"""What can be told of the journal, the cache and the running programs by looking alone: nothing is made or changed.

For `snum-tui doctor`. SQLite would put a killed program's unfinished write right where it may write, so nothing
here opens a file for that.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from snum_tui.domain.orders import OPEN_STATES
from snum_tui.journal import cache_file, schema
from snum_tui.journal.cache import FILE_NAME as CACHE_NAME
from snum_tui.journal.company import groups_in
from snum_tui.journal.copies import newest_copy
from snum_tui.journal.errors import damaged, marker_of, newer_version, of_sqlite, of_system, vanished
from snum_tui.journal.store import FILE_NAME, connect

PATIENCE_SECONDS = 1.0

_IDENTITY_BYTES = 72
_IDENTITY = slice(68, 72)
"""Where SQLite keeps the application id in a file's header."""


@dataclass(frozen=True, slots=True)
class JournalHealth:
    """A whole journal: how many orders are in it, and how many of them have no outcome yet.

    `is_unfinished` where a killed program left a write half done, which the next start puts right; the counts are
    0 then. `newest_backup` is a path within the state directory.
    """

    path: Path
    orders: int
    open_orders: int
    is_unfinished: bool
    newest_backup: str | None


@dataclass(frozen=True, slots=True)
class Running:
    """The programs at work on the orders of all sites and profiles, and the process ids of those that poll."""

    programs: int
    leaders: tuple[int, ...]


def sqlite_version() -> str:
    """Return the version of the SQLite in use."""
    return sqlite3.sqlite_version


def journal_path(state_directory: Path) -> Path:
    """Return where the journal is, or will be."""
    return state_directory.absolute() / FILE_NAME


def cache_path(cache_directory: Path) -> Path:
    """Return where the cache is, or will be."""
    return cache_directory.absolute() / CACHE_NAME


def examine_journal(state_directory: Path) -> JournalHealth | None:
    """Check the whole file, for a second at most where others write; None where there never was one.

    Raises JournalError.
    """
    path = journal_path(state_directory)
    try:
        is_there = path.exists() and path.stat().st_size > 0
        if not is_there and marker_of(path).exists():
            raise vanished(path)
        if not is_there:
            return None
        if _application_id(path) != schema.APPLICATION_ID:
            raise damaged(path)
    except OSError as error:
        raise of_system(error, path) from error
    try:
        with closing(connect(path, "ro", patience_seconds=PATIENCE_SECONDS)) as connection:
            return _health(connection, path)
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_ROLLBACK":
            return JournalHealth(path, 0, 0, is_unfinished=True, newest_backup=newest_copy(path.parent))
        raise of_sqlite(error, path) from error


def _health(connection: sqlite3.Connection, path: Path) -> JournalHealth:
    if schema.version_of(connection) > len(schema.MIGRATIONS):
        raise newer_version(path)
    if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise damaged(path)
    counts = dict(connection.execute("SELECT state, count(*) FROM orders GROUP BY state").fetchall())
    is_open = sum(counts.get(state.value, 0) for state in OPEN_STATES)
    return JournalHealth(
        path, sum(counts.values()), is_open, is_unfinished=False, newest_backup=newest_copy(path.parent)
    )


def is_cache_whole(cache_directory: Path) -> bool | None:
    """Tell whether the cache can be used as it is, rather than being made anew; None where there is none yet."""
    path = cache_path(cache_directory)
    try:
        if not path.exists():
            return None
        if _application_id(path) != cache_file.APPLICATION_ID:
            return False
        with closing(connect(path, "ro", patience_seconds=PATIENCE_SECONDS)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            return bool(
                version == cache_file.VERSION and connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            )
    except sqlite3.Error as error:
        return not cache_file.is_broken(error)
    except OSError:
        return False


def who_runs(state_directory: Path) -> Running:
    """Count the running programs of every site and profile. Costs nobody a lock."""
    groups = groups_in(state_directory)
    leaders = (group.leader_pid for group in groups)
    return Running(sum(group.programs for group in groups), tuple(pid for pid in leaders if pid is not None))


def _application_id(path: Path) -> int:
    """Read it without SQLite, which would make files beside somebody else's database."""
    with path.open("rb") as file:
        return int.from_bytes(file.read(_IDENTITY_BYTES)[_IDENTITY])
