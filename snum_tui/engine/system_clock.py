"""The machine's own clocks."""

import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from snum_tui.domain.clock import Instant


class SystemClock:
    """The machine's clocks: CLOCK_BOOTTIME where there is one, else the monotonic clock."""

    def now(self) -> Instant:
        """Read both clocks at once."""
        return Instant(datetime.now(UTC), _boottime(), _boot_id())


def _boottime() -> float:
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


@cache
def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""
