"""Refunds: told only where the balance shows them. Sites differ in whether and when they give the price back."""

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal

from snum_tui.domain.money import Amount
from snum_tui.domain.orders import Order
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.engine.balance import BalanceKeeper
from snum_tui.engine.book import Book
from snum_tui.engine.context import Context
from snum_tui.engine.followers import Followers
from snum_tui.engine.messages import COMPARE_REFUND
from snum_tui.engine.snapshot import Weight

READ_AGAIN_SECONDS = (2.0, 10.0, 30.0)
"""A site may give the price back some time after it accepted the cancel."""

NO_REFUND = say(N_("cancelled, but the balance did not come back"))


class Refunds:
    """Compares the balance before and after a cancel, and keeps with the order what came back."""

    def __init__(
        self,
        context: Context,
        book: Book,
        balance: BalanceKeeper,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._context = context
        self._book = book
        self._balance = balance
        self._pause = pause
        self._followers = Followers()

    async def look(self, order: Order, before: Decimal | None, moves: int) -> None:
        """Read the balance after a cancel. `moves` are the book's moves with the cancel as the last one.

        Nothing but this cancel may have moved the balance, else nothing can be said of it.
        """
        in_time = order.window.is_open(self._context.clock.now())
        after = await self._balance.soon()
        if after is None:
            self._balance.want()
        back = self._came_back(before, after, moves)
        self._keep(order, back, in_time=in_time)
        if before is not None and (back == 0 or after is None):
            self._followers.start(self._read_again(order, before, moves, in_time=in_time))

    async def end(self) -> None:
        """Read no more."""
        await self._followers.end()

    async def _read_again(self, order: Order, before: Decimal, moves: int, *, in_time: bool) -> None:
        waited = 0.0
        for after_seconds in READ_AGAIN_SECONDS:
            await self._pause(after_seconds - waited)
            waited = after_seconds
            back = self._came_back(before, await self._balance.try_read(), moves)
            if back:
                self._keep(order, back, in_time=in_time)
                return

    def _came_back(self, before: Decimal | None, after: Decimal | None, moves: int) -> Decimal | None:
        undisturbed = self._book.quiet_moves() == moves
        return None if before is None or after is None or not undisturbed else after - before

    def _keep(self, order: Order, back: Decimal | None, *, in_time: bool) -> None:
        proven = back == 0 or (back == order.price and in_time)
        refunded = back if proven else None
        note = self._note(refunded)
        self._book.amend(order.id, "refund looked for", note=note, refunded=refunded)
        told = say(N_("{number}: {what}"), number=order.number or "", what=note)
        self._context.board.announce(Weight.INFO, told)

    def _note(self, refunded: Decimal | None) -> Sentence:
        if refunded is None:
            return COMPARE_REFUND
        if refunded == 0:
            return NO_REFUND
        amount = Amount(refunded, self._context.policy.rules.currency)
        return say(N_("cancelled, {amount} refunded"), amount=amount)
