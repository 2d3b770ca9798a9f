"""The evidence of the balance: what an order really cost, read after it, or as soon as the site tells."""

from decimal import Decimal

from snum_tui.domain.money import Amount
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_, say
from snum_tui.engine.balance import BalanceKeeper
from snum_tui.engine.book import Book
from snum_tui.engine.context import Context
from snum_tui.engine.snapshot import Weight


class BalanceEvidence:
    """Adds the balance after an order to it, and tells of a difference that the order does not explain."""

    def __init__(self, context: Context, book: Book, balance: BalanceKeeper) -> None:
        self._board = context.board
        self._currency = context.policy.rules.currency
        self._book = book
        self._balance = balance
        self._missing: dict[str, int] = {}
        balance.when_read(self._complete)

    async def compare(self, order: Order, moves_before: int | None) -> None:
        """Read the balance once more and compare. `moves_before` are the book's quiet moves before the order.

        Another number that was settled meanwhile moved the balance too; then nothing can be said of this order.
        """
        after = await self._balance.soon()
        if after is None:
            self._missing[order.id] = self._book.moves
            self._balance.want()
            return
        order = self._book.amend(order.id, "balance after", balance_after=after)
        # Two moves are its own: the intent and the outcome.
        if moves_before is not None and self._book.quiet_moves() == moves_before + 2:
            self._tell_difference(order, after)

    def _tell_difference(self, order: Order, after: Decimal) -> None:
        if order.balance_before is None or order.state is OrderState.UNKNOWN:
            return
        charged = order.balance_before - after
        expected = order.price if order.state is OrderState.WAITING else Decimal(0)
        if charged != expected:
            fell = say(
                N_("The balance fell by {charged}, expected was {expected}. Compare it with the site's page."),
                charged=Amount(charged, self._currency),
                expected=Amount(expected, self._currency),
            )
            self._board.announce(Weight.WARNING, fell)

    def _complete(self, balance: Decimal) -> None:
        """Add the balance to the orders after which it could not be read, if nothing has moved it since."""
        missing, self._missing = self._missing, {}
        for order_id, moves in missing.items():
            if self._book.quiet_moves() == moves:
                self._book.amend(order_id, "balance after, read late", balance_after=balance)
