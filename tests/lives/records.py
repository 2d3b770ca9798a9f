"""The two accounts that are compared: what the journal has, and what the site itself knows."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from snum_tui.domain.orders import Order, OrderState
from snum_tui.journal.orders import Journal

_LIVE = (OrderState.SENDING.value, OrderState.WAITING.value, OrderState.CANCELLING.value)


@dataclass(frozen=True, slots=True)
class Kept:
    """One order of the journal, and when it was written down that nobody knows its outcome (None: it never was)."""

    order: Order
    unknown_at: datetime | None


@dataclass(frozen=True, slots=True)
class Charge:
    """One number that the site charged for, as the site knows it at the end. Times are aware UTC.

    `told_id` is the id that the reply to the order had: an ill site repeats the id of the number before.
    """

    number_id: str
    told_id: str
    number: str
    service_id: str
    state: str
    codes: tuple[str, ...]
    price: Decimal
    refunded: Decimal
    at: datetime


@dataclass(frozen=True, slots=True)
class SiteBook:
    """The site's own account: what it charged, how often it was asked for a number, how often that went wrong."""

    charges: tuple[Charge, ...]
    order_requests: int
    struck_orders: int


def read_journal(state_directory: Path) -> tuple[Kept, ...]:
    """Return all orders, oldest first. Raises JournalError."""
    journal = Journal.open_for_reading(state_directory)
    try:
        orders = journal.all_orders()[::-1]
    finally:
        journal.close()
    unknown_at = _unknown_times(state_directory) if orders else {}
    return tuple(Kept(order, unknown_at.get(order.id)) for order in orders)


def read_site(record: Mapping[str, Any]) -> SiteBook:
    """Read the record of the sandbox's ledger route, with what site_process.py adds to it."""
    charged_at = {
        entry["number_id"]: datetime.fromisoformat(entry["time"])
        for entry in record["entries"]
        if entry["kind"] == "charge"
    }
    charges = tuple(
        Charge(
            number_id=known["number_id"],
            told_id=record["told_ids"].get(known["number_id"], known["number_id"]),
            number=known["number"],
            service_id=known["service_id"],
            state=known["state"],
            codes=tuple(known["codes"]),
            price=Decimal(known["price"]),
            refunded=Decimal(known["refunded"]),
            at=charged_at[known["number_id"]],
        )
        for known in record["orders"]
    )
    return SiteBook(charges, record["requests"]["getNumber"], record["struck"])


@dataclass(frozen=True, slots=True)
class Glance:
    """What a program left at its end: money calls whose outcome it never wrote, a write that it never ended."""

    in_flight: int
    in_a_write: bool


def glance(state_directory: Path) -> Glance:
    """Look at the journal without touching it: a write that was cut off is for the next start to put right."""
    rollback = state_directory / "orders.db-journal"
    if rollback.exists() and rollback.stat().st_size:
        return Glance(1, in_a_write=True)
    return Glance(
        _count(state_directory, (OrderState.SENDING.value, OrderState.CANCELLING.value)), in_a_write=False
    )


def live_orders(state_directory: Path) -> int:
    """Count the orders that a running program still has something to do about."""
    return _count(state_directory, _LIVE)


def _count(state_directory: Path, states: tuple[str, ...]) -> int:
    if not (state_directory / "orders.db").exists():
        return 0
    marks = ", ".join("?" * len(states))
    try:
        with closing(_open(state_directory)) as connection:
            statement = f"SELECT count(*) FROM orders WHERE state IN ({marks})"  # noqa: S608 - question marks alone
            return int(connection.execute(statement, states).fetchone()[0])
    except sqlite3.Error:  # just being made, or just being written
        return 1


def _unknown_times(state_directory: Path) -> dict[str, datetime]:
    with closing(_open(state_directory)) as connection:
        statement = "SELECT order_id, min(at) FROM events WHERE state = 'unknown' GROUP BY order_id"
        return {order_id: datetime.fromisoformat(at) for order_id, at in connection.execute(statement)}


def _open(state_directory: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{(state_directory / 'orders.db').as_uri()}?mode=ro", uri=True, timeout=10.0)
