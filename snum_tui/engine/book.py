"""The book: this profile's orders in memory, each change written to the journal first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from snum_tui.domain.keys import PROFILES
from snum_tui.domain.orders import IN_FLIGHT_STATES, OPEN_STATES, Order, OrderState, advance, differ
from snum_tui.domain.sentence import N_, NP_, Sentence, say, say_count
from snum_tui.engine.context import Context
from snum_tui.engine.pen import Pen
from snum_tui.engine.snapshot import Chosen, Experience, Weight
from snum_tui.journal.errors import Busy, JournalError
from snum_tui.journal.orders import Allowance, Favourite, News

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


class Book:
    """Knows every open order and the lately settled ones, and shows them on the board.

    The journal is written before the board: what the person sees has been kept. Other programs on the same orders
    write them too; `take_in` brings what they did.
    """

    def __init__(self, context: Context) -> None:
        self._journal = context.journal
        self._board = context.board
        self._clock = context.clock
        self._profile = context.profile
        self._site = context.site
        self._own_name = context.company.name
        self._orders: dict[str, Order] = {}
        self._pen = Pen(context.journal, context.board, self._put, context.ordering_off)
        self._is_writable = context.journal.unwritable is None
        self._news: News | None = None
        self._reads_fail = False
        self.moves = 0
        """Counts what may have moved the balance: whoever compares balances sees whether anything else happened."""
        self._on_open: Callable[[], None] = lambda: None
        self._on_foreign: Callable[[Order | None, Order], None] = lambda _before, _after: None

    def when_open_changes(self, tell: Callable[[], None]) -> None:
        """Call `tell` whenever the set of live numbers may have changed."""
        self._on_open = tell

    def when_others_change(self, tell: Callable[[Order | None, Order], None]) -> None:
        """Call `tell` with an order before and after another program changed it; before is None for a new one."""
        self._on_foreign = tell

    def load(self) -> None:
        """Bring back what earlier runs left, and what other programs are at. Raises JournalError."""
        self._news = self._journal.news(None)
        recent = self._journal.recent_orders(self._profile, self._site, KEPT_ORDERS)
        open_orders = self._journal.open_orders(self._profile, self._site)
        loaded = {order.id: order for order in (*open_orders, *reversed(recent))}
        for order in sorted(loaded.values(), key=lambda order: order.ordered_at):
            self._orders[order.id] = order
        self._show()

    def tell_of_others(self) -> None:
        """Say that numbers of other profiles are open, which nobody asks for here: they must not be forgotten."""
        try:
            count = sum(not self._is_own(order) for order in self._journal.all_orders(open_only=True))
        except JournalError as error:
            # A row of another profile that cannot be read must not keep this one from its work.
            self._tell_unread(error)
            return
        if count:
            words = NP_(
                "{count} number of another profile is open, and not asked for here. Your profiles: {key}.",
                "{count} numbers of other profiles are open, and not asked for here. Your profiles: {key}.",
            )
            self._board.announce(Weight.WARNING, say_count(words, count, key=PROFILES))

    def take_in(self) -> bool:
        """Bring what other programs wrote since the last time; costs microseconds where they wrote nothing.

        Returns False where the journal could not be looked at just now.
        """
        try:
            news = self._journal.news(self._news)
            read = [self._journal.order(one) for one in news.order_ids if not self._pen.owes(one)]
        except Busy:
            return False
        except JournalError as error:
            self._tell_unread(error)
            return False
        self._news = news
        self._board.change(unread=None)
        if read:
            self._take([order for order in read if order is not None and self._is_own(order)])
        return True

    def _take(self, orders: list[Order]) -> None:
        pairs = [(self._orders.get(order.id), order) for order in orders]
        changed = [(before, after) for before, after in pairs if before is None or differ(before, after)]
        for before, after in changed:
            self.moves += before is None or _moves_money(before.state, after.state)
            self._orders[after.id] = after
        self._show()
        for before, after in changed:
            self._on_foreign(before, after)

    def find(self, order_id: str) -> Order | None:
        """Return an order by our id, if there is such a one."""
        return self._orders.get(order_id)

    def get(self, order_id: str) -> Order:
        """Return an order that is known to be here, as it stands now. Raises KeyError where it is not."""
        return self._orders[order_id]

    def open_orders(self) -> tuple[Order, ...]:
        """Return the orders with money out and the outcome still to come, oldest first."""
        return tuple(order for order in self._orders.values() if order.is_open)

    def polled(self) -> tuple[Order, ...]:
        """Return the live numbers, oldest first."""
        return tuple(order for order in self._orders.values() if order.is_polled)

    def quiet_moves(self) -> int | None:
        """Return `moves`; None while an order or a cancel is on its way, which moves the balance unseen."""
        known = self.take_in()
        moving = any(order.state in IN_FLIGHT_STATES for order in self._orders.values())
        return self.moves if known and not moving else None

    def moved_since(self, order: Order) -> bool:
        """Tell whether another order may have moved the balance since this one was written down."""
        if not self.take_in():
            return True
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

    def intend(self, order: Order, allowance: Allowance | None) -> None:
        """Write an intent, synced to disk before this returns. Raises JournalError; then nothing may be sent."""
        order = replace(order, handled_by=self._own_name)
        self._journal.write_intent(order, allowance)
        self.moves += 1
        self._orders[order.id] = order
        self._show()

    def move(
        self, order_id: str, state: OrderState, event: str, *, raw: bytes | None = None, **changes: object
    ) -> Order:
        """Move an order to a new state, journal first. A journal that fails stops ordering and never the order.

        What the note said of the old state goes, unless a new one comes with it. Returns the order as it now
        stands: in another state where another program was faster. Raises NumberKnown; nothing was changed then.
        """
        changes.setdefault("note", None)
        changes["handled_by"] = self._own_name if state in IN_FLIGHT_STATES else None
        if state not in OPEN_STATES:
            changes.setdefault("settled_at", self._now())
        self.moves += _moves_money(self._orders[order_id].state, state)
        return self._keep(advance(self._orders[order_id], state, **changes), event, raw)

    def amend(self, order_id: str, event: str, *, raw: bytes | None = None, **changes: object) -> Order:
        """Add to an order what was learnt later, its state unchanged; else as `move`."""
        return self._keep(replace(self._orders[order_id], **changes), event, raw)  # type: ignore[arg-type]

    def take_in_hand(self, order_id: str, event: str) -> Order:
        """Show the other programs that this one is at work on an order."""
        return self.amend(order_id, event, handled_by=self._own_name)

    def is_in_own_hand(self, order: Order) -> bool:
        """Tell whether this program, and no other, has a call on its way for the order."""
        return order.handled_by == self._own_name

    def set_favourite(self, chosen: Chosen, *, on: bool) -> None:
        """Keep a service among the favourites, or no longer. A journal that refuses says so on the board."""
        favourite = Favourite(chosen.service_id, chosen.service, chosen.category_id, chosen.category)
        try:
            self._journal.set_favourite(self._site, favourite, on=on)
        except JournalError as error:
            self._board.announce(Weight.WARNING, error.sentence)
        self._show_favourites()

    def _keep(self, order: Order, event: str, raw: bytes | None) -> Order:
        base = self._orders[order.id]
        worth_noting = self._is_writable or _is_worth_noting(base, order)
        if not worth_noting and not self._pen.owes(order.id):
            self._orders[order.id] = order
            self._show()
            return order
        problem = self._pen.write(base, order, event, raw)
        if problem is not None:
            self._orders[order.id] = order
        self._show()
        if problem is not None and worth_noting:
            self._tell_unwritten(order, problem)
        return self._orders[order.id]

    def _put(self, order: Order) -> None:
        self._orders[order.id] = order

    def _is_own(self, order: Order) -> bool:
        return (order.profile, order.site) == (self._profile, self._site)

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
        today = start_of_day(self._now())
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
        self._board.change(unread=error.sentence)
        if not self._reads_fail:
            self._reads_fail = True
            self._board.announce(Weight.WARNING, error.sentence)

    def _now(self) -> datetime:
        return self._clock.now().wall


def start_of_day(moment: datetime) -> datetime:
    """Return the midnight before a moment, by the clock on the person's wall (aware)."""
    return moment.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)


def _recents(newest_first: tuple[Order, ...]) -> tuple[Chosen, ...]:
    by_service: dict[str, Chosen] = {}
    for order in newest_first:
        chosen = Chosen(order.service_id, order.service, order.category_id, order.category)
        by_service.setdefault(order.service_id, chosen)
    return tuple(by_service.values())[:KEPT_RECENTS]


def _is_worth_noting(before: Order, after: Order) -> bool:
    """Tell whether a person whose journal takes nothing should keep the change; an age or a balance need not be."""
    return any(
        getattr(before, name) != getattr(after, name) for name in ("state", "number_id", "number", "message")
    )


def _moves_money(before: OrderState, after: OrderState) -> bool:
    return before is not after and (before, after) not in FREE_MOVES


def _gives_back_since(order: Order, moment: datetime) -> bool:
    """Tell whether the price of an order may have come back after a moment."""
    if order.state is OrderState.CANCELLING:
        return True
    gave_back = order.state in {OrderState.CANCELLED, OrderState.EXPIRED}
    return gave_back and order.settled_at is not None and order.settled_at >= moment
