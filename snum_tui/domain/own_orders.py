"""What one's own orders say of a service."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class OwnOrders:
    """One's own orders of one service, all times together.

    `orders` counts the numbers that were bought or may have been; `settled` those of them that ended (received,
    cancelled or expired), `received` those whose code came. `median_wait_seconds` is from the order to the code,
    None where none came. `spent` is what they cost, as `Order.spent` counts it.
    """

    orders: int = 0
    received: int = 0
    settled: int = 0
    median_wait_seconds: float | None = None
    spent: Decimal = Decimal(0)
