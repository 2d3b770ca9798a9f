"""Hands the screen's bytes to the terminal, and notices when the terminal takes no more of them or is gone.

In place of Textual's own writer (FACTS): that one freezes the screen's loop on a terminal that stops reading, and a
clean exit hangs on one that is dead.
"""

import contextlib
import os
import select
import termios
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

BEHIND_MILLISECONDS = 50
"""A terminal that takes nothing for so long is behind; one that is merely busy for a moment is not."""
GOODBYE_SECONDS = 0.4
"""The longest that leaving waits for a terminal that is behind."""
BEHIND_BYTES = 1 << 16
"""Several whole screens: a terminal with so many to come is behind, however steadily it takes them."""
MOST_BYTES = 1 << 18
"""What little is not a frame, and comes while the terminal is behind, is dropped from here on."""
SMALL_BYTES = 256
"""What a terminal that says it takes some takes without blocking."""
GONE = select.POLLHUP | select.POLLERR | select.POLLNVAL

START_AFRESH = b"\x18\x1b\\\x1b[?2026l\x1b[0m"
"""Ends whatever sequence was cut in two, held output, and colours."""


@dataclass(frozen=True, slots=True)
class Calls:
    """What the writer tells, from its own thread: bytes are taken again, or never will be."""

    taken_again: Callable[[], None]
    lost: Callable[[], None]


class Writer(threading.Thread):
    """Writes in order and never makes the caller wait. While `is_behind`, whoever paints had better not."""

    def __init__(self, descriptor: int, calls: Calls) -> None:
        super().__init__(name="terminal", daemon=True)
        self._calls = calls
        self._terminal, self._blocks = _open_again(descriptor)
        self._bell, self._rope = os.pipe()
        self._lock = threading.Lock()
        self._waiting = bytearray()
        self._goodbye: bytearray | None = None
        self._stopping = self._given_up = False
        self.is_behind = False

    def write(self, data: bytes) -> bool:
        """Take bytes to write. False: those of a writer that is stopped, or hopelessly behind, are dropped."""
        with self._lock:
            if self._goodbye is not None:
                self._goodbye += data
            elif len(self._waiting) > MOST_BYTES:
                return False
            if self._stopping:
                return False
            slept = not self._waiting
            self._waiting += data[self._written_at_once(data) if slept else 0 :]
            if not self._waiting:
                return True
            self.is_behind |= len(self._waiting) > BEHIND_BYTES
            if slept:
                self._ring()
        return True

    def begin_goodbye(self) -> None:
        """What is written from now on puts the terminal in order; it must arrive, whatever becomes of the rest."""
        with self._lock:
            self._goodbye = bytearray()

    def stop(self) -> None:
        """Write the rest and end; twice is once. A terminal that does not take it gets the goodbye alone."""
        if self._stopping:
            return
        self._stopping = True
        self._ring()
        self.join(GOODBYE_SECONDS)
        if self.is_alive():
            self._given_up = True
            self._ring()
            self.join(GOODBYE_SECONDS)
            if self.is_alive():  # in a write that blocks
                return
            self._leave_frozen()
        for descriptor in (self._terminal, self._bell, self._rope):
            os.close(descriptor)

    def run(self) -> None:
        """Write what comes, until stopped or until the terminal is gone."""
        poll = select.poll()
        poll.register(self._bell, select.POLLIN)
        while self._waiting or not self._stopping:
            # With nothing to write it still hears of the terminal's end.
            waiting = bool(self._waiting)
            poll.register(self._terminal, select.POLLOUT if waiting else 0)
            ready = dict(poll.poll(BEHIND_MILLISECONDS if waiting and not self.is_behind else None))
            if self._given_up:
                return
            if self._bell in ready:
                os.read(self._bell, MOST_BYTES)
            if not ready:
                self.is_behind = True
            elif self._terminal in ready and (ready[self._terminal] & GONE or not self._write_some()):
                self._calls.lost()
                return

    def _written_at_once(self, data: bytes) -> int:
        """Return how many bytes the terminal takes now: most frames go out without waking the thread."""
        if self._blocks or self.is_behind:
            return 0
        with contextlib.suppress(OSError):  # full, or gone: the thread finds out which
            return os.write(self._terminal, data)
        return 0

    def _write_some(self) -> bool:
        """Write what is taken at once; False where the terminal is gone."""
        with self._lock:
            data = bytes(self._waiting[: SMALL_BYTES if self._blocks else MOST_BYTES])
        try:
            written = os.write(self._terminal, data)
        except BlockingIOError:
            time.sleep(BEHIND_MILLISECONDS / 1000)  # another program is in the middle of a write
            return True
        except OSError:
            return False
        with self._lock:
            del self._waiting[:written]
            caught_up = self.is_behind and not self._waiting
            self.is_behind &= not caught_up
        if caught_up:
            self._calls.taken_again()
        return True

    def _leave_frozen(self) -> None:
        """Throw away what the terminal did not take, and leave the goodbye for when it does."""
        with contextlib.suppress(termios.error):
            termios.tcflush(self._terminal, termios.TCOFLUSH)
            termios.tcflow(self._terminal, termios.TCOON)
        self.is_behind = False
        self._waiting = bytearray(START_AFRESH + bytes(self._goodbye or b""))
        poll = select.poll()
        poll.register(self._terminal, select.POLLOUT)
        while self._waiting and poll.poll(0) and self._write_some():
            pass

    def _ring(self) -> None:
        os.write(self._rope, b"\0")


def _open_again(descriptor: int) -> tuple[int, bool]:
    """Open the terminal once more, so that not to block is this program's own affair and not the whole session's.

    Returns the new descriptor, and whether it blocks all the same: after `su -c` the terminal can be opened by no
    name.
    """
    for name in (_own_name, _name_for_all):
        with contextlib.suppress(OSError):
            return os.open(name(descriptor), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY), False
    return os.dup(descriptor), True


def _own_name(descriptor: int) -> str:
    return os.ttyname(descriptor)


def _name_for_all(descriptor: int) -> str:
    """Return the name under which every process may open the terminal that controls it. Raises OSError."""
    os.tcgetpgrp(descriptor)  # is it that one?
    return "/dev/tty"
