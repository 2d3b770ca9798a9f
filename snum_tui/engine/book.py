"""The book: this profile's orders in memory, each change written to the journal first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from snum_tui.domain.orders import OPEN_STATES, Order, OrderState, advance
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.engine.context import Context
from snum_tui.engine.pen import Pen
from snum_tui.engine.snapshot import Chosen, Experience, Weight
from snum_tui.journal.errors import JournalError
from snum_tui.journal.orders import Favourite

KEPT_ORDERS = 200
KEPT_RECENTS = 12

FREE_MOVES = frozenset(
    {
        (OrderState.WAITING, OrderState.RECEIVED),
        (OrderState.WAITING, OrderState.CANCELLING),
        (OrderState.CANCELLING, OrderState.WAITING),
    }
)
"""Changes of state that move no money. (While an order is cancelling, money may move at any moment.)"""

FREE_STATES = frozenset({OrderState.REFUSED, OrderState.NOT_SENT, OrderState.VOID})
"""Nothing was charged for these."""

INTERRUPTED = say(
    N_(
        "snum-tui ended while this order was being sent. The site may have charged for it: "
        "compare your balance, and look at the site's own page."
    )
)


class Book:
    """Knows every open order and the lately settled ones, and shows them on the board.

    The journal is written before the board: what the person sees has been kept.
    """

    def __init__(self, context: Context) -> None:
        self._journal = context.journal
        self._board = context.board
        self._clock = context.clock
        self._profile = context.profile
        self._site = context.site
        self._pen = Pen(context.journal, context.board)
        self._orders: dict[str, Order] = {}
        self._reads_fail = False
        self.moves = 0
        """Counts what may have moved the balance: whoever compares balances sees whether anything else happened."""
        self._on_open: Callable[[], None] = lambda: None

    def when_open_changes(self, tell: Callable[[], None]) -> None:
        """Call `tell` whenever the set of live numbers may have changed."""
        self._on_open = tell

    def load(self) -> None:
        """Bring back what an earlier run left. An order it was still sending has an unknown outcome.

        Only the holder of the instance lock calls this, so no other run can still be sending.
        """
        recent = self._journal.recent_orders(self._profile, self._site, KEPT_ORDERS)
        open_orders = self._journal.open_orders(self._profile, self._site)
        loaded = {order.id: order for order in (*open_orders, *reversed(recent))}
        for order in sorted(loaded.values(), key=lambda order: order.ordered_at):
            self._orders[order.id] = order
        for order in open_orders:
            if order.state is OrderState.SENDING:
                self.move(order.id, OrderState.UNKNOWN, "found sending at start", note=INTERRUPTED)
        self._show()

    def find(self, order_id: str) -> Order | None:
        """Return an order by our id, if there is such a one."""
        return self._orders.get(order_id)

    def get(self, order_id: str) -> Order:
        """Return an order that is known to be here, as it stands now."""
        return self._orders[order_id]

    def polled(self) -> tuple[Order, ...]:
        """Return the live numbers, oldest first."""
        return tuple(order for order in self._orders.values() if order.is_polled)

    def quiet_moves(self) -> int | None:
        """Return `moves`; None while an order or a cancel is on its way, which moves the balance unseen."""
        moving = {OrderState.SENDING, OrderState.CANCELLING}
        return None if any(order.state in moving for order in self._orders.values()) else self.moves

    def moved_since(self, order: Order) -> bool:
        """Tell whether another order may have moved the balance since this one was written down."""
        later = False
        for other in self._orders.values():
            if other.id == order.id:
                later = True
            elif (later and other.state not in FREE_STATES) or _gives_back_since(other, order.ordered_at):
                return True
        return False

    def has_number(self, number_id: str) -> bool:
        """Tell whether a number id of this site is known already.

        A journal that cannot be read must not cost a paid number: then only what is in memory counts.
        """
        if any(order.number_id == number_id for order in self._orders.values()):
            return True
        try:
            return self._journal.has_number(self._site, number_id)
        except JournalError:
            return False

    def is_written(self, order_id: str) -> bool:
        """Tell whether all that is known of an order is in the journal."""
        return not self._pen.owes(order_id)

    def catch_up(self) -> Sentence | None:
        """Write what could not be written before. Returns what still keeps it from the journal."""
        return self._pen.catch_up()

    def intend(self, order: Order) -> None:
        """Write an intent, synced to disk before this returns. Raises JournalError; then nothing may be sent."""
        self._journal.write_intent(order)
        self.moves += 1
        self._orders[order.id] = order
        self._show()

    def move(
        self, order_id: str, state: OrderState, event: str, *, raw: bytes | None = None, **changes: object
    ) -> Order:
        """Move an order to a new state, journal first. A journal that fails stops ordering and never the order.

        What the note said of the old state goes, unless a new one comes with it.
        """
        changes.setdefault("note", None)
        if state not in OPEN_STATES:
            changes.setdefault("settled_at", self._now())
        if (self._orders[order_id].state, state) not in FREE_MOVES:
            self.moves += 1
        return self._keep(advance(self._orders[order_id], state, **changes), event, raw)

    def amend(self, order_id: str, event: str, *, raw: bytes | None = None, **changes: object) -> Order:
        """Add to an order what was learnt later, its state unchanged."""
        return self._keep(replace(self._orders[order_id], **changes), event, raw)  # type: ignore[arg-type]

    def set_favourite(self, chosen: Chosen, *, on: bool) -> None:
        """Keep a service among the favourites, or no longer."""
        favourite = Favourite(chosen.service_id, chosen.service, chosen.category_id, chosen.category)
        try:
            self._journal.set_favourite(self._site, favourite, on=on)
        except JournalError as error:
            self._board.announce(Weight.WARNING, error.sentence)
        self._show_favourites()

    def _keep(self, order: Order, event: str, raw: bytes | None) -> Order:
        problem = self._pen.write(order, event, raw)
        self._orders[order.id] = order
        self._show()
        if problem is not None:
            self._tell_unwritten(order, problem)
        return order

    def _tell_unwritten(self, order: Order, problem: Sentence) -> None:
        lost = say(
            N_("Not written down: {service}, number {number}, id {number_id}. Note it yourself. {problem}"),
            service=order.service,
            number=order.number or "?",
            number_id=order.number_id or "?",
            problem=problem,
        )
        self._board.announce(Weight.ALARM, lost)

    def _show(self) -> None:
        # Turned round, not sorted the other way: of two from the same moment, the later written one is the newer.
        newest_first = tuple(sorted(self._orders.values(), key=lambda order: order.ordered_at))[::-1]
        self._board.change(orders=newest_first, recents=_recents(newest_first))
        self._show_experience()
        self._show_favourites()
        self._on_open()

    def _show_experience(self) -> None:
        today = self._now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        try:
            spent = self._journal.charged_since(self._profile, self._site, today)
            outcomes = self._journal.outcomes_by_service(self._site)
        except JournalError as error:
            self._tell_unread(error)
            return
        self._reads_fail = False
        experience = {row: Experience(outcome.received, outcome.settled) for row, outcome in outcomes.items()}
        self._board.change(spent_today=spent, experience=experience)

    def _show_favourites(self) -> None:
        try:
            kept = self._journal.favourites(self._site)
        except JournalError as error:
            self._tell_unread(error)
            return
        self._board.change(
            favourites=tuple(Chosen(row.service_id, row.service, row.category_id, row.category) for row in kept)
        )

    def _tell_unread(self, error: JournalError) -> None:
        """Say it once: what matters more must not be pushed off the message line by repetitions."""
        if not self._reads_fail:
            self._reads_fail = True
            self._board.announce(Weight.WARNING, error.sentence)

    def _now(self) -> datetime:
        return self._clock.now().wall


def _recents(newest_first: tuple[Order, ...]) -> tuple[Chosen, ...]:
    by_service: dict[str, Chosen] = {}
    for order in newest_first:
        chosen = Chosen(order.service_id, order.service, order.category_id, order.category)
        by_service.setdefault(order.service_id, chosen)
    return tuple(by_service.values())[:KEPT_RECENTS]


def _gives_back_since(order: Order, moment: datetime) -> bool:
    """Tell whether the price of an order may have come back after a moment."""
    if order.state is OrderState.CANCELLING:
        return True
    gave_back = order.state in {OrderState.CANCELLED, OrderState.EXPIRED}
    return gave_back and order.settled_at is not None and order.settled_at >= moment
