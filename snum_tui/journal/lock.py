"""Which of several programs on this machine polls: the one with the lock. The kernel lets go for the dead."""

import fcntl
import os
from pathlib import Path

from snum_tui.journal.errors import of_system
from snum_tui.journal.files import PRIVATE_FILE, make_directory


class InstanceLock:
    """An flock on the file `lock` of the state directory, with the holder's process id in it."""

    def __init__(self, state_directory: Path) -> None:
        self._path = state_directory.absolute() / "lock"
        self._descriptor: int | None = None

    def try_acquire(self) -> bool:
        """Take the lock if nobody has it; never waits. True also when it is ours already. Raises JournalError."""
        if self._descriptor is not None:
            return True
        make_directory(self._path.parent)
        try:
            descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, PRIVATE_FILE)
        except OSError as error:
            raise of_system(error, self._path) from error
        if not self._lock(descriptor):
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        self._write_pid(str(os.getpid()))
        return True

    def holder_pid(self) -> int | None:
        """Return the process id the holder wrote; None where nobody does. For people: the lock alone decides."""
        try:
            pid = int(self._path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None
        return pid if pid > 0 and _lives(pid) else None

    def release(self) -> None:
        """Let go; twice is once. The file stays: deleting it would let two programs hold two of them."""
        if self._descriptor is None:
            return
        self._write_pid("")
        os.close(self._descriptor)
        self._descriptor = None

    def _lock(self, descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            os.close(descriptor)
            raise of_system(error, self._path) from error
        return self._is_at_path(descriptor)

    def _is_at_path(self, descriptor: int) -> bool:
        """Tell whether the file just locked is the one the others will see, not one deleted meanwhile."""
        try:
            return os.path.samestat(os.fstat(descriptor), self._path.stat())
        except OSError:
            return False

    def _write_pid(self, text: str) -> None:
        """Leave a note for people; a full disk must not keep anybody from polling."""
        if self._descriptor is None:
            return
        try:
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, text.encode("ascii"), 0)
        except OSError:
            return


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        # Under another user, but alive.
        return True
    except (OSError, OverflowError):
        return False
    return True
