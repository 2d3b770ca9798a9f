"""The real program, with an engine whose clocks run faster: `python -m tests.benchmarks.hasty_program 20`.

Quotes grow old, the bucket of requests fills and balances are due so many times sooner, by the very settings that
the program has. The screen keeps the pace that it always has.
"""

import asyncio
import selectors
import sys
import threading
import time
from datetime import timedelta

from snum_tui.cli import main
from snum_tui.domain.clock import Instant
from snum_tui.engine import system_clock

CLOCK = system_clock.SystemClock()
BEGAN = CLOCK.now()


class HastySelector(selectors.DefaultSelector):
    """Waits as much shorter as the clock is faster."""

    speed = 1.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return super().select(timeout if timeout is None else timeout / self.speed)


class HastyLoop(asyncio.SelectorEventLoop):
    """A loop whose seconds are shorter."""

    def __init__(self) -> None:
        super().__init__(HastySelector())

    def time(self) -> float:
        return time.monotonic() * HastySelector.speed


class HastyPolicy(asyncio.DefaultEventLoopPolicy):
    """Gives the engine's thread a hasty loop, and every other the usual one."""

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        return HastyLoop() if threading.current_thread().name == "engine" else super().new_event_loop()


class HastyClock:
    """The machine's clocks, going faster from the program's start on."""

    def now(self) -> Instant:
        now, further = CLOCK.now(), HastySelector.speed - 1.0
        passed = now.boottime - BEGAN.boottime
        return Instant(now.wall + timedelta(seconds=passed * further), now.boottime + passed * further, now.boot_id)


if __name__ == "__main__":
    HastySelector.speed = float(sys.argv.pop())
    system_clock.SystemClock = HastyClock  # type: ignore[misc, assignment]  # the program makes its clock itself
    asyncio.set_event_loop_policy(HastyPolicy())
    sys.exit(main())
