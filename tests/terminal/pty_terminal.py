"""A terminal of one's own: the program runs in it as in any other, and a test reads what a person would see."""

import codecs
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyte

from tests.terminal.pty_text import Drawable, clipboard

PATIENCE_SECONDS = 15.0
LOOK_SECONDS = 0.05
PIECE_SECONDS = 0.01
CHUNK = 65536

ENTERING = b"\x1b[?1049h"
ENTER, ESCAPE, TAB = "\r", "\x1b", "\t"
UP, DOWN = "\x1b[A", "\x1b[B"


@dataclass(frozen=True, slots=True)
class Picture:
    """What the screen shows at one moment, line by line."""

    lines: tuple[str, ...]

    def __contains__(self, words: str) -> bool:
        return words in self.text

    @property
    def text(self) -> str:
        """The lines, joined."""
        return "\n".join(self.lines)

    @property
    def is_framed(self) -> bool:
        """Whether the program's frame stands in all corners; the one to the right at the bottom comes last."""
        top, bottom = self.lines[0], self.lines[-1]
        return top[0] + top[-1] + bottom[0] + bottom[-1] == "┌┐└┘"

    def find(self, pattern: str) -> re.Match[str] | None:
        """Search for a pattern that may span lines."""
        return re.search(pattern, self.text, re.MULTILINE)

    def line(self, words: str) -> str:
        """Return the first line that holds these words, empty where none does."""
        return next((line for line in self.lines if words in line), "")


Condition = Callable[[Picture], object]
OpenTerminal = Callable[..., "Terminal"]
"""The fixture `open_terminal`."""


