"""Which programs are at work on the orders of one site and profile, and which of them polls.

Each holds a lock on a file of its own as long as it lives, and one of them on the file `lock`. The kernel lets go
for the dead, so no note left behind by a killed program can mislead anybody.
"""

import fcntl
import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from snum_tui.journal.errors import of_system
from snum_tui.journal.files import PRIVATE_FILE, make_directory
from snum_tui.journal.lock import InstanceLock

FOLDER = "running"
_SUFFIX = ".alive"


class Company:
    """This program's place among those that share a journal; `name` is what it writes as an order's `handled_by`.

    All calls return at once. Raises JournalError on joining where the folder or its locks do not work.
    """

    def __init__(self, state_directory: Path, site: str, profile: str) -> None:
        group = hashlib.sha256(f"{profile}\n{site}".encode()).hexdigest()[:16]
        self._folder = state_directory.absolute() / FOLDER / group
        self._lead = InstanceLock(self._folder)
        self._descriptor: int | None = None
        self.name = secrets.token_hex(8)

    def join(self) -> None:
        """Show the others that this program lives. Raises JournalError."""
        make_directory(self._folder.parent.parent)
        make_directory(self._folder.parent)
        make_directory(self._folder)
        while self._descriptor is None:
            self._descriptor = _held_file(self._path(self.name))

    def try_to_lead(self) -> bool:
        """Become the one that polls, if nobody is; True also where it is this one already. Raises JournalError."""
        return self._lead.try_acquire()

    def is_alive(self, name: str) -> bool:
        """Tell whether the program of this name still runs; this one does."""
        return name == self.name or _is_held(self._path(name))

    def others(self) -> int:
        """Count the other programs that run. What the dead left behind is cleared away."""
        count = 0
        for path in self._members():
            if path.stem == self.name:
                continue
            if _is_held(path):
                count += 1
            else:
                with suppress(OSError):
                    path.unlink()
        return count

    def leave(self) -> None:
        """Lead no more, and be gone; twice is once."""
        self._lead.release()
        if self._descriptor is None:
            return
        with suppress(OSError):
            self._path(self.name).unlink()
        os.close(self._descriptor)
        self._descriptor = None

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}{_SUFFIX}"

    def _members(self) -> list[Path]:
        try:
            return [entry for entry in self._folder.iterdir() if entry.suffix == _SUFFIX]
        except OSError:
            return []


@dataclass(frozen=True, slots=True)
class Group:
    """The programs of one site and profile, seen from outside: how many run, and which process polls."""

    programs: int
    leader_pid: int | None


def groups_in(state_directory: Path) -> tuple[Group, ...]:
    """Return the groups in which a program runs; nothing is cleared away, and no place taken."""
    try:
        folders = sorted((state_directory.absolute() / FOLDER).iterdir())
    except OSError:
        return ()
    groups = []
    for folder in folders:
        programs = sum(_is_held(path) for path in folder.glob(f"*{_SUFFIX}"))
        if programs:
            groups.append(Group(programs, InstanceLock(folder).holder_pid()))
    return tuple(groups)


def _held_file(path: Path) -> int | None:
    """Make the file and lock it; None where another program cleared it away before it was locked."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, PRIVATE_FILE)
    except OSError as error:
        raise of_system(error, path) from error
    try:
        # Others hold it for no longer than a look takes.
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.path.samestat(os.fstat(descriptor), path.stat()):
            return descriptor
    except FileNotFoundError:
        pass
    except OSError as error:
        os.close(descriptor)
        raise of_system(error, path) from error
    os.close(descriptor)
    return None


def _is_held(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except PermissionError:
        # Another user's: who cannot look may not declare anybody dead.
        return True
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False
