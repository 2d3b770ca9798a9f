"""The machine's own clocks."""

import secrets
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from snum_tui.domain.clock import Instant


class SystemClock:
    """The machine's clocks: CLOCK_BOOTTIME where there is one, else CLOCK_MONOTONIC (it counts sleep on a Mac)."""

    def now(self) -> Instant:
        """Read both clocks at once."""
        return Instant(datetime.now(UTC), _boottime(), _boot_id())


def _boottime() -> float:
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


@cache
def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        # Nobody knows which boot this is, but within one process it stays the same.
        return f"process {secrets.token_hex(8)}"
