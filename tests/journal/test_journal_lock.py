"""One program polls; when it goes, however it goes, another takes over."""

import errno
import fcntl
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import Popen

import pytest

from snum_tui.journal.errors import JournalError, NoLocks
from snum_tui.journal.lock import InstanceLock

Child = Callable[..., "Popen[str]"]

HOLD = """
lock = InstanceLock(state)
print(lock.try_acquire(), flush=True)
sys.stdin.readline()
lock.release()
print("released", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def lock(state: Path) -> Iterator[InstanceLock]:
    """A lock of this process, let go at the end."""
    made = InstanceLock(state)
    yield made
    made.release()


def test_the_first_gets_the_lock_and_says_who_it_is(lock: InstanceLock, state: Path) -> None:
    """In a folder that need not be there yet, and for its owner alone."""
    assert lock.holder_pid() is None
    assert lock.try_acquire()
    assert lock.holder_pid() == os.getpid()
    assert (state / "lock").stat().st_mode & 0o777 == 0o600
    assert state.stat().st_mode & 0o777 == 0o700


def test_asking_again_for_what_is_ours_is_yes(lock: InstanceLock) -> None:
    """The engine may ask as often as it likes."""
    assert lock.try_acquire()
    assert lock.try_acquire()


def test_the_second_is_told_no_and_by_whom(lock: InstanceLock, state: Path, child: Child) -> None:
    """`Another snum-tui (process 4711) polls`."""
    holder = child(HOLD, state)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "True\n"
    assert not lock.try_acquire()
    assert lock.holder_pid() == holder.pid


def test_a_second_lock_in_the_same_process_is_told_no_as_well(lock: InstanceLock, state: Path) -> None:
    """An flock belongs to the opened file, not to the process."""
    assert lock.try_acquire()
    assert not InstanceLock(state).try_acquire()


def test_a_released_lock_is_free_for_the_next(lock: InstanceLock, state: Path, child: Child) -> None:
    """The one that watched takes over."""
    holder = child(HOLD, state)
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == "True\n"
    print("go", file=holder.stdin, flush=True)
    assert holder.stdout.readline() == "released\n"
    assert lock.holder_pid() is None
    assert lock.try_acquire()


def test_the_lock_of_a_killed_program_is_free(lock: InstanceLock, state: Path, child: Child) -> None:
    """Its process id is still in the file, and counts for nothing."""
    holder = child(HOLD, state)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "True\n"
    holder.send_signal(signal.SIGKILL)
    holder.wait(timeout=60)
    assert (state / "lock").read_text() == str(holder.pid)
    assert lock.holder_pid() is None
    assert lock.try_acquire()
    assert lock.holder_pid() == os.getpid()


@pytest.mark.parametrize("content", ["", "not a number", "9" * 30, "-1", "0"])
def test_nonsense_in_the_file_names_nobody(lock: InstanceLock, state: Path, content: str) -> None:
    """What is written there is for people; only the lock decides."""
    state.mkdir()
    (state / "lock").write_text(content)
    assert lock.holder_pid() is None
    assert lock.try_acquire()


def test_releasing_twice_is_releasing_once(lock: InstanceLock) -> None:
    """And releasing what was never held is nothing."""
    lock.release()
    assert lock.try_acquire()
    lock.release()
    lock.release()
    assert lock.holder_pid() is None


def test_a_file_deleted_while_it_was_being_locked_is_no_lock(
    lock: InstanceLock, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next program would make and lock another one; the next try gets that."""
    system_flock = fcntl.flock

    def delete_first(descriptor: int, operation: int) -> None:
        (state / "lock").unlink()
        system_flock(descriptor, operation)

    with monkeypatch.context() as patched:
        patched.setattr(fcntl, "flock", delete_first)
        assert not lock.try_acquire()
    assert lock.try_acquire()


def test_a_file_system_without_locks_is_told(lock: InstanceLock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network homes: better a sentence than two programs that poll."""

    def refuse(*_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(NoLocks) as caught:
        lock.try_acquire()
    assert "SNUM_TUI_STATE_DIR" in caught.value.sentence.template


def test_a_place_without_a_lock_file_is_told(tmp_path: Path) -> None:
    """A sentence, not a traceback."""
    (tmp_path / "lock").mkdir()
    with pytest.raises(JournalError):
        InstanceLock(tmp_path).try_acquire()
