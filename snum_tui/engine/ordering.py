"""Ordering: written down before it is sent, sent once, and judged by evidence alone.

The order call is a GET that costs money, cannot be repeated safely, and cannot be looked up afterwards
(PROTOCOL: no call lists one's numbers). So a reply decides nothing until it has been read whole, and whatever is
not proven to be a refusal or never sent stays an open question.
"""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from snum_tui.domain.money import Amount
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.engine.balance import BalanceKeeper
from snum_tui.engine.book import Book, start_of_day
from snum_tui.engine.budget import Priority
from snum_tui.engine.commands import PlaceOrder
from snum_tui.engine.context import Context
from snum_tui.engine.evidence import BalanceEvidence
from snum_tui.engine.link import SiteDown
from snum_tui.engine.quotes import QuoteKeeper
from snum_tui.engine.snapshot import News, PriceRise, Weight
from snum_tui.journal.errors import JournalError, NumberKnown, OverLimit
from snum_tui.journal.orders import Allowance
from snum_tui.provider.errors import Refused, SiteError
from snum_tui.provider.replies import OrderedNumber

KNOWN_NUMBER = say(
    N_(
        "The site answered with a number that an earlier order already has. "
        "Compare your balance with the site's page."
    )
)
CLOSING = say(N_("snum-tui is closing."))
TOO_SLOW = say(N_("the site did not tell price and balance in time. Try again in a moment."))
UNREAD = say(
    N_("The reply could not be read. The site may have charged: compare your balance with the site's page.")
)

NOT_DONE_YET = say(N_("the order before it is not done yet. Try again once its outcome is there."))

CHECK_SECONDS = 20.0
"""The longest that the order before it, balance and price may take together before an order: one that goes out long
after its key press would surprise the person."""


def new_order_id() -> str:
    """Return an id that no other order has: sixteen hexadecimal digits, at random."""
    return secrets.token_hex(8)


