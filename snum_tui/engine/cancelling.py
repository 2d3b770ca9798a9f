"""Cancelling: proven by what the site says of the number, and sent again only where that says it is still live."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from enum import Enum, auto
from typing import NamedTuple

from snum_tui.domain.keys import CANCEL
from snum_tui.domain.messages import MessageStatus
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.engine.balance import BalanceKeeper
from snum_tui.engine.book import Book
from snum_tui.engine.budget import Priority
from snum_tui.engine.context import Context
from snum_tui.engine.messages import MessagePoller
from snum_tui.engine.refunds import Refunds
from snum_tui.engine.snapshot import Weight
from snum_tui.provider.errors import Busy, SiteError

MOST_SENDS = 3
"""A cancel whose reply is lost again and again is left to the person."""

MOST_PATIENCE_SECONDS = 20.0
"""The longest that a site which asks for patience holds a cancel back; the number's code is not asked for then."""
LAST_MOMENT_SECONDS = 10.0
"""So much of the window must be left to send it again."""

STILL_WAITING_SECONDS = (2.0, 5.0)
"""A site that accepted a cancel may take a moment to say so of the number."""

NOT_CLEAR = say(N_("The reply to the cancel was lost. The site is asked what became of the number."))
SENT_AGAIN = say(N_("The site says that the number is still live, so the cancel is sent again."))
STILL_LIVE = say(
    N_("The cancel had no effect: the number is still live. Press {key} to cancel it again."), key=CANCEL
)
NOT_AGAIN = say(
    N_("The cancel had no effect, and the refund window is closed. The number lives on; press {key} to cancel it."),
    key=CANCEL,
)


class _Reply(Enum):
    ACCEPTED = auto()
    REFUSED = auto()
    UNCLEAR = auto()


class _Sent(NamedTuple):
    reply: _Reply
    reason: Sentence | None = None
    patience_seconds: float = 0.0


