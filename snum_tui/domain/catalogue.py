"""What the site sells: categories, the services in them, and their quotes."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import IntEnum


@dataclass(frozen=True, slots=True)
class Category:
    """One app or site that a code is for: `Google`, `Discord`. The id is the site's, kept as a string."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of one number of a service and how many the site says it has.

    `stock` is None where the site does not tell or flags `stock_unknown`: "ask and see". Zero blocks ordering.
    """

    service_id: str
    price: Decimal
    stock: int | None


@dataclass(frozen=True, slots=True)
class Service:
    """One row of a category: a country and an operator, such as `Almanya⁴ (+49)`.

    `quote` is set where the site puts price and stock into the row itself; then no quote call is needed.
    `dialling_code` is what the row itself says, digits alone, else empty: most sites write it into the name.
    """

    id: str
    name: str
    category_id: str
    quote: Quote | None = None
    dialling_code: str = ""


class Move(IntEnum):
    """How a figure differs from the reading before."""

    DOWN = -1
    NONE = 0
    UP = 1


@dataclass(frozen=True, slots=True)
class KnownQuote:
    """A quote and when it was read (aware UTC): what the person sees is never without its age.

    `price_move` and `stock_move` tell how it differs from the reading before; the cache does not keep them.
    """

    quote: Quote
    read_at: datetime
    price_move: Move = field(default=Move.NONE, kw_only=True)
    stock_move: Move = field(default=Move.NONE, kw_only=True)

    def after(self, before: "KnownQuote | None") -> "KnownQuote":
        """Return this reading with its moves since an earlier one of the same service."""
        if before is None or before.quote == self.quote:
            return self
        old, new = before.quote, self.quote
        stock_move = Move.NONE if old.stock is None or new.stock is None else _move(old.stock, new.stock)
        return replace(self, price_move=_move(old.price, new.price), stock_move=stock_move)


def _move(old: Decimal | int, new: Decimal | int) -> Move:
    return Move((new > old) - (new < old))
