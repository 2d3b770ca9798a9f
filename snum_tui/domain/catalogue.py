"""What the site sells: categories, the services in them, and their quotes."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


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
    """

    id: str
    name: str
    category_id: str
    quote: Quote | None = None
    dialling_code: str = ""


@dataclass(frozen=True, slots=True)
class KnownQuote:
    """A quote and when it was read (aware UTC): what the person sees is never without its age."""

    quote: Quote
    read_at: datetime