class NotNow(Exception):  # noqa: N818 - reads as what it says
    """The order must not be sent now, says `sentence`; nothing was."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.template)
        self.sentence = sentence


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
        self._evidence = BalanceEvidence(context, book, balance)
        self._new_id = new_id
        self._one_at_a_time = asyncio.Lock()
        self._closing = False
        self._on_unknown: Callable[[str], None] = lambda _order_id: None

    def when_unknown(self, tell: Callable[[str], None]) -> None:
        """Call `tell` with our order id whenever an order's outcome stays unknown."""
        self._on_unknown = tell

    def close(self) -> None:
        """Take no more orders: what is not written down yet is not sent."""
        self._closing = True

    async def place(self, wish: PlaceOrder) -> None:
        """Carry out one confirmed order, from the balance before it to the balance after it.

        What keeps it from being sent is told on the board: site, journal, a risen price, the limit of the day.
        """
        latest_at = asyncio.get_running_loop().time() + CHECK_SECONDS
        try:
            async with asyncio.timeout_at(latest_at):
                await self._one_at_a_time.acquire()
        except TimeoutError:
            self._not_ordered(NOT_DONE_YET)
            return
        try:
            await self._place(wish, latest_at)
        finally:
            self._one_at_a_time.release()

    async def _place(self, wish: PlaceOrder, latest_at: float) -> None:
        moves = self._book.quiet_moves()
        try:
            order = await self._checked(wish, latest_at)
            self._book.intend(order, self._allowance())
        except OverLimit as error:
            self._not_ordered(self._over_limit(error.spent))
            return
        except (NotNow, SiteError, SiteDown, JournalError) as error:
            self._not_ordered(error.sentence)
            return
        order = self._book.get(order.id)
        order = await self._send(order)
        if order.state is not OrderState.NOT_SENT:
            await self._evidence.compare(order, moves)

    async def _checked(self, wish: PlaceOrder, latest_at: float) -> Order:
        """Return the order to write down. Raises NotNow, SiteError or SiteDown where it must not be sent."""
        self._refuse_if_stopped()
        if (why_wait := self._context.link.why_reads_wait(latest_at)) is not None:
            raise NotNow(why_wait)
        price, balance = await self._price_and_balance(wish, latest_at)
        self._refuse_if_stopped()
        if price > wish.price:
            self._ask_again(wish, price)
            raise NotNow(say(N_("the price rose to {price}."), price=Amount(price, self._rules.currency)))
        return self._intent(wish, price, balance)

    def _ask_again(self, wish: PlaceOrder, price: Decimal) -> None:
        """Let the person decide about the price of now; nothing is ordered at it before they do."""
        before = self._board.now.price_rise
        serial = 1 if before is None else before.serial + 1
        self._board.change(price_rise=PriceRise(serial, replace(wish, price=price), wish.price))

    def _allowance(self) -> Allowance | None:
        limit = self._rules.day_limit
        return None if limit is None else Allowance(start_of_day(self._context.clock.now().wall), limit)

    def _over_limit(self, spent: Decimal) -> Sentence:
        limit = self._rules.day_limit or Decimal(0)
        words = N_(
            "your limit of {limit} a day does not allow it: {spent} are spent. It is day_limit in config.toml."
        )
        currency = self._rules.currency
        return say(words, limit=Amount(limit, currency), spent=Amount(spent, currency))

    def _refuse_if_stopped(self) -> None:
        stopped = CLOSING if self._closing else self._book.catch_up()
        if stopped is not None:
            raise NotNow(stopped)

    async def _price_and_balance(self, wish: PlaceOrder, latest_at: float) -> tuple[Decimal, Decimal]:
        """Read both at once. Raises SiteError, SiteDown or NotNow; then neither is still being asked for."""
        try:
            async with asyncio.timeout_at(latest_at), asyncio.TaskGroup() as both:
                price = both.create_task(self._price_now(wish))
                balance = both.create_task(self._balance.read())
        except TimeoutError:
            raise NotNow(TOO_SLOW) from None
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None
        return price.result(), balance.result()

    async def _price_now(self, wish: PlaceOrder) -> Decimal:
        """Read the quote again; a site that puts prices into its lists may have no quote to give."""
        try:
            return (await self._quotes.read(wish.service_id, Priority.BALANCE)).price
        except Refused:
            return wish.price

    def _intent(self, wish: PlaceOrder, price: Decimal, balance: Decimal) -> Order:
        return Order(
            id=self._new_id(),
            profile=self._context.profile,
            site=self._context.site,
            category_id=wish.category_id,
            category=wish.category,
            service_id=wish.service_id,
            service=wish.service,
            price=price,
            opened=self._context.clock.now(),
            refund_seconds=self._rules.refund_seconds,
            balance_before=balance,
            auto_cancel=self._rules.auto_cancel,
        )

    async def _send(self, order: Order) -> Order:
        """Send once, and record what came back before anything else happens."""
        replies: list[bytes] = []
        try:
            async with self._context.budget.turn(Priority.MONEY):
                reply = await self._context.client.order(order.service_id, replies.append)
        except SiteError as error:
            return self._no_number(order, error)
        except Exception as error:  # noqa: BLE001 - after the send, even our own mistake leaves an open question
            event = f"reply not understood: {type(error).__name__}"
            return self._unknown(order, event, b"".join(replies), UNREAD)
        try:
            return self._number(order, reply)
        except Exception as error:
            if self._book.get(order.id).state is not OrderState.SENDING:
                raise
            return self._unknown(order, f"number not taken: {type(error).__name__}", reply.raw, UNREAD)

    def _number(self, order: Order, reply: OrderedNumber) -> Order:
        self._context.link.answered(keyed=True)
        if self._book.has_number(reply.number_id):
            return self._unknown(order, "number id already known", reply.raw, KNOWN_NUMBER)
        try:
            order = self._book.move(
                order.id,
                OrderState.WAITING,
                "number received",
                raw=reply.raw,
                number_id=reply.number_id,
                number=reply.number,
            )
        except NumberKnown:  # another program was given the same one just now
            return self._unknown(order, "number id already known", reply.raw, KNOWN_NUMBER)
        if self._book.is_written(order.id):
            told = say(N_("{number} is yours. Waiting for its code."), number=reply.number)
            self._board.announce(Weight.GOOD, told)
        return order

    def _no_number(self, order: Order, error: SiteError) -> Order:
        self._context.link.failed(error, keyed=True)
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
            News.UNKNOWN,
        )
        order = self._book.move(order.id, OrderState.UNKNOWN, event, raw=raw, note=why)
        self._on_unknown(order.id)
        return order

    def _not_ordered(self, reason: Sentence) -> None:
        self._board.announce(Weight.WARNING, say(N_("Nothing was ordered: {reason}"), reason=reason))
