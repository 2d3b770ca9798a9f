"""The refund window's end: warnings before it, and the cancel that the person armed."""

import asyncio
from collections.abc import Callable

from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.engine.book import Book
from snum_tui.engine.context import Context
from snum_tui.engine.snapshot import Weight

LOOK_SECONDS = 1.0
WARNINGS: tuple[tuple[float, Weight, str], ...] = (
    (60.0, Weight.ALARM, N_("{number}: one minute left to cancel with a refund. Press c to cancel.")),
    (180.0, Weight.WARNING, N_("{number}: three minutes left to cancel with a refund.")),
)
"""The nearest first: whoever comes late, as after a restart, hears only that."""

AUTO_CANCEL_SECONDS = 60.0
AUTO_CANCELLING = N_("{number}: being cancelled by itself, its refund window closes soon and no code has come.")
AUTO_CANCEL_EVENT = "auto-cancel: 60 s of the window left and no code"


class Deadlines:
    """Looks at the live numbers once a second, and not at all while there are none.

    An auto-cancel is sent once. A refusal is told like that of any cancel, and then it is the person's turn.
    """

    def __init__(self, context: Context, book: Book, cancel: Callable[[str, str], None]) -> None:
        self._board = context.board
        self._clock = context.clock
        self._book = book
        self._cancel = cancel
        self._warned: dict[str, float] = {}
        self._cancelled: set[str] = set()
        self._changed = asyncio.Event()

    def look_again(self) -> None:
        """The set of live numbers may have changed."""
        self._changed.set()

    def arm(self, order_id: str, *, on: bool) -> None:
        """Arm a live number's auto-cancel, or take it back; kept in the journal with the order."""
        order = self._book.find(order_id)
        if order is None or order.state is not OrderState.WAITING or order.auto_cancel is on:
            return
        self._book.amend(order_id, "auto-cancel armed" if on else "auto-cancel taken back", auto_cancel=on)
        self._changed.set()

    async def run(self) -> None:
        """Warn and cancel for ever."""
        while True:
            waiting = [order for order in self._book.polled() if order.state is OrderState.WAITING]
            for order in waiting:
                self._look_at(order)
            self._changed.clear()
            if waiting:
                await asyncio.sleep(LOOK_SECONDS)
            else:
                await self._changed.wait()

    def _look_at(self, order: Order) -> None:
        left = order.window.remaining_seconds(self._clock.now())
        if left <= 0:
            return
        if order.auto_cancel and left <= AUTO_CANCEL_SECONDS:
            self._cancel_once(order)
            return
        for limit, weight, template in WARNINGS:
            if left <= limit < self._warned.get(order.id, order.refund_seconds):
                self._warned[order.id] = limit
                self._tell(weight, say(template, number=order.number or order.service))
                return

    def _cancel_once(self, order: Order) -> None:
        if order.id not in self._cancelled:
            self._cancelled.add(order.id)
            self._tell(Weight.WARNING, say(AUTO_CANCELLING, number=order.number or order.service))
            self._cancel(order.id, AUTO_CANCEL_EVENT)

    def _tell(self, weight: Weight, sentence: Sentence) -> None:
        self._board.announce(weight, sentence)
