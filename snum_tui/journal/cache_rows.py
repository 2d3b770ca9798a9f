"""Categories, services and quotes as rows of cache.db, and back.

What reads a row raises one of NOT_A_ROW where it is none of ours.
"""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from snum_tui.domain.catalogue import Category, KnownQuote, Quote, Service
from snum_tui.journal.rows import from_time, storable, to_time

Row = tuple[str | int | None, ...]

NOT_A_ROW = (ValueError, TypeError, ArithmeticError, IndexError)
"""What reading a row raises that is none of ours."""


def to_category(row: sqlite3.Row) -> Category:
    """Read a category."""
    return Category(row["id"], row["name"])


def to_service(row: sqlite3.Row) -> Service:
    """Read a service, with the quote that stood in the site's list."""
    quote = None if row["price"] is None else Quote(row["id"], Decimal(row["price"]), to_stock(row["stock"]))
    return Service(row["id"], row["name"], row["category_id"], quote, row["dialling_code"])


def from_service(service: Service) -> Row:
    """Write a service, from its id on."""
    price = None if service.quote is None else str(service.quote.price)
    stock = None if service.quote is None else from_stock(service.quote.stock)
    return storable(service.id), storable(service.name), price, stock, storable(service.dialling_code)


def to_quote(row: sqlite3.Row) -> KnownQuote:
    """Read a quote with its age."""
    quote = Quote(row["service_id"], Decimal(row["price"]), to_stock(row["stock"]))
    return KnownQuote(quote, from_time(row["read_at"]))


def from_quote(known: KnownQuote) -> Row:
    """Write a quote, from the id of its service on."""
    quote = known.quote
    return storable(quote.service_id), str(quote.price), from_stock(quote.stock), to_time(known.read_at)


def by_service(quotes: Iterable[KnownQuote]) -> dict[str, KnownQuote]:
    """Put quotes under the ids of their services."""
    return {known.quote.service_id: known for known in quotes}


def to_read_at(row: sqlite3.Row) -> datetime:
    """Read when a list was read."""
    return from_time(row["read_at"])


def to_stock(text: str | None) -> int | None:
    """Read a stock; None where the site does not tell it."""
    return None if text is None else int(text)


def from_stock(stock: int | None) -> str | None:
    """Write a stock as text: no site's number overflows it."""
    return None if stock is None else str(stock)
