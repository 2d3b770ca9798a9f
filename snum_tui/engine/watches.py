"""Watches: tell the person once a service is in stock, or cheap enough. They never order."""

import asyncio

from snum_tui.domain.catalogue import KnownQuote, Quote
from snum_tui.domain.keys import ORDER
from snum_tui.domain.money import Amount
from snum_tui.domain.sentence import N_, NP_, Sentence, say, say_count
from snum_tui.engine.budget import Priority
from snum_tui.engine.commands import SetWatch
from snum_tui.engine.context import Context
from snum_tui.engine.link import SiteDown
from snum_tui.engine.quotes import QuoteKeeper
from snum_tui.engine.snapshot import News, WatchedService, Weight
from snum_tui.journal.errors import JournalError
from snum_tui.journal.orders import Watch
from snum_tui.provider.errors import SiteError

LOOK_SECONDS = 0.5
"""Another window's watch is taken over within a second. A look costs microseconds."""

TO_ORDER = N_("{what} To order it, press {key} on its row under Watched.")
IN_STOCK = NP_(
    "{service} is in stock: {count} number at {price}.", "{service} is in stock: {count} numbers at {price}."
)
MAYBE_IN_STOCK = N_("{service} may be in stock, at {price}.")
AT_LIMIT = NP_(
    "{service} costs {price}, within your limit of {limit}: {count} number in stock.",
    "{service} costs {price}, within your limit of {limit}: {count} numbers in stock.",
)
MAYBE_AT_LIMIT = N_("{service} costs {price}, within your limit of {limit}.")
LOST = N_("The site no longer lists {service}. Its watch goes on until you end it, under Watched.")


