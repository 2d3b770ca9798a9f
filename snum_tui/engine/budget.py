"""One budget of requests for the whole site: a burst of one screenful, then a steady rate, by priority."""

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import IntEnum
from typing import NamedTuple

from snum_tui.domain.policy import Politeness

GATHER_SECONDS = 1.0
"""What messages wait for is handed out once in so long: see `Budget`."""
MESSAGES_IN_A_ROW = 3
"""So many go before a quote that waits."""


class Priority(IntEnum):
    """Who goes first. Money never stands in a queue behind a read.

    BALANCE is what an order waits for, and LIST a person; both are few, and more than twenty young numbers would
    keep them out for minutes. QUOTE is for rows on the screen, FILL for those that sorting needs, KEPT for
    favourites and watched rows.
    """

    MONEY = 0
    BALANCE = 1
    LIST = 2
    MESSAGE = 3
    QUOTE = 4
    FILL = 5
    KEPT = 6


class NotWanted(Exception):  # noqa: N818 - reads as what it says
    """Nobody wants the answer any more; nothing was sent, and no token was spent."""


class _Ticket(NamedTuple):
    """One who waits. Tickets compare by priority, then by age; no two have the same place."""

    priority: Priority
    place: int
    turn: asyncio.Future[None]
    is_wanted: Callable[[], bool]


def always() -> bool:
    """Say that an answer is wanted whatever happens."""
    return True


class Budget:
    """A token bucket with a limit of requests in flight; the lowest priority number is served first.

    MONEY takes its token on credit and goes at once: an order or a cancel waits for nothing, and what follows
    pays for it. `pause` keeps reads back after a Retry-After. What nobody looks at (FILL, KEPT) leaves half of the
    burst alone, so that the next category that is opened still fills at once.

    Where there are more messages to ask for than tokens, they go together, once a second, and not one every quarter
    of it: the rate is the same, and a processor that is woken once for several of them spends a fifth less on each.
    Every fourth turn is then a quote's, or prices would stand still for as long.
    """

    def __init__(self, politeness: Politeness) -> None:
        self._rate = politeness.requests_per_second
        self._burst = float(politeness.burst)
        self._limit = politeness.in_flight
        self._kept_places = 0
        self._tokens = self._burst
        self._filled_at: float | None = None
        self._paused_until = 0.0
        self._in_flight = 0
        self._messages_in_a_row = 0
        self._waiting: list[_Ticket] = []
        self._order = itertools.count()
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def turn(self, priority: Priority, is_wanted: Callable[[], bool] = always) -> AsyncIterator[None]:
        """Wait for a turn, and hold one of the places in flight while the body runs.

        Raises NotWanted where `is_wanted` says no while this waits: asked when its turn comes, and by `look_again`.
        """
        if priority is Priority.MONEY:
            self._take()
        else:
            await self._wait(priority, is_wanted)
        try:
            yield
        finally:
            self._in_flight -= 1
            self._serve()

    def pause(self, seconds: float) -> None:
        """Send no read for so long."""
        self._paused_until = max(self._paused_until, asyncio.get_running_loop().time() + seconds)

    def keep_a_place(self, *, on: bool) -> None:
        """Keep one place in flight from quotes, so that a message never waits for a quote's slow reply."""
        self._kept_places = 1 if on and self._limit > 1 else 0
        self._serve()

    def look_again(self) -> None:
        """Send away all who wait for what is no longer wanted."""
        unwanted = [ticket for ticket in self._waiting if not ticket.is_wanted()]
        if unwanted:
            self._waiting = [ticket for ticket in self._waiting if ticket not in unwanted]
            heapq.heapify(self._waiting)
            for ticket in unwanted:
                _send_away(ticket)
            self._serve()

    async def _wait(self, priority: Priority, is_wanted: Callable[[], bool]) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, _Ticket(priority, next(self._order), turn, is_wanted))
        self._serve()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._in_flight -= 1
                self._serve()
            raise

    def _take(self) -> None:
        self._tokens -= 1
        self._in_flight += 1

    def _serve(self) -> None:
        now = asyncio.get_running_loop().time()
        self._fill(now)
        if self._tokens < self._gathered():
            self._serve_later(now)
            return
        while self._waiting and self._may_go(self._waiting[0].priority, now):
            ticket = self._next()
            if ticket.turn.done():
                continue
            if ticket.is_wanted():
                self._take()
                is_message = ticket.priority is Priority.MESSAGE
                self._messages_in_a_row = self._messages_in_a_row + 1 if is_message else 0
                ticket.turn.set_result(None)
            else:
                _send_away(ticket)
        self._serve_later(now)

    def _next(self) -> _Ticket:
        """Take the first, or the first quote where it is a quote's turn."""
        if self._waiting[0].priority is Priority.MESSAGE and self._messages_in_a_row >= MESSAGES_IN_A_ROW:
            quotes = [ticket for ticket in self._waiting if ticket.priority is Priority.QUOTE]
            if quotes and self._has_place(Priority.QUOTE):
                self._waiting.remove(quote := min(quotes))
                heapq.heapify(self._waiting)
                return quote
        return heapq.heappop(self._waiting)

    def _may_go(self, priority: Priority, now: float) -> bool:
        return self._has_place(priority) and self._tokens >= self._needed(priority) and now >= self._paused_until

    def _has_place(self, priority: Priority) -> bool:
        kept = self._kept_places if priority >= Priority.QUOTE else 0
        return self._in_flight < self._limit - kept

    def _needed(self, priority: Priority) -> float:
        """Return how many tokens there must be for one of this priority to go."""
        if priority < Priority.FILL:
            return 1.0
        return max(1.0, min(self._burst, 1.0 + self._burst // 2))

    def _gathered(self) -> float:
        """Return how many tokens there must be before the first of those who wait now may go."""
        if not self._waiting or self._waiting[0].priority is not Priority.MESSAGE:
            return float("-inf")
        most = min(self._limit, self._rate * GATHER_SECONDS, self._burst)
        messages = (ticket for ticket in self._waiting if ticket.priority is Priority.MESSAGE)
        return max(1.0, min(most, len(list(itertools.islice(messages, self._limit)))))

    def _serve_later(self, now: float) -> None:
        if not self._waiting or not self._has_place(self._waiting[0].priority):
            return
        if self._timer is not None:
            self._timer.cancel()
        needed = max(self._needed(self._waiting[0].priority), self._gathered())
        for_tokens = max(0.0, (needed - self._tokens) / self._rate)
        delay = max(for_tokens, self._paused_until - now, 0.001)
        self._timer = asyncio.get_running_loop().call_later(delay, self._serve)

    def _fill(self, now: float) -> None:
        if self._filled_at is not None:
            self._tokens = min(self._burst, self._tokens + (now - self._filled_at) * self._rate)
        self._filled_at = now


def _send_away(ticket: _Ticket) -> None:
    if not ticket.turn.done():
        ticket.turn.set_exception(NotWanted())
