"""Which code was told last: "press y to copy it" must mean that one, wherever the cursor stands."""

from snum_tui.domain.orders import Order, OrderState
from snum_tui.engine.snapshot import Snapshot


class CodeNews:
    """Remembers the order whose code came last, until the person turns to another number."""

    def __init__(self) -> None:
        self._seen: frozenset[str] | None = None
        self._told: str | None = None

    def follow(self, snapshot: Snapshot) -> None:
        """Look for a code that was not there before; those found at the start are no news."""
        received = frozenset(order.id for order in snapshot.orders if order.state is OrderState.RECEIVED)
        if self._seen is not None and (fresh := received - self._seen):
            self._told = next(order.id for order in snapshot.orders if order.id in fresh)
        if snapshot.balance is not None:
            self._seen = received

    def forget(self) -> None:
        """The person turned to another number."""
        self._told = None

    def order(self, snapshot: Snapshot) -> Order | None:
        """Return the order that was told last, if it still counts."""
        return next((order for order in snapshot.orders if order.id == self._told), None)
