"""An order: its states, and which may follow which."""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from snum_tui.domain.clock import Age, Instant
from snum_tui.domain.refund import RefundWindow
from snum_tui.domain.sentence import Sentence


class OrderState(StrEnum):
    """Where an order stands. The values are what the journal and `snum-tui orders` write."""

    SENDING = "sending"
    WAITING = "waiting"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    RECEIVED = "received"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    WRITTEN_OFF = "written_off"
    VOID = "void"


_NEXT: dict[OrderState, frozenset[OrderState]] = {
    OrderState.SENDING: frozenset(
        {OrderState.WAITING, OrderState.REFUSED, OrderState.NOT_SENT, OrderState.UNKNOWN}
    ),
    OrderState.WAITING: frozenset(
        {OrderState.RECEIVED, OrderState.CANCELLING, OrderState.CANCELLED, OrderState.EXPIRED}
    ),
    OrderState.CANCELLING: frozenset({OrderState.CANCELLED, OrderState.WAITING, OrderState.RECEIVED}),
    OrderState.REFUSED: frozenset(),
    OrderState.NOT_SENT: frozenset(),
    OrderState.UNKNOWN: frozenset({OrderState.WAITING, OrderState.WRITTEN_OFF, OrderState.VOID}),
    OrderState.RECEIVED: frozenset(),
    OrderState.CANCELLED: frozenset(),
    OrderState.EXPIRED: frozenset(),
    OrderState.WRITTEN_OFF: frozenset(),
    OrderState.VOID: frozenset(),
}
"""An unknown order is moved on by the person alone: to a number that the site's own page shows, or settled as
charged (`written_off`) or as not charged (`void`)."""

POLLED_STATES = frozenset({OrderState.WAITING, OrderState.CANCELLING})
"""A number is live and its message is asked for."""

OPEN_STATES = POLLED_STATES | {OrderState.SENDING, OrderState.UNKNOWN}
"""Money is out and not accounted for yet: it stays on the screen."""

IN_FLIGHT_STATES = frozenset({OrderState.SENDING, OrderState.CANCELLING})
"""A call about money is on its way, in the hands of one running program."""

CHARGED_STATES = OPEN_STATES | {OrderState.RECEIVED, OrderState.EXPIRED, OrderState.WRITTEN_OFF}
"""Counts as spent; an order still being sent and an unknown one count until it is known that they cost nothing."""


class IllegalTransition(Exception):  # noqa: N818 - reads as what it says
    """The program tried to move an order along a way that does not exist: a mistake of ours, never the site's."""


@dataclass(frozen=True, slots=True)
class Order:
    """One order, from its intent on.

    `id` is ours and exists before anything is sent; `number_id` and `number` are the site's. `price` is what the
    site asked just before the order, at most what the person agreed to. `message` is the whole SMS text. `note` is
    the sentence that says what happened last. With `auto_cancel` the number is cancelled by itself before its
    refund window closes. `refunded` is what the balance showed to come back after a cancel, None where it could
    not show it. `handled_by` names the running program that has a call about money on its way. `aged` is how old
    the order was when the clocks were last seen to part.
    """

    id: str
    profile: str
    site: str
    category_id: str
    category: str
    service_id: str
    service: str
    price: Decimal
    opened: Instant
    refund_seconds: int
    state: OrderState = OrderState.SENDING
    balance_before: Decimal | None = None
    balance_after: Decimal | None = None
    number_id: str | None = None
    number: str | None = None
    message: str | None = None
    settled_at: datetime | None = None
    auto_cancel: bool = False
    refunded: Decimal | None = None
    handled_by: str | None = None
    aged: Age | None = None
    note: Sentence | None = field(default=None, compare=False)

    @property
    def window(self) -> RefundWindow:
        """The order's refund window."""
        return RefundWindow(self.age, self.refund_seconds)

    @property
    def age(self) -> Age:
        """How old the order is, counted from just before the send."""
        return self.aged or Age(0.0, self.opened)

    @property
    def ordered_at(self) -> datetime:
        """When the intent was written, just before the send (aware UTC)."""
        return self.opened.wall

    @property
    def refund_until(self) -> datetime:
        """When the refund window closes by the wall clock (aware UTC)."""
        return self.opened.wall + timedelta(seconds=self.refund_seconds)

    @property
    def is_open(self) -> bool:
        """Whether money is out and the outcome is not known yet."""
        return self.state in OPEN_STATES

    @property
    def is_polled(self) -> bool:
        """Whether its message is still asked for."""
        return self.state in POLLED_STATES

    @property
    def spent(self) -> Decimal:
        """What it cost, by all that is known: nothing where the price came back or was never taken."""
        if self.state is OrderState.CANCELLED and self.refunded is not None:
            return self.price - self.refunded
        return self.price if self.state in CHARGED_STATES else Decimal(0)


def can_follow(state: OrderState, earlier: OrderState) -> bool:
    """Tell whether the design has a way from the earlier state to this one."""
    return state in _NEXT[earlier]


def advance(order: Order, state: OrderState, **changes: object) -> Order:
    """Move an order to its next state. Raises IllegalTransition where the design has no such way."""
    if not can_follow(state, order.state):
        raise IllegalTransition(f"{order.state} -> {state}")
    return replace(order, state=state, **changes)  # type: ignore[arg-type]


def differ(one: Order, other: Order) -> bool:
    """Tell whether anything of the two differs, their notes included."""
    return one != other or str(one.note) != str(other.note)


_OF_THE_STATE = frozenset({"state", "settled_at", "handled_by", "note"})
_OF_THE_NUMBER = frozenset({"number_id", "number"})


def merged(base: Order, ours: Order, theirs: Order) -> Order:
    """Put what this program changed (from `base` to `ours`) onto the order as another program left it.

    A change of state counts where the design has a way from theirs to ours; else theirs stands, with all that
    belongs to it, and only what else was learnt is added. A number that theirs has is never exchanged for another,
    and of two messages neither is lost.
    """
    changed = {
        field.name: getattr(ours, field.name)
        for field in fields(Order)
        if getattr(ours, field.name) is not getattr(base, field.name)
    }
    if ours.state is not base.state and not can_follow(ours.state, theirs.state):
        changed = {name: value for name, value in changed.items() if name not in _OF_THE_STATE}
    if theirs.number_id is not None and ours.number_id != theirs.number_id:
        changed = {name: value for name, value in changed.items() if name not in _OF_THE_NUMBER}
    if "message" in changed:
        changed["message"] = _both(theirs.message, ours.message)
    return replace(theirs, **changed)


def _both(theirs: str | None, ours: str | None) -> str | None:
    """Return both messages as sites write several, joined by a vertical bar; one that is part of the other once."""
    if theirs is None or ours is None or theirs in ours:
        return ours or theirs
    return theirs if ours in theirs else f"{theirs}|{ours}"
