"""The rows of the services: price, stock, age, country, own success."""

from datetime import datetime

from snum_tui.domain.catalogue import KnownQuote, Move, Service
from snum_tui.domain.money import format_amount
from snum_tui.domain.sentence import N_
from snum_tui.engine.snapshot import Experience, Snapshot
from snum_tui.locale import Speaker
from snum_tui.ui.cells import GAP, Cell, Column, Row, Tone, lay_out
from snum_tui.ui.signs import drawn
from snum_tui.ui.tables.service_order import ServicesView, Sort, full_name
from snum_tui.ui.tables.watches import watch_sign
from snum_tui.ui.wording import NOW, age

NARROW = 60
"""Below this many columns a row shows price, stock and country only, and the age of what is old before its name.

Sorted by success, that stands in the place of the stock: what a list is sorted by can be seen.
"""

MOVE_MARKS = {Move.UP: "▲", Move.NONE: "", Move.DOWN: "▼"}
"""What a figure did since the reading before; said without colour, too."""

_PRICE_TONES = {Move.UP: Tone.WARNING, Move.NONE: Tone.STRONG, Move.DOWN: Tone.GOOD}


def columns(title: str, view: ServicesView, width: int, speaker: Speaker) -> tuple[Column, ...]:
    """Return the columns for this width; the sorted one carries an arrow, and the flexible one the list's title."""

    def titled(template: str, sort: Sort) -> str:
        return speaker.text(template) + (drawn("▾") if view.sort is sort else "")

    price = Column(titled(N_("Price"), Sort.PRICE), 9, right=True)
    stock = Column(titled(N_("Stock"), Sort.STOCK), 6, right=True)
    name = Column(title + (drawn("▾") if view.sort is Sort.NAME else ""), 0)
    success = Column(titled(N_("Success"), Sort.SUCCESS), 8, right=True)
    if width < NARROW:
        return price, success if view.sort is Sort.SUCCESS else stock, name
    age_column = Column(speaker.text(N_("Age")), 5, right=True)
    return price, stock, age_column, name, success


def title_room(view: ServicesView, width: int, speaker: Speaker) -> int:
    """Return how many cells there are for the list's title, over the names."""
    shown = columns("", view, width, speaker)
    place = next(at for at, column in enumerate(shown) if not column.width)
    return lay_out(shown, width)[place][1] - (1 if view.sort is Sort.NAME else 0)


def service_row(  # noqa: PLR0913, PLR0917 - all that a row is made of
    service: Service, snapshot: Snapshot, view: ServicesView, width: int, speaker: Speaker, now: datetime
) -> Row:
    """Return the row of one service."""
    is_favourite = any(chosen.service_id == service.id for chosen in snapshot.favourites)
    signs = (drawn("★ ") if is_favourite else "") + watch_sign(service.id, snapshot)
    name = signs + full_name(service, snapshot)
    price, stock, age_cell = _quote_cells(service.id, snapshot, speaker, now)
    success = _success_cell(snapshot.experience.get(service.id))
    if width < NARROW:
        # There is no column for it, but what is old, or could not be read, must not be taken for fresh.
        is_fresh = age_cell.text in {"", speaker.text(NOW)}
        shown = Cell(name if is_fresh else f"{age_cell.text}{' ' * GAP}{name}")
        return Row(service.id, (price, success if view.sort is Sort.SUCCESS else stock, shown))
    return Row(service.id, (price, stock, age_cell, Cell(name), success))


def _quote_cells(service_id: str, snapshot: Snapshot, speaker: Speaker, now: datetime) -> tuple[Cell, Cell, Cell]:
    known = snapshot.quotes.get(service_id)
    failed = service_id in snapshot.failed_quotes
    if known is None:
        waiting = Cell("!" if failed else drawn("…"), Tone.WARNING if failed else Tone.DIM)
        return waiting, waiting, Cell("")
    price = format_amount(known.quote.price, drawn(snapshot.rules.currency), speaker.language)
    price_cell = Cell(drawn(MOVE_MARKS[known.price_move]) + price, _PRICE_TONES[known.price_move])
    read = Cell(age(known.read_at, now, speaker) + ("!" if failed else ""), Tone.WARNING if failed else Tone.DIM)
    return price_cell, _stock_cell(known), read


def _stock_cell(known: KnownQuote) -> Cell:
    stock = known.quote.stock
    if stock is None:
        return Cell("?", Tone.DIM)
    return Cell(drawn(MOVE_MARKS[known.stock_move]) + str(stock), Tone.PLAIN if stock else Tone.BAD)


def _success_cell(experience: Experience | None) -> Cell:
    if experience is None or not experience.settled:
        return Cell("")
    tone = Tone.GOOD if experience.received * 2 >= experience.settled else Tone.DIM
    return Cell(f"{experience.received}/{experience.settled}", tone)
