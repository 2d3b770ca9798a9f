"""The services that lists are measured with: those of the sandbox's first category, as many as wanted."""

from collections.abc import Iterable
from datetime import UTC, datetime

from snum_tui.domain.catalogue import KnownQuote, Quote, Service
from snum_tui.sandbox.catalogue import Catalogue
from snum_tui.sandbox.catalogue import Service as Row
from snum_tui.sandbox.shelf import Shelf

SEED = 7


def make_services(count: int) -> tuple[Service, ...]:
    """Return so many services."""
    return tuple(as_service(row) for row in Catalogue(SEED, count).services("1"))


def as_service(row: Row) -> Service:
    """Return a row of the sandbox as the house knows it."""
    return Service(row.id, row.name, row.category_id)


def make_quotes(services: Iterable[Service], count: int) -> dict[str, KnownQuote]:
    """Return the quotes of services, as the sandbox would tell them, read just now."""
    catalogue, shelf, now = Catalogue(SEED, count), Shelf(SEED), datetime.now(UTC)
    rows = (catalogue.service(service.id) for service in services)
    quotes = (Quote(row.id, row.price, shelf.stock(row, 0.0)) for row in rows if row is not None)
    return {quote.service_id: KnownQuote(quote, now) for quote in quotes}
