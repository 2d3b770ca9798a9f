"""What the site last said of its catalogue and prices: fast to read, and no loss when it is gone.

Nothing here raises: a broken cache is made anew, and where even that fails it lives in memory. (But using it from
another thread, or after closing it, is a mistake of ours and says so: sqlite3.ProgrammingError.)
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from snum_tui.domain.catalogue import Category, KnownQuote, Service
from snum_tui.domain.history import Stretch
from snum_tui.domain.view import View
from snum_tui.journal.cache_file import is_broken, open_cache_file, reopen_cache_file
from snum_tui.journal.cache_history import OF_A_SERVICE, keep_quotes, to_stretch
from snum_tui.journal.cache_rows import (
    NOT_A_ROW,
    Row,
    by_service,
    from_service,
    to_category,
    to_quote,
    to_read_at,
    to_service,
)
from snum_tui.journal.rows import storable, to_time

FILE_NAME = "cache.db"

_T = TypeVar("_T")
_Statement = tuple[str, Sequence[Row]]
_IDS_A_QUERY = 500
_CATEGORIES = ""
_VIEW_FIELDS = tuple(field.name for field in fields(View))


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
        return self._read(to_category, statement, (storable(site),))

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
        return self._read(to_service, statement, (storable(site), storable(category_id)))

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
        rows = [(*key, place, *from_service(service)) for place, service in enumerate(services)]
        self._write(
            ("DELETE FROM services WHERE site = ? AND category_id = ?", [key]),
            ("INSERT INTO services VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows),
            _list_read(*key, read_at),
        )

    def read_at(self, site: str, category_id: str | None = None) -> datetime | None:
        """Return when the services of a category, or the categories themselves, were read; None for never."""
        key = (storable(site), _CATEGORIES if category_id is None else storable(category_id))
        statement = "SELECT read_at FROM lists WHERE site = ? AND category_id = ?"
        return next(iter(self._read(to_read_at, statement, key)), None)

    def quotes(self, site: str, service_ids: Iterable[str] | None) -> Mapping[str, KnownQuote]:
        """Return the last known quotes by service id; those of all services for None."""
        statement = "SELECT service_id, price, stock, read_at FROM quotes WHERE site = ?"
        key = storable(site)
        if service_ids is None:
            return by_service(self._read(to_quote, statement, (key,)))
        wanted = [storable(service_id) for service_id in service_ids]
        found: dict[str, KnownQuote] = {}
        for start in range(0, len(wanted), _IDS_A_QUERY):
            some = wanted[start : start + _IDS_A_QUERY]
            among = f"{statement} AND service_id IN ({', '.join('?' * len(some))})"
            found |= by_service(self._read(to_quote, among, (key, *some)))
        return found

    def category_quotes(self, site: str, category_id: str) -> Mapping[str, KnownQuote]:
        """Return the last known quotes of all services of a category, by service id."""
        statement = (
            "SELECT quotes.service_id, quotes.price, quotes.stock, quotes.read_at FROM services JOIN quotes "
            "ON quotes.site = services.site AND quotes.service_id = services.id "
            "WHERE services.site = ? AND services.category_id = ?"
        )
        return by_service(self._read(to_quote, statement, (storable(site), storable(category_id))))

    def store_quotes(self, site: str, quotes: Iterable[KnownQuote]) -> None:
        """Keep quotes, each in place of the one its service had, which goes into the history where it differs."""
        key, known = storable(site), tuple(quotes)
        self._in_transaction(lambda connection: keep_quotes(connection, key, known))

    def history(self, site: str, service_id: str) -> tuple[Stretch, ...]:
        """Return how price and stock of a service went, oldest first; of the last thirty days, and thinned out."""
        return self._read(to_stretch, OF_A_SERVICE, (storable(site), storable(service_id)))

    def view(self, site: str, profile: str) -> View | None:
        """Return where the person left off; None where that was never kept, or makes no sense."""
        statement = "SELECT view FROM views WHERE site = ? AND profile = ?"
        return next(iter(self._read(_to_view, statement, (storable(site), storable(profile)))), None)

    def keep_view(self, site: str, profile: str, view: View) -> None:
        """Keep where the person is, in place of what was kept before."""
        row = (storable(site), storable(profile), json.dumps(asdict(view)))
        self._write(("INSERT OR REPLACE INTO views VALUES (?, ?, ?)", [row]))

    def close(self) -> None:
        """Close the file; twice is once."""
        self._connection.close()

    def _read(self, of_row: Callable[[sqlite3.Row], _T], statement: str, values: Row) -> tuple[_T, ...]:
        try:
            return tuple(of_row(row) for row in self._connection.execute(statement, values).fetchall())
        except sqlite3.ProgrammingError:
            raise
        except (sqlite3.DatabaseError, *NOT_A_ROW) as error:
            self._heal(error)
            return ()

    def _write(self, *statements: _Statement) -> None:
        def run(connection: sqlite3.Connection) -> None:
            for statement, rows in statements:
                connection.executemany(statement, rows)

        self._in_transaction(run)

    def _in_transaction(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Do all of it or nothing; where it fails, what was to be kept is not, and the caller goes on."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            work(self._connection)
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


def _to_view(row: sqlite3.Row) -> View | None:
    """Read a view; None where it is none of this version's. It is not worth the rest of the cache."""
    try:
        stored = json.loads(row["view"])
    except (ValueError, TypeError, RecursionError):
        return None
    known = {name: stored[name] for name in _VIEW_FIELDS if name in stored} if isinstance(stored, dict) else None
    if known is None or not all(isinstance(value, str) for value in known.values()):
        return None
    return View(**known)


def _to_placed_service(row: sqlite3.Row) -> tuple[int, Service]:
    return row["place"], to_service(row)
