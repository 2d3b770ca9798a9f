"""Reads: polite, retried, and never a word about money."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from snum_tui.domain.policy import Politeness
from snum_tui.engine.budget import Budget, Priority, always
from snum_tui.engine.link import LinkKeeper, SiteDown, is_passing
from snum_tui.provider.client import SiteClient
from snum_tui.provider.errors import Busy, SiteError

T = TypeVar("T")


class Reader:
    """Asks the site through the budget; repeats reads that failed in passing, with full jitter.

    Orders and cancels do not come through here: repeating them costs money.
    """

    def __init__(self, client: SiteClient, budget: Budget, link: LinkKeeper, politeness: Politeness) -> None:
        self._client = client
        self._budget = budget
        self._link = link
        self._politeness = politeness
        self._random = random.Random()  # noqa: S311 - spreads retries, guards nothing
        self._pauses_in_a_row = 0

    async def read(
        self,
        priority: Priority,
        ask: Callable[[SiteClient], Awaitable[T]],
        *,
        keyed: bool = False,
        probe: bool = False,
        is_wanted: Callable[[], bool] = always,
    ) -> T:
        """Ask once, and again up to `read_retries` times. Raises SiteError, or SiteDown without asking.

        Raises NotWanted where `is_wanted` says no while the question stands in the queue.

        `keyed` where the call carries the key, so that its answer proves the key good. A probe is the one question
        that may be asked while the site counts as down; it is not repeated.
        """
        retries = 0 if probe else self._politeness.read_retries
        for attempt in range(retries + 1):
            self._refuse_while_down(probe=probe)
            try:
                async with self._budget.turn(priority, is_wanted):
                    return await self._ask(ask, keyed=keyed, probe=probe)
            except SiteError as error:
                if not is_passing(error) or attempt == retries:
                    raise
                await self._back_off(attempt, error)
        raise AssertionError("unreachable")  # pragma: no cover

    async def _ask(self, ask: Callable[[SiteClient], Awaitable[T]], *, keyed: bool, probe: bool) -> T:
        self._refuse_while_down(probe=probe)  # it may have gone down while this stood in the queue
        try:
            answer = await ask(self._client)
        except SiteError as error:
            self._link.failed(error, keyed=keyed)
            if isinstance(error, Busy):
                self._wait_for(self._patience_seconds(error), error)
            raise
        self._pauses_in_a_row = 0
        self._link.answered(keyed=keyed)
        return answer

    def _refuse_while_down(self, *, probe: bool) -> None:
        if self._link.is_down and not probe:
            raise SiteDown

    def _wait_for(self, seconds: float, error: Busy) -> None:
        self._budget.pause(seconds)
        self._link.reads_wait(asyncio.get_running_loop().time() + seconds, error)

    def _patience_seconds(self, error: Busy) -> float:
        """Return how long all reads wait: as the site says, else twice as long each time it asks again.

        Several that were under way together are one time.
        """
        if self._link.why_reads_wait(asyncio.get_running_loop().time()) is None:
            self._pauses_in_a_row += 1
        return error.retry_after_seconds or self._ceiling_seconds(max(0, self._pauses_in_a_row - 1))

    def _ceiling_seconds(self, attempt: int) -> float:
        politeness = self._politeness
        return min(politeness.retry_cap_seconds, politeness.retry_base_seconds * 2.0 ** min(attempt, 16))

    async def _back_off(self, attempt: int, error: SiteError) -> None:
        least = error.retry_after_seconds or 0.0 if isinstance(error, Busy) else 0.0
        await asyncio.sleep(least + self._random.uniform(0, self._ceiling_seconds(attempt)))
