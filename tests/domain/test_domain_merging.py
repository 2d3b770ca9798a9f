"""Two programs change one order at once: whatever they did, nothing that was paid for is lost."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

from snum_tui.domain.clock import Instant
from snum_tui.domain.orders import OPEN_STATES, Order, OrderState, advance, can_follow, merged

NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
INTENT = Order(
    id="order-1",
    profile="default",
    site="example.com",
    category_id="1",
    category="Google",
    service_id="12",
    service="Almanya",
    price=Decimal("0.62"),
    opened=Instant(NOON, 1000.0, "boot"),
    refund_seconds=600,
    handled_by="first",
)


@dataclass(frozen=True)
class Move:
    """One thing that a program does with an order; without a state it adds what was learnt, the state unchanged."""

    state: OrderState | None
    number_id: str
    message: str
    balance: Decimal

    def of(self, order: Order) -> Order:
        """Do it as the engine does, where the design has a way for it."""
        if self.state is None:
            return replace(order, balance_after=self.balance)
        if not can_follow(self.state, order.state):
            return order
        changes: dict[str, object] = {}
        if self.state is OrderState.WAITING and order.number_id is None:
            changes |= {"number_id": self.number_id, "number": f"+49{self.number_id}"}
        if self.state is OrderState.RECEIVED:
            changes["message"] = self.message
        if self.state not in OPEN_STATES:
            changes["settled_at"] = NOON
        return advance(order, self.state, **changes)


@dataclass(frozen=True)
class Wish:
    """A move still to be chosen: whatever comes of a wish, it is one that the order's state allows."""

    choice: int
    number_id: str
    message: str
    balance: Decimal

    def on(self, order: Order) -> Move:
        """Choose the move."""
        ways = [None, *(state for state in OrderState if can_follow(state, order.state))]
        return Move(ways[self.choice % len(ways)], self.number_id, self.message, self.balance)


def draw_wish(chance: random.Random) -> Wish:
    """Draw a wish for anything."""
    return Wish(
        choice=chance.randrange(60),
        number_id=chance.choice(["75", "76"]),
        message=chance.choice(["123456", "123456|654321", "Your code is 77"]),
        balance=chance.choice([Decimal(8), Decimal(10)]),
    )


@dataclass(frozen=True)
class Case:
    """An order as both programs knew it, and as each of them left it."""

    base: Order
    ours: Order
    theirs: Order


def cases() -> Iterator[Case]:
    """Draw them from fixed seeds: the same in every run, everywhere."""
    for seed in range(3000):
        chance = random.Random(seed)  # noqa: S311 - draws a test, guards nothing
        base = done(INTENT, chance)
        yield Case(base, done(base, chance), done(base, chance))


def done(order: Order, chance: random.Random) -> Order:
    """Do up to four moves one after the other."""
    for _ in range(chance.randrange(5)):
        order = draw_wish(chance).on(order).of(order)
    return order


def test_what_was_paid_for_outlives_every_merging() -> None:
    for case in cases():
        both = merged(case.base, case.ours, case.theirs)
        kept = case.ours if case.theirs.number_id is None else case.theirs
        assert (both.number_id, both.number) == (kept.number_id, kept.number), case
        for message in (case.theirs.message, case.ours.message):
            assert message is None or message in (both.message or ""), case


def test_a_merging_moves_along_the_designed_ways_alone() -> None:
    """So a settled order stays settled, by whomever."""
    for case in cases():
        both = merged(case.base, case.ours, case.theirs)
        if both.state is not case.theirs.state:
            assert both.state is case.ours.state, case
            assert can_follow(case.ours.state, case.theirs.state), case
        elif case.ours.state is not case.base.state:
            assert both.settled_at == case.theirs.settled_at, case


def test_where_one_did_nothing_the_work_of_the_other_stands() -> None:
    for case in cases():
        assert merged(case.base, case.base, case.theirs) == case.theirs, case
        if case.ours.state is case.base.state or can_follow(case.ours.state, case.base.state):
            assert merged(case.base, case.ours, case.base) == case.ours, case
