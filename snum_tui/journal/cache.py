"""What the site last said of its catalogue and prices: fast to read, and no loss when it is gone.

Nothing here raises: a broken cache is made anew, and where even that fails it lives in memory. (But using it from
another thread, or after closing it, is a mistake of ours and says so: sqlite3.ProgrammingError.)
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from snum_tui.domain.catalogue import Category, KnownQuote, Quote, Service
from snum_tui.journal.cache_file import is_broken, open_cache_file, reopen_cache_file
from snum_tui.journal.rows import from_time, storable, to_time

FILE_NAME = "cache.db"

_T = TypeVar("_T")
_Row = tuple[str | int | None, ...]
_Statement = tuple[str, Sequence[_Row]]
_NOT_A_ROW = (ValueError, TypeError, ArithmeticError, IndexError)
_IDS_A_QUERY = 500
_CATEGORIES = ""


class Cache:
    """The catalogue and the last quotes, in cache.db of the cache directory."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    @classmethod
    def open(cls, cache_directory: Path) -> "Cache":
        """Open the cache; never raises. A broken file is made anew, and an impossible place means memory."""
        path = cache_directory.absolute() / FILE_NAME
        return cls(path, open_cache_file(path))

    def categories(self, site: str) -> tuple[Category, ...]:
        """Return the categories in the site's order; none where they were never read."""
        statement = "SELECT id, name FROM categories WHERE site = ? ORDER BY place"
        return self._read(_to_category, statement, (storable(site),))

    def store_categories(self, site: str, categories: Iterable[Category], read_at: datetime) -> None:
        """Keep the site's categories in place of those from before."""
        key = storable(site)
        rows = [(key, place, storable(one.id), storable(one.name)) for place, one in enumerate(categories)]
        self._write(
            ("DELETE FROM categories WHERE site = ?", [(key,)]),
            ("INSERT INTO categories VALUES (?, ?, ?, ?)", rows),
            _list_read(key, _CATEGORIES, read_at),
        )

    def services(self, site: str, category_id: str) -> tuple[Service, ...]:
        """Return the services of a category in the site's order; none where they were never read."""
        statement = "SELECT * FROM services WHERE site = ? AND category_id = ? ORDER BY place"
        return self._read(_to_service, statement, (storable(site), storable(category_id)))

    def all_services(self, site: str, page_rows: int = 1000) -> Iterator[tuple[Service, ...]]:
        """Yield every known service of a site, page by page; between two pages nothing of the file is held."""
        statement = (
            "SELECT * FROM services WHERE site = ? AND (category_id, place) > (?, ?)"
            " ORDER BY category_id, place LIMIT ?"
        )
        behind: tuple[str, int] = ("", -1)
        while page := self._read(_to_placed_service, statement, (storable(site), *behind, page_rows)):
            yield tuple(service for _, service in page)
            behind = page[-1][1].category_id, page[-1][0]

    def store_services(self, site: str, category_id: str, services: Iterable[Service], read_at: datetime) -> None:
        """Keep the services of a category in place of those from before."""
        key = (storable(site), storable(category_id))
        rows = [(*key, place, *_from_service(service)) for place, service in enumerate(services)]
        self._write(
            ("DELETE FROM services WHERE site = ? AND category_id = ?", [key]),
            ("INSERT INTO services VALUES (?, ?, ?, ?, ?, ?, ?)", rows),
            _list_read(*key, read_at),
        )

    def read_at(self, site: str, category_id: str | None = None) -> datetime | None:
        """Return when the services of a category, or the categories themselves, were read; None for never."""
        key = (storable(site), _CATEGORIES if category_id is None else storable(category_id))
        statement = "SELECT read_at FROM lists WHERE site = ? AND category_id = ?"
        return next(iter(self._read(_to_read_at, statement, key)), None)

    def quotes(self, site: str, service_ids: Iterable[str] | None) -> Mapping[str, KnownQuote]:
        """Return the last known quotes by service id; those of all services for None."""
        statement = "SELECT service_id, price, stock, read_at FROM quotes WHERE site = ?"
        key = storable(site)
        if service_ids is None:
            return _by_service(self._read(_to_quote, statement, (key,)))
        wanted = [storable(service_id) for service_id in service_ids]
        found: dict[str, KnownQuote] = {}
        for start in range(0, len(wanted), _IDS_A_QUERY):
            some = wanted[start : start + _IDS_A_QUERY]
            among = f"{statement} AND service_id IN ({', '.join('?' * len(some))})"
            found |= _by_service(self._read(_to_quote, among, (key, *some)))
        return found

    def store_quotes(self, site: str, quotes: Iterable[KnownQuote]) -> None:
        """Keep quotes, each in place of the one its service had."""
        key = storable(site)
        rows = [(key, *_from_quote(known)) for known in quotes]
        self._write(("INSERT OR REPLACE INTO quotes VALUES (?, ?, ?, ?, ?)", rows))

    def close(self) -> None:
        """Close the file; twice is once."""
        self._connection.close()

    def _read(self, of_row: Callable[[sqlite3.Row], _T], statement: str, values: _Row) -> tuple[_T, ...]:
        try:
            return tuple(of_row(row) for row in self._connection.execute(statement, values).fetchall())
        except sqlite3.ProgrammingError:
            raise
        except (sqlite3.DatabaseError, *_NOT_A_ROW) as error:
            self._heal(error)
            return ()

    def _write(self, *statements: _Statement) -> None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for statement, rows in statements:
                self._connection.executemany(statement, rows)
            self._connection.execute("COMMIT")
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.DatabaseError as error:
            if self._connection.in_transaction:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
            self._heal(error)

    def _heal(self, error: Exception) -> None:
        """Begin a new cache where the file is broken; a busy or full moment only costs what was not kept."""
        if is_broken(error):
            self._connection = reopen_cache_file(self._connection, self._path)


def _list_read(site: str, category_id: str, read_at: datetime) -> _Statement:
    return "INSERT OR REPLACE INTO lists VALUES (?, ?, ?)", [(site, category_id, to_time(read_at))]


def _to_category(row: sqlite3.Row) -> Category:
    return Category(row["id"], row["name"])


def _to_service(row: sqlite3.Row) -> Service:
    quote = None if row["price"] is None else Quote(row["id"], Decimal(row["price"]), _to_stock(row["stock"]))
    return Service(row["id"], row["name"], row["category_id"], quote)


def _to_placed_service(row: sqlite3.Row) -> tuple[int, Service]:
    return row["place"], _to_service(row)


def _from_service(service: Service) -> _Row:
    price = None if service.quote is None else str(service.quote.price)
    stock = None if service.quote is None else _from_stock(service.quote.stock)
    return storable(service.id), storable(service.name), price, stock


def _to_quote(row: sqlite3.Row) -> KnownQuote:
    quote = Quote(row["service_id"], Decimal(row["price"]), _to_stock(row["stock"]))
    return KnownQuote(quote, from_time(row["read_at"]))


def _from_quote(known: KnownQuote) -> _Row:
    quote = known.quote
    return storable(quote.service_id), str(quote.price), _from_stock(quote.stock), to_time(known.read_at)


def _by_service(quotes: Iterable[KnownQuote]) -> dict[str, KnownQuote]:
    return {known.quote.service_id: known for known in quotes}


def _to_stock(text: str | None) -> int | None:
    return None if text is None else int(text)


def _from_stock(stock: int | None) -> str | None:
    return None if stock is None else str(stock)


def _to_read_at(row: sqlite3.Row) -> datetime:
    return from_time(row["read_at"])
