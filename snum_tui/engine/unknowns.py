"""Unknown orders: more evidence by itself, and what the person says of them. Nothing here decides or orders."""

import asyncio
from collections.abc import Awaitable, Callable

from snum_tui.domain.messages import MessageStatus
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.engine.balance import BalanceKeeper
from snum_tui.engine.book import Book
from snum_tui.engine.budget import Priority
from snum_tui.engine.context import Context
from snum_tui.engine.followers import Followers
from snum_tui.engine.link import SiteDown
from snum_tui.engine.snapshot import Weight
from snum_tui.journal.errors import NumberKnown
from snum_tui.provider.errors import Refused, SiteError

READ_AGAIN_SECONDS = (2.0, 10.0, 30.0, 120.0)
"""After the unknown outcome: a site may charge, or give back, some time later."""

MOVED_BY_OTHERS = say(
    N_("Other orders have moved the balance since. What it was right after this one is all that it tells.")
)


class Unknowns:
    """Reads the balance again for each unknown order, and carries out what the person says of it."""

    def __init__(
        self,
        context: Context,
        book: Book,
        balance: BalanceKeeper,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._board = context.board
        self._reader = context.reader
        self._book = book
        self._balance = balance
        self._pause = pause
        self._followers = Followers()

    def follow(self, order_id: str) -> None:
        """Read the balance again after a while, four times, as long as the order is unknown."""
        self._followers.start(self._read_again(order_id))

    async def end(self) -> None:
        """Read no more."""
        await self._followers.end()

    async def check_balance(self, order_id: str) -> None:
        """Read the balance now, and keep it with the order. Says what it means where it means something."""
        balance = await self._balance.soon()
        order = self._unknown(order_id)
        if order is None:
            return
        if balance is None:
            self._tell(Weight.WARNING, say(N_("The site did not tell the balance. Try again in a moment.")))
            return
        if self._book.moved_since(order):
            self._book.amend(order_id, f"balance read, moved by other orders as well: {balance}")
            self._tell(Weight.INFO, MOVED_BY_OTHERS)
            return
        order = self._book.amend(order_id, f"balance read: {balance}", balance_after=balance)
        self._tell(Weight.INFO, what_the_balance_says(order))

    async def adopt(self, order_id: str, number_id: str) -> None:
        """Take the number that the site's own page shows for an unknown order.

        A mistyped id must not settle the order, nor keep the right one out: the site is asked for it first, and it
        is taken only where the site calls it a number that waits or has its code. Else the order stays unknown.
        """
        if self._unknown(order_id) is None:
            return
        why_not = self._why_not_this_id(number_id) or await self._why_not_this_number(number_id)
        if why_not is None and self._unknown(order_id) is None:
            return
        why_not = why_not or self._take(order_id, number_id)
        if why_not is not None:
            self._tell(Weight.WARNING, why_not)
            return
        self._tell(Weight.GOOD, say(N_("Number id {id} is asked for its code now."), id=number_id))

    def _why_not_this_id(self, number_id: str) -> Sentence | None:
        if not number_id.isalnum():
            return say(N_("{id} cannot be a number id. Copy it from the page of the site."), id=number_id)
        if self._book.has_number(number_id):
            return say(N_("Number id {id} belongs to another order already."), id=number_id)
        return None

    async def _why_not_this_number(self, number_id: str) -> Sentence | None:
        """Ask the site for the number once; None where it is live or has its code."""
        try:
            message = await self._reader.read(
                Priority.MESSAGE, lambda client: client.message(number_id), keyed=True
            )
        except Refused as error:
            refused = N_("The site knows no number with the id {id}, so it was not taken. {reason}")
            return say(refused, id=number_id, reason=error.sentence)
        except (SiteError, SiteDown) as error:
            unanswered = N_("The site did not tell of number id {id}, so it was not taken yet. {reason}")
            return say(unanswered, id=number_id, reason=error.sentence)
        if message.status is MessageStatus.CANCELLED:
            cancelled = N_(
                "The site calls number id {id} cancelled, so it was not taken. If it is this order's, "
                "look whether its price came back, then settle the order: x not charged, l lost."
            )
            return say(cancelled, id=number_id)
        return None

    def _take(self, order_id: str, number_id: str) -> Sentence | None:
        """Make it the order's number; says why where another order got it meanwhile."""
        try:
            self._book.move(order_id, OrderState.WAITING, "number id typed in", number_id=number_id)
        except NumberKnown as error:
            return error.sentence
        return None

    def settle(self, order_id: str, remark: str, *, charged: bool) -> None:
        """Close an unknown order as the person says; nothing happens where it is no longer unknown."""
        if self._unknown(order_id) is None:
            return
        state = OrderState.WRITTEN_OFF if charged else OrderState.VOID
        note = say(N_("Settled by you: {remark}"), remark=remark) if remark else say(N_("Settled by you."))
        self._book.move(order_id, state, "settled by the person", note=note)

    def _unknown(self, order_id: str) -> Order | None:
        order = self._book.find(order_id)
        return order if order is not None and order.state is OrderState.UNKNOWN else None

    async def _read_again(self, order_id: str) -> None:
        waited = 0.0
        for after in READ_AGAIN_SECONDS:
            await self._pause(after - waited)
            waited = after
            if self._unknown(order_id) is None:
                return
            balance = await self._balance.try_read()
            order = self._unknown(order_id)
            if order is None or self._book.moved_since(order):
                return
            if balance is not None:
                self._book.amend(order_id, f"balance after {after:g} s: {balance}", balance_after=balance)

    def _tell(self, weight: Weight, sentence: Sentence) -> None:
        self._board.announce(weight, sentence)


def what_the_balance_says(order: Order) -> Sentence:
    """Say what the balances before and after an unknown order look like; they are evidence, never a verdict."""
    if order.balance_before is None or order.balance_after is None:
        return say(N_("One of the two balances is not known."))
    fell = order.balance_before - order.balance_after
    if fell == order.price:
        return say(N_("The balance fell by just this price: the site most likely charged for it."))
    if fell == 0:
        return say(N_("The balance is what it was before: the site most likely did not charge."))
    return say(N_("The balance changed by another amount: something else moved it as well."))
