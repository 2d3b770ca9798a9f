"""The journal: every order from its intent on, kept for ever.

It belongs to the thread that opened it (the engine's), and every call is over in about a millisecond.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from snum_tui.domain.orders import OPEN_STATES, Order, OrderState
from snum_tui.domain.own_orders import OwnOrders
from snum_tui.journal import marks
from snum_tui.journal.ballast import Ballast
from snum_tui.journal.errors import (
    CannotWrite,
    Damaged,
    DiskFull,
    JournalError,
    NoLocks,
    OverLimit,
    Overtaken,
    Vanished,
    damaged,
    number_known,
    vanished,
)
from snum_tui.journal.rows import COLUMNS, NEVER_FORGOTTEN, from_row, storable, to_row
from snum_tui.journal.store import Store
from snum_tui.journal.sums import Rows, outcomes_by_service, own_orders, spent_since
from snum_tui.journal.values import Allowance, Favourite, News, Outcomes, Watch

__all__ = ["Allowance", "Favourite", "Journal", "News", "Outcomes", "Watch"]

RAW_BYTES_ON_A_FULL_DISK = 8 * 1024
"""What of a reply is kept when only the ballast's room is left: the number matters more than the evidence."""

_INSERT = (
    f"INSERT INTO orders ({', '.join(COLUMNS)}, revision) "  # noqa: S608 - our own names
    f"VALUES ({', '.join(':' + name for name in COLUMNS)}, :revision)"
)
_CHANGES = ", ".join(
    f"{name} = coalesce(excluded.{name}, {name})" if name in NEVER_FORGOTTEN else f"{name} = excluded.{name}"
    for name in COLUMNS
    if name != "id"
)
_UPSERT = (
    f"{_INSERT} ON CONFLICT (id) DO UPDATE SET {_CHANGES}, revision = excluded.revision "
    "WHERE orders.revision = excluded.revision - 1"
)
_EVENT = "INSERT INTO events (order_id, event, state, raw, raw_bytes) VALUES (?, ?, ?, ?, ?)"


