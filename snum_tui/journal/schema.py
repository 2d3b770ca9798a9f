"""The shape of orders.db, as the list of steps that lead from an empty file to it.

Everything here raises sqlite3.Error where the file cannot be read, or is no database.
"""

import sqlite3
from collections.abc import Sequence

APPLICATION_ID = 0x534E554D
"""`SNUM`: says in the file's header whose database it is."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        # rank: in which order the intents were written; the wall clock may jump.
        """CREATE TABLE orders (
            rank INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            profile TEXT NOT NULL,
            site TEXT NOT NULL,
            category_id TEXT NOT NULL,
            category TEXT NOT NULL,
            service_id TEXT NOT NULL,
            service TEXT NOT NULL,
            price TEXT NOT NULL,
            opened_wall TEXT NOT NULL,
            opened_boottime REAL NOT NULL,
            opened_boot_id TEXT NOT NULL,
            refund_seconds INTEGER NOT NULL,
            state TEXT NOT NULL,
            balance_before TEXT,
            balance_after TEXT,
            number_id TEXT,
            number TEXT,
            message TEXT,
            settled_at TEXT,
            note TEXT
        )""",
        "CREATE UNIQUE INDEX orders_by_number ON orders (site, number_id) WHERE number_id IS NOT NULL",
        # The last orders (every index ends in the rank by itself), what was spent since a time, and the outcomes by
        # service: the engine asks for them whenever an order changes.
        "CREATE INDEX orders_by_profile ON orders (profile, site)",
        "CREATE INDEX orders_by_time ON orders (profile, site, opened_wall)",
        "CREATE INDEX orders_by_service ON orders (site, service_id, state)",
        # raw: the site's reply, byte for byte (a lone surrogate cannot be TEXT). raw_bytes: its whole length,
        # more than length(raw) where it had to be cut to fit on a full disk.
        """CREATE TABLE events (
            rank INTEGER PRIMARY KEY AUTOINCREMENT,
            order_id TEXT NOT NULL REFERENCES orders (id),
            at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
            event TEXT NOT NULL,
            state TEXT NOT NULL,
            raw BLOB,
            raw_bytes INTEGER
        )""",
        "CREATE INDEX events_by_order ON events (order_id)",
        """CREATE TABLE favourites (
            rank INTEGER PRIMARY KEY AUTOINCREMENT,
            site TEXT NOT NULL,
            service_id TEXT NOT NULL,
            service TEXT NOT NULL,
            category_id TEXT NOT NULL,
            category TEXT NOT NULL,
            UNIQUE (site, service_id)
        )""",
    ),
    ("ALTER TABLE orders ADD COLUMN auto_cancel INTEGER NOT NULL DEFAULT 0",),
    (
        # revision: grows with each write, so that a program with an older view of the order notices.
        "ALTER TABLE orders ADD COLUMN revision INTEGER NOT NULL DEFAULT 0",
        # handled_by: the running program that has a call about money on its way for this order.
        "ALTER TABLE orders ADD COLUMN handled_by TEXT",
        "ALTER TABLE orders ADD COLUMN refunded TEXT",
        # How old the order was when the clocks were last seen to part, and what they said then.
        "ALTER TABLE orders ADD COLUMN aged_seconds REAL",
        "ALTER TABLE orders ADD COLUMN aged_wall TEXT",
        "ALTER TABLE orders ADD COLUMN aged_boottime REAL",
        "ALTER TABLE orders ADD COLUMN aged_boot_id TEXT",
    ),
    (
        # price_limit: what the person waits for; without one, for stock at any price.
        """CREATE TABLE watches (
            rank INTEGER PRIMARY KEY AUTOINCREMENT,
            site TEXT NOT NULL,
            service_id TEXT NOT NULL,
            service TEXT NOT NULL,
            category_id TEXT NOT NULL,
            category TEXT NOT NULL,
            price_limit TEXT,
            UNIQUE (site, service_id)
        )""",
    ),
)
"""One entry a version; `user_version` counts how many of them a file has. Entries are added, never changed."""


def version_of(connection: sqlite3.Connection) -> int:
    """Return how many migrations the file has seen."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def is_ours(connection: sqlite3.Connection) -> bool:
    """Tell whether the file's header carries our application id."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0]) == APPLICATION_ID


def is_blank(connection: sqlite3.Connection) -> bool:
    """Tell whether nobody has put anything into the database yet."""
    marks = connection.execute("PRAGMA application_id").fetchone()[0] or version_of(connection)
    return not marks and connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0


def migrate(connection: sqlite3.Connection, migrations: Sequence[Sequence[str]] = MIGRATIONS) -> None:
    """Bring the database to the newest version. The caller holds the transaction, so it is all or nothing."""
    for step in migrations[version_of(connection) :]:
        for statement in step:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(migrations)}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
