"""How price and stock of a service went, as stretches of time in which they were read the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from snum_tui.domain.catalogue import KnownQuote, Quote

GAP = timedelta(minutes=30)
"""Who has not looked for longer does not know what was in between, even where nothing differs."""

LONGEST = timedelta(days=1)
"""A stretch that is longer is cut, so that what is old can be forgotten piece by piece."""

MOST_STRETCHES = 200
"""How many are kept of a service."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A quote that was read again and again without a change: first at `read_at`, last at `until` (aware UTC)."""

    quote: Quote
    read_at: datetime
    until: datetime


def goes_on(last: Stretch, known: KnownQuote) -> bool:
    """Tell whether a later reading only says that nothing has changed."""
    same = (last.quote.price, last.quote.stock) == (known.quote.price, known.quote.stock)
    return same and known.read_at - last.until <= GAP and known.read_at - last.read_at <= LONGEST


def with_reading(stretches: Sequence[Stretch], known: KnownQuote) -> tuple[Stretch, ...]:
    """Add a reading to the stretches of its service, oldest first. One that a later one has overtaken is none."""
    fresh = Stretch(known.quote, known.read_at, known.read_at)
    if not stretches:
        return (fresh,)
    *before, last = stretches
    if known.read_at < last.until:
        return tuple(stretches)
    if goes_on(last, known):
        return (*before, replace(last, until=known.read_at))
    return (*before, fresh) if known.read_at == last.read_at else (*before, last, fresh)


def thinned(stretches: Sequence[Stretch], most: int = MOST_STRETCHES) -> tuple[Stretch, ...]:
    """Return at most `most` stretches: the older ones two by two as one, where only the stock differs.

    A stock that moves with every reading would else leave two hours of a month. Prices keep their every change, and
    the lower stock of two is the one to remember: it tells when there was none.
    """
    newest = len(stretches) - most // 4
    merged: list[Stretch] = []
    whole = True
    for stretch in stretches[:newest]:
        if merged and not whole and _may_be_one(merged[-1], stretch):
            merged[-1] = _as_one(merged[-1], stretch)
            whole = True
        else:
            merged.append(stretch)
            whole = False
    return (*merged, *stretches[newest:])[-most:]


def _may_be_one(one: Stretch, later: Stretch) -> bool:
    same_price = one.quote.price == later.quote.price
    return same_price and later.read_at - one.until <= GAP and later.until - one.read_at <= LONGEST


def _as_one(one: Stretch, later: Stretch) -> Stretch:
    stocks = [stretch.quote.stock for stretch in (one, later) if stretch.quote.stock is not None]
    quote = Quote(one.quote.service_id, one.quote.price, min(stocks, default=None))
    return Stretch(quote, one.read_at, later.until)
