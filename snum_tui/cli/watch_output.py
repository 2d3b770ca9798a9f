"""Standard output for `snum-tui watch`: whole lines, each sent at once, to a reader that may stall or go away."""

import errno
import json
import os
import select
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from snum_tui.cli.orders import iso_time, record_of
from snum_tui.cli.watch_ending import local_time
from snum_tui.cli.watch_events import Fact, WatchEvent
from snum_tui.domain.sentence import Sentence
from snum_tui.locale import Speaker

LOOK_SECONDS = 1.0
_GONE = frozenset({errno.EPIPE, errno.EIO, errno.ECONNRESET})
"""EIO: the terminal is gone."""


class Writer(Protocol):
    """Makes a line, without its end, of an event."""

    def __call__(self, event: WatchEvent, at: datetime) -> bytes:
        """Write one event; `at` is when it was seen (aware UTC)."""
        ...


def text_writer(speaker: Speaker) -> Writer:
    """Return the writer for people: their own time of day, then the sentence."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"

    def write(event: WatchEvent, at: datetime) -> bytes:
        return f"{local_time(at)} {speaker.render(event.sentence)}".encode(encoding, errors="replace")

    return write


def json_writer(speaker: Speaker) -> Writer:
    """Return the writer for programs: one object a line, in UTF-8. The README documents its keys."""

    def write(event: WatchEvent, at: datetime) -> bytes:
        record: dict[str, object] = {
            "at": iso_time(at),
            "event": event.kind.value,
            "text": speaker.render(event.sentence),
            **{name: _plain(fact, speaker) for name, fact in event.facts.items()},
        }
        if event.order is not None:
            record["order"] = record_of(event.order)
        return json.dumps(record, ensure_ascii=False).encode()

    return write


def _plain(fact: Fact, speaker: Speaker) -> str | int | None:
    return speaker.render(fact) if isinstance(fact, Sentence) else fact


class Output:
    """A descriptor written to without Python's buffer: what is not sent must not hold up the end of the program.

    `gives_up` is asked while the reader takes nothing: once it says so, the reader counts as gone.
    """

    def __init__(self, descriptor: int, gives_up: Callable[[], bool]) -> None:
        self._descriptor = descriptor
        self._gives_up = gives_up
        self.is_gone = False
        """Nobody reads any more."""

    def look(self) -> None:
        """See whether the reader has gone away meanwhile, as `| head -1` does after its line."""
        poll = select.poll()
        poll.register(self._descriptor, 0)
        self.is_gone = self.is_gone or bool(poll.poll(0))

    def write(self, line: bytes) -> None:
        """Send one line. Raises OSError where it cannot be written although somebody reads, as on a full disk."""
        data = line + b"\n"
        while data and not self.is_gone:
            # A pipe or terminal that is ready takes so much without blocking.
            if self._is_ready():
                data = data[self._send(data[: select.PIPE_BUF]) :]

    def _is_ready(self) -> bool:
        ready = bool(select.select([], [self._descriptor], [], LOOK_SECONDS)[1])
        if not ready and self._gives_up():
            self.is_gone = True
        return ready

    def _send(self, data: bytes) -> int:
        try:
            return os.write(self._descriptor, data)
        except OSError as error:
            if error.errno not in _GONE:
                raise
            self.is_gone = True
            return 0


def standard_output() -> int:
    """Return the descriptor to write to. Where standard output is closed, its number may be a file of ours."""
    return os.open(os.devnull, os.O_WRONLY) if sys.stdout is None else sys.stdout.fileno()