class Cancelling:
    """Cancels numbers at a person's wish. Cancels are never held back, not even from a site that is down."""

    def __init__(
        self,
        context: Context,
        book: Book,
        balance: BalanceKeeper,
        messages: MessagePoller,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._context = context
        self._board = context.board
        self._book = book
        self._balance = balance
        self._messages = messages
        self._refunds = Refunds(context, book, balance, pause)
        self._pause = pause
        self._sends = Counter[str]()

    async def cancel(self, order_id: str, event: str = "cancel asked for", *, disarm: bool = False) -> None:
        """Cancel the number of an order, if it is live; then ask what became of it, then the balance.

        `disarm` takes its auto-cancel back with the same write.
        """
        self._book.take_in()
        order = self._book.find(order_id)
        if order is None or order.state is not OrderState.WAITING or order.number_id is None:
            return
        before, moves = self._balance.undisturbed(), self._book.moves
        armed = order.auto_cancel and not disarm
        order = self._book.move(order_id, OrderState.CANCELLING, event, auto_cancel=armed)
        if not self._book.is_in_own_hand(order):
            return
        self._sends[order_id] = 0
        settled = await self._settle(order)
        if settled is not None and settled.state is OrderState.CANCELLED:
            await self._refunds.look(settled, before, moves + 1)

    async def go_on(self, order_id: str, *, read_only: bool) -> None:
        """Take up a cancel whose sender is gone or got no answer; the site has just called the number live.

        A read-only session leaves the number as it is.
        """
        order = self._book.find(order_id)
        if order is None or order.state is not OrderState.CANCELLING or order.handled_by is not None:
            return
        if read_only:
            self._lives_on(order_id, STILL_LIVE)
            return
        order = self._book.take_in_hand(order_id, "cancel taken up again")
        if not self._book.is_in_own_hand(order) or not self._may_send_again(order):
            return
        self._tell(Weight.INFO, SENT_AGAIN)
        settled = await self._settle(order)
        if settled is not None and settled.state is OrderState.CANCELLED:
            await self._refunds.look(settled, None, self._book.moves)

    async def end(self) -> None:
        """Look for refunds no more."""
        await self._refunds.end()

    async def _settle(self, order: Order) -> Order | None:
        """Send, ask, and send again as long as the reply is lost and the number live.

        The question is a part of the cancel: it waits for nothing, whatever patience the site asks of other reads.
        Returns the order where the cancel settled it; None where the site did so itself, or nobody knows yet.
        """
        try:
            while True:
                sent = await self._send(order)
                await self._be_patient(order, sent.patience_seconds)
                status = await self._messages.ask(order, Priority.MONEY)
                current = self._book.get(order.id)
                if current.state is not OrderState.CANCELLING:
                    return self._settled_by_message(current, sent)
                if sent.reply is _Reply.REFUSED:
                    self._book.move(order.id, OrderState.WAITING, "still live", note=sent.reason)
                    return None
                if sent.reply is _Reply.ACCEPTED:
                    return await self._accepted(order, status)
                if status is not MessageStatus.WAITING or not self._may_send_again(order):
                    return None
                self._tell(Weight.INFO, SENT_AGAIN)
        finally:
            self._let_go(order.id)

    async def _send(self, order: Order) -> _Sent:
        """Send once, and keep what came back."""
        self._sends[order.id] += 1
        try:
            async with self._context.budget.turn(Priority.MONEY):
                reply = await self._context.client.cancel(order.number_id or "")
        except SiteError as error:
            self._context.link.failed(error, keyed=True)
            return self._not_accepted(order, error)
        self._context.link.answered(keyed=True)
        self._book.amend(order.id, "cancel accepted", raw=reply.raw)
        return _Sent(_Reply.ACCEPTED)

    def _not_accepted(self, order: Order, error: SiteError) -> _Sent:
        if error.whole_refusal or not error.evidence.request_sent:
            self._book.amend(order.id, "cancel refused", raw=error.evidence.raw, note=error.sentence)
            self._tell(Weight.WARNING, say(N_("Not cancelled: {reason}"), reason=error.sentence))
            return _Sent(_Reply.REFUSED, error.sentence)
        self._book.amend(order.id, f"cancel unclear: {type(error).__name__}", raw=error.evidence.raw)
        self._tell(Weight.WARNING, NOT_CLEAR)
        return _Sent(
            _Reply.UNCLEAR, patience_seconds=(error.retry_after_seconds or 1.0) if isinstance(error, Busy) else 0.0
        )

    async def _be_patient(self, order: Order, seconds: float) -> None:
        """Wait as long as the site asked for, but never so long that its window closes."""
        room = order.window.remaining_seconds(self._context.clock.now()) - LAST_MOMENT_SECONDS
        if (seconds := min(seconds, MOST_PATIENCE_SECONDS, room)) > 0:
            await self._pause(seconds)

    def _settled_by_message(self, order: Order, sent: _Sent) -> Order | None:
        if order.state is OrderState.CANCELLED and sent.reply is _Reply.REFUSED:
            self._messages.tell_cancelled_by_site(order.id)
            return None
        return order

    async def _accepted(self, order: Order, status: MessageStatus | None) -> Order | None:
        """The site took the cancel; a number that it calls live all the same is asked for again, and then is."""
        for seconds in STILL_WAITING_SECONDS:
            if status is not MessageStatus.WAITING:
                break
            await self._pause(seconds)
            status = await self._messages.ask(order, Priority.MONEY)
        current = self._book.get(order.id)
        if current.state is not OrderState.CANCELLING:
            return current
        if status is MessageStatus.WAITING:
            self._lives_on(order.id, STILL_LIVE)
            return None
        return self._book.move(order.id, OrderState.CANCELLED, "cancelled")

    def _may_send_again(self, order: Order) -> bool:
        """Tell whether a cancel without effect is sent once more; else say that the number lives on."""
        if not order.window.is_open(self._context.clock.now()):
            self._lives_on(order.id, NOT_AGAIN)
            return False
        if self._sends[order.id] >= MOST_SENDS:
            self._lives_on(order.id, STILL_LIVE)
            return False
        return True

    def _lives_on(self, order_id: str, why: Sentence) -> None:
        self._book.move(order_id, OrderState.WAITING, "cancel had no effect", note=why)
        self._tell(Weight.WARNING, why)

    def _let_go(self, order_id: str) -> None:
        """Leave what is still not known to the poller of whatever program leads."""
        order = self._book.get(order_id)
        if order.state is OrderState.CANCELLING and self._book.is_in_own_hand(order):
            self._book.amend(order_id, "cancel not settled", handled_by=None)
        self._messages.ask_soon(order_id)

    def _tell(self, weight: Weight, sentence: Sentence) -> None:
        self._board.announce(weight, sentence)
