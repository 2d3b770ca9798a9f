"""The rows of the services: price, stock, age, country, own success."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from snum_tui.domain.catalogue import Service
from snum_tui.domain.money import format_amount
from snum_tui.domain.sentence import N_
from snum_tui.domain.text import fold
from snum_tui.engine.snapshot import Experience, Snapshot
from snum_tui.locale import Speaker
from snum_tui.ui.cells import Cell, Column, Row, Tone
from snum_tui.ui.signs import drawn
from snum_tui.ui.wording import age, full_name

NARROW = 60
"""Below this many columns a row shows price, stock and country only."""


class Sort(StrEnum):
    """The orders that `s` goes through."""

    SITE = "site"
    NAME = "name"
    PRICE = "price"
    STOCK = "stock"
    SUCCESS = "success"


SORT_WORDS: dict[Sort, str] = {
    Sort.SITE: N_("the site's order"),
    Sort.NAME: N_("name"),
    Sort.PRICE: N_("price"),
    Sort.STOCK: N_("stock"),
    Sort.SUCCESS: N_("success"),
}


@dataclass(frozen=True, slots=True)
class ServicesView:
    """How the person wants the services: which match, in which order."""

    wanted: str = ""
    sort: Sort = Sort.SITE


def next_sort(sort: Sort) -> Sort:
    """Return the order after this one."""
    every = list(Sort)
    return every[(every.index(sort) + 1) % len(every)]


def columns(title: str, view: ServicesView, width: int, speaker: Speaker) -> tuple[Column, ...]:
    """Return the columns for this width; the sorted one carries an arrow, and the flexible one the list's title."""

    def titled(template: str, sort: Sort) -> str:
        return speaker.text(template) + (drawn("▾") if view.sort is sort else "")

    price = Column(titled(N_("Price"), Sort.PRICE), 8, right=True)
    stock = Column(titled(N_("Stock"), Sort.STOCK), 6, right=True)
    name = Column(title + (drawn("▾") if view.sort is Sort.NAME else ""), 0)
    if width < NARROW:
        return price, stock, name
    age_column = Column(speaker.text(N_("Age")), 5, right=True)
    return price, stock, age_column, name, Column(titled(N_("Success"), Sort.SUCCESS), 8, right=True)


def service_rows(
    snapshot: Snapshot, view: ServicesView, width: int, speaker: Speaker, now: datetime
) -> tuple[Row, ...]:
    """Return the rows of the listing on show that match, in the wanted order."""
    folded = fold(view.wanted)
    matching = [service for service in snapshot.listing.services if folded in fold(service.name)]
    favourites = {chosen.service_id for chosen in snapshot.favourites}
    return tuple(
        Row(service.id, _cells(service, snapshot, width, speaker, now, favourite=service.id in favourites))
        for service in _sorted(matching, snapshot, view.sort)
    )


def _cells(  # noqa: PLR0913 - one row's whole world
    service: Service,
    snapshot: Snapshot,
    width: int,
    speaker: Speaker,
    now: datetime,
    *,
    favourite: bool,
) -> tuple[Cell, ...]:
    name = Cell((drawn("★ ") if favourite else "") + _full_name(service, snapshot))
    price, stock, age_cell = _quote_cells(service.id, snapshot, speaker, now)
    if width < NARROW:
        return price, stock, name
    return price, stock, age_cell, name, _success_cell(snapshot.experience.get(service.id))


def _full_name(service: Service, snapshot: Snapshot) -> str:
    """Name the category too where services of several stand together."""
    if snapshot.listing.category_id is not None:
        return service.name
    chosen = (*snapshot.favourites, *snapshot.recents)
    category = next((one.category for one in chosen if one.service_id == service.id), "")
    return full_name(category, service.name) if category else service.name


def _quote_cells(service_id: str, snapshot: Snapshot, speaker: Speaker, now: datetime) -> tuple[Cell, Cell, Cell]:
    known = snapshot.quotes.get(service_id)
    failed = service_id in snapshot.failed_quotes
    if known is None:
        waiting = Cell("!" if failed else drawn("…"), Tone.WARNING if failed else Tone.DIM)
        return waiting, waiting, Cell("")
    quote = known.quote
    price = Cell(format_amount(quote.price, snapshot.rules.currency, speaker.language), Tone.STRONG)
    if quote.stock is None:
        stock = Cell("?", Tone.DIM)
    else:
        stock = Cell(str(quote.stock), Tone.PLAIN if quote.stock else Tone.BAD)
    read = Cell(age(known.read_at, now, speaker) + ("!" if failed else ""), Tone.WARNING if failed else Tone.DIM)
    return price, stock, read


def _success_cell(experience: Experience | None) -> Cell:
    if experience is None or not experience.settled:
        return Cell("")
    tone = Tone.GOOD if experience.received * 2 >= experience.settled else Tone.DIM
    return Cell(f"{experience.received}/{experience.settled}", tone)


def _sorted(services: list[Service], snapshot: Snapshot, sort: Sort) -> list[Service]:
    """Sort stably; what is not known yet stands last."""
    keys: dict[Sort, Callable[[Service], tuple[bool, object]]] = {
        Sort.NAME: lambda service: (False, fold(service.name)),
        Sort.PRICE: lambda service: _price_key(service, snapshot),
        Sort.STOCK: lambda service: _stock_key(service, snapshot),
        Sort.SUCCESS: lambda service: _success_key(service, snapshot),
    }
    if sort is Sort.SITE:
        return services
    return sorted(services, key=keys[sort])


def _price_key(service: Service, snapshot: Snapshot) -> tuple[bool, Decimal]:
    known = snapshot.quotes.get(service.id)
    return known is None, known.quote.price if known else Decimal(0)


def _stock_key(service: Service, snapshot: Snapshot) -> tuple[bool, int]:
    known = snapshot.quotes.get(service.id)
    stock = known.quote.stock if known else None
    return stock is None, -(stock or 0)


def _success_key(service: Service, snapshot: Snapshot) -> tuple[bool, float]:
    seen = snapshot.experience.get(service.id)
    if seen is None or not seen.settled:
        return True, 0.0
    return False, -seen.received / seen.settled
