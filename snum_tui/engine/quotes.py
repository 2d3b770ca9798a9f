"""Quotes, kept fresh: rows on the screen first, then what sorting needs, then favourites and watched rows."""

import asyncio
from collections.abc import Callable, Iterable, Mapping

from snum_tui.domain.catalogue import KnownQuote, Quote
from snum_tui.domain.sentence import Sentence
from snum_tui.engine.budget import NotWanted, Priority, always
from snum_tui.engine.context import Context
from snum_tui.engine.link import SiteDown
from snum_tui.engine.quote_wants import Lane, QuoteWants
from snum_tui.engine.snapshot import Filling
from snum_tui.provider.errors import SiteError

STORE_SECONDS = 2.0
"""Quotes go to the cache in batches: a write per row would cost more than the row."""

BACKGROUND_WORKERS = 3
_IN_FRONT = (Lane.SHOWN,)
_IN_BACKGROUND = (Lane.FILL, Lane.KEPT)
_PRIORITIES = {Lane.SHOWN: Priority.QUOTE, Lane.FILL: Priority.FILL, Lane.KEPT: Priority.KEPT}


class QuoteKeeper:
    """Reads the quotes that are wanted, each again when it has grown old.

    The board holds what is known of the services on show and of those kept; all others stay in the cache.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._board = context.board
        policy = context.policy
        self._wants = QuoteWants(policy.freshness, policy.politeness.requests_per_second)
        self._fills = False
        self._matching: tuple[str, ...] = ()
        self._expected_rows = 0
        self._watches: tuple[str, ...] = ()
        self._brought: Mapping[str, None] = {}
        self._unstored: dict[str, KnownQuote] = {}
        self._changed = asyncio.Event()
        self._tell: list[Callable[[KnownQuote], None]] = []

    def when_read(self, tell: Callable[[KnownQuote], None]) -> None:
        """Call `tell` with every quote that is read, whoever asked for it."""
        self._tell.append(tell)

    def watch(self, service_ids: tuple[str, ...], *, fill: bool = False, matching: tuple[str, ...] = ()) -> None:
        """These rows are on the screen now; with `fill`, all others of the list are needed, `matching` first."""
        if (service_ids, fill, matching) == (self._wants.wanted(Lane.SHOWN), self._fills, self._matching):
            return
        if service_ids:
            self._expected_rows = 0
        self._wants.want(Lane.SHOWN, service_ids)
        self._fills, self._matching = fill, matching
        self.look_again()

    def expect(self, first_rows: int) -> None:
        """Another category is opened: want the first rows of its list, until the screen says what it shows."""
        self._expected_rows = first_rows
        self.another_listing()

    def another_listing(self) -> None:
        """Another listing is on show, or the same one was read again."""
        rows = self._board.now.listing.services
        if rows and self._expected_rows:
            self._wants.want(Lane.SHOWN, (row.id for row in rows[: self._expected_rows]))
        self.look_again()

    def keep(self, service_ids: tuple[str, ...]) -> None:
        """Keep these fresh whatever is on the screen, and where nothing is, at leisure as the favourites are."""
        if service_ids != self._watches:
            self._watches = service_ids
            self.look_again()

    @property
    def is_watched(self) -> bool:
        """Whether any row is on the screen."""
        return bool(self._wants.wanted(Lane.SHOWN))

    def look_again(self) -> None:
        """Other rows are on show, or there are other favourites."""
        rows = self._board.now.listing.services
        favourites = (chosen.service_id for chosen in self._board.now.favourites)
        self._wants.want(Lane.KEPT, (*self._watches, *(favourites if self.is_watched else ())))
        self._wants.want(Lane.FILL, self._to_fill() if self._fills else ())
        # A list whose rows nobody sees is not read again.
        is_read = self._board.now.listing.category_id is not None and self.is_watched
        self._wants.leave_out(frozenset(row.id for row in rows if row.quote is not None) if is_read else ())
        self._bring()
        self._show_filling()
        self._context.budget.look_again()
        self._changed.set()

    def _to_fill(self) -> Iterable[str]:
        """Return the listing's rows, and first those that a person waits for who filters and sorts."""
        listed = dict.fromkeys(row.id for row in self._board.now.listing.services)
        return dict.fromkeys((*(row for row in self._matching if row in listed), *listed))

    def refresh(self) -> None:
        """Count every quote on the screen as old."""
        self._wants.count_as_old(self._wants.wanted(Lane.SHOWN))
        self._changed.set()

    def retry(self) -> None:
        """Ask again at once for what could not be read."""
        self._wants.count_as_old(self._board.now.failed_quotes)
        self._changed.set()

    def learn(self, quotes: Iterable[KnownQuote]) -> None:
        """Take quotes that came without being asked for, inside a list of services."""
        known = {quote.quote.service_id: quote for quote in quotes}
        if known:
            self._take(known)

    async def read(
        self, service_id: str, priority: Priority = Priority.QUOTE, is_wanted: Callable[[], bool] = always
    ) -> Quote:
        """Read one quote now. Raises SiteError or SiteDown; NotWanted where `is_wanted` says no before the send."""
        reader = self._context.reader
        quote = await reader.read(priority, lambda client: client.quote(service_id), is_wanted=is_wanted)
        self._take({service_id: KnownQuote(quote, self._context.clock.now().wall)})
        return quote

    async def run(self) -> None:
        """Keep what is wanted fresh for ever."""
        async with asyncio.TaskGroup() as group:
            for _ in range(self._context.policy.politeness.in_flight):
                group.create_task(self._work(_IN_FRONT))
            for _ in range(BACKGROUND_WORKERS):
                group.create_task(self._work(_IN_BACKGROUND))
            group.create_task(self._store())

    async def _work(self, lanes: tuple[Lane, ...]) -> None:
        while True:
            await self._context.link.wait_until_up()
            due = self._next_due(lanes)
            if due is None:
                await self._rest(lanes)
            else:
                await self._ask(*due)

    def _next_due(self, lanes: tuple[Lane, ...]) -> tuple[str, Lane] | None:
        """Return what to ask for next; in the background nothing while a row on the screen has not had its turn."""
        now = _seconds()
        if lanes is _IN_BACKGROUND and self._wants.next_due(_IN_FRONT, now) is not None:
            return None
        return self._wants.next_due(lanes, now)

    async def _ask(self, service_id: str, lane: Lane) -> None:
        with self._wants.asking(service_id):
            try:
                await self.read(service_id, _PRIORITIES[lane], lambda: self._wants.is_wanted(service_id, lane))
            except (SiteDown, NotWanted):
                # It stays due, until the site answers again or somebody looks again. Nothing was waited for
                # perhaps, and nobody else on the loop may be kept waiting by that.
                await asyncio.sleep(0)
            except SiteError as error:
                self._failed(service_id, error.sentence)
        self._drop_if_gone(service_id)

    def _drop_if_gone(self, service_id: str) -> None:
        """Take from the board what was on its way when nobody looked at it any more."""
        now = self._board.now
        if service_id not in self._brought and service_id in {*now.quotes, *now.failed_quotes}:
            quotes, failed = (
                {row: value for row, value in of.items() if row != service_id}
                for of in (now.quotes, now.failed_quotes)
            )
            self._board.change(quotes=quotes, failed_quotes=failed)

    async def _rest(self, lanes: tuple[Lane, ...]) -> None:
        """Wait for other wishes, or for the first wanted quote to grow old."""
        seconds = self._wants.seconds_until_due(lanes, _seconds())
        self._changed.clear()
        try:
            async with asyncio.timeout(None if seconds is None else max(0.05, seconds)):
                await self._changed.wait()
        except TimeoutError:
            pass

    def _bring(self) -> None:
        """Put on the board what is known of the services that matter now, and nothing else."""
        before, listing = self._board.now, self._board.now.listing.services
        matter = dict.fromkeys(
            (*(row.id for row in listing), *self._wants.wanted(Lane.SHOWN), *self._wants.wanted(Lane.KEPT))
        )
        if matter.keys() == self._brought.keys():
            return
        missing = [row for row in matter if row not in before.quotes and row not in self._brought]
        self._brought = matter
        found = {**self._cached(missing), **before.quotes}
        failed = {row: why for row, why in before.failed_quotes.items() if row in matter}
        self._wants.forget_all_but(matter)
        self._board.change(quotes={row: found[row] for row in matter if row in found}, failed_quotes=failed)

    def _cached(self, service_ids: list[str]) -> Mapping[str, KnownQuote]:
        """Return what earlier readings left in the cache, or are on their way there."""
        waiting = {row: self._unstored[row] for row in service_ids if row in self._unstored}
        elsewhere = [row for row in service_ids if row not in waiting]
        cached = self._context.cache.quotes(self._context.site, elsewhere) if elsewhere else {}
        found = {**cached, **waiting}
        now, wall = _seconds(), self._context.clock.now().wall
        for row, known in found.items():
            age_seconds = (wall - known.read_at).total_seconds()
            if age_seconds >= 0:  # one from the future tells nothing of its age
                self._wants.was_known(row, now - age_seconds)
        return found

    def _take(self, readings: Mapping[str, KnownQuote]) -> None:
        before = self._board.now
        known = {row: reading.after(before.quotes.get(row)) for row, reading in readings.items()}
        self._wants.asked(known, _seconds())
        self._unstored.update(known)
        failed = {row: why for row, why in before.failed_quotes.items() if row not in known}
        self._board.change(quotes={**before.quotes, **known}, failed_quotes=failed)
        self._show_filling()
        for reading in known.values():
            for tell in self._tell:
                tell(reading)

    def _failed(self, service_id: str, sentence: Sentence) -> None:
        self._wants.asked((service_id,), _seconds())
        self._board.change(failed_quotes={**self._board.now.failed_quotes, service_id: sentence})
        self._show_filling()

    def _show_filling(self) -> None:
        total = len(self._wants.wanted(Lane.FILL))
        filling = Filling(self._wants.fresh_count(Lane.FILL, _seconds()), total) if total else None
        self._board.change(filling=filling)

    async def _store(self) -> None:
        try:
            while True:
                await asyncio.sleep(STORE_SECONDS)
                self._store_now()
        finally:
            self._store_now()

    def _store_now(self) -> None:
        batch, self._unstored = self._unstored, {}
        if batch:
            self._context.cache.store_quotes(self._context.site, batch.values())


def _seconds() -> float:
    """Return the seconds that readings are dated in: the loop's own, which no clock setting moves."""
    return asyncio.get_running_loop().time()