class Watches:
    """Judges every quote that is read, by whomever, and has those of the watched services kept fresh.

    All windows have the same watches, by the journal, and each tells the person by itself. What is met already when
    a watch is set is told there and then, without calling anybody back.
    """

    def __init__(self, context: Context, quotes: QuoteKeeper) -> None:
        self._context = context
        self._site = context.site
        self._board = context.board
        self._journal = context.journal
        self._quotes = quotes
        self._watches: dict[str, Watch] = {}
        self._met: set[str] = set()
        self._lost: set[str] = set()
        self._searched_at: dict[str, float] = {}
        self._version: int | None = None
        self._nobody_looks = False

    async def run(self) -> None:
        """Follow what other windows change, for ever."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self.look()

    async def run_search(self) -> None:
        """Look, for ever, whether the site still lists what it tells no price of."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if (category_id := self._next_to_search()) is not None:
                await self._search(category_id)

    def look(self) -> None:
        """Read the watches anew where another program has written. The book says what keeps a journal from that."""
        try:
            version = self._journal.version()
        except JournalError:
            return
        if version != self._version and self._read_all():
            self._version = version

    def set(self, wish: SetWatch) -> None:
        """Watch a service, or change its limit; a journal that does not take it is told on the board."""
        watch = Watch(wish.service_id, wish.service, wish.category_id, wish.category, wish.price_limit)
        try:
            self._journal.set_watch(self._site, watch)
        except JournalError as error:
            self._board.announce(Weight.WARNING, error.sentence)
            return
        self._read_all()
        self._tell_what_is_met_already(watch)

    def drop(self, service_id: str) -> None:
        """Watch a service no longer; the same of the journal."""
        try:
            self._journal.drop_watch(self._site, service_id)
        except JournalError as error:
            self._board.announce(Weight.WARNING, error.sentence)
            return
        self._read_all()

    def judge(self, known: KnownQuote) -> None:
        """Look what a quote means: what has become so is told, once, until it was otherwise in between."""
        service_id = known.quote.service_id
        watch = self._watches.get(service_id)
        if watch is None:
            return
        self._lost.discard(service_id)
        if not is_met(watch, known.quote):
            self._met.discard(service_id)
        elif service_id not in self._met:
            self._met.add(service_id)
            self._board.announce(Weight.GOOD, self._told(watch, known.quote), News.STOCK)
        self._show()

    def look_away(self) -> None:
        """Nobody looks any more: ask for none of them."""
        self._nobody_looks = True
        self._quotes.keep(())

    def _read_all(self) -> bool:
        """Read all watches. Returns False where the journal could not be read just now."""
        try:
            kept = self._journal.watches(self._site)
        except JournalError:
            return False
        before, self._watches = self._watches, {watch.service_id: watch for watch in kept}
        limits = {service_id: watch.price_limit for service_id, watch in self._watches.items()}
        for watch in before.values():
            if watch.service_id not in limits or limits[watch.service_id] != watch.price_limit:
                self._met.discard(watch.service_id)
                self._lost.discard(watch.service_id)
        if not self._nobody_looks and before.keys() != self._watches.keys():
            self._quotes.keep(tuple(self._watches))
        self._show()
        return True

    def _tell_what_is_met_already(self, watch: Watch) -> None:
        known = self._board.now.quotes.get(watch.service_id)
        if known is None or watch.service_id in self._met or not is_met(watch, known.quote):
            return
        age = self._context.clock.now().wall - known.read_at
        if age.total_seconds() <= self._context.policy.freshness.quote_seconds:
            self._met.add(watch.service_id)
            self._board.announce(Weight.GOOD, self._told(watch, known.quote))
            self._show()

    def _next_to_search(self) -> str | None:
        """Return a category that may have lost a watched service. A list is read no more often than one on show."""
        now = asyncio.get_running_loop().time()
        again = self._context.policy.freshness.services_seconds
        for watch in () if self._nobody_looks else self._watches.values():
            searched_at = self._searched_at.get(watch.category_id)
            is_due = searched_at is None or now - searched_at >= again
            if watch.service_id in self._board.now.failed_quotes and watch.service_id not in self._lost and is_due:
                return watch.category_id
        return None

    async def _search(self, category_id: str) -> None:
        """Tell, once, of each watched service that its category no longer has. A site that fails tells nothing."""
        self._searched_at[category_id] = asyncio.get_running_loop().time()
        try:
            services = await self._context.reader.read(Priority.LIST, lambda client: client.services(category_id))
        except (SiteError, SiteDown):
            return
        listed = {service.id for service in services}
        for watch in self._watches.values():
            if watch.category_id == category_id and watch.service_id not in listed | self._lost:
                self._lost.add(watch.service_id)
                self._board.announce(Weight.WARNING, say(LOST, service=_name(watch)))
        self._show()

    def _show(self) -> None:
        shown = tuple(
            WatchedService(
                watch.service_id,
                watch.service,
                watch.category_id,
                watch.category,
                watch.price_limit,
                met=watch.service_id in self._met,
                lost=watch.service_id in self._lost,
            )
            for watch in self._watches.values()
        )
        if shown != self._board.now.watches:
            self._board.change(watches=shown)

    def _told(self, watch: Watch, quote: Quote) -> Sentence:
        currency = self._context.policy.rules.currency
        values: dict[str, object] = {"service": _name(watch), "price": Amount(quote.price, currency)}
        if watch.price_limit is not None:
            values["limit"] = Amount(watch.price_limit, currency)
        known, unknown = (IN_STOCK, MAYBE_IN_STOCK) if watch.price_limit is None else (AT_LIMIT, MAYBE_AT_LIMIT)
        what = say(unknown, **values) if quote.stock is None else say_count(known, quote.stock, **values)
        return say(TO_ORDER, what=what, key=ORDER)


def is_met(watch: Watch, quote: Quote) -> bool:
    """Tell whether a quote is what the person waits for. A stock that the site does not tell is worth a try."""
    in_stock = quote.stock is None or quote.stock > 0
    return in_stock and (watch.price_limit is None or quote.price <= watch.price_limit)


def _name(watch: Watch) -> Sentence | str:
    if not watch.category:
        return watch.service
    return say(N_("{category} · {service}"), category=watch.category, service=watch.service)
