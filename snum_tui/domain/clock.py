"""Time for people and for money: a wall clock, and a clock that neither jumps nor sleeps."""

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
    answer is the careful one: a refund window closes rather too early on the screen than too late.
    """
    by_wall = (now.wall - since.wall).total_seconds()
    if since.boot_id and since.boot_id == now.boot_id:
        return max(now.boottime - since.boottime, by_wall, 0.0)
    return max(by_wall, 0.0)