class Journal:
    """The orders, the favourites and the watches, in orders.db of the state directory.

    Whatever reads or writes raises JournalError where the file does not allow it; what raises more says so. Of one
    thread. Amounts are in the site's currency, times aware UTC.
    """

    def __init__(self, store: Store, unwritable: JournalError | None = None) -> None:
        self._store = store
        self.unwritable = unwritable
        """Why nothing can be written, where this is known from the start."""
        self._ballast = Ballast(store.path.parent)
        self._revisions: dict[str, int] = {}
        """Which state of each order this program has seen last."""

    @classmethod
    def open(cls, state_directory: Path) -> "Journal":
        """Open the journal, or make a new one where there never was any. Raises JournalError."""
        journal = cls(Store.open(state_directory))
        try:
            journal._ballast.load()
        except CannotWrite:
            # What is known can still be shown and polled; write_intent asks again and refuses.
            return journal
        return journal

    @classmethod
    def open_for_reading(cls, state_directory: Path) -> "Journal":
        """Open the journal to read it only, also while the app runs; empty where there is none yet.

        Raises JournalError. Where it is damaged, yet its orders can be read, `unwritable` says so.
        """
        try:
            return cls(Store.open_for_reading(state_directory))
        except Vanished:
            raise
        except Damaged as error:
            return cls._open_damaged(state_directory, error)

    @classmethod
    def open_as_far_as_possible(cls, state_directory: Path) -> "Journal":
        """Open the journal; where one is there that cannot be written, for reading, and `unwritable` says why.

        Raises JournalError where nothing can be read.
        """
        try:
            return cls.open(state_directory)
        except Vanished:
            raise
        except (CannotWrite, NoLocks, Damaged) as error:
            journal = cls.open_for_reading(state_directory)
            if journal.is_new:
                journal.close()
                raise
            journal.unwritable = journal.unwritable or error
            return journal

    @classmethod
    def _open_damaged(cls, state_directory: Path, damage: Damaged) -> "Journal":
        """Open what can be read of a damaged journal. Raises `damage` where that is nothing."""
        try:
            return cls(Store.open_damaged(state_directory), damage)
        except JournalError:
            raise damage from None

    @property
    def is_new(self) -> bool:
        """Whether there was no journal to be read."""
        return self._store.is_new

    @property
    def state_directory(self) -> Path:
        """Where orders.db and its backups are."""
        return self._store.path.parent

    def write_intent(self, order: Order, allowance: Allowance | None = None) -> None:
        """Write down that the order is about to be sent; it is on the disk itself when this returns.

        Raises JournalError, and then the order must not be sent: its outcome might find no place. Raises OverLimit
        where it and what was spent before, by whatever program, are more than the allowance.
        """
        self._refuse_if_moved()
        self._ballast.load()
        try:
            with self._store.writing() as connection:
                _refuse_over(allowance, order, connection.execute)
                connection.execute(_INSERT, {**to_row(order), "revision": 0})
                connection.execute(_EVENT, (storable(order.id), "intent", order.state.value, None, None))
        except sqlite3.IntegrityError as error:
            raise damaged(self._store.path) from error
        self._revisions[order.id] = 0
        self._refuse_if_moved()

    def record(self, order: Order, event: str, *, raw: bytes | None = None) -> None:
        """Write the order as it now stands and what happened, with the site's reply byte for byte, at once.

        A number, its message and the balance before are never replaced by nothing. On a full disk the ballast makes
        room, and a long reply is cut. After the file was deleted or exchanged the outcome goes to the path, where
        the next start will look. Raises NumberKnown where another order of the site has this number id, Overtaken
        where another program has written this order since it was last read here, else JournalError; nothing was
        written then.
        """
        try:
            self._record(order, event, raw, raw)
        except DiskFull:
            self._ballast.drop()
            self._record(order, event, raw, None if raw is None else raw[:RAW_BYTES_ON_A_FULL_DISK])

    def order(self, order_id: str) -> Order | None:
        """Return one order as it is in the file now, None where it is not."""
        return next(iter(self._orders("id = ?", (storable(order_id),))), None)

    def open_orders(self, profile: str, site: str) -> tuple[Order, ...]:
        """Return the orders whose outcome is not known yet, oldest first."""
        marks, states = _states(OPEN_STATES)
        where = f"profile = ? AND site = ? AND state IN ({marks}) ORDER BY rank"
        return self._orders(where, (storable(profile), storable(site), *states))

    def recent_orders(self, profile: str, site: str, limit: int) -> tuple[Order, ...]:
        """Return the last orders in whatever state, `limit` of them at most, newest first."""
        where = "profile = ? AND site = ? ORDER BY rank DESC LIMIT ?"
        return self._orders(where, (storable(profile), storable(site), limit))

    def all_orders(self, *, open_only: bool = False, profile: str | None = None) -> tuple[Order, ...]:
        """Return the orders of every site, newest first; of one profile where it is named."""
        marks, states = _states(OPEN_STATES if open_only else OrderState)
        where = f"state IN ({marks}) AND (? IS NULL OR profile = ?) ORDER BY rank DESC"
        name = None if profile is None else storable(profile)
        return self._orders(where, (*states, name, name))

    def charged_since(self, profile: str, site: str, since: datetime) -> Decimal:
        """Return what the orders of at or after `since` (aware) cost, those given back not counted."""
        return spent_since(self._store.rows, profile, site, since)

    def outcomes_by_service(self, site: str) -> Mapping[str, Outcomes]:
        """Return by service id how the orders there ended, for one's own success rate."""
        return outcomes_by_service(self._store.rows, site)

    def own_orders(self, site: str, service_id: str) -> OwnOrders:
        """Return what one's own orders, of all times and profiles, say of one service."""
        return own_orders(self._store.rows, site, service_id)

    def favourites(self, site: str) -> tuple[Favourite, ...]:
        """Return the favourites, in the order they were added."""
        return marks.favourites(self._store.rows, site)

    def set_favourite(self, site: str, favourite: Favourite, *, on: bool) -> None:
        """Add or remove a favourite; adding it again only refreshes its names. Raises JournalError."""
        with self._marking() as connection:
            marks.set_favourite(connection, site, favourite, on=on)

    def watches(self, site: str) -> tuple[Watch, ...]:
        """Return the watched services, in the order they were added. Raises JournalError."""
        try:
            return marks.watches(self._store.rows, site)
        except ArithmeticError as error:
            raise damaged(self._store.path) from error

    def set_watch(self, site: str, watch: Watch) -> None:
        """Add a watch, or give the one of its service another limit; it keeps its place. Raises JournalError."""
        with self._marking() as connection:
            marks.set_watch(connection, site, watch)

    def drop_watch(self, site: str, service_id: str) -> None:
        """Remove the watch of a service, if there is one. Raises JournalError."""
        with self._marking() as connection:
            marks.drop_watch(connection, site, service_id)

    def version(self) -> int:
        """Return a count that differs once another program has written. Raises Busy at once while one writes."""
        with self._store.glancing():
            return self._data_version()

    def has_number(self, site: str, number_id: str) -> bool:
        """Tell whether an order of the site already has this number id."""
        values = (storable(site), storable(number_id))
        return bool(self._store.rows("SELECT 1 FROM orders WHERE site = ? AND number_id = ?", values))

    def news(self, since: News | None) -> News:
        """Return the orders that other programs, or this one, wrote since the last time; None begins with none.

        Costs microseconds where no other program wrote (FACTS). Raises Busy at once while one is writing; the first
        time it waits.
        """
        if since is None:
            return News(self._data_version(), self._last_event())
        with self._store.glancing():
            version = self._data_version()
            if version == since.version:
                return News(version, since.event)
            event = self._last_event()
            rows = self._store.rows("SELECT DISTINCT order_id FROM events WHERE rank > ?", (since.event,))
            return News(version, event, tuple(row["order_id"] for row in rows))

    def close(self) -> None:
        """Close the file; twice is once."""
        self._store.close()

    def _record(self, order: Order, event: str, raw: bytes | None, kept: bytes | None) -> None:
        whole = None if raw is None else len(raw)
        if not self._store.in_place():
            self._store.return_home()
        revision = self._revisions.get(order.id, 0) + 1
        try:
            with self._store.writing() as connection:
                row = {**to_row(order), "revision": revision}
                if connection.execute(_UPSERT, row).rowcount != 1:
                    raise Overtaken
                connection.execute(_EVENT, (storable(order.id), storable(event), order.state.value, kept, whole))
        except sqlite3.IntegrityError as error:
            if order.number_id is None:
                raise damaged(self._store.path) from error
            raise number_known(order.site, order.number_id) from error
        self._revisions[order.id] = revision

    @contextmanager
    def _marking(self) -> Iterator[sqlite3.Connection]:
        """Hold one transaction, unless the file was deleted or exchanged. Raises JournalError."""
        self._refuse_if_moved()
        with self._store.writing() as connection:
            yield connection

    def _data_version(self) -> int:
        return int(self._store.rows("PRAGMA data_version")[0][0])

    def _last_event(self) -> int:
        return int(self._store.rows("SELECT coalesce(max(rank), 0) FROM events")[0][0])

    def _orders(self, where: str, values: tuple[object, ...]) -> tuple[Order, ...]:
        rows = self._store.rows(f"SELECT * FROM orders WHERE {where}", values)  # noqa: S608 - our own condition
        try:
            orders = tuple(from_row(row) for row in rows)
        except (ValueError, LookupError, TypeError, ArithmeticError) as error:
            raise damaged(self._store.path) from error
        self._revisions.update((row["id"], row["revision"]) for row in rows)
        return orders

    def _refuse_if_moved(self) -> None:
        if not self._store.in_place():
            raise vanished(self._store.path)


def _refuse_over(allowance: Allowance | None, order: Order, rows: Rows) -> None:
    if allowance is None:
        return
    spent = spent_since(rows, order.profile, order.site, allowance.since)
    if spent + order.price > allowance.amount:
        raise OverLimit(spent)


def _states(states: "frozenset[OrderState] | type[OrderState]") -> tuple[str, tuple[str, ...]]:
    values = tuple(state.value for state in states)
    return ", ".join("?" * len(values)), values
