"""Puts the engine's parts together, and runs them."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from snum_tui.domain.catalogue import KnownQuote
from snum_tui.domain.sentence import N_, say
from snum_tui.engine.backup import BackupKeeper
from snum_tui.engine.balance import BalanceKeeper
from snum_tui.engine.book import Book
from snum_tui.engine.cancelling import Cancelling
from snum_tui.engine.catalogue import CatalogueKeeper
from snum_tui.engine.commands import (
    READ_ONLY,
    AdoptNumber,
    CancelNumber,
    CheckBalance,
    Command,
    DropWatch,
    Find,
    KeepView,
    LookAway,
    PlaceOrder,
    Refresh,
    Remark,
    SetAutoCancel,
    SetFavourite,
    SettleOrder,
    SetWatch,
    ShowCategory,
    ShowServices,
    StandBy,
    Study,
    WatchRows,
)
from snum_tui.engine.context import Context
from snum_tui.engine.deadlines import Deadlines
from snum_tui.engine.finder import Finder
from snum_tui.engine.messages import MessagePoller
from snum_tui.engine.ordering import Ordering, new_order_id
from snum_tui.engine.quotes import QuoteKeeper
from snum_tui.engine.sharing import Sharing
from snum_tui.engine.snapshot import Chosen, Weight
from snum_tui.engine.studies import Studies
from snum_tui.engine.unknowns import Unknowns
from snum_tui.engine.watches import Watches

RESTART_SECONDS = 1.0
WRITE_AGAIN_SECONDS = 30.0
"""A journal that is busy holds up everything for as long as its patience lasts: not too often."""


Loop = Callable[[], Coroutine[Any, Any, None]]
"""What one part does for ever."""

UNDER_WAY = say(N_("Not suspended: an order or a cancel is on its way. Wait for its outcome, then try again."))
MISTAKE = N_("A mistake inside snum-tui ({kind}). Your orders are in the journal; please report it.")


class Parts:
    """The engine's parts for one site and profile, what they do for ever, and what they do when told to."""

    def __init__(
        self,
        context: Context,
        new_id: Callable[[], str] = new_order_id,
        *,
        read_only: bool = False,
        browses: bool = True,
    ) -> None:
        self._context = context
        self._browses = browses
        self._read_only = read_only
        self.book = Book(context)
        self.balance = BalanceKeeper(context, self.book)
        self.quotes = QuoteKeeper(context)
        self.catalogue = CatalogueKeeper(context, self.quotes)
        self.finder = Finder(context)
        self.catalogue.when_learnt(self.finder.learn)
        self.watches = Watches(context, self.quotes)
        self.studies = Studies(context)
        self.quotes.when_read(self._quote_read)
        self.messages = MessagePoller(context, self.book, self.balance)
        self.unknowns = Unknowns(context, self.book, self.balance)
        self.ordering = Ordering(context, self.book, self.balance, self.quotes, new_id)
        self.ordering.when_unknown(self.unknowns.follow)
        self.cancelling = Cancelling(context, self.book, self.balance, self.messages)
        self.messages.when_cancel_is_unsettled(self._cancel_goes_on)
        self.deadlines = Deadlines(context, self.book, self._cancel_by_itself)
        self.sharing = Sharing(context, self.book, self.balance, self.unknowns, self._look_again)
        self.backup = BackupKeeper(context)
        self.book.when_open_changes(self._look_again)
        context.link.when_down(self.balance.want)
        context.link.when_up(self.quotes.retry)
        self._money: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Load the journal, then keep everything going until cancelled. Raises JournalError."""
        self.book.load()
        self.sharing.look()
        self.watches.look()
        self.quotes.look_again()
        self.book.tell_of_others()
        if self._context.ordering_off is not None:
            self._context.board.announce(Weight.ALARM, self._context.ordering_off)
        loops = (
            self._write_late,
            self.sharing.run,
            self.balance.run,
            self.messages.run,
            self.deadlines.run,
            *((self.backup.run,) if self._context.journal.unwritable is None else ()),
            *(self._browsing_loops() if self._browses else ()),
        )
        async with asyncio.TaskGroup() as group:
            for loop in loops:
                group.create_task(self._keep_going(loop))

    def _browsing_loops(self) -> tuple[Loop, ...]:
        return (
            self.catalogue.run_categories,
            self.catalogue.run_listing,
            self.quotes.run,
            self.finder.run,
            self.watches.run,
            self.watches.run_search,
        )

    def obey(self, command: Command) -> None:
        """Carry out a command; one that takes time goes on beside the others."""
        try:
            self._carry_out(command)
        except Exception as error:  # noqa: BLE001 - one bad command must not end the engine
            self._own_mistake(error)

    def _carry_out(self, command: Command) -> None:
        match command:
            case ShowCategory() | ShowServices() | WatchRows() | LookAway() | Study() | Find():
                self._look(command)
            case KeepView(view):
                self._context.cache.keep_view(self._context.site, self._context.profile, view)
            case SetFavourite() | SetWatch() | DropWatch():
                self._mark(command)
            case Refresh():
                self._refresh()
            case Remark(sentence):
                self._context.board.announce(Weight.WARNING, sentence, until_key=True)
            case StandBy(on):
                self._stand_by(on=on)
            case _ if self._read_only:
                self._context.board.announce(Weight.WARNING, READ_ONLY)
            case _:
                self._carry_out_for_money(command)

    def _look(self, command: ShowCategory | ShowServices | WatchRows | LookAway | Study | Find) -> None:
        match command:
            case ShowCategory(category_id, first_rows):
                self.catalogue.show_category(category_id, first_rows)
            case ShowServices(service_ids):
                self.catalogue.show_services(service_ids)
            case WatchRows(service_ids, fill, matching):
                self.quotes.watch(service_ids, fill=fill, matching=matching)
            case LookAway():
                self.catalogue.look_away()
                self.quotes.watch(())
                self.watches.look_away()
            case Study(service_id):
                self.studies.show(service_id)
            case Find(text):
                self.finder.find(text)

    def _mark(self, command: SetFavourite | SetWatch | DropWatch) -> None:
        match command:
            case SetFavourite(service_id, service, category_id, category, on):
                self.book.set_favourite(Chosen(service_id, service, category_id, category), on=on)
                self.quotes.look_again()
            case SetWatch():
                self.watches.set(command)
            case DropWatch(service_id):
                self.watches.drop(service_id)

    def _carry_out_for_money(
        self, command: PlaceOrder | CancelNumber | SetAutoCancel | CheckBalance | AdoptNumber | SettleOrder
    ) -> None:
        match command:
            case PlaceOrder():
                self._spend(self.ordering.place(command))
            case CancelNumber(order_id):
                self._spend(self.cancelling.cancel(order_id))
            case SetAutoCancel(order_id, on):
                self.deadlines.arm(order_id, on=on)
            case CheckBalance(order_id):
                self._spend(self.unknowns.check_balance(order_id))
            case AdoptNumber(order_id, number_id):
                self._spend(self.unknowns.adopt(order_id, number_id))
            case SettleOrder(order_id, charged, remark):
                self.unknowns.settle(order_id, remark, charged=charged)

    async def finish_money(self) -> None:
        """Return once every order and cancel in flight has been recorded. Orders not yet sent are not sent."""
        self.ordering.close()
        while self._money:
            await asyncio.wait(self._money)
        self.book.catch_up()

    async def end_followers(self) -> None:
        """Return once nothing reads the balance again any more, for the journal is closed next."""
        await self.unknowns.end()
        await self.cancelling.end()

    def _quote_read(self, known: KnownQuote) -> None:
        self.watches.judge(known)
        self.studies.add(known)

    def _look_again(self) -> None:
        self._context.budget.keep_a_place(on=bool(self.book.polled()))
        self.messages.look_again()
        self.deadlines.look_again()
        self.studies.look_again()

    def _cancel_by_itself(self, order_id: str, why: str) -> None:
        """Cancel an armed number, in a read-only session too: it was armed by a person, and its time is up."""
        self._spend(self.cancelling.cancel(order_id, why, disarm=True))

    def _cancel_goes_on(self, order_id: str) -> None:
        self._spend(self.cancelling.go_on(order_id, read_only=self._read_only))

    def _stand_by(self, *, on: bool) -> None:
        """Make room for others, unless something is under way here that a stopped program would leave unwatched."""
        if not on:
            self.sharing.come_back()
        elif self._money or self.book.polled():
            self._context.board.announce(Weight.WARNING, UNDER_WAY)
        else:
            self.sharing.stand_by()

    def _refresh(self) -> None:
        self.balance.want()
        self.catalogue.refresh()
        self.quotes.refresh()
        self.messages.refresh()

    def _spend(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(self._tell_failure(work))
        self._money.add(task)
        task.add_done_callback(self._money.discard)

    async def _tell_failure(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - a mistake of ours must not take the other numbers with it
            self._own_mistake(error)

    async def _write_late(self) -> None:
        """Try again, for ever, what the journal would not take."""
        while True:
            await asyncio.sleep(WRITE_AGAIN_SECONDS)
            self.book.catch_up()

    async def _keep_going(self, loop: Loop) -> None:
        """Run one part for ever; a mistake of ours ends neither it nor the others."""
        while True:
            try:
                await loop()
            except Exception as error:  # noqa: BLE001 - as above
                self._own_mistake(error)
                await asyncio.sleep(RESTART_SECONDS)

    def _own_mistake(self, error: Exception) -> None:
        self._context.board.announce(Weight.ALARM, say(MISTAKE, kind=type(error).__name__))
