"""Quotes of the rows on the screen, kept fresh; nothing is asked for what nobody looks at."""

import asyncio
from collections.abc import Iterable

from snum_tui.domain.catalogue import KnownQuote, Quote
from snum_tui.domain.sentence import Sentence
from snum_tui.engine.budget import Priority
from snum_tui.engine.context import Context
from snum_tui.engine.link import SiteDown
from snum_tui.provider.errors import SiteError

STORE_SECONDS = 2.0
"""Quotes go to the cache in batches: a write per row would cost more than the row."""


class QuoteKeeper:
    """Reads the quotes of the watched rows, topmost first, each again when it has grown old."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._board = context.board
        self._fresh_seconds = context.policy.freshness.quote_seconds
        # One place in flight stays free, so that a message never waits for a quote's slow reply.
        self._workers = max(1, context.policy.politeness.in_flight - 1)
        self._watched: tuple[str, ...] = ()
        self._due_at: dict[str, float] = {}
        self._asking: set[str] = set()
        self._unstored: dict[str, KnownQuote] = {}
        self._changed = asyncio.Event()

    def watch(self, service_ids: tuple[str, ...]) -> None:
        """These rows are on the screen now."""
        if service_ids == self._watched:
            return
        self._watched = service_ids
        unknown = [service_id for service_id in service_ids if service_id not in self._board.now.quotes]
        if unknown and (cached := self._context.cache.quotes(self._context.site, unknown)):
            self._board.change(quotes={**cached, **self._board.now.quotes})
        self._changed.set()

    @property
    def is_watched(self) -> bool:
        """Whether any row is on the screen."""
        return bool(self._watched)

    def look_again(self) -> None:
        """Another listing is on show."""
        self._changed.set()

    def refresh(self) -> None:
        """Count every watched quote as old."""
        for service_id in self._watched:
            self._due_at.pop(service_id, None)
        self._changed.set()

    def learn(self, quotes: Iterable[KnownQuote]) -> None:
        """Take quotes that came without being asked for, inside a list of services."""
        known = {quote.quote.service_id: quote for quote in quotes}
        if known:
            self._take(known)

    async def read(self, service_id: str, priority: Priority = Priority.QUOTE) -> Quote:
        """Read one quote now. Raises SiteError or SiteDown."""
        quote = await self._context.reader.read(priority, lambda client: client.quote(service_id))
        self._take({service_id: KnownQuote(quote, self._context.clock.now().wall)})
        return quote

    async def run(self) -> None:
        """Keep the watched quotes fresh for ever."""
        async with asyncio.TaskGroup() as group:
            for _ in range(self._workers):
                group.create_task(self._work())
            group.create_task(self._store())

    async def _work(self) -> None:
        while True:
            await self._context.link.wait_until_up()
            service_id = self._next_due()
            if service_id is None:
                await self._rest()
                continue
            self._asking.add(service_id)
            try:
                await self.read(service_id)
            except SiteDown:
                continue  # it stays due, for the moment the site answers again
            except SiteError as error:
                self._failed(service_id, error.sentence)
            finally:
                self._asking.discard(service_id)

    def _next_due(self) -> str | None:
        now = asyncio.get_running_loop().time()
        return next((row for row in self._askable() if self._due_at.get(row, 0.0) <= now), None)

    def _askable(self) -> list[str]:
        """Return the watched rows to ask for, topmost first: a row of a list with prices comes with its list."""
        listing = self._board.now.listing
        listed = {row.id for row in listing.services if row.quote is not None} if listing.category_id else set()
        return [row for row in self._watched if row not in listed and row not in self._asking]

    async def _rest(self) -> None:
        """Wait for new rows, or for the first watched quote to grow old."""
        now = asyncio.get_running_loop().time()
        due = [self._due_at.get(row, now) - now for row in self._askable()]
        self._changed.clear()
        try:
            async with asyncio.timeout(max(0.05, min(due, default=self._fresh_seconds))):
                await self._changed.wait()
        except TimeoutError:
            pass

    def _take(self, known: dict[str, KnownQuote]) -> None:
        due_at = asyncio.get_running_loop().time() + self._fresh_seconds
        self._due_at.update(dict.fromkeys(known, due_at))
        self._unstored.update(known)
        before = self._board.now
        failed = {row: why for row, why in before.failed_quotes.items() if row not in known}
        self._board.change(quotes={**before.quotes, **known}, failed_quotes=failed)

    def _failed(self, service_id: str, sentence: Sentence) -> None:
        self._due_at[service_id] = asyncio.get_running_loop().time() + self._fresh_seconds
        self._board.change(failed_quotes={**self._board.now.failed_quotes, service_id: sentence})

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
