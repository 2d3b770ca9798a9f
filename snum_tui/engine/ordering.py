"""Ordering: written down before it is sent, sent once, and judged by evidence alone.

The order call is a GET that costs money, cannot be repeated safely, and cannot be looked up afterwards
(PROTOCOL: no call lists one's numbers). So a reply decides nothing until it has been read whole, and whatever is
not proven to be a refusal or never sent stays an open question.
"""

import asyncio
import secrets
from collections.abc import Callable
from decimal import Decimal

from snum_tui.domain.money import Amount
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.engine.balance import BalanceKeeper
from snum_tui.engine.book import Book
from snum_tui.engine.budget import Priority
from snum_tui.engine.commands import PlaceOrder
from snum_tui.engine.context import Context
from snum_tui.engine.link import SiteDown
from snum_tui.engine.quotes import QuoteKeeper
from snum_tui.engine.snapshot import Weight
from snum_tui.journal.errors import JournalError
from snum_tui.provider.errors import Refused, SiteError
from snum_tui.provider.replies import OrderedNumber

KNOWN_NUMBER = say(
    N_(
        "The site answered with a number that an earlier order already has. "
        "Compare your balance with the site's page."
    )
)
UNREAD = say(
    N_("The reply could not be read. The site may have charged: compare your balance with the site's page.")
)


def new_order_id() -> str:
    """Return an id that no other order has."""
    return secrets.token_hex(8)


class Ordering:
    """Places one order at a time. Nothing in here is ever repeated by itself."""

    def __init__(
        self,
        context: Context,
        book: Book,
        balance: BalanceKeeper,
        quotes: QuoteKeeper,
        new_id: Callable[[], str] = new_order_id,
    ) -> None:
        self._context = context
        self._board = context.board
        self._rules = context.policy.rules
        self._book = book
        self._balance = balance
        self._quotes = quotes
        self._new_id = new_id
        self._one_at_a_time = asyncio.Lock()

    async def place(self, wish: PlaceOrder) -> None:
        """Carry out one confirmed order, from the balance before it to the balance after it."""
        async with self._one_at_a_time:
            if self._board.now.ordering_stopped is not None:
                self._not_ordered(self._board.now.ordering_stopped)
                return
            balance = await self._checked_balance(wish)
            if balance is None:
                return
            moves_before = self._book.moves
            order = self._intent(wish, balance)
            try:
                self._book.intend(order)
            except JournalError as error:
                self._not_ordered(error.sentence)
                return
            order = await self._send(order)
            if order.state is not OrderState.NOT_SENT:
                await self._compare_balance(order, moves_before)

    async def _checked_balance(self, wish: PlaceOrder) -> Decimal | None:
        """Return the balance before the order; None where it must not be sent: no evidence, or a dearer price."""
        reading = asyncio.ensure_future(self._balance.read())
        try:
            price = await self._price_now(wish)
            balance = await reading
        except (SiteError, SiteDown) as error:
            reading.cancel()
            self._not_ordered(error.sentence)
            return None
        if price > wish.price:
            self._not_ordered(
                say(
                    N_("the price rose to {price}. Press Enter to see it and decide again."),
                    price=Amount(price, self._rules.currency),
                )
            )
            return None
        return balance

    async def _price_now(self, wish: PlaceOrder) -> Decimal:
        """Read the quote again; a site that puts prices into its lists may have no quote to give."""
        try:
            return (await self._quotes.read(wish.service_id, Priority.BALANCE)).price
        except Refused:
            return wish.price

    def _intent(self, wish: PlaceOrder, balance: Decimal) -> Order:
        return Order(
            id=self._new_id(),
            profile=self._context.profile,
            site=self._context.site,
            category_id=wish.category_id,
            category=wish.category,
            service_id=wish.service_id,
            service=wish.service,
            price=wish.price,
            opened=self._context.clock.now(),
            refund_seconds=self._rules.refund_seconds,
            balance_before=balance,
        )

    async def _send(self, order: Order) -> Order:
        """Send once, and record what came back before anything else happens."""
        try:
            async with self._context.budget.turn(Priority.MONEY):
                reply = await self._context.client.order(order.service_id)
        except SiteError as error:
            return self._no_number(order, error)
        except Exception as error:  # noqa: BLE001 - after the send, even our own mistake leaves an open question
            event = f"reply not understood: {type(error).__name__}"
            return self._unknown(order, event, None, UNREAD)
        return self._number(order, reply)

    def _number(self, order: Order, reply: OrderedNumber) -> Order:
        self._context.link.answered()
        if self._book.has_number(reply.number_id):
            return self._unknown(order, "number id already known", reply.raw, KNOWN_NUMBER)
        order = self._book.move(
            order.id,
            OrderState.WAITING,
            "number received",
            raw=reply.raw,
            number_id=reply.number_id,
            number=reply.number,
        )
        told = say(N_("{number} is yours. Waiting for its code."), number=reply.number)
        self._board.announce(Weight.GOOD, told)
        return order

    def _no_number(self, order: Order, error: SiteError) -> Order:
        self._context.link.failed(error)
        raw = error.evidence.raw
        if error.whole_refusal:
            order = self._book.move(order.id, OrderState.REFUSED, "refused", raw=raw, note=error.sentence)
            told = say(N_("Not ordered: {reason}"), reason=error.sentence)
            self._board.announce(Weight.WARNING, told)
        elif not error.evidence.request_sent:
            order = self._book.move(order.id, OrderState.NOT_SENT, "not sent", note=error.sentence)
            self._not_ordered(error.sentence)
        else:
            order = self._unknown(order, f"outcome unknown: {type(error).__name__}", raw, error.sentence)
        return order

    def _unknown(self, order: Order, event: str, raw: bytes | None, why: Sentence) -> Order:
        self._board.announce(
            Weight.ALARM,
            say(N_("Unknown order of {service}: {reason}"), service=order.service, reason=why),
        )
        return self._book.move(order.id, OrderState.UNKNOWN, event, raw=raw, note=why)

    async def _compare_balance(self, order: Order, moves_before: int) -> None:
        """Read the balance once more and tell of a difference that this order does not explain.

        Another number that was settled meanwhile moved the balance too; then nothing can be said of this order.
        """
        moves = self._book.moves
        after = await self._balance.try_read()
        if after is None:
            return
        self._book.amend(order.id, "balance after", balance_after=after)
        if self._book.moves != moves or moves != moves_before + 2:
            return
        charged = (order.balance_before or after) - after
        expected = order.price if order.state is OrderState.WAITING else Decimal(0)
        if charged != expected and order.state is not OrderState.UNKNOWN:
            self._board.announce(
                Weight.WARNING,
                say(
                    N_("The balance fell by {charged}, expected was {expected}. Compare it with the site's page."),
                    charged=Amount(charged, self._rules.currency),
                    expected=Amount(expected, self._rules.currency),
                ),
            )

    def _not_ordered(self, reason: Sentence) -> None:
        self._board.announce(Weight.WARNING, say(N_("Nothing was ordered: {reason}"), reason=reason))
