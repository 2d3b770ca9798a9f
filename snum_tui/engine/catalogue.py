"""Categories and services: at once from the cache, then from the site."""

import asyncio

from snum_tui.domain.catalogue import KnownQuote, Service
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.engine.budget import Priority
from snum_tui.engine.context import Context
from snum_tui.engine.link import SiteDown
from snum_tui.engine.quotes import QuoteKeeper
from snum_tui.engine.snapshot import Listing, Loading
from snum_tui.provider.errors import SiteError

NO_CATEGORIES = say(N_("The site has no categories just now. Press r to ask again."))
NO_SERVICES = say(N_("The site lists no services here."))


class CatalogueKeeper:
    """Fills the tree and the listing. One category is on show at a time; the latest wish wins."""

    def __init__(self, context: Context, quotes: QuoteKeeper) -> None:
        self._context = context
        self._board = context.board
        self._quotes = quotes
        self._known: dict[str, tuple[float, tuple[Service, ...]]] = {}
        self._services_by_id: dict[str, Service] = {}
        self._wish = asyncio.Event()
        self._categories_wish = asyncio.Event()

    async def run_categories(self) -> None:
        """Keep the categories: from the cache at once, from the site as often as they grow old."""
        if cached := self._context.cache.categories(self._context.site):
            self._board.change(categories=cached, categories_loading=Loading.READY)
        while True:
            self._categories_wish.clear()
            await self._read_categories()
            try:
                async with asyncio.timeout(self._context.policy.freshness.categories_seconds):
                    await self._categories_wish.wait()
            except TimeoutError:
                pass

    async def run_listing(self) -> None:
        """Fetch the services of whatever category is on show, whenever that changes."""
        while True:
            await self._wish.wait()
            self._wish.clear()
            category_id = self._board.now.listing.category_id
            if category_id is not None and not self._is_fresh(category_id):
                await self._read_services(category_id)

    def show_category(self, category_id: str) -> None:
        """Put a category on show: what is known of it now, the rest as it comes."""
        services = self._services_of(category_id)
        loading = Loading.READY if services else Loading.LOADING
        self._board.change(listing=Listing(category_id, services, loading))
        self._wish.set()

    def show_services(self, service_ids: tuple[str, ...]) -> None:
        """Put chosen services on show; those the catalogue does not know yet are named by the journal."""
        self._board.change(listing=Listing(None, self._chosen(service_ids), Loading.READY))

    def refresh(self) -> None:
        """Read categories and the services on show again."""
        self._known.pop(self._board.now.listing.category_id or "", None)
        self._wish.set()
        self._categories_wish.set()

    def service(self, service_id: str) -> Service | None:
        """Return a service that was seen in some listing."""
        return self._services_by_id.get(service_id)

    async def _read_categories(self) -> None:
        while True:
            try:
                categories = await self._context.reader.read(Priority.LIST, lambda client: client.categories())
                break
            except SiteDown:
                self._categories_failed(SiteDown.sentence)
                await self._context.link.wait_until_up()
            except SiteError as error:
                self._categories_failed(error.sentence)
                if not self._context.link.is_down:
                    return
        self._context.cache.store_categories(self._context.site, categories, self._context.clock.now().wall)
        problem = None if categories else NO_CATEGORIES
        self._board.change(categories=categories, categories_loading=Loading.READY, categories_problem=problem)

    def _categories_failed(self, sentence: Sentence) -> None:
        loading = Loading.READY if self._board.now.categories else Loading.FAILED
        self._board.change(categories_loading=loading, categories_problem=sentence)

    async def _read_services(self, category_id: str) -> None:
        try:
            services = await self._context.reader.read(Priority.LIST, lambda client: client.services(category_id))
        except (SiteError, SiteDown) as error:
            self._show_failure(category_id, error)
            if isinstance(error, SiteDown):
                await self._context.link.wait_until_up()
                self._wish.set()
            return
        self._learn(category_id, services)
        if self._board.now.listing.category_id == category_id:
            problem = None if services else NO_SERVICES
            self._board.change(listing=Listing(category_id, services, Loading.READY, problem))

    def _show_failure(self, category_id: str, error: SiteError | SiteDown) -> None:
        listing = self._board.now.listing
        if listing.category_id == category_id:
            failed = Listing(category_id, listing.services, Loading.FAILED, error.sentence)
            self._board.change(listing=failed)

    def _learn(self, category_id: str, services: tuple[Service, ...]) -> None:
        self._known[category_id] = (asyncio.get_running_loop().time(), services)
        self._remember(services)
        now = self._context.clock.now().wall
        self._context.cache.store_services(self._context.site, category_id, services, now)
        self._quotes.learn(KnownQuote(row.quote, now) for row in services if row.quote is not None)

    def _services_of(self, category_id: str) -> tuple[Service, ...]:
        if category_id in self._known:
            return self._known[category_id][1]
        cached = self._context.cache.services(self._context.site, category_id)
        self._remember(cached)
        return cached

    def _remember(self, services: tuple[Service, ...]) -> None:
        self._services_by_id.update((service.id, service) for service in services)

    def _is_fresh(self, category_id: str) -> bool:
        known = self._known.get(category_id)
        age = self._context.policy.freshness.services_seconds
        return known is not None and asyncio.get_running_loop().time() - known[0] < age

    def _chosen(self, service_ids: tuple[str, ...]) -> tuple[Service, ...]:
        kept = {chosen.service_id: chosen for chosen in (*self._board.now.recents, *self._board.now.favourites)}
        services = []
        for service_id in service_ids:
            if service := self._services_by_id.get(service_id):
                services.append(service)
            elif chosen := kept.get(service_id):
                services.append(Service(service_id, chosen.service, chosen.category_id))
        return tuple(services)