class Terminal:
    """One pseudo-terminal with the program as the leader of its session.

    With `errors_apart`, standard error is a second terminal, so that it can be told from standard output.
    Nothing is read but in `until`, `listen` and `wait`, so that what was received is always known.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        size: tuple[int, int],
        cwd: Path,
        errors_apart: bool = False,
        before_exec: Callable[[], None] | None = None,
    ) -> None:
        columns, lines = size
        self.received = b""
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self._screen)
        self._drawable = Drawable()
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._master, slave = os.openpty()
        self._resize_pty(columns, lines)
        self._settings_before = termios.tcgetattr(self._master)
        self._errors, errors = os.openpty() if errors_apart else (-1, os.dup(slave))
        self._ended = False
        self._drawn = (0, 0, 0)
        self._picture = Picture(())

        def take_terminal() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            if before_exec is not None:
                before_exec()

        self.process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=slave,
            stdout=slave,
            stderr=errors,
            env=dict(environment),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=take_terminal,  # noqa: PLW1509 - the test has no threads
        )
        os.close(slave)
        os.close(errors)

    @property
    def picture(self) -> Picture:
        """What the screen shows by what was read so far."""
        if self._drawn != (len(self.received), self._screen.columns, self._screen.lines):
            self._drawn = (len(self.received), self._screen.columns, self._screen.lines)
            self._picture = Picture(tuple(self._screen.display))
        return self._picture

    @property
    def cells(self) -> list[list[tuple[object, ...]]]:
        """What the screen shows, cell by cell: letter, colours as `rrggbb` or default, and what of it is set.

        Bold, italic, underlined, struck, turned round; of a blank only what is seen.
        """
        screen = self._screen
        return [
            [_cell(screen.buffer[line][column]) for column in range(screen.columns)] for line in range(screen.lines)
        ]

    def spoil(self) -> None:
        """Write all over the screen, as a program in the background does."""
        self._stream.feed("\x1b[3;1H" + "#" * self._screen.columns + "\x1b[7;5H another program's words")

    @property
    def clipboard(self) -> list[str]:
        """What the program sent to the terminal's clipboard."""
        return clipboard(self.received)

    @property
    def errors(self) -> str:
        """What the program wrote to a standard error of its own. Call it once, after the end."""
        return _read_all(self._errors).decode().replace("\r\n", "\n")

    @property
    def is_as_before(self) -> bool:
        """Whether echo, line mode and all other settings of the line are what they were before the program."""
        return termios.tcgetattr(self._master) == self._settings_before

    def send(self, keys: str) -> None:
        """Type."""
        self.send_bytes(keys.encode())

    def send_bytes(self, sent: bytes) -> None:
        """Type what a keyboard of whatever locale sends."""
        os.write(self._master, sent)

    def until(self, holds: Condition, seconds: float = PATIENCE_SECONDS) -> Picture:
        """Read until something holds, and return the picture for which it does; fail with the screen otherwise."""
        deadline = time.monotonic() + seconds
        while not holds(picture := self.picture):
            if self._ended or time.monotonic() > deadline:
                raise AssertionError(f"never held; the screen says:\n{picture.text}")
            self._read(LOOK_SECONDS)
            while self._read(0.0):
                pass
        while self._read(PIECE_SECONDS):
            pass  # the terminal hands a frame on in pieces of two kilobytes
        return whole if holds(whole := self.picture) else picture

    def until_received(self, words: bytes, seconds: float = PATIENCE_SECONDS) -> None:
        """Read until these bytes have come, and draw nothing: for measuring."""
        deadline = time.monotonic() + seconds
        while words not in self.received:
            assert not self._ended, f"it ended before it wrote {words!r}"
            assert time.monotonic() < deadline, f"it never wrote {words!r}"
            if select.select([self._master], [], [], LOOK_SECONDS)[0]:
                self._keep(_read_some(self._master))

    def listen(self, seconds: float) -> int:
        """Read for so long, and return how many bytes came."""
        before, deadline = len(self.received), time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 and not self._ended:
            self._read(left)
        return len(self.received) - before

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the window."""
        self._screen.resize(lines, columns)
        self._resize_pty(columns, lines)

    def repainted(self, holds: Condition) -> Picture:
        """Have the program leave and enter the screen and paint all of it; return the picture once it is whole."""
        seen = len(self.received)
        self.process.send_signal(signal.SIGCONT)
        return self.until(
            lambda screen: self.received.find(ENTERING, seen) != -1 and screen.is_framed and holds(screen)
        )

    def flood(self) -> None:
        """Let the program repaint again and again without reading any of it, until it cannot write any more."""
        columns, lines = self._screen.columns, self._screen.lines
        waiting = -1
        while waiting != (waiting := self._waiting_bytes()) or not waiting:
            for step in range(20):
                self._resize_pty(columns - 1 - step % 2, lines)
                time.sleep(0.02)  # a resize that comes with the next one is one

    def stop(self, number: signal.Signals) -> None:
        """Send STOP or TSTP, read what is still written, and return once the program stands still."""
        self.process.send_signal(number)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOHANG) is None:
            assert time.monotonic() < deadline, "it does not stop"
            self._read(LOOK_SECONDS)
        while self._read(0.0):
            pass

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the line, as a lost SSH connection does: the kernel sends HUP, and writing raises from then on."""
        os.close(self._master)
        self._master = -1
        self._ended = True

    def wait(self, seconds: float = PATIENCE_SECONDS) -> int:
        """Read to the end and return the exit status; fail with the screen where the program goes on."""
        deadline = time.monotonic() + seconds
        while not self._ended and self.process.poll() is None:
            assert time.monotonic() < deadline, f"it does not end; the screen says:\n{self.picture.text}"
            self._read(LOOK_SECONDS)
        status = self.process.wait(max(0.0, deadline - time.monotonic()))
        while self._read(0.0):
            pass
        return status

    def kill(self) -> None:
        """Kill the program on the spot, as the kernel does when memory runs out."""
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        """End whatever still runs."""
        self.kill()
        for descriptor in (self._master, self._errors):
            if descriptor != -1:
                os.close(descriptor)
        self._master = self._errors = -1
        self._ended = True

    def _read(self, seconds: float) -> bool:
        """Read what is there, or wait for it so long; False where nothing came."""
        if self._ended or not select.select([self._master], [], [], seconds)[0]:
            return False
        data = self._keep(_read_some(self._master))
        if not data:
            return False
        self._draw(data)
        return True

    def _draw(self, data: bytes) -> None:
        before, entering, after = self._drawable.take(data).rpartition(ENTERING)
        self._stream.feed(self._decode(before))
        if entering:
            self._screen.reset()  # as the alternate screen is, and pyte has none
        self._stream.feed(self._decode(after))

    def _waiting_bytes(self) -> int:
        return int(struct.unpack("i", fcntl.ioctl(self._master, termios.FIONREAD, b"\0" * 4))[0])

    def _keep(self, data: bytes) -> bytes:
        self.received += data
        self._ended = self._ended or not data
        return data

    def _resize_pty(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def _cell(char: pyte.screens.Char) -> tuple[object, ...]:
    lined = char.underscore, char.strikethrough, char.reverse
    if char.data == " " and not any(lined):
        return " ", "", char.bg, False, False, *lined
    return char.data, char.fg, char.bg, char.bold, char.italics, *lined


def _read_some(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, CHUNK)
    except OSError:  # Linux says EIO once the other side is closed
        return b""


def _read_all(descriptor: int) -> bytes:
    read = b""
    while data := _read_some(descriptor):
        read += data
    return read
