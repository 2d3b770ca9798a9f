"""Which quotes are wanted, how old each may grow, and which one is to be asked for next."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import IntEnum

from snum_tui.domain.policy import Freshness


class Lane(IntEnum):
    """Why a quote is wanted, most urgent first."""

    SHOWN = 0
    FILL = 1
    KEPT = 2


_NOBODY: Mapping[str, None] = {}


class QuoteWants:
    """Knows no site and no clock: `now` is whatever seconds the caller counts in."""

    def __init__(self, freshness: Freshness, requests_per_second: float) -> None:
        self._seconds_a_row = 2.0 / requests_per_second
        self._freshness = freshness
        self._fresh_seconds = {
            Lane.SHOWN: freshness.quote_seconds,
            Lane.FILL: freshness.fill_seconds,
            Lane.KEPT: freshness.kept_seconds,
        }
        self._lanes: dict[Lane, Mapping[str, None]] = dict.fromkeys(Lane, _NOBODY)
        self._listed: Collection[str] = frozenset()
        self._asked_at: dict[str, float] = {}
        self._asking: set[str] = set()

    def want(self, lane: Lane, service_ids: Iterable[str]) -> None:
        """Want these, and no others, for this reason; the first ones first."""
        self._lanes[lane] = dict.fromkeys(service_ids)
        if lane is Lane.FILL:
            # The first rows of a long list must not be old before the last ones have been asked for.
            least = self._seconds_a_row * len(self._lanes[lane])
            self._fresh_seconds[lane] = max(self._freshness.fill_seconds, least)

    def wanted(self, lane: Lane) -> tuple[str, ...]:
        """Return what is wanted for this reason."""
        return tuple(self._lanes[lane])

    def leave_out(self, listed: Collection[str]) -> None:
        """Ask for none of these: their quotes come with the list that is on show."""
        self._listed = listed

    def is_wanted(self, service_id: str, lane: Lane) -> bool:
        """Tell whether it is still wanted for this reason, as `next_due` does: what is shown is wanted as shown."""
        if service_id in self._listed or service_id not in self._lanes[lane]:
            return False
        return lane is Lane.SHOWN or service_id not in self._lanes[Lane.SHOWN]

    def asked(self, service_ids: Iterable[str], at: float) -> None:
        """Note that these were asked for, with whatever outcome."""
        self._asked_at.update(dict.fromkeys(service_ids, at))

    def was_known(self, service_id: str, at: float) -> None:
        """Note a reading of an earlier time, where nothing later is known."""
        self._asked_at.setdefault(service_id, at)

    def count_as_old(self, service_ids: Iterable[str]) -> None:
        """Let these be asked for anew, as far as they are wanted."""
        for service_id in service_ids:
            self._asked_at.pop(service_id, None)

    def forget_all_but(self, service_ids: Collection[str]) -> None:
        """Forget when others were asked for."""
        self._asked_at = {row: at for row, at in self._asked_at.items() if row in service_ids}

    @contextmanager
    def asking(self, service_id: str) -> Iterator[None]:
        """Offer a service to nobody else while it is being asked for."""
        self._asking.add(service_id)
        try:
            yield
        finally:
            self._asking.discard(service_id)

    def next_due(self, lanes: Iterable[Lane], now: float) -> tuple[str, Lane] | None:
        """Return the most urgent service that is due, and why it is wanted; None where none is."""
        for lane in lanes:
            oldest = now - self._fresh_seconds[lane]
            for row in self._askable(lane):
                if self._asked_at.get(row, -math.inf) <= oldest:
                    return row, lane
        return None

    def seconds_until_due(self, lanes: Iterable[Lane], now: float) -> float | None:
        """Return how long until the next of these lanes is due; None where nothing is wanted."""
        waits = [
            self._asked_at.get(row, -math.inf) + self._fresh_seconds[lane] - now
            for lane in lanes
            for row in self._askable(lane)
        ]
        return max(0.0, min(waits)) if waits else None

    def fresh_count(self, lane: Lane, now: float) -> int:
        """Count those of a lane that need not be asked for now; what comes with its list is always fresh."""
        oldest = now - self._fresh_seconds[lane]
        asked_at, listed = self._asked_at, self._listed
        return sum(row in listed or asked_at.get(row, -math.inf) > oldest for row in self._lanes[lane])

    def _askable(self, lane: Lane) -> Iterator[str]:
        return (row for row in self._lanes[lane] if row not in self._asking and self.is_wanted(row, lane))
