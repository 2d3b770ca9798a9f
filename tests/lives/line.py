"""A terminal that many lives can afford: it looks for words in what the program sends, and draws nothing."""

import asyncio
import fcntl
import os
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.lives.patience import wait_until

CHUNK = 65536
KEPT_BYTES = 256 * 1024
"""What came earlier is forgotten; nobody looks back further than to the last key."""
COLUMNS, LINES = 80, 24
TRACEBACK = b"Traceback (most recent"


class Line:
    """A pseudo-terminal with the program as the leader of its session. Belongs to the running event loop."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], cwd: Path) -> None:
        self._master, slave = os.openpty()
        self._resize(COLUMNS, LINES)
        os.set_blocking(self._master, False)
        self._kept = bytearray()
        self._forgotten = 0
        self._news = asyncio.Event()
        self.has_traceback = False
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(environment),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - this process has no threads
        )
        os.close(slave)
        self._listens = False
        self.listen()

    @property
    def mark(self) -> int:
        """The place in the stream that has been reached; `until` looks behind it."""
        return self._forgotten + len(self._kept)

    @property
    def is_open(self) -> bool:
        """Whether the program may still write here."""
        return self._master != -1 and self.process.poll() is None

    async def until(self, *words: bytes, since: int, seconds: float) -> bytes | None:
        """Wait until one of these words has come since the mark; None where none did, or the program has ended."""
        deadline = time.monotonic() + seconds
        while True:
            start = max(0, since - self._forgotten)
            found = next((word for word in words if self._kept.find(word, start) >= 0), None)
            left = deadline - time.monotonic()
            if found is not None or left <= 0 or not self.is_open:
                return found
            self._news.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), min(left, 0.25))

    def send(self, keys: str) -> None:
        """Type. Where the program does not read, the keys are lost, as in any terminal."""
        with suppress(OSError):
            os.write(self._master, keys.encode())

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    def listen(self) -> None:
        """Read what the program writes."""
        if not self._listens and self._master != -1:
            self._listens = True
            asyncio.get_running_loop().add_reader(self._master, self._take)

    def be_deaf(self) -> None:
        """Read no more; the program's writes fill the line and then block."""
        if self._listens:
            self._listens = False
            asyncio.get_running_loop().remove_reader(self._master)

    def shake(self) -> None:
        """Change the size, so that the program repaints all of it."""
        for columns in (COLUMNS - 1, COLUMNS):
            self._resize(columns, LINES)

    def hang_up(self) -> None:
        """Close the line, as a lost SSH connection does."""
        self.be_deaf()
        if self._master != -1:
            os.close(self._master)
            self._master = -1
        self._news.set()

    async def wait(self, seconds: float) -> int | None:
        """Return the exit status; None where the program goes on."""
        await wait_until(lambda: self.process.poll() is not None, seconds)
        return self.process.returncode

    def end(self) -> None:
        """Kill what still runs, and close the line."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.hang_up()

    def words(self) -> str:
        """Return the end of what was received, for whoever has to find a mistake."""
        return self._kept[-20_000:].decode(errors="replace")

    def _take(self) -> None:
        try:
            data = os.read(self._master, CHUNK)
        except BlockingIOError:
            return
        except OSError:  # Linux says EIO once the other side is closed
            data = b""
        if not data:
            self.be_deaf()
        self._keep(data)
        self._news.set()

    def _keep(self, data: bytes) -> None:
        self._kept += data
        self.has_traceback = self.has_traceback or self._kept.find(TRACEBACK, -len(data) - len(TRACEBACK)) >= 0
        if len(self._kept) > 2 * KEPT_BYTES:
            self._forgotten += len(self._kept) - KEPT_BYTES
            del self._kept[:-KEPT_BYTES]

    def _resize(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
