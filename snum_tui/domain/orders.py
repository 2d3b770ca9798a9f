"""An order: its states, and which may follow which."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from snum_tui.domain.clock import Instant
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

CHARGED_STATES = POLLED_STATES | {
    OrderState.RECEIVED,
    OrderState.EXPIRED,
    OrderState.UNKNOWN,
    OrderState.WRITTEN_OFF,
}
"""Counts as spent; an unknown order counts until the person settles it."""


class IllegalTransition(Exception):  # noqa: N818 - reads as what it says
    """The program tried to move an order along a way that does not exist: a mistake of ours, never the site's."""


@dataclass(frozen=True, slots=True)
class Order:
    """One order, from its intent on.

    `id` is ours and exists before anything is sent; `number_id` and `number` are the site's. `price` is what the
    site asked just before the order, at most what the person agreed to. `message` is the whole SMS text. `note` is
    the sentence that says what happened last. With `auto_cancel` the number is cancelled by itself before its
    refund window closes.
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
    note: Sentence | None = field(default=None, compare=False)

    @property
    def window(self) -> RefundWindow:
        """The order's refund window."""
        return RefundWindow(self.opened, self.refund_seconds)

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


def advance(order: Order, state: OrderState, **changes: object) -> Order:
    """Move an order to its next state. Raises IllegalTransition where the design has no such way."""
    if state not in _NEXT[order.state]:
        raise IllegalTransition(f"{order.state} -> {state}")
    return replace(order, state=state, **changes)  # type: ignore[arg-type]
