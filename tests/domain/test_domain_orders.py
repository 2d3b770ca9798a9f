"""An order moves along the designed ways, and no other."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest

from snum_tui.domain.clock import Age, Instant
from snum_tui.domain.orders import (
    CHARGED_STATES,
    OPEN_STATES,
    POLLED_STATES,
    IllegalTransition,
    Order,
    OrderState,
    advance,
)
from snum_tui.domain.sentence import say

NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
DESIGN = """
sending -> waiting | refused | not_sent | unknown
waiting -> received | cancelling | cancelled | expired
cancelling -> cancelled | waiting | received
unknown -> waiting | written_off | void
"""
WAYS = {
    (OrderState(line.split(" -> ")[0]), OrderState(state))
    for line in DESIGN.strip().splitlines()
    for state in line.split(" -> ")[1].split(" | ")
}


@pytest.fixture
def order() -> Order:
    """An order whose intent has just been written."""
    return Order(
        id="order-1",
        profile="default",
        site="example.com",
        category_id="1",
        category="Google",
        service_id="12",
        service="Almanya⁴ (+49)",
        price=Decimal("0.62"),
        opened=Instant(NOON, 1000.0, "boot"),
        refund_seconds=600,
    )


def in_state(order: Order, state: OrderState) -> Order:
    """Bring an order to a state along the designed ways."""
    ways = {
        OrderState.SENDING: [],
        OrderState.WAITING: [OrderState.WAITING],
        OrderState.REFUSED: [OrderState.REFUSED],
        OrderState.NOT_SENT: [OrderState.NOT_SENT],
        OrderState.UNKNOWN: [OrderState.UNKNOWN],
        OrderState.RECEIVED: [OrderState.WAITING, OrderState.RECEIVED],
        OrderState.CANCELLING: [OrderState.WAITING, OrderState.CANCELLING],
        OrderState.CANCELLED: [OrderState.WAITING, OrderState.CANCELLED],
        OrderState.EXPIRED: [OrderState.WAITING, OrderState.EXPIRED],
        OrderState.WRITTEN_OFF: [OrderState.UNKNOWN, OrderState.WRITTEN_OFF],
        OrderState.VOID: [OrderState.UNKNOWN, OrderState.VOID],
    }
    for step in ways[state]:
        order = advance(order, step)
    return order


@pytest.mark.parametrize(("state", "then"), product(OrderState, OrderState))
def test_only_the_designed_ways_exist(order: Order, state: OrderState, then: OrderState) -> None:
    """A wrong move is a mistake of ours, told at once and not written down."""
    before = in_state(order, state)
    assert before.state is state
    if (state, then) in WAYS:
        assert advance(before, then).state is then
    else:
        with pytest.raises(IllegalTransition):
            advance(before, then)


def test_a_move_brings_what_the_site_said_and_leaves_the_order_before_it_alone(order: Order) -> None:
    """Values are frozen; who holds the old one sees the old one."""
    waiting = advance(order, OrderState.WAITING, number_id="75", number="+77073076157")
    assert (waiting.number_id, waiting.number, waiting.state) == ("75", "+77073076157", OrderState.WAITING)
    assert (order.number_id, order.state) == (None, OrderState.SENDING)
    with pytest.raises(TypeError):
        advance(order, OrderState.WAITING, no_such_field=1)


@pytest.mark.parametrize("state", OrderState)
def test_money_that_is_out_is_open_or_counted(order: Order, state: OrderState) -> None:
    """Refused, not sent, cancelled and void orders cost nothing; whatever is polled is open and counted."""
    settled_for_nothing = {OrderState.REFUSED, OrderState.NOT_SENT, OrderState.CANCELLED, OrderState.VOID}
    assert (state in OPEN_STATES | CHARGED_STATES) == (state not in settled_for_nothing)
    assert POLLED_STATES <= OPEN_STATES
    assert POLLED_STATES <= CHARGED_STATES
    moved = in_state(order, state)
    assert (moved.is_open, moved.is_polled) == (state in OPEN_STATES, state in POLLED_STATES)


def test_an_unknown_order_stays_open_and_counts_as_spent() -> None:
    """Until the person settles it."""
    assert OrderState.UNKNOWN in OPEN_STATES & CHARGED_STATES
    assert OrderState.UNKNOWN not in POLLED_STATES
    assert OrderState.WRITTEN_OFF in CHARGED_STATES - OPEN_STATES
    assert OrderState.VOID not in CHARGED_STATES | OPEN_STATES


def test_the_refund_window_counts_from_before_the_send(order: Order) -> None:
    """So it is never later than the site's own count."""
    assert order.window.age == Age(0.0, order.opened)
    assert order.ordered_at == NOON
    assert order.refund_until == NOON + timedelta(minutes=10)


def test_what_was_said_of_an_order_does_not_make_it_another(order: Order) -> None:
    """The note may be worded anew; the screen need not repaint for it."""
    assert advance(order, OrderState.UNKNOWN, note=say("a")) == advance(order, OrderState.UNKNOWN, note=say("b"))
