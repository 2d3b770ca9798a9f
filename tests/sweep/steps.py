"""The log of steps, as the shim writes it."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.sweep.faults import Effect, Kind

_HEADER = struct.Struct("@IIiiQqqIIII")
"""As `struct header` of steps.c."""

CREATED = 1
EMPTIED = 2
"""What an OPEN has done, as bits of its `offset`."""


@dataclass(frozen=True, slots=True)
class Step:
    """One call, in the order in which it happened. Paths are relative to the watched folder.

    `name` is what a Point is found by. `result` and `error` are what the program saw; `effect` says whether that is
    what really happened. `offset` is a write's place, a truncation's length, or an OPEN's bits.
    """

    kind: Kind
    effect: Effect
    error: int
    inode: int
    offset: int
    result: int
    name: str
    path: str
    target: str
    data: bytes

    @property
    def was_done(self) -> bool:
        """Whether the call did its work, all of it or a part."""
        return self.result >= 0 or self.effect is Effect.DONE_BUT_FAIL

    @property
    def text(self) -> str:
        """The data as text; of a MARK, its words."""
        return self.data.decode()


def read_steps(log: Path) -> list[Step]:
    """Read a log. The last step of a killed process may be cut short; it is left out."""
    return list(_split(log.read_bytes())) if log.exists() else []


def _split(content: bytes) -> Iterator[Step]:
    start = 0
    while start + _HEADER.size <= len(content):
        kind, effect, _, error, inode, offset, result, *lengths = _HEADER.unpack_from(content, start)
        start += _HEADER.size
        parts = []
        for length in lengths:
            parts.append(content[start : start + length])
            start += length
        if start > len(content):
            return
        name, path, target = (part.decode() for part in parts[:3])
        yield Step(Kind(kind), Effect(effect), error, inode, offset, result, name, path, target, parts[3])
