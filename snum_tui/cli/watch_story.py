"""Turns the engine's successive snapshots into events: each thing told once, however often looked at. Pure."""

from collections.abc import Iterator

from snum_tui.cli.watch_events import (
    Kind,
    WatchEvent,
    cancelled,
    changes_of,
    opened,
    refund_closes,
    refunded_late,
    unwritten,
)
from snum_tui.cli.watch_link import LinkStory
from snum_tui.domain.clock import Instant, elapsed_seconds
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.engine.deadlines import AUTO_CANCEL_SECONDS
from snum_tui.engine.parts import MISTAKE
from snum_tui.engine.snapshot import Snapshot

WARN_SECONDS = (60.0, 180.0)
"""What is left of a refund window when it is told; the nearest first: whoever looks late hears only that."""

REFUND_SECONDS = 5.0
"""How long the word of a cancel waits for the word of its refund."""

AWAITED_STATES = frozenset({OrderState.SENDING, OrderState.WAITING, OrderState.CANCELLING})
"""These end by themselves. An unknown order is settled by a person alone, so nothing is waited for there."""


class Story:
    """What has been told of the orders, the link and the journal, and what is still to be waited for."""

    def __init__(self) -> None:
        self._orders: dict[str, Order] | None = None
        self._watched: dict[str, Order] = {}
        self._told_limit: dict[str, float] = {}
        self._refund_awaited: dict[str, Instant] = {}
        self._link = LinkStory()
        self._journal_problem: Sentence | None = None
        self._unwritten: frozenset[str] = frozenset()
        self._heard = 0

    @property
    def watched(self) -> tuple[Order, ...]:
        """The orders that were open at the start or have come since, as they stood at the last look."""
        return tuple(self._watched.values())

    @property
    def is_over(self) -> bool:
        """Whether nothing is left that would end by itself. The first look must have been taken."""
        awaited = any(order.state in AWAITED_STATES for order in self.watched)
        return self._orders is not None and not awaited and not self._refund_awaited

    def look(self, seen: Snapshot, now: Instant, *, last: bool = False) -> list[WatchEvent]:
        """Tell what has happened since the last look. The `last` one waits for nothing any more."""
        of_orders = [*self._open_at_start(seen, now)] if self._orders is None else [*self._changes(seen, now)]
        of_orders += [*self._cancels(seen, now, last=last), *self._warnings(seen, now)]
        self._orders = {order.id: order for order in seen.orders}
        of_link = self._link.look(seen, now, proven=last or bool(of_orders))
        return [*of_link, *self._of_the_journal(seen), *self._mistakes(seen), *of_orders]

    def _open_at_start(self, seen: Snapshot, now: Instant) -> Iterator[WatchEvent]:
        for order in reversed(seen.open_numbers):
            self._watched[order.id] = order
            yield opened(order, order.window.remaining_seconds(now))

    def _changes(self, seen: Snapshot, now: Instant) -> Iterator[WatchEvent]:
        known = self._orders or {}
        for order in reversed(seen.orders):
            before = known.get(order.id)
            if before is order:
                continue
            if before is None or order.id in self._watched:
                self._watched[order.id] = order
            if order.state is OrderState.CANCELLED and (before is None or before.state is not order.state):
                self._refund_awaited[order.id] = now
            elif before is not None and _came_back(before, order) and order.id not in self._refund_awaited:
                yield refunded_late(order, seen.rules.currency)
            yield from changes_of(before, order)

    def _cancels(self, seen: Snapshot, now: Instant, *, last: bool) -> Iterator[WatchEvent]:
        for order_id, since in tuple(self._refund_awaited.items()):
            order = self._watched[order_id]
            if last or order.note is not None or elapsed_seconds(since, now) >= REFUND_SECONDS:
                del self._refund_awaited[order_id]
                yield cancelled(order, seen.rules.currency)

    def _warnings(self, seen: Snapshot, now: Instant) -> Iterator[WatchEvent]:
        for order in reversed(seen.orders):
            left = order.window.remaining_seconds(now)
            cancels_itself = order.auto_cancel and left <= AUTO_CANCEL_SECONDS
            if order.state is not OrderState.WAITING or cancels_itself:
                continue
            reached = min((limit for limit in WARN_SECONDS if left <= limit), default=float(order.refund_seconds))
            # Only what passes while it is looked at is told: the line of an open number has told what is left.
            told = self._told_limit.setdefault(order.id, reached)
            self._told_limit[order.id] = min(told, reached)
            if left > 0 and reached < told:
                yield refund_closes(order, left)

    def _of_the_journal(self, seen: Snapshot) -> Iterator[WatchEvent]:
        problem = seen.ordering_stopped or seen.unread
        if problem is not None and self._journal_problem is None:
            yield WatchEvent(Kind.JOURNAL_TROUBLE, problem)
        fresh = [order for order in reversed(seen.unwritten) if order.id not in self._unwritten]
        yield from (unwritten(order) for order in fresh)
        if problem is None and self._journal_problem is not None:
            yield WatchEvent(Kind.JOURNAL_BACK, say(N_("The journal works again, and everything is written down.")))
        self._journal_problem = problem
        self._unwritten = frozenset(order.id for order in seen.unwritten)

    def _mistakes(self, seen: Snapshot) -> Iterator[WatchEvent]:
        for event in seen.events:
            if event.serial > self._heard and event.sentence.template == MISTAKE:
                yield WatchEvent(Kind.MISTAKE, event.sentence)
            self._heard = max(self._heard, event.serial)


def _came_back(before: Order, after: Order) -> bool:
    return after.state is OrderState.CANCELLED and not before.refunded and bool(after.refunded)
