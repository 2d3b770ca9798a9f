"""Messages of the live numbers, asked for on the designed schedule.

PROTOCOL: asking probably drives the site's own check for the SMS, so a number that nobody asks for may never get
its code. Asking goes on, screen or no screen, until the site says 1 or -1 or the schedule ends.
"""

import asyncio
from collections.abc import Callable

from snum_tui.domain.clock import least_elapsed_seconds
from snum_tui.domain.keys import COPY
from snum_tui.domain.messages import Message, MessageStatus, find_code
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.engine.balance import BalanceKeeper
from snum_tui.engine.book import Book
from snum_tui.engine.budget import Priority
from snum_tui.engine.context import Context
from snum_tui.engine.link import SiteDown
from snum_tui.engine.snapshot import News, Weight
from snum_tui.provider.errors import Busy, NotReached, SiteError

GAVE_UP = say(N_("No code came, and the site is no longer asked."))
COMPARE_REFUND = say(N_("cancelled; compare the balance to see the refund"))
CANCELLED_BY_SITE = say(N_("The site says that this number is cancelled. Check the balance for the refund."))


class MessagePoller:
    """Asks for the message of each live number when it is due; slow replies hold up no other number.

    Only in the program that leads. A number with a cancel on its way is left to whoever sent it.
    """

    def __init__(self, context: Context, book: Book, balance: BalanceKeeper) -> None:
        self._context = context
        self._board = context.board
        self._schedule = context.policy.polls
        self._book = book
        self._balance = balance
        self._due_at: dict[str, float] = {}
        self._asking: set[str] = set()
        self._had_last_word: set[str] = set()
        self._changed = asyncio.Event()
        self._on_cancel_unsettled: Callable[[str], None] = lambda _order_id: None

    def when_cancel_is_unsettled(self, tell: Callable[[str], None]) -> None:
        """Call `tell` with an order that is cancelling in nobody's hands, and that the site calls live."""
        self._on_cancel_unsettled = tell

    def look_again(self) -> None:
        """The set of live numbers may have changed."""
        self._changed.set()

    def ask_soon(self, order_id: str) -> None:
        """Ask for this number's message now."""
        self._due_at.pop(order_id, None)
        self._changed.set()

    def refresh(self) -> None:
        """Ask for every live number's message now."""
        self._due_at.clear()
        self._changed.set()

    async def run(self) -> None:
        """Ask for ever."""
        async with asyncio.TaskGroup() as group:
            while True:
                await self._context.link.wait_until_up()
                for order in self._due_orders():
                    self._asking.add(order.id)
                    group.create_task(self._ask_when_due(order))
                await self._rest()

    async def ask(self, order: Order, priority: Priority = Priority.MESSAGE) -> MessageStatus | None:
        """Ask for one number's message now and act on it; None where the site does not tell."""
        if order.number_id is None:
            return None
        is_past_the_schedule = self._schedule.delay_seconds(self._age_seconds(order)) is None
        message, answered = await self._message(order.number_id, priority)
        if message is not None:
            self._act(order, message)
        if answered and is_past_the_schedule:
            self._had_last_word.add(order.id)
        return None if message is None else message.status

    async def _message(self, number_id: str, priority: Priority) -> tuple[Message | None, bool]:
        """Return what the site says, and whether it gave any answer at all."""
        try:
            message = await self._context.reader.read(
                priority, lambda client: client.message(number_id), keyed=True
            )
        except (SiteDown, NotReached, Busy):
            return None, False
        except SiteError:
            return None, True
        return message, True

    async def _ask_when_due(self, order: Order) -> None:
        try:
            status = await self.ask(order)
        finally:
            self._asking.discard(order.id)
            self._changed.set()
        # A question asked before the cancel proves nothing about it; while one is in flight, its sender decides.
        if status is MessageStatus.WAITING and order.state is OrderState.CANCELLING:
            self._book.take_in()
            current = self._book.get(order.id)
            if current.state is OrderState.CANCELLING and current.handled_by is None:
                self._on_cancel_unsettled(order.id)

    def _due_orders(self) -> list[Order]:
        now = asyncio.get_running_loop().time()
        due = []
        for order in self._askable():
            if self._due_at.get(order.id, 0.0) > now:
                continue
            delay = self._schedule.delay_seconds(self._age_seconds(order))
            # However old, a number is asked for once more first: its code may have come while nobody asked.
            if delay is None and order.id in self._had_last_word:
                self._give_up(order)
            else:
                self._due_at[order.id] = now + (self._schedule.last_seconds if delay is None else delay)
                due.append(order)
        return due

    async def _rest(self) -> None:
        now = asyncio.get_running_loop().time()
        waits = [self._due_at.get(order.id, now) - now for order in self._askable()]
        self._changed.clear()
        try:
            async with asyncio.timeout(max(0.01, min(waits)) if waits else None):
                await self._changed.wait()
        except TimeoutError:
            pass

    def _askable(self) -> list[Order]:
        if not self._board.now.leads:
            return []
        return [one for one in self._book.polled() if one.handled_by is None and one.id not in self._asking]

    def _act(self, order: Order, message: Message) -> None:
        """Act on a message; `order` is as it was when the question was asked."""
        if message.status is MessageStatus.WAITING:
            return
        self._book.take_in()
        order_id, current = order.id, self._book.get(order.id)
        if not current.is_polled:
            self._keep_late_code(current, message)
            return
        if message.status is MessageStatus.RECEIVED and message.text:
            received = self._book.move(order_id, OrderState.RECEIVED, "code received", message=message.text)
            if received.state is not OrderState.RECEIVED:
                self._book.amend(order_id, "code received after all", message=message.text)
            self._tell_code(current, message.text)
            if current.state is OrderState.CANCELLING:
                self._balance.want()
        elif message.status is MessageStatus.RECEIVED:
            return
        elif current.state is OrderState.WAITING:
            self._book.move(order_id, OrderState.CANCELLED, "cancelled by the site")
            self.tell_cancelled_by_site(order_id)
        elif current.handled_by is None:
            self._book.move(order_id, OrderState.CANCELLED, "cancelled", note=COMPARE_REFUND)
            told = say(N_("{number}: {what}"), number=current.number or "", what=COMPARE_REFUND)
            self._board.announce(Weight.INFO, told)
            self._balance.want()
        elif order.state is OrderState.CANCELLING and self._book.is_in_own_hand(current):
            self._book.move(order_id, OrderState.CANCELLED, "cancelled")

    def _keep_late_code(self, current: Order, message: Message) -> None:
        """A code that a site shows for a number cancelled before it was read is not thrown away."""
        received = message.status is MessageStatus.RECEIVED and message.text
        if received and current.state is OrderState.CANCELLED and current.message is None:
            self._book.amend(current.id, "code received after the cancel", message=message.text)
            self._tell_code(current, message.text or "")

    def tell_cancelled_by_site(self, order_id: str) -> None:
        """Say that the site itself has cancelled a number."""
        self._book.amend(order_id, "told", note=CANCELLED_BY_SITE)
        self._board.announce(Weight.WARNING, CANCELLED_BY_SITE)
        self._balance.want()

    def _tell_code(self, order: Order, text: str) -> None:
        self._board.announce(Weight.GOOD, told_code(order, text), News.CODE)

    def _give_up(self, order: Order) -> None:
        if order.state is OrderState.CANCELLING:
            self._book.move(order.id, OrderState.WAITING, "no answer to the cancel")
        self._book.move(order.id, OrderState.EXPIRED, "asked long enough", note=GAVE_UP)
        self._board.announce(Weight.WARNING, GAVE_UP)
        self._balance.want()

    def _age_seconds(self, order: Order) -> float:
        return least_elapsed_seconds(order.opened, self._context.clock.now())


def told_code(order: Order, text: str) -> Sentence:
    """Say that a code has come, with the code found in the message's text."""
    words = N_("Code {code} for {service}. Press {key} to copy it.")
    return say(words, code=find_code(text), service=order.category, key=COPY)
