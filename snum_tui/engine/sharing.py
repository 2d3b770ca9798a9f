"""Several programs on one journal: who asks for messages, what the others did, and what the dead left behind."""

import asyncio
from collections.abc import Callable

from snum_tui.domain.keys import UNKNOWN
from snum_tui.domain.orders import IN_FLIGHT_STATES, Order, OrderState
from snum_tui.domain.sentence import N_, say
from snum_tui.engine.balance import BalanceKeeper
from snum_tui.engine.book import Book
from snum_tui.engine.context import Context
from snum_tui.engine.messages import told_code
from snum_tui.engine.snapshot import News, Weight
from snum_tui.engine.unknowns import Unknowns
from snum_tui.journal.errors import JournalError

LOOK_SECONDS = 0.5
"""Another program's change is seen, and a dead leader's place taken, within a second. A look costs microseconds."""

INTERRUPTED = say(
    N_(
        "snum-tui ended while this order was being sent. The site may have charged for it: "
        "compare your balance, and look at the site's own page."
    )
)
UNKNOWN_ELSEWHERE = N_("Unknown order of {service}: press {key} to see what is known.")


class Sharing:
    """Leads where nobody else does; looks at the journal for what the others write, and at who is still alive."""

    def __init__(
        self,
        context: Context,
        book: Book,
        balance: BalanceKeeper,
        unknowns: Unknowns,
        look_again: Callable[[], None],
    ) -> None:
        self._board = context.board
        self._company = context.company
        self._book = book
        self._balance = balance
        self._unknowns = unknowns
        self._look_again = look_again
        self._stands_by = False
        book.when_others_change(self._tell_change)

    async def run(self) -> None:
        """Look for ever."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self.look()

    def look(self) -> None:
        """Take in what the others wrote, lead if nobody does, and clear up after the dead."""
        self._book.take_in()
        if self._stands_by:
            return
        self._board.change(others=self._company.others())
        if not self._board.now.leads and self._can_lead():
            self._board.change(leads=True)
            self._look_again()
        if self._board.now.leads:
            self._clear_up()

    def stand_by(self) -> None:
        """Leave the others: this program is about to be stopped, and could not ask for a code then."""
        self._stands_by = True
        self._company.leave()
        self._board.change(leads=False, stands_by=True)

    def come_back(self) -> None:
        """Be one of them again."""
        if not self._stands_by:
            return
        self._stands_by = False
        try:
            self._company.join()
        except JournalError as error:
            self._board.announce(Weight.ALARM, error.sentence)
        self._board.change(stands_by=False)
        self.look()

    def _can_lead(self) -> bool:
        try:
            return self._company.try_to_lead()
        except JournalError:
            # Without locks nobody knows who leads; asking twice for a message costs little, not asking a code.
            return True

    def _clear_up(self) -> None:
        """Nobody will ever hear what became of an order or a cancel whose sender is dead."""
        for order in self._book.open_orders():
            if order.state not in IN_FLIGHT_STATES or self._is_in_hand(order):
                continue
            if order.state is OrderState.SENDING:
                self._book.move(order.id, OrderState.UNKNOWN, "its sender is gone", note=INTERRUPTED)
                self._unknowns.follow(order.id)
                self._tell_unknown(order)
            elif order.handled_by is not None:
                self._book.amend(order.id, "its sender is gone", handled_by=None)
                self._look_again()

    def _is_in_hand(self, order: Order) -> bool:
        return order.handled_by is not None and self._company.is_alive(order.handled_by)

    def _tell_change(self, before: Order | None, after: Order) -> None:
        """Say here, too, what another program learnt."""
        if before is not None and before.state is after.state:
            return
        self._balance.want()
        if after.state is OrderState.RECEIVED and after.message is not None:
            self._board.announce(Weight.GOOD, told_code(after, after.message), News.CODE)
        elif after.state is OrderState.UNKNOWN:
            self._tell_unknown(after)
        elif after.state in {OrderState.CANCELLED, OrderState.EXPIRED} and after.note is not None:
            told = say(N_("{number}: {what}"), number=after.number or "", what=after.note)
            self._board.announce(Weight.INFO, told)

    def _tell_unknown(self, order: Order) -> None:
        words = say(UNKNOWN_ELSEWHERE, service=order.service, key=UNKNOWN)
        self._board.announce(Weight.ALARM, words, News.UNKNOWN)
