"""What can go wrong with one step, and at which one."""

import errno
from dataclasses import dataclass
from enum import IntEnum


class Kind(IntEnum):
    """Kinds of steps, numbered as in steps.h; each stands for all libc calls that do it."""

    MARK = 0
    OPEN = 1
    WRITE = 2
    SYNC = 3
    TRUNCATE = 4
    UNLINK = 5
    RENAME = 6
    LINK = 7
    MKDIR = 8
    CONNECT = 9
    SEND = 10
    RECEIVE = 11

    @property
    def is_about_disk(self) -> bool:
        """Whether it changes a file or folder; else it reaches for the site."""
        return self < Kind.CONNECT


class Effect(IntEnum):
    """What becomes of a step, numbered as in steps.h."""

    NONE = 0
    KILL_BEFORE = 1
    KILL_AFTER = 2
    FAIL = 3
    DONE_BUT_FAIL = 4
    SHORT = 5
    SHORT_THEN_FAIL = 6
    FAIL_FROM_NOW_ON = 7
    FULL = 8

    @property
    def kills(self) -> bool:
        """Whether the process ends here."""
        return self in {Effect.KILL_BEFORE, Effect.KILL_AFTER}


@dataclass(frozen=True, slots=True)
class Point:
    """The `nth` step (from 1) of this kind and name in a life: the 3rd write to orders.db."""

    kind: Kind
    name: str
    nth: int

    def __str__(self) -> str:
        return f"{self.kind.name.lower()} {self.name} #{self.nth}"


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong at a point. With `heals` the disk or line is well again before the program ends.

    Without, a program that lives on with it is killed in the end: what it could not write is gone.
    """

    point: Point
    effect: Effect
    error: int = 0
    heals: bool = True

    @property
    def lasts(self) -> bool:
        """Whether it goes on after the point."""
        return self.effect is Effect.FAIL_FROM_NOW_ON

    @property
    def cuts_line(self) -> bool:
        """Whether the site cannot be reached from here on."""
        return self.lasts and not self.point.kind.is_about_disk

    def __str__(self) -> str:
        what = self.effect.name.lower().replace("_", " ")
        error = f" {errno.errorcode[self.error]}" if self.error else ""
        return f"{self.point}: {what}{error}{'' if self.heals else ', then killed'}"


def faults_at(point: Point, *, lasting: bool = True) -> tuple[Fault, ...]:
    """Return all that may go wrong at a point. What would be well again by then need not last."""
    kills = (Fault(point, Effect.KILL_BEFORE), Fault(point, Effect.KILL_AFTER))
    return (*kills, *(fault for fault in failures_at(point) if lasting or not fault.lasts))


def failures_at(point: Point) -> tuple[Fault, ...]:
    """Return all that may go wrong at a point without ending the process."""
    return tuple(Fault(point, effect, error, heals) for effect, error, heals in _FAILURES[point.kind])


_BROKEN = (Effect.FAIL, errno.EIO, True)
_NO_ROOM = (Effect.FAIL, errno.ENOSPC, True)
_STAYS_BROKEN = ((Effect.FAIL_FROM_NOW_ON, errno.EIO, True), (Effect.FAIL_FROM_NOW_ON, errno.EIO, False))
_STAYS_FULL = (Effect.FULL, errno.ENOSPC, True)
_NAME = (_BROKEN, _NO_ROOM, *_STAYS_BROKEN)
_CUT = (Effect.FAIL_FROM_NOW_ON, errno.ENETUNREACH, True)
_FAILURES: dict[Kind, tuple[tuple[Effect, int, bool], ...]] = {
    Kind.OPEN: (*_NAME, _STAYS_FULL),
    Kind.WRITE: (
        _BROKEN,
        _NO_ROOM,
        (Effect.DONE_BUT_FAIL, errno.EIO, True),
        (Effect.SHORT, 0, True),
        (Effect.SHORT_THEN_FAIL, errno.ENOSPC, True),
        *_STAYS_BROKEN,
        _STAYS_FULL,
    ),
    Kind.SYNC: (_BROKEN, *_STAYS_BROKEN),
    Kind.TRUNCATE: (_BROKEN, (Effect.DONE_BUT_FAIL, errno.EIO, True), *_STAYS_BROKEN),
    Kind.UNLINK: (_BROKEN, *_STAYS_BROKEN),
    Kind.RENAME: _NAME,
    Kind.LINK: _NAME,
    Kind.MKDIR: (*_NAME, _STAYS_FULL),
    Kind.CONNECT: ((Effect.FAIL, errno.ECONNREFUSED, True), (Effect.FAIL, errno.ETIMEDOUT, True), _CUT),
    Kind.SEND: (
        (Effect.FAIL, errno.EPIPE, True),
        (Effect.DONE_BUT_FAIL, errno.ECONNRESET, True),
        (Effect.SHORT, 0, True),
        (Effect.SHORT_THEN_FAIL, errno.ECONNRESET, True),
        _CUT,
    ),
    Kind.RECEIVE: (
        (Effect.FAIL, errno.ECONNRESET, True),
        (Effect.FAIL, errno.ETIMEDOUT, True),
        (Effect.DONE_BUT_FAIL, errno.ECONNRESET, True),
        (Effect.SHORT, 0, True),
        _CUT,
    ),
}
