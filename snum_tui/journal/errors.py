"""Everything that can be wrong with the journal, each with a sentence that says what the person should do.

    JournalError
    ├── CannotOpen        the folder or the file cannot be opened at all
    │   ├── NewerVersion  a later snum-tui wrote it
    │   └── NoLocks       the file system has no locks (some network homes)
    ├── Damaged           corrupt, no database, or another program's database
    │   └── Vanished      missing, empty or exchanged although there was a journal
    ├── CannotWrite       the outcome or intent is not on disk
    │   ├── DiskFull      no room, or over quota
    │   ├── ReadOnly      no permission, or a read-only disk
    │   └── Busy          another program holds the file for longer than the patience of this one
    ├── NumberKnown       the site gave a number id that the journal already has
    ├── OverLimit         the order would cost more than the person allowed for a day
    └── Overtaken         another running snum-tui has changed the order meanwhile

After a CannotWrite nothing of that call is in the file: the transaction was rolled back.
"""

import errno
import sqlite3
from decimal import Decimal
from pathlib import Path

from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.system_words import words_of
from snum_tui.journal.copies import newest_copy


class JournalError(Exception):
    """The root of the tree; `sentence` is for the person."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.template.format_map(dict(sentence.values)))
        self.sentence = sentence


class CannotOpen(JournalError):  # noqa: N818 - reads as what it says
    """The folder or the file cannot be opened at all."""


class NewerVersion(CannotOpen):
    """A later snum-tui wrote it; this one would not understand what it means."""


class NoLocks(CannotOpen):
    """The file system has no locks, so two programs could write at once."""


class Damaged(JournalError):  # noqa: N818 - reads as what it says
    """Corrupt, no database, or another program's database."""


class Vanished(Damaged):
    """Missing, empty or exchanged although there was a journal: an order written now could be lost."""


class CannotWrite(JournalError):  # noqa: N818 - reads as what it says
    """The call was rolled back; nothing of it is on disk."""


class DiskFull(CannotWrite):
    """No room on the disk, or over quota."""


class ReadOnly(CannotWrite):
    """No permission to write, or a read-only disk."""


class Busy(CannotWrite):
    """Another program held the file for longer than the patience of this one."""


class NumberKnown(JournalError):  # noqa: N818 - reads as what it says
    """The site gave a number id that the journal already has for that site; nothing was written."""


class OverLimit(JournalError):  # noqa: N818 - reads as what it says
    """The order would cost more than what may still be spent; nothing was written. `spent` is the sum so far."""

    def __init__(self, spent: Decimal) -> None:
        super().__init__(say(N_("Your limit for a day is reached. Raise day_limit in config.toml to go on.")))
        self.spent = spent


class Overtaken(JournalError):  # noqa: N818 - reads as what it says
    """The order in the file is newer than the one this program read last; nothing was written."""

    def __init__(self) -> None:
        super().__init__(say(N_("Another window has changed this order meanwhile. Look at it again.")))


_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_PERMISSION = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP})


def of_system(error: OSError, path: Path) -> JournalError:
    """Say what an error of the operating system means for the file or folder at `path`."""
    if error.errno in _NO_ROOM:
        return disk_full(path)
    if error.errno in _NO_PERMISSION:
        return read_only(path)
    if error.errno in _NO_LOCKS:
        return no_locks(path)
    return cannot_open(path, words_of(error))


def of_sqlite(error: sqlite3.Error, path: Path) -> JournalError:
    """Say what an error of SQLite means for the journal at `path`."""
    name = getattr(error, "sqlite_errorname", "")
    for start, make in _BY_NAME:
        if name.startswith(start):
            return make(path)
    if name.startswith("SQLITE_CANTOPEN"):
        return cannot_open(path, say(N_("SQLite cannot open it")))
    return CannotWrite(
        say(
            N_("{path} could not be used ({reason}). Check the disk, then start snum-tui again."),
            path=str(path),
            reason=f"{name}: {error}" if name else str(error),
        )
    )


