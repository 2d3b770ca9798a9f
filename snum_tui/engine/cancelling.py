"""Cancelling: asked once, then proven by what the site says of the number and by the balance."""

from decimal import Decimal

from snum_tui.domain.messages import MessageStatus
from snum_tui.domain.money import Amount
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.engine.balance import BalanceKeeper
from snum_tui.engine.book import Book
from snum_tui.engine.budget import Priority
from snum_tui.engine.context import Context
from snum_tui.engine.messages import COMPARE_REFUND, STILL_LIVE, MessagePoller
from snum_tui.engine.snapshot import Weight
from snum_tui.provider.errors import SiteError

NOT_CLEAR = say(N_("The reply to the cancel was lost. The site is asked what became of the number."))
NO_REFUND = say(N_("cancelled, but the balance did not come back"))


class Cancelling:
    """Cancels one number at a person's wish. Cancels are never held back, not even from a site that is down."""

    def __init__(self, context: Context, book: Book, balance: BalanceKeeper, messages: MessagePoller) -> None:
        self._context = context
        self._board = context.board
        self._book = book
        self._balance = balance
        self._messages = messages

    async def cancel(self, order_id: str, event: str = "cancel asked for") -> None:
        """Cancel the number of an order, if it is live; then ask what became of it, then the balance."""
        order = self._book.find(order_id)
        if order is None or order.state is not OrderState.WAITING or order.number_id is None:
            return
        before, moves = self._balance.undisturbed(), self._book.moves
        self._messages.hold(order_id)
        try:
            self._book.move(order_id, OrderState.CANCELLING, event)
            refused = await self._send(order, order.number_id)
            if self._book.get(order_id).state is OrderState.CANCELLED and not refused:
                await self._look_for_refund(order, before, moves)
        finally:
            self._messages.release(order_id)

    async def _send(self, order: Order, number_id: str) -> bool:
        """Send once and find out what became of it. Tells whether the site surely did not do it."""
        try:
            async with self._context.budget.turn(Priority.MONEY):
                reply = await self._context.client.cancel(number_id)
        except SiteError as error:
            self._context.link.failed(error, keyed=True)
            return await self._not_cancelled(order, error)
        self._context.link.answered(keyed=True)
        self._book.amend(order.id, "cancel accepted", raw=reply.raw)
        # A code that came first is still shown.
        await self._messages.ask(order)
        if self._book.get(order.id).state is OrderState.CANCELLING:
            self._book.move(order.id, OrderState.CANCELLED, "cancelled")
        return False

    async def _look_for_refund(self, order: Order, before: Decimal | None, moves: int) -> None:
        """Tell of a refund only where the balance shows it: nothing but this cancel may have moved it."""
        after = await self._balance.try_read()
        if after is None:
            self._balance.want()
        undisturbed = self._book.quiet_moves() == moves + 1  # the one is its own
        note = self._refund_note(order, before if undisturbed else None, after)
        self._book.amend(order.id, "refund looked for", note=note)
        self._board.announce(Weight.INFO, say(N_("{number}: {what}"), number=order.number or "", what=note))

    def _refund_note(self, order: Order, before: Decimal | None, after: Decimal | None) -> Sentence:
        back = None if before is None or after is None else after - before
        if back == order.price and order.window.is_open(self._context.clock.now()):
            return say(N_("cancelled, {amount} refunded"), amount=Amount(back, self._context.policy.rules.currency))
        return NO_REFUND if back == 0 else COMPARE_REFUND

    async def _not_cancelled(self, order: Order, error: SiteError) -> bool:
        """The site said no, or nobody knows. Either way the message says whether the number lives."""
        decided = error.whole_refusal or not error.evidence.request_sent
        if decided:
            self._book.amend(order.id, "cancel refused", raw=error.evidence.raw, note=error.sentence)
            self._board.announce(Weight.WARNING, say(N_("Not cancelled: {reason}"), reason=error.sentence))
        else:
            self._book.amend(order.id, f"cancel unclear: {type(error).__name__}", raw=error.evidence.raw)
            self._board.announce(Weight.WARNING, NOT_CLEAR)
        status = await self._messages.ask(order)
        state = self._book.get(order.id).state
        if state is OrderState.CANCELLING and decided:
            self._book.move(order.id, OrderState.WAITING, "still live", note=error.sentence)
        elif state is OrderState.CANCELLING and status is MessageStatus.WAITING:
            self._book.move(order.id, OrderState.WAITING, "cancel had no effect", note=STILL_LIVE)
            self._board.announce(Weight.WARNING, STILL_LIVE)
        elif state is OrderState.CANCELLED and decided:
            self._messages.tell_cancelled_by_site(order.id)
        return decided
