"""The file cache.db: opened if it is whole and of this version, else thrown away and made anew."""

import sqlite3
from contextlib import suppress
from pathlib import Path

from snum_tui.journal.errors import JournalError
from snum_tui.journal.files import make_directory, make_private_file

APPLICATION_ID = 0x534E5543
"""`SNUC`, in the file's header."""

VERSION = 2
"""Counted up whenever TABLES changes; a file of another version is thrown away."""

TABLES = (
    # category_id is empty for the list of the categories themselves.
    "CREATE TABLE lists (site TEXT, category_id TEXT, read_at TEXT, PRIMARY KEY (site, category_id)) WITHOUT ROWID",
    """CREATE TABLE categories (
        site TEXT, place INTEGER, id TEXT, name TEXT, PRIMARY KEY (site, place)
    ) WITHOUT ROWID""",
    # price and stock only where the site puts them into the row; stock is text: no site's number overflows it.
    """CREATE TABLE services (
        site TEXT, category_id TEXT, place INTEGER, id TEXT, name TEXT, price TEXT, stock TEXT, dialling_code TEXT,
        PRIMARY KEY (site, category_id, place)
    ) WITHOUT ROWID""",
    # since: from when on it has been read the same, up to read_at.
    """CREATE TABLE quotes (
        site TEXT, service_id TEXT, price TEXT, stock TEXT, read_at TEXT, since TEXT, PRIMARY KEY (site, service_id)
    ) WITHOUT ROWID""",
    # What was read before, a row for as long as it was the same.
    """CREATE TABLE history (
        site TEXT, service_id TEXT, since TEXT, read_at TEXT, price TEXT, stock TEXT,
        PRIMARY KEY (site, service_id, since)
    ) WITHOUT ROWID""",
    "CREATE INDEX history_by_age ON history (since)",
    "CREATE TABLE views (site TEXT, profile TEXT, view TEXT, PRIMARY KEY (site, profile)) WITHOUT ROWID",
)

# Another instance may be writing: better one price not kept than a pause of the whole engine.
_BUSY_SECONDS = 0.25
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_BROKEN = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR", "SQLITE_SCHEMA")


class _OtherVersionError(Exception):
    """The file is a database, but not the one this version writes."""


def open_cache_file(path: Path) -> sqlite3.Connection:
    """Open the cache at `path`; never raises. In memory where the path can hold none."""
    try:
        return _open(path)
    except (sqlite3.Error, OSError, JournalError, _OtherVersionError) as error:
        if not is_named(error, _BUSY):
            _throw_away(path)
    try:
        return _open(path)
    except (sqlite3.Error, OSError, JournalError, _OtherVersionError):
        return _in_memory()


def is_broken(error: Exception) -> bool:
    """Tell whether the file itself is to blame, rather than the moment (busy, full, read-only)."""
    return not isinstance(error, sqlite3.Error) or is_named(error, _BROKEN)


def reopen_cache_file(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """Throw a broken cache away and begin a new one; never raises."""
    connection.close()
    _throw_away(path)
    return open_cache_file(path)


def is_named(error: Exception, starts: tuple[str, ...]) -> bool:
    """Tell whether SQLite's name of the error begins with one of `starts`."""
    return str(getattr(error, "sqlite_errorname", "")).startswith(starts)


def _open(path: Path) -> sqlite3.Connection:
    make_directory(path.parent)
    make_private_file(path)
    connection = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _prepare(connection)
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    # A killed program leaves a whole file all the same; only a power cut may break it, and then it is made anew.
    connection.execute("PRAGMA synchronous = OFF")
    if _versions(connection) != (APPLICATION_ID, VERSION):
        _make_tables(connection)
    connection.execute("PRAGMA journal_mode = TRUNCATE")


def _make_tables(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if _versions(connection) == (APPLICATION_ID, VERSION):
        # Another instance made them while this one waited.
        connection.execute("ROLLBACK")
        return
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise _OtherVersionError
    for statement in TABLES:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _versions(connection: sqlite3.Connection) -> tuple[int, int]:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    return int(application), int(connection.execute("PRAGMA user_version").fetchone()[0])


def _throw_away(path: Path) -> None:
    for name in (path, path.with_name(path.name + "-journal"), path.with_name(path.name + "-wal")):
        with suppress(OSError):
            name.unlink()
