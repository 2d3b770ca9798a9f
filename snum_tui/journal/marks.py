"""What the person marked: favourites, and services to watch for stock or a price.

What reads raises what `rows` raises. What writes raises sqlite3.Error; its caller holds the transaction.
"""

import sqlite3
from decimal import Decimal

from snum_tui.journal.rows import storable
from snum_tui.journal.sums import Rows
from snum_tui.journal.values import Favourite, Watch

_NAMES = "service = excluded.service, category_id = excluded.category_id, category = excluded.category"
_FAVOURITE = (
    "INSERT INTO favourites (site, service_id, service, category_id, category) VALUES (?, ?, ?, ?, ?) "  # noqa: S608 - our own names
    f"ON CONFLICT (site, service_id) DO UPDATE SET {_NAMES}"
)
_WATCH = (
    "INSERT INTO watches (site, service_id, service, category_id, category, price_limit) "  # noqa: S608 - as above
    "VALUES (?, ?, ?, ?, ?, ?) "
    f"ON CONFLICT (site, service_id) DO UPDATE SET {_NAMES}, price_limit = excluded.price_limit"
)


def favourites(rows: Rows, site: str) -> tuple[Favourite, ...]:
    """Return the favourites of a site, in the order they were added."""
    statement = "SELECT service_id, service, category_id, category FROM favourites WHERE site = ? ORDER BY rank"
    return tuple(Favourite(**dict(row)) for row in rows(statement, (storable(site),)))


def set_favourite(connection: sqlite3.Connection, site: str, favourite: Favourite, *, on: bool) -> None:
    """Add or remove a favourite; adding it again only refreshes its names."""
    values = _values(site, favourite)
    if on:
        connection.execute(_FAVOURITE, values)
    else:
        connection.execute("DELETE FROM favourites WHERE site = ? AND service_id = ?", values[:2])


def watches(rows: Rows, site: str) -> tuple[Watch, ...]:
    """Return the watches of a site, in the order they were added. Raises ArithmeticError where a limit is none."""
    statement = (
        "SELECT service_id, service, category_id, category, price_limit FROM watches WHERE site = ? ORDER BY rank"
    )
    return tuple(_to_watch(row) for row in rows(statement, (storable(site),)))


def set_watch(connection: sqlite3.Connection, site: str, watch: Watch) -> None:
    """Add a watch, or give the one of its service new names and another limit."""
    limit = None if watch.price_limit is None else str(watch.price_limit)
    connection.execute(_WATCH, (*_values(site, watch), limit))


def drop_watch(connection: sqlite3.Connection, site: str, service_id: str) -> None:
    """Remove the watch of a service, if there is one."""
    values = storable(site), storable(service_id)
    connection.execute("DELETE FROM watches WHERE site = ? AND service_id = ?", values)


def _values(site: str, marked: Favourite | Watch) -> tuple[str, ...]:
    return tuple(map(storable, (site, marked.service_id, marked.service, marked.category_id, marked.category)))


def _to_watch(row: sqlite3.Row) -> Watch:
    limit = None if row["price_limit"] is None else Decimal(row["price_limit"])
    return Watch(row["service_id"], row["service"], row["category_id"], row["category"], limit)
