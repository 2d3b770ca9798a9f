"""Messages of the live numbers, asked for on the designed schedule.

PROTOCOL: asking probably drives the site's own check for the SMS, so a number that nobody asks for may never get
its code. Asking goes on, screen or no screen, until the site says 1 or -1 or the schedule ends.
"""

import asyncio

from snum_tui.domain.clock import least_elapsed_seconds
from snum_tui.domain.messages import Message, MessageStatus, find_code
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_, say
from snum_tui.engine.balance import BalanceKeeper
from snum_tui.engine.book import Book
from snum_tui.engine.budget import Priority
from snum_tui.engine.context import Context
from snum_tui.engine.link import SiteDown
from snum_tui.engine.snapshot import Weight
from snum_tui.provider.errors import Busy, NotReached, SiteError

STILL_LIVE = say(N_("The cancel had no effect: the number is still live. Press c to cancel it again."))
GAVE_UP = say(N_("No code came, and the site is no longer asked."))
COMPARE_REFUND = say(N_("cancelled; compare the balance to see the refund"))
CANCELLED_BY_SITE = say(N_("The site says that this number is cancelled. Check the balance for the refund."))


class MessagePoller:
    """Asks for the message of each live number when it is due; slow replies hold up no other number."""

    def __init__(self, context: Context, book: Book, balance: BalanceKeeper) -> None:
        self._context = context
        self._board = context.board
        self._schedule = context.policy.polls
        self._book = book
        self._balance = balance
        self._due_at: dict[str, float] = {}
        self._asking: set[str] = set()
        self._held: set[str] = set()
        self._had_last_word: set[str] = set()
        self._changed = asyncio.Event()

    def look_again(self) -> None:
        """The set of live numbers may have changed."""
        self._changed.set()

    def hold(self, order_id: str) -> None:
        """Leave this number to a cancel in flight; what the site says of it meanwhile would only confuse."""
        self._held.add(order_id)

    def release(self, order_id: str) -> None:
        """The cancel is over: ask for this number's message again."""
        self._held.discard(order_id)
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

    async def ask(self, order: Order) -> MessageStatus | None:
        """Ask for one number's message now and act on it; None where the site does not tell."""
        if order.number_id is None:
            return None
        number_id = order.number_id
        try:
            message = await self._context.reader.read(
                Priority.MESSAGE, lambda client: client.message(number_id), keyed=True
            )
        except (SiteDown, NotReached, Busy):
            return None
        except SiteError:
            status = None
        else:
            self._act(order.id, message)
            status = message.status
        if self._schedule.delay_seconds(self._age_seconds(order)) is None:
            self._had_last_word.add(order.id)
        return status

    async def _ask_when_due(self, order: Order) -> None:
        try:
            status = await self.ask(order)
        finally:
            self._asking.discard(order.id)
            self._changed.set()
        current = self._book.get(order.id)
        # A question asked before the cancel proves nothing about it; while one is in flight, it decides itself.
        if (
            status is MessageStatus.WAITING
            and order.state is OrderState.CANCELLING
            and current.state is OrderState.CANCELLING
            and order.id not in self._held
        ):
            self._book.move(order.id, OrderState.WAITING, "cancel had no effect", note=STILL_LIVE)
            self._board.announce(Weight.WARNING, STILL_LIVE)

    def _due_orders(self) -> list[Order]:
        now = asyncio.get_running_loop().time()
        due = []
        for order in self._book.polled():
            if self._is_busy(order.id) or self._due_at.get(order.id, 0.0) > now:
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
        polled = [order.id for order in self._book.polled() if not self._is_busy(order.id)]
        waits = [self._due_at.get(order_id, now) - now for order_id in polled]
        self._changed.clear()
        try:
            async with asyncio.timeout(max(0.01, min(waits)) if waits else None):
                await self._changed.wait()
        except TimeoutError:
            pass

    def _act(self, order_id: str, message: Message) -> None:
        current = self._book.get(order_id)
        if not current.is_polled:
            return
        if message.status is MessageStatus.RECEIVED and message.text:
            self._book.move(order_id, OrderState.RECEIVED, "code received", message=message.text)
            self._tell_code(current, message.text)
            if current.state is OrderState.CANCELLING:
                self._balance.want()
        elif message.status is MessageStatus.CANCELLED and current.state is OrderState.WAITING:
            self._book.move(order_id, OrderState.CANCELLED, "cancelled by the site")
            self.tell_cancelled_by_site(order_id)
        elif message.status is MessageStatus.CANCELLED and order_id in self._held:
            self._book.move(order_id, OrderState.CANCELLED, "cancelled")
        elif message.status is MessageStatus.CANCELLED:
            self._book.move(order_id, OrderState.CANCELLED, "cancelled", note=COMPARE_REFUND)
            told = say(N_("{number}: {what}"), number=current.number or "", what=COMPARE_REFUND)
            self._board.announce(Weight.INFO, told)
            self._balance.want()

    def tell_cancelled_by_site(self, order_id: str) -> None:
        """Say that the site itself has cancelled a number."""
        self._book.amend(order_id, "told", note=CANCELLED_BY_SITE)
        self._board.announce(Weight.WARNING, CANCELLED_BY_SITE)
        self._balance.want()

    def _tell_code(self, order: Order, text: str) -> None:
        told = say(
            N_("Code {code} for {service}. Press y to copy it."), code=find_code(text), service=order.category
        )
        self._board.announce(Weight.GOOD, told)

    def _give_up(self, order: Order) -> None:
        if order.state is OrderState.CANCELLING:
            self._book.move(order.id, OrderState.WAITING, "no answer to the cancel")
        self._book.move(order.id, OrderState.EXPIRED, "asked long enough", note=GAVE_UP)
        self._board.announce(Weight.WARNING, GAVE_UP)
        self._balance.want()

    def _is_busy(self, order_id: str) -> bool:
        return order_id in self._held or order_id in self._asking

    def _age_seconds(self, order: Order) -> float:
        return least_elapsed_seconds(order.opened, self._context.clock.now())
