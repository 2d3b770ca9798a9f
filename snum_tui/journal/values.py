"""What the journal tells besides orders."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Favourite:
    """A service the person marked, with the names it had then."""

    service_id: str
    service: str
    category_id: str
    category: str


@dataclass(frozen=True, slots=True)
class Watch:
    """A service the person waits for, with the names it had then: for stock, or (`price_limit`) for a price too."""

    service_id: str
    service: str
    category_id: str
    category: str
    price_limit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How one's own orders of a service ended: `settled` is received, cancelled and expired together."""

    received: int
    settled: int


@dataclass(frozen=True, slots=True)
class News:
    """How far the journal has been read, and the ids of the orders that were written since the time before.

    `version` is SQLite's own count for this connection, `event` the rank of the newest event.
    """

    version: int
    event: int
    order_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may be spent since a moment (aware), all orders of the profile and site together."""

    since: datetime
    amount: Decimal
