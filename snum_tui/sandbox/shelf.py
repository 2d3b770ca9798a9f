"""What stands on the shelf: the price and the stock of each row, the stock moving with the site's time."""

from decimal import Decimal
from math import pi, sin

from snum_tui.sandbox.catalogue import Service
from snum_tui.sandbox.chance import roll

_EMPTY_SHARE = 0.1
_MOST = 900


class Shelf:
    """Prices and stocks, with what was sold taken off, and with what a test has set in place of them."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._sold: dict[str, int] = {}
        self._set_stocks: dict[str, int] = {}
        self._set_prices: dict[str, Decimal] = {}

    def price(self, service: Service) -> Decimal:
        """Return what a number of this row costs now."""
        return self._set_prices.get(service.id, service.price)

    def stock(self, service: Service, site_seconds: float) -> int:
        """Return how many numbers of this row there are at this moment of the site's time."""
        there = self._set_stocks.get(service.id)
        if there is None:
            there = _moving_stock(self._seed, service.id, site_seconds)
        return max(0, there - self._sold.get(service.id, 0))

    def take(self, service: Service) -> None:
        """Take one number off the shelf."""
        self._sold[service.id] = self._sold.get(service.id, 0) + 1

    def put_back(self, service: Service) -> None:
        """Put a cancelled number back."""
        self._sold[service.id] -= 1

    def set_price(self, service: Service, price: Decimal) -> None:
        """Ask this price from now on."""
        self._set_prices[service.id] = price

    def set_stock(self, service: Service, stock: int) -> None:
        """Hold exactly this many from now on; only orders and cancels move it then."""
        self._set_stocks[service.id] = stock
        self._sold[service.id] = 0


def _moving_stock(seed: int, service_id: str, site_seconds: float) -> int:
    """A slow wave of its own for each row, and a little unrest every few seconds; one row in ten stays empty."""
    kind = roll(seed, "stock", service_id)
    if kind < _EMPTY_SHARE:
        return 0
    pace = roll(seed, "pace", service_id)
    size = 1 + int(_MOST * ((kind - _EMPTY_SHARE) / (1 - _EMPTY_SHARE)) ** 3)
    wave = sin(2 * pi * (site_seconds / (300 + 3300 * pace) + pace))
    slot = int(site_seconds / (7 + 40 * pace))
    unrest = roll(seed, "unrest", service_id, slot) - 0.5
    return max(0, round(size * (1 + 0.5 * wave + 0.3 * unrest)))
