"""Time for people and for money: a wall clock, and a clock that neither jumps nor sleeps."""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Instant:
    """One moment on both clocks.

    `wall` is aware UTC and may jump; `boottime` is seconds since boot, suspend included, and means something only
    together with the same `boot_id`.
    """

    wall: datetime
    boottime: float
    boot_id: str


class Clock(Protocol):
    """Where the program gets the time from; tests hand in their own."""

    def now(self) -> Instant:
        """Read both clocks at once."""
        ...


def least_elapsed_seconds(since: Instant, now: Instant) -> float:
    """Return how long ago `since` was at the least: what both clocks agree on.

    For ending something that is paid for: a wall clock that jumps ahead must not end it too early.
    """
    by_wall = max((now.wall - since.wall).total_seconds(), 0.0)
    if since.boot_id and since.boot_id == now.boot_id:
        return min(max(now.boottime - since.boottime, 0.0), by_wall)
    return by_wall


def elapsed_seconds(since: Instant, now: Instant) -> float:
    """Return how long ago `since` was, never less than the longer of what both clocks say.

    Within one boot both count; across boots, or where the boot is not known, only the wall clock does. The longer
    answer is the careful one: a refund window closes rather too early on the screen than too late. A machine that
    comes up before it went down has been set back by nobody knows how much: that is infinitely long ago.
    """
    by_wall = (now.wall - since.wall).total_seconds()
    if not (since.boot_id and now.boot_id):
        return max(by_wall, 0.0)
    if since.boot_id == now.boot_id:
        return max(now.boottime - since.boottime, by_wall, 0.0)
    return by_wall if by_wall >= 0 else math.inf


JUMP_SECONDS = 1.0
"""Clocks that part by less than this are being corrected, not set."""


@dataclass(frozen=True, slots=True)
class Age:
    """How old something was, at the least, at a moment: `seconds` at `at`."""

    seconds: float
    at: Instant

    def seconds_at(self, now: Instant) -> float:
        """Return how old it is now, rather too old than too young.

        Allows for what the wall clock may have been corrected by before another boot, too little to be noticed.
        """
        unnoticed = 0.0 if self.at.boot_id == now.boot_id else JUMP_SECONDS
        return self.seconds + elapsed_seconds(self.at, now) + unnoticed

    def taken_again(self, now: Instant) -> "Age | None":
        """Return the age to keep instead of this one, None where this one still serves."""
        return Age(self.seconds_at(now), now) if self.is_shaken(now) else None

    def is_shaken(self, now: Instant) -> bool:
        """Tell whether it must be taken again, lest the next boot reckon from a clock that has been set since."""
        if self.at.boot_id != now.boot_id:
            return True
        by_wall = (now.wall - self.at.wall).total_seconds()
        return abs(by_wall - (now.boottime - self.at.boottime)) > JUMP_SECONDS
