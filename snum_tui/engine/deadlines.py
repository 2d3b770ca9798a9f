"""The refund window's end: warnings before it, the cancel that the person armed, clocks that are set meanwhile."""

import asyncio
from collections.abc import Callable

from snum_tui.domain.clock import Instant
from snum_tui.domain.keys import CANCEL
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.engine.book import Book
from snum_tui.engine.context import Context
from snum_tui.engine.snapshot import News, Weight

LOOK_SECONDS = 1.0
WARNINGS: tuple[tuple[float, Weight, str], ...] = (
    (60.0, Weight.ALARM, N_("{number}: one minute left to cancel with a refund. Press {key} to cancel.")),
    (180.0, Weight.WARNING, N_("{number}: three minutes left to cancel with a refund.")),
)
"""The nearest first: whoever comes late, as after a restart, hears only that."""

AUTO_CANCEL_SECONDS = 60.0
AUTO_CANCELLING = N_("{number}: being cancelled by itself, its refund window closes soon and no code has come.")
AUTO_CANCEL_EVENT = "auto-cancel: 60 s of the window left and no code"


class Deadlines:
    """Looks at the live numbers once a second, and not at all while there are none.

    The person armed an auto-cancel for one go: it is disarmed as it is sent, also for the next start. A refusal is
    told like that of any cancel, and then it is the person's turn. Of several programs the leading one cancels.
    """

    def __init__(self, context: Context, book: Book, cancel: Callable[[str, str], None]) -> None:
        self._board = context.board
        self._clock = context.clock
        self._book = book
        self._cancel = cancel
        self._warned: dict[str, float] = {}
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
            self.look()
            self._changed.clear()
            if any(order.state is OrderState.WAITING for order in self._book.polled()):
                await asyncio.sleep(LOOK_SECONDS)
            else:
                await self._changed.wait()

    def look(self) -> None:
        """Warn, cancel and take ages again, wherever it is time."""
        now = self._clock.now()
        for order in self._book.open_orders():
            if self._board.now.leads:
                self._take_age(order, now)
            if order.state is OrderState.WAITING:
                self._look_at(self._book.get(order.id), now)

    def _take_age(self, order: Order, now: Instant) -> None:
        """Take an order's age again once the clocks have parted, or in a new boot: the next may know less."""
        aged = order.age.taken_again(now)
        if order.handled_by is None and aged is not None:
            self._book.amend(order.id, "age taken again", aged=aged)

    def _look_at(self, order: Order, now: Instant) -> None:
        left = order.window.remaining_seconds(now)
        if left <= 0:
            return
        if order.auto_cancel and left <= AUTO_CANCEL_SECONDS:
            self._cancel_if_leading(order)
            return
        for limit, weight, template in WARNINGS:
            if left <= limit < self._warned.get(order.id, order.refund_seconds):
                self._warned[order.id] = limit
                words = say(template, number=order.number or order.service, key=CANCEL)
                self._tell(weight, words, News.REFUND_CLOSES)
                return

    def _cancel_if_leading(self, order: Order) -> None:
        if self._board.now.leads:
            self._tell(Weight.WARNING, say(AUTO_CANCELLING, number=order.number or order.service))
            self._cancel(order.id, AUTO_CANCEL_EVENT)

    def _tell(self, weight: Weight, sentence: Sentence, news: News | None = None) -> None:
        self._board.announce(weight, sentence, news)
