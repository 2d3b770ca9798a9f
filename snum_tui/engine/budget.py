"""One budget of requests for the whole site: a burst of one screenful, then a steady rate, by priority."""

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum

from snum_tui.domain.policy import Politeness


class Priority(IntEnum):
    """Who goes first. Money never stands in a queue behind a read."""

    MONEY = 0
    MESSAGE = 1
    BALANCE = 2
    LIST = 3
    QUOTE = 4


class Budget:
    """A token bucket with a limit of requests in flight; the lowest priority number is served first.

    MONEY takes its token on credit and goes at once: an order or a cancel waits for nothing, and what follows
    pays for it. `pause` keeps reads back after a Retry-After.
    """

    def __init__(self, politeness: Politeness) -> None:
        self._rate = politeness.requests_per_second
        self._burst = float(politeness.burst)
        self._limit = politeness.in_flight
        self._tokens = self._burst
        self._filled_at: float | None = None
        self._paused_until = 0.0
        self._in_flight = 0
        self._waiting: list[tuple[Priority, int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def turn(self, priority: Priority) -> AsyncIterator[None]:
        """Wait for a turn, and hold one of the places in flight while the body runs."""
        if priority is Priority.MONEY:
            self._take()
        else:
            await self._wait(priority)
        try:
            yield
        finally:
            self._in_flight -= 1
            self._serve()

    def pause(self, seconds: float) -> None:
        """Send no read for so long."""
        self._paused_until = max(self._paused_until, asyncio.get_running_loop().time() + seconds)

    async def _wait(self, priority: Priority) -> None:
        ticket: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (priority, next(self._order), ticket))
        self._serve()
        try:
            await ticket
        except asyncio.CancelledError:
            if ticket.done() and not ticket.cancelled():
                self._in_flight -= 1
                self._serve()
            raise

    def _take(self) -> None:
        self._tokens -= 1
        self._in_flight += 1

    def _serve(self) -> None:
        now = asyncio.get_running_loop().time()
        self._fill(now)
        while self._waiting and self._in_flight < self._limit and self._tokens >= 1 and now >= self._paused_until:
            _, _, ticket = heapq.heappop(self._waiting)
            if not ticket.done():
                self._take()
                ticket.set_result(None)
        if self._waiting and self._in_flight < self._limit:
            self._serve_later(now)

    def _serve_later(self, now: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        for_token = max(0.0, (1 - self._tokens) / self._rate)
        delay = max(for_token, self._paused_until - now, 0.001)
        self._timer = asyncio.get_running_loop().call_later(delay, self._serve)

    def _fill(self, now: float) -> None:
        if self._filled_at is not None:
            self._tokens = min(self._burst, self._tokens + (now - self._filled_at) * self._rate)
        self._filled_at = now