def disk_full(path: Path) -> DiskFull:
    """Make the error for a disk without room."""
    return DiskFull(
        say(
            N_("{path} cannot be written: the disk is full, or over quota. Free some space, then try again."),
            path=str(path),
        )
    )


def read_only(path: Path) -> ReadOnly:
    """Make the error for a place that cannot be written."""
    return ReadOnly(
        say(
            N_("{path} cannot be written. Make it writable, or set SNUM_TUI_STATE_DIR to a folder that is."),
            path=str(path),
        )
    )


def no_locks(path: Path) -> NoLocks:
    """Make the error for a file system without locks."""
    return NoLocks(
        say(
            N_("The file system of {path} has no locks. Set SNUM_TUI_STATE_DIR to a folder on a local disk."),
            path=str(path),
        )
    )


def cannot_open(path: Path, reason: str | Sentence) -> CannotOpen:
    """Make the error for a file or folder that does not open."""
    return CannotOpen(
        say(
            N_("{path} cannot be opened ({reason}). Check it, or set SNUM_TUI_STATE_DIR to another folder."),
            path=str(path),
            reason=reason,
        )
    )


def newer_version(path: Path) -> NewerVersion:
    """Make the error for a journal of the future."""
    return NewerVersion(
        say(N_("{path} was written by a newer snum-tui. Update snum-tui; nothing was changed."), path=str(path))
    )


def damaged(path: Path) -> Damaged:
    """Make the error for a corrupt journal or a file that is none; it names the newest backup, if there is one."""
    backup = newest_copy(path.parent)
    if backup is None:
        words = N_(
            "{path} is damaged or no journal of snum-tui. Put a backup in its place, "
            "or move it away together with {marker} to begin a new one."
        )
    else:
        words = N_(
            "{path} is damaged or no journal of snum-tui. Copy {backup}, the newest backup beside it, over it; "
            "or move it away together with {marker} to begin a new one."
        )
    return Damaged(say(words, path=str(path), marker=marker_of(path).name, backup=backup or ""))


def vanished(path: Path) -> Vanished:
    """Make the error for a journal that was there and is not any more, or is another one; as for a damaged one."""
    backup = newest_copy(path.parent)
    if backup is None:
        words = N_(
            "{path} was deleted, emptied or exchanged. Put it back and start snum-tui again; "
            "to begin a new one, delete {marker} as well."
        )
    else:
        words = N_(
            "{path} was deleted, emptied or exchanged. Put it back, or copy {backup}, the newest backup beside it, "
            "to its place, and start snum-tui again; to begin a new one, delete {marker} as well."
        )
    return Vanished(say(words, path=str(path), marker=marker_of(path).name, backup=backup or ""))


def busy(path: Path) -> Busy:
    """Make the error for a file that another program would not let go of."""
    return Busy(
        say(
            N_("Another program keeps {path} locked. Close it (a backup, a viewer), then try again."),
            path=str(path),
        )
    )


def number_known(site: str, number_id: str) -> NumberKnown:
    """Make the error for a number id that came twice."""
    return NumberKnown(
        say(
            N_("{site} answered with number {number_id}, which the journal already has. Look at the site itself."),
            site=site,
            number_id=number_id,
        )
    )


def marker_of(path: Path) -> Path:
    """Return the small file beside the journal that says there is one."""
    return path.with_name(path.name + ".exists")


# The first name that fits counts: the special ones stand before their family.
_BY_NAME = (
    ("SQLITE_FULL", disk_full),
    ("SQLITE_IOERR_WRITE", disk_full),
    ("SQLITE_READONLY_DBMOVED", vanished),
    ("SQLITE_READONLY", read_only),
    ("SQLITE_PERM", read_only),
    ("SQLITE_NOTADB", damaged),
    ("SQLITE_CORRUPT", damaged),
    ("SQLITE_BUSY", busy),
    ("SQLITE_LOCKED", busy),
    ("SQLITE_IOERR_LOCK", no_locks),
    ("SQLITE_IOERR_RDLOCK", no_locks),
    ("SQLITE_IOERR_CHECKRESERVEDLOCK", no_locks),
    ("SQLITE_NOLFS", no_locks),
)
