"""What orders add up to: money spent, how those of a service ended, and how long their codes took.

All of them raise what `rows` raises; amounts are in the site's currency.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from statistics import median

from snum_tui.domain.orders import CHARGED_STATES, OrderState
from snum_tui.domain.own_orders import OwnOrders
from snum_tui.journal.rows import from_time, storable, to_time
from snum_tui.journal.values import Outcomes

Rows = Callable[[str, tuple[object, ...]], Iterable[sqlite3.Row]]
"""Runs a statement with its values and returns the rows."""

SETTLED_STATES = frozenset({OrderState.RECEIVED, OrderState.CANCELLED, OrderState.EXPIRED})

NEVER_BOUGHT_STATES = frozenset({OrderState.REFUSED, OrderState.NOT_SENT, OrderState.VOID})


def spent_since(rows: Rows, profile: str, site: str, since: datetime) -> Decimal:
    """Add up what the orders of at or after `since` (aware) cost, as `Order.spent` counts it."""
    charged = rows(
        "SELECT price, state, refunded FROM orders WHERE profile = ? AND site = ? AND opened_wall >= ?",
        (storable(profile), storable(site), to_time(since)),
    )
    return sum((_spent(row) for row in charged), Decimal(0))


def outcomes_by_service(rows: Rows, site: str) -> Mapping[str, Outcomes]:
    """Count by service id how the orders there ended, for one's own success rate."""
    marks = ", ".join("?" * len(SETTLED_STATES))
    counted = rows(
        "SELECT service_id, state, count(*) AS orders FROM orders "  # noqa: S608 - question marks
        f"WHERE site = ? AND state IN ({marks}) GROUP BY service_id, state",
        (storable(site), *(state.value for state in SETTLED_STATES)),
    )
    settled, received = Counter[str](), Counter[str]()
    for row in counted:
        settled[row["service_id"]] += row["orders"]
        if row["state"] == OrderState.RECEIVED:
            received[row["service_id"]] += row["orders"]
    return {service_id: Outcomes(received[service_id], count) for service_id, count in settled.items()}


def own_orders(rows: Rows, site: str, service_id: str) -> OwnOrders:
    """Add up one's own orders of one service, of all times and profiles."""
    marks = ", ".join("?" * len(NEVER_BOUGHT_STATES))
    bought = list(
        rows(
            "SELECT price, state, refunded, opened_wall, settled_at FROM orders "  # noqa: S608 - question marks
            f"WHERE site = ? AND service_id = ? AND state NOT IN ({marks})",
            (storable(site), storable(service_id), *(state.value for state in NEVER_BOUGHT_STATES)),
        )
    )
    waits = [_wait_seconds(row) for row in bought if row["state"] == OrderState.RECEIVED and row["settled_at"]]
    return OwnOrders(
        orders=len(bought),
        received=sum(row["state"] == OrderState.RECEIVED for row in bought),
        settled=sum(row["state"] in SETTLED_STATES for row in bought),
        median_wait_seconds=median(waits) if waits else None,
        spent=sum((_spent(row) for row in bought), Decimal(0)),
    )


def _wait_seconds(row: sqlite3.Row) -> float:
    """Return how long the code took, by the wall clock, which may have been set back meanwhile."""
    return max(0.0, (from_time(row["settled_at"]) - from_time(row["opened_wall"])).total_seconds())


def _spent(row: sqlite3.Row) -> Decimal:
    price, state = Decimal(row["price"]), row["state"]
    if state == OrderState.CANCELLED and row["refunded"] is not None:
        return price - Decimal(row["refunded"])
    return price if state in CHARGED_STATES else Decimal(0)
