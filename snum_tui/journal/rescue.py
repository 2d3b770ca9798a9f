"""What can still be read of a damaged journal, brought into memory."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress

from snum_tui.journal import schema
from snum_tui.journal.rows import COLUMNS, from_row

_ORDER_COLUMNS = ", ".join(("rank", *COLUMNS, "revision"))
_FAVOURITE_COLUMNS = "rank, site, service_id, service, category_id, category"
_WATCH_COLUMNS = f"{_FAVOURITE_COLUMNS}, price_limit"


def rescue_orders(damaged: sqlite3.Connection, memory: sqlite3.Connection) -> int:
    """Copy the orders, favourites and watches that can be read into an empty journal in memory; count the orders.

    From both ends, since a reading ends at the first broken page: the newest orders are the ones with money out.
    """
    for end in ("ASC", "DESC"):
        _copy(damaged, memory, f"orders ({_ORDER_COLUMNS})", end, _is_order)
        _copy(damaged, memory, f"favourites ({_FAVOURITE_COLUMNS})", end, lambda _row: True)
        _copy(damaged, memory, f"watches ({_WATCH_COLUMNS})", end, lambda _row: True)
    return int(memory.execute("SELECT count(*) FROM orders").fetchone()[0])


def new_in_memory() -> sqlite3.Connection:
    """Return an empty journal in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    schema.migrate(connection)
    return connection


def _copy(
    damaged: sqlite3.Connection,
    memory: sqlite3.Connection,
    place: str,
    end: str,
    is_whole: Callable[[sqlite3.Row], bool],
) -> None:
    """Copy rows, from one end of the table `place` names with its columns, until one cannot be read."""
    table, columns = place.removesuffix(")").split(" (")
    marks = ", ".join("?" * len(columns.split(", ")))
    with suppress(sqlite3.DatabaseError):
        # Not by an index: that may be what is broken.
        for row in damaged.execute(f"SELECT {columns} FROM {table} NOT INDEXED ORDER BY rank {end}"):  # noqa: S608 - our own names
            if is_whole(row):
                memory.execute(f"INSERT OR IGNORE INTO {place} VALUES ({marks})", tuple(row))  # noqa: S608 - as above


def _is_order(row: sqlite3.Row) -> bool:
    try:
        from_row(row)
    except (ValueError, LookupError, TypeError, ArithmeticError):
        return False
    return True
