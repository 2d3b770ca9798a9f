"""Categories and services: at once from the cache, then from the site."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from snum_tui.domain.catalogue import KnownQuote, Service
from snum_tui.domain.keys import REFRESH
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.view import View
from snum_tui.engine.budget import Priority
from snum_tui.engine.context import Context
from snum_tui.engine.link import SiteDown, is_passing
from snum_tui.engine.quotes import QuoteKeeper
from snum_tui.engine.snapshot import Listing, Loading
from snum_tui.provider.errors import SiteError

NO_CATEGORIES = say(N_("The site has no categories just now. Press {key} to ask again."), key=REFRESH)
NO_SERVICES = say(N_("The site lists no services here."))

UNREADABLE_SECONDS = 60.0
"""The pause after an answer that a repetition is not likely to change."""


MOST_CATEGORIES = 40
"""So many categories' services stay in memory, those looked at last; all others are in the cache."""


class _Known(NamedTuple):
    """A category's services and when they were read: on the loop's clock, and on the wall (aware UTC)."""

    read_at: float
    services: tuple[Service, ...]
    read_at_wall: datetime


class CatalogueKeeper:
    """Fills the tree and the listing. One category is on show at a time; the latest wish wins."""

    def __init__(self, context: Context, quotes: QuoteKeeper) -> None:
        self._context = context
        self._board = context.board
        self._freshness = context.policy.freshness
        self._quotes = quotes
        self._known: dict[str, _Known] = {}
        self._wish = asyncio.Event()
        self._retry = asyncio.Event()
        self._categories_wish = asyncio.Event()
        self._nobody_looks = False
        self._on_learnt: Callable[[str, tuple[Service, ...]], None] = lambda _category_id, _services: None

    def when_learnt(self, tell: Callable[[str, tuple[Service, ...]], None]) -> None:
        """Call `tell` with a category's id and its services, once they were read and stored."""
        self._on_learnt = tell

    async def run_categories(self) -> None:
        """Keep the categories: from the cache at once, from the site as often as they grow old."""
        self._board.change(view=self._context.cache.view(self._context.site, self._context.profile) or View())
        if cached := self._context.cache.categories(self._context.site):
            self._board.change(categories=cached, categories_loading=Loading.READY)
        while True:
            self._categories_wish.clear()
            seconds = await self._read_categories()
            await _wait(self._categories_wish, None if self._nobody_looks else seconds)

    async def run_listing(self) -> None:
        """Fetch the services of whatever category is on show; a newer wish ends the reading for an older one."""
        reading: asyncio.Task[None] | None = None
        read_category: str | None = None
        async with asyncio.TaskGroup() as group:
            while True:
                await self._next_wish()
                category_id = self._board.now.listing.category_id
                if reading is not None and not reading.done():
                    if category_id == read_category:
                        continue
                    reading.cancel()
                if category_id is not None and not self._is_fresh(category_id):
                    read_category = category_id
                    reading = group.create_task(self._read_services(category_id))

    def show_category(self, category_id: str, first_rows: int = 0) -> None:
        """Put a category on show: what is known of it now, the rest as it comes.

        The quotes of `first_rows` are wanted with the list, before the screen has shown them.
        """
        services, read_at = self._services_of(category_id)
        known = self._known.get(category_id)
        loading = Loading.LOADING if known is None and not services else Loading.READY
        problem = NO_SERVICES if known is not None and not services else None
        self._board.change(listing=Listing(category_id, services, loading, problem, read_at))
        self._wish.set()
        self._retry.set()
        self._quotes.expect(first_rows)

    def show_services(self, service_ids: tuple[str, ...]) -> None:
        """Put chosen services on show; those the catalogue does not know yet are named by the journal."""
        self._board.change(listing=Listing(None, self._chosen(service_ids), Loading.READY))
        self._wish.set()
        self._quotes.expect(0)

    def look_away(self) -> None:
        """Nobody looks any more: read no list again."""
        self._nobody_looks = True
        self._board.change(listing=Listing())
        self._wish.set()

    def refresh(self) -> None:
        """Read categories and the services on show again."""
        self._known.pop(self._board.now.listing.category_id or "", None)
        self._wish.set()
        self._retry.set()
        self._categories_wish.set()

    async def _next_wish(self) -> None:
        """Wait for a wish, or until a list that carries prices is as old as a quote on the screen may be."""
        await _wait(self._wish, self._seconds_until_old())
        if not self._wish.is_set() and self._quotes.is_watched:
            self._known.pop(self._board.now.listing.category_id or "", None)
        self._wish.clear()

    def _seconds_until_old(self) -> float | None:
        known = self._known.get(self._board.now.listing.category_id or "")
        if known is None or all(row.quote is None for row in known.services):
            return None
        left = known.read_at + self._freshness.quote_seconds - asyncio.get_running_loop().time()
        return left if left > 0 else self._freshness.quote_seconds

    async def _read_categories(self) -> float:
        """Read the categories. Returns after how many seconds to do so again."""
        while True:
            try:
                categories = await self._context.reader.read(Priority.LIST, lambda client: client.categories())
                break
            except SiteDown:
                self._categories_failed(SiteDown.sentence)
                await self._context.link.wait_until_up()
            except SiteError as error:
                self._categories_failed(error.sentence)
                passing = is_passing(error)
                return self._context.policy.politeness.probe_seconds if passing else UNREADABLE_SECONDS
        self._context.cache.store_categories(self._context.site, categories, self._context.clock.now().wall)
        problem = None if categories else NO_CATEGORIES
        self._board.change(categories=categories, categories_loading=Loading.READY, categories_problem=problem)
        return self._freshness.categories_seconds

    def _categories_failed(self, sentence: Sentence) -> None:
        loading = Loading.READY if self._board.now.categories else Loading.FAILED
        self._board.change(categories_loading=loading, categories_problem=sentence)

    async def _read_services(self, category_id: str) -> None:
        """Read a category's services; again and again while that fails in passing."""
        while True:
            self._retry.clear()
            try:
                services = await self._context.reader.read(
                    Priority.LIST, lambda client: client.services(category_id)
                )
                break
            except SiteDown as error:
                self._show_failure(category_id, error)
                await self._context.link.wait_until_up()
            except SiteError as error:
                self._show_failure(category_id, error)
                if not is_passing(error):
                    return
                await _wait(self._retry, self._context.policy.politeness.probe_seconds)
        self._learn(category_id, services)
        if self._board.now.listing.category_id == category_id:
            problem = None if services else NO_SERVICES
            read_at = self._known[category_id].read_at_wall
            self._board.change(listing=Listing(category_id, services, Loading.READY, problem, read_at))
            self._quotes.another_listing()
        self._wish.set()

    def _show_failure(self, category_id: str, error: SiteError | SiteDown) -> None:
        listing = self._board.now.listing
        if listing.category_id == category_id:
            self._board.change(listing=replace(listing, loading=Loading.FAILED, problem=error.sentence))

    def _learn(self, category_id: str, services: tuple[Service, ...]) -> None:
        now = self._context.clock.now().wall
        self._known.pop(category_id, None)
        self._known[category_id] = _Known(asyncio.get_running_loop().time(), services, now)
        while len(self._known) > MOST_CATEGORIES:
            del self._known[next(iter(self._known))]
        self._context.cache.store_services(self._context.site, category_id, services, now)
        self._quotes.learn(KnownQuote(row.quote, now) for row in services if row.quote is not None)
        self._on_learnt(category_id, services)

    def _services_of(self, category_id: str) -> tuple[tuple[Service, ...], datetime | None]:
        if known := self._known.get(category_id):
            return known.services, known.read_at_wall
        cache, site = self._context.cache, self._context.site
        return cache.services(site, category_id), cache.read_at(site, category_id)

    def _is_fresh(self, category_id: str) -> bool:
        known = self._known.get(category_id)
        if known is None:
            return False
        return asyncio.get_running_loop().time() - known.read_at < self._freshness.services_seconds

    def _chosen(self, service_ids: tuple[str, ...]) -> tuple[Service, ...]:
        kept = {chosen.service_id: chosen for chosen in self._board.now.kept}
        services = []
        for service_id in service_ids:
            if chosen := kept.get(service_id):
                listed = self._known.get(chosen.category_id)
                found = next((row for row in listed.services if row.id == service_id), None) if listed else None
                services.append(found or Service(service_id, chosen.service, chosen.category_id))
        return tuple(services)


async def _wait(event: asyncio.Event, seconds: float | None) -> None:
    """Wait for an event, at most so long."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass
