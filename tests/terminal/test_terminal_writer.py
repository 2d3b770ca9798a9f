"""The writer on a real pty: whatever the terminal does, the caller never waits and no frame is cut in two."""

import fcntl
import os
import select
import termios
import threading
import time
import tty
from collections.abc import Iterator

import pyte
import pytest

from snum_tui.ui.terminal.writer import BEHIND_BYTES, MOST_BYTES, START_AFRESH, Calls, Writer

FRAME = b"\x1b[1;1H" + b"x" * 994
GOODBYE = b"\x1b[?1049l\x1b[?25h"
READ_BEFORE_THE_FLUSH = 4095
"""What the other side of a pty has taken over cannot be thrown away any more."""
PATIENCE_SECONDS = 10.0


class Line:
    """A pty with a writer on it, and what the writer told."""

    def __init__(self) -> None:
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        self.taken_again = threading.Event()
        self.lost = threading.Event()
        self.writer = Writer(self.slave, Calls(self.taken_again.set, self.lost.set))
        self.writer.start()

    def freeze(self) -> bytes:
        """Write frames until the terminal takes no more of them, and return them all."""
        written = b""
        while not self.writer.is_behind:
            self.writer.write(FRAME)
            written += FRAME
        return written

    def read(self, size: int) -> bytes:
        """Read exactly so much."""
        data = b""
        while len(data) < size:
            assert select.select([self.master], [], [], PATIENCE_SECONDS)[0], "no more came"
            data += os.read(self.master, size - len(data))
        return data

    def read_all(self) -> bytes:
        """Read what has been written by now."""
        data = b""
        while select.select([self.master], [], [], 0)[0]:
            data += os.read(self.master, BEHIND_BYTES)
        return data

    def hang_up(self) -> None:
        """Close the other side."""
        os.close(self.master)
        self.master = -1

    def close(self) -> None:
        """End it."""
        self.writer.stop()
        for descriptor in (self.master, self.slave):
            if descriptor != -1:
                os.close(descriptor)


@pytest.fixture
def line() -> Iterator[Line]:
    """A pty in raw mode that nobody reads yet."""
    opened = Line()
    yield opened
    opened.close()


def test_what_is_written_arrives_as_it_is_and_in_order(line: Line) -> None:
    words = [bytes([65 + number % 26]) * number for number in range(1, 100)]
    for word in words:
        line.writer.write(word)
    assert line.read(sum(map(len, words))) == b"".join(words)
    line.writer.begin_goodbye()
    line.writer.write(GOODBYE)
    line.writer.stop()
    assert line.read_all() == GOODBYE
    assert not line.writer.is_alive()


def test_what_the_terminal_takes_at_once_is_there_before_the_thread_has_woken() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    writer = Writer(slave, Calls(lambda: None, lambda: None))  # its thread does not run yet
    writer.write(FRAME)
    assert os.read(master, 2 * len(FRAME)) == FRAME
    writer.start()
    writer.write(GOODBYE)
    writer.stop()
    assert os.read(master, 2 * len(GOODBYE)) == GOODBYE
    for descriptor in (master, slave):
        os.close(descriptor)


def test_the_terminal_of_the_session_blocks_as_before_for_everybody_else(line: Line) -> None:
    line.freeze()
    assert not fcntl.fcntl(line.slave, fcntl.F_GETFL) & os.O_NONBLOCK


def test_a_terminal_that_reads_again_gets_every_frame_whole_and_then_it_is_told(line: Line) -> None:
    written = line.freeze()
    assert not line.taken_again.is_set()
    assert line.read(len(written)) == written
    assert line.taken_again.wait(PATIENCE_SECONDS)
    assert not line.writer.is_behind
    line.writer.write(GOODBYE)
    assert line.read(len(GOODBYE)) == GOODBYE


def test_what_is_written_to_a_terminal_that_never_reads_is_bounded(line: Line) -> None:
    line.freeze()
    for _ in range(2 * MOST_BYTES // len(FRAME)):
        line.writer.write(FRAME)
    assert MOST_BYTES < len(line.writer._waiting) <= MOST_BYTES + len(FRAME)


def test_a_frozen_terminal_is_left_with_the_goodbye_and_little_else(line: Line) -> None:
    written = line.freeze()
    line.writer.begin_goodbye()
    line.writer.write(GOODBYE[:5])
    line.writer.write(GOODBYE[5:])
    line.writer.stop()
    assert not line.writer.is_alive()
    found = line.read_all()
    assert found.endswith(START_AFRESH + GOODBYE)
    before = found.removesuffix(START_AFRESH + GOODBYE)
    assert len(before) <= READ_BEFORE_THE_FLUSH
    assert written.startswith(before)


@pytest.mark.parametrize(
    "cut",
    ["\x1b[38;2;122", "\x1b", "\x1b]2;1 open", "\x1b]52;c;AAA\x1b", "\x1b[31", "\x1b[31m", "\x1b[?2026h", "x"],
)
def test_after_a_sequence_that_was_cut_in_two_what_follows_is_read_as_it_is(cut: str) -> None:
    screen = pyte.Screen(40, 2)
    pyte.Stream(screen).feed(cut + START_AFRESH.decode() + "shell")
    assert screen.display[0].rstrip().endswith("shell")
    written = screen.buffer[0][screen.cursor.x - 1]
    assert (written.fg, written.data) == ("default", "l")
    # Output that was to be held until a frame is whole would be held for ever; pyte knows no such thing.
    assert b"\x1b[?2026l" in START_AFRESH


def test_a_terminal_whose_output_is_halted_is_behind_with_one_frame_and_left_with_the_goodbye_too(
    line: Line,
) -> None:
    termios.tcflow(line.slave, termios.TCOOFF)
    line.writer.write(FRAME)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not line.writer.is_behind:
        assert time.monotonic() < deadline
    line.writer.begin_goodbye()
    line.writer.write(GOODBYE)
    line.writer.stop()
    assert line.read_all() == START_AFRESH + GOODBYE


@pytest.mark.parametrize("frozen", [False, True], ids=["idle", "frozen"])
def test_a_dead_terminal_is_told_once_and_costs_nothing(line: Line, frozen: bool) -> None:  # noqa: FBT001 - a parameter
    if frozen:
        line.freeze()
    line.hang_up()
    assert line.lost.wait(PATIENCE_SECONDS)
    line.writer.join(PATIENCE_SECONDS)
    assert not line.writer.is_alive()
    line.writer.write(FRAME)
    line.writer.begin_goodbye()
    line.writer.write(GOODBYE)
    line.writer.stop()
    line.writer.write(FRAME)
    line.writer.stop()


def test_a_terminal_without_a_name_is_written_to_in_pieces_that_do_not_block() -> None:
    """As after `su -c`, where the terminal is another's and controls nothing; a pipe has no name either."""
    reader, end = os.pipe()
    room = fcntl.fcntl(end, fcntl.F_GETPIPE_SZ)
    writer = Writer(end, Calls(lambda: None, lambda: None))
    writer.start()
    while not writer.is_behind:
        writer.write(FRAME)
    writer.stop()
    assert not writer.is_alive()
    os.close(end)
    with open(reader, "rb") as file:  # noqa: PTH123 - a descriptor
        assert room // 2 < len(file.read()) <= room
