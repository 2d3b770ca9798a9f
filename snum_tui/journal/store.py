"""The file orders.db itself: opened, checked, written in whole transactions, and known to be still in its place."""

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from snum_tui.domain.system_words import words_of
from snum_tui.journal import schema
from snum_tui.journal.errors import (
    Busy,
    Damaged,
    JournalError,
    NewerVersion,
    NoLocks,
    cannot_open,
    damaged,
    marker_of,
    newer_version,
    of_sqlite,
    of_system,
    read_only,
    vanished,
)
from snum_tui.journal.files import (
    Identity,
    give_name,
    identity_of,
    make_directory,
    make_private_file,
    sync_directory,
    write_private_file,
)
from snum_tui.journal.rescue import new_in_memory, rescue_orders

FILE_NAME = "orders.db"
BUSY_SECONDS = 10.0
_MARKER_TEXT = b"orders.db is beside this file. snum-tui will not take a missing or empty one for a new one.\n"


class Store:
    """One connection to orders.db, of the thread that opened it."""

    def __init__(self, path: Path, connection: sqlite3.Connection, identity: Identity | None) -> None:
        self.path = path
        self._connection = connection
        self._identity = identity

    @classmethod
    def open(cls, directory: Path) -> "Store":
        """Open the journal for writing; make one where there never was any. Raises JournalError."""
        path = directory.absolute() / FILE_NAME
        make_directory(path.parent)
        _refuse_lost(path)
        _refuse_unwritable(path.parent)
        make_private_file(path)
        _refuse_unwritable(path)
        _refuse_without_locks(path)
        with _told_of(path):
            connection = connect(path, "rw")
            try:
                _prepare(connection, path)
            except BaseException:
                connection.close()
                raise
        _mark(path)
        return cls(path, connection, identity_of(path))

    @classmethod
    def open_for_reading(cls, directory: Path) -> "Store":
        """Open the journal as it is, while others write it; an empty one where there never was any.

        Raises JournalError.
        """
        path = directory.absolute() / FILE_NAME
        _refuse_closed(path)
        _refuse_lost(path)
        if not path.exists() or path.stat().st_size == 0:
            return cls(path, _empty(), None)
        try:
            _refuse_without_locks(path)
            with _told_of(path):
                connection = _connect_for_reading(path)
        except Busy:
            raise
        except JournalError:
            with _told_of(path):
                connection = cls._put_right(path)
        return cls(path, connection, identity_of(path))

    @classmethod
    def open_damaged(cls, directory: Path) -> "Store":
        """Read what can be read of a damaged journal into memory. Raises JournalError where that is nothing."""
        path = directory.absolute() / FILE_NAME
        memory = new_in_memory()
        try:
            with _told_of(path), closing(connect(path, "ro")) as connection:
                _refuse_foreign(connection, path)
                count = rescue_orders(connection, memory)
            memory.execute("PRAGMA query_only = ON")
        except BaseException:
            memory.close()
            raise
        if not count:
            memory.close()
            raise damaged(path)
        return cls(path, memory, identity_of(path))

    @classmethod
    def _put_right(cls, path: Path) -> sqlite3.Connection:
        """Open for reading what has a killed program's unfinished transaction in it, or is of an older version.

        Only who may write can put that right in the file; who may not does so in a copy.
        """
        try:
            cls.open(path.parent).close()
        except (Busy, Damaged, NewerVersion):
            raise
        except JournalError:
            return _copy_in_memory(path)
        return _connect_for_reading(path)

    @property
    def is_new(self) -> bool:
        """Whether nothing stands at the path that could be read."""
        return self._identity is None

    def rows(self, statement: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """Read all rows at once, so that no reading ever stands in a writer's way. Raises JournalError."""
        with _told_of(self.path):
            return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def glancing(self) -> Iterator[None]:
        """Wait for nobody within the block: a file that is being written raises Busy at once."""
        self._connection.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold one transaction: on disk as a whole when the block ends, else not at all. Raises JournalError.

        sqlite3.IntegrityError passes: only the caller knows what was to be unique.
        """
        with _told_of(self.path), _transaction(self._connection):
            yield self._connection

    def in_place(self) -> bool:
        """Tell whether the path still leads to the file that is open."""
        return identity_of(self.path) == self._identity

    def return_home(self) -> None:
        """Go on in the file at the path, after the open one was deleted or exchanged. Raises JournalError.

        Where none is there, the open one (deleted, but alive as long as it is open) is copied back.
        """
        if identity_of(self.path) is None:
            self._copy_back()
        other = Store.open(self.path.parent)
        self.close()
        self._connection, self._identity = other._connection, other._identity  # noqa: SLF001 - of the same class

    def close(self) -> None:
        """Close the connection; twice is once."""
        self._connection.close()

    def _copy_back(self) -> None:
        make_directory(self.path.parent)
        copy = self.path.with_name(f"{FILE_NAME}.{os.getpid()}")
        make_private_file(copy)
        try:
            with _told_of(self.path), closing(connect(copy, "rw")) as target:
                self._connection.backup(target)
            give_name(copy, self.path)
        finally:
            copy.unlink(missing_ok=True)


def _copy_in_memory(path: Path) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with tempfile.TemporaryDirectory(prefix="snum-tui-") as folder:
            copy = Path(folder) / FILE_NAME
            for suffix in ("", "-journal"):
                if Path(f"{path}{suffix}").exists():
                    shutil.copyfile(f"{path}{suffix}", f"{copy}{suffix}")
            # Nobody else knows of it, so it needs no locks; there may be none.
            with closing(connect(copy, "rw", locks=False)) as source:
                _prepare(source, path)
                source.backup(memory)
    except OSError as error:
        memory.close()
        raise of_system(error, path) from error
    except BaseException:
        memory.close()
        raise
    memory.row_factory = sqlite3.Row
    memory.execute("PRAGMA query_only = ON")
    return memory


def _refuse_unwritable(path: Path) -> None:
    if not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise read_only(path)


def _refuse_without_locks(path: Path) -> None:
    """Refuse a file system that has no locks, which SQLite would take for another program's lock, for ever.

    Not by looking at orders.db itself: closing it would drop the locks that SQLite holds on it in this process.
    """
    marker = marker_of(path)
    try:
        with marker.open("rb") if marker.exists() else tempfile.TemporaryFile(dir=path.parent) as file:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        problem = of_system(error, path)
        if isinstance(problem, NoLocks):
            raise problem from error


def _refuse_lost(path: Path) -> None:
    """Refuse to begin anew where the marker says that there is a journal.

    FACTS: a zero-byte file opens as an empty database, and what is committed there has forgotten every number.
    """
    try:
        is_lost = marker_of(path).exists() and (not path.exists() or path.stat().st_size == 0)
    except OSError as error:
        raise of_system(error, path.parent) from error
    if is_lost:
        raise vanished(path)


def _mark(path: Path) -> None:
    marker = marker_of(path)
    if marker.exists():
        return
    # Without room for the marker the journal still works; the next start tries again.
    with suppress(OSError):
        write_private_file(marker, _MARKER_TEXT)
    sync_directory(path.parent)


def connect(
    path: Path, mode: str, *, locks: bool = True, patience_seconds: float = BUSY_SECONDS
) -> sqlite3.Connection:
    """Open a database file that exists, "rw" or "ro", as the journal is opened. Raises sqlite3.Error."""
    address = f"{path.as_uri()}?mode={mode}&nolock={int(not locks)}"
    connection = sqlite3.connect(address, uri=True, timeout=patience_seconds, isolation_level=None)
    try:
        _set_up(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")


def _connect_for_reading(path: Path) -> sqlite3.Connection:
    connection = connect(path, "ro")
    try:
        _check(connection, path)
        _refuse_older(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_older(connection: sqlite3.Connection, path: Path) -> None:
    if schema.version_of(connection) < len(schema.MIGRATIONS):
        raise damaged(path)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    if schema.is_blank(connection):
        if marker_of(path).exists():
            raise vanished(path)
    else:
        _check(connection, path)
    # Only now is it surely ours: this changes the file of whoever keeps a write-ahead log.
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    if schema.version_of(connection) < len(schema.MIGRATIONS):
        with _transaction(connection):
            schema.migrate(connection)


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    if not schema.is_ours(connection):
        raise damaged(path)
    if schema.version_of(connection) > len(schema.MIGRATIONS):
        raise newer_version(path)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    _refuse_foreign(connection, path)
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise damaged(path)


def _empty() -> sqlite3.Connection:
    connection = new_in_memory()
    connection.execute("PRAGMA query_only = ON")
    return connection


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    # IMMEDIATE: a transaction that begins by reading fails at its first write, whatever the busy timeout.
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise


def _refuse_closed(path: Path) -> None:
    """Refuse a folder that is none, or that nobody may look into: it is not one without orders."""
    try:
        path.lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise cannot_open(path.parent, words_of(error)) from error


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.Error as error:
        raise of_sqlite(error, path) from error
