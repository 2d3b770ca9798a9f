"""The last quote of each service in cache.db, and how it went before: price and stock over time.

A service's row in `quotes` says since when it was read the same. Only what changes leaves a row in `history`, so
that readings without news, which are most of them, cost one row as ever.
"""

import random
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from snum_tui.domain.catalogue import KnownQuote, Quote
from snum_tui.domain.history import GAP, LONGEST, MOST_STRETCHES, Stretch, thinned
from snum_tui.journal.cache_rows import NOT_A_ROW, from_quote, from_stock, to_stock
from snum_tui.journal.rows import from_time, storable, to_time

KEPT = timedelta(days=30)
AHEAD = timedelta(minutes=5)
"""Who has read a quote so much later than now read the clock wrong; else another program was a little faster."""

LOOKED_AT_A_WRITE = 60
THINNED_A_WRITE = 2
"""Counting and thinning rows takes its time: where many services are due, the others have their turn later."""

OF_A_SERVICE = (
    "SELECT service_id, since, read_at, price, stock FROM history WHERE site = ?1 AND service_id = ?2 "
    "UNION ALL SELECT service_id, since, read_at, price, stock FROM quotes WHERE site = ?1 AND service_id = ?2 "
    "ORDER BY since"
)

# What domain.history.with_reading does, for thousands of services in a few hundredths of a second.
# ?1 site, ?2 service, ?3 price, ?4 stock, ?5 now, ?6 and ?7 GAP and LONGEST before now, ?8 AHEAD after it.
_GOES_ON = "price = ?3 AND stock IS ?4 AND read_at BETWEEN ?6 AND ?5 AND since >= ?7"
_CLOSE = (
    "INSERT OR REPLACE INTO history (site, service_id, since, read_at, price, stock) "  # noqa: S608 - our own words
    "SELECT site, service_id, since, read_at, price, stock FROM quotes "
    f"WHERE site = ?1 AND service_id = ?2 AND read_at <= ?5 AND since < ?5 AND NOT ({_GOES_ON})"
)
_KEEP = (
    "INSERT INTO quotes (site, service_id, price, stock, read_at, since) "  # noqa: S608 - as above
    "VALUES (?1, ?2, ?3, ?4, ?5, ?5) "
    f"ON CONFLICT (site, service_id) DO UPDATE SET since = CASE WHEN {_GOES_ON} THEN since ELSE ?5 END, "
    "price = ?3, stock = ?4, read_at = ?5 WHERE read_at <= ?5 OR read_at > ?8"
)

_CLOSED = (
    "SELECT service_id, since, read_at, price, stock FROM history WHERE site = ? AND service_id = ? ORDER BY since"
)
_COUNT = "SELECT count(*) FROM history WHERE site = ? AND service_id = ?"
_FORGET = "DELETE FROM history WHERE site = ? AND service_id = ?"
_PUT = "INSERT INTO history (site, service_id, since, read_at, price, stock) VALUES (?, ?, ?, ?, ?, ?)"


def keep_quotes(connection: sqlite3.Connection, site: str, quotes: Sequence[KnownQuote]) -> None:
    """Keep what was read last, and what changed by it; the caller holds the transaction. Raises sqlite3.Error."""
    if not quotes:
        return
    times = {moment: _times(moment) for moment in {known.read_at for known in quotes}}
    rows = [(site, *from_quote(known), *times[known.read_at]) for known in quotes]
    closed = connection.executemany(_CLOSE, [row[:-1] for row in rows]).rowcount
    connection.executemany(_KEEP, rows)
    _forget_old(connection, max(times))
    if closed:
        _thin(connection, site, [known.quote.service_id for known in quotes])


def to_stretch(row: sqlite3.Row) -> Stretch:
    """Read a row. Raises one of NOT_A_ROW where it is none of ours."""
    quote = Quote(row["service_id"], Decimal(row["price"]), to_stock(row["stock"]))
    return Stretch(quote, from_time(row["since"]), from_time(row["read_at"]))


def _times(moment: datetime) -> tuple[str, str, str]:
    return to_time(moment - GAP), to_time(moment - LONGEST), to_time(moment + AHEAD)


def _from_stretch(stretch: Stretch) -> tuple[str | None, ...]:
    quote = stretch.quote
    times = to_time(stretch.read_at), to_time(stretch.until)
    return storable(quote.service_id), *times, str(quote.price), from_stock(quote.stock)


def _forget_old(connection: sqlite3.Connection, now: datetime) -> None:
    """Costs what there is to forget, for the index knows it: nothing, as a rule."""
    connection.execute("DELETE FROM history WHERE since < ?", (to_time(now - KEPT),))
    connection.execute("DELETE FROM history WHERE since > ?", (to_time(now + AHEAD),))


def _thin(connection: sqlite3.Connection, site: str, service_ids: Sequence[str]) -> None:
    looked_at = random.sample(service_ids, min(len(service_ids), LOOKED_AT_A_WRITE))
    left = THINNED_A_WRITE
    for service_id in map(storable, looked_at):
        if left and connection.execute(_COUNT, (site, service_id)).fetchone()[0] >= MOST_STRETCHES:
            left -= 1
            _thin_one(connection, site, service_id)


def _thin_one(connection: sqlite3.Connection, site: str, service_id: str) -> None:
    rows = connection.execute(_CLOSED, (site, service_id)).fetchall()
    connection.execute(_FORGET, (site, service_id))
    try:
        kept = thinned([to_stretch(row) for row in rows])
    except NOT_A_ROW:
        return
    connection.executemany(_PUT, [(site, *_from_stretch(stretch)) for stretch in kept])
