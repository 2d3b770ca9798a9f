"""All orders, and what they cost."""

from decimal import Decimal
from typing import ClassVar

from textual.binding import BindingType

from snum_tui.domain.dates import day_and_time, day_of_year_and_time
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_, NP_, say_count
from snum_tui.engine.snapshot import Snapshot
from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.cells import Cell, Column, Row, Tone
from snum_tui.ui.dialogs.number import NumberScreen
from snum_tui.ui.screens.list_screen import ListScreen
from snum_tui.ui.tables.numbers import code_of
from snum_tui.ui.widgets.column_header import ColumnHeader
from snum_tui.ui.widgets.footer import FRAME_CELLS
from snum_tui.ui.widgets.rule import SIDE_CELLS
from snum_tui.ui.widgets.toned import Piece, joined, length
from snum_tui.ui.wording import (
    category_and_service,
    outcome_cells,
    outcome_of,
    outcome_tone,
    whole_outcome_cells,
    whole_outcome_of,
)

TIGHT = 50
"""Below this many columns the code is left to the details, too: what was ordered has to be seen."""
NARROW = 70
"""Below this many columns the time of the order is left to the details."""
WIDE = 100
"""From this many columns on there is room for the year, and for more words of a cancelled order."""


class HistoryScreen(ListScreen):
    """The journal's newest orders."""

    PLACE = Place.HISTORY
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.HISTORY)

    def repaint(self) -> None:
        """Show the orders as they stand now."""
        snapshot, desk, rows = self._desk.snapshot, self._desk, self.rows
        columns = self._columns()
        self.show_frame(self._title(), self._totals(snapshot))
        self.query_one(ColumnHeader).show(columns)
        rows.hint = "" if snapshot.orders else desk.text(N_("Nothing ordered yet."))
        rows.show(columns, [self._row(order) for order in snapshot.orders])

    def show_detail(self, key: str) -> None:
        """Show one order whole."""
        self.app.push_screen(NumberScreen(self._desk, key))

    def _columns(self) -> tuple[Column, ...]:
        desk = self._desk
        every = (
            Column(desk.text(N_("Ordered") if self._is_wide else N_("Time")), 16 if self._is_wide else 11),
            Column(desk.text(N_("Price")), 9, right=True),
            Column(desk.text(N_("State")), (whole_outcome_cells if self._is_wide else outcome_cells)(desk.speaker)),
            Column(desk.text(N_("Code")), 8),
            Column(desk.text(N_("Service")), 0),
        )
        if self._is_tight:
            return every[1], Column(every[2].title, 9), every[4]
        return every[1:] if self._is_narrow else every

    @property
    def _is_tight(self) -> bool:
        return self.app.size.width < TIGHT

    @property
    def _is_narrow(self) -> bool:
        return self.app.size.width < NARROW

    @property
    def _is_wide(self) -> bool:
        return self.app.size.width >= WIDE

    def _row(self, order: Order) -> Row:
        desk = self._desk
        outcome = whole_outcome_of if self._is_wide else outcome_of
        ordered = day_and_time if self._is_wide else day_of_year_and_time
        cells = (
            Cell(ordered(order.ordered_at, desk.speaker.language), Tone.DIM),
            Cell(desk.amount(order.price), Tone.PLAIN if order.spent else Tone.DIM),
            Cell(outcome(order, desk.speaker), outcome_tone(order)),
            Cell(code_of(order), Tone.GOOD),
            Cell(category_and_service(order.category, order.service)),
        )
        if self._is_tight:
            return Row(order.id, (cells[1], cells[2], cells[4]))
        return Row(order.id, cells[1:] if self._is_narrow else cells)

    def _totals(self, snapshot: Snapshot) -> list[Piece]:
        spent = sum((one.spent for one in snapshot.orders), Decimal(0))
        codes = sum(one.state is OrderState.RECEIVED for one in snapshot.orders)
        desk, count = self._desk, len(snapshot.orders)
        totals: list[list[Piece]] = [
            [(desk.render(say_count(NP_("{count} order", "{count} orders"), count)), Tone.PLAIN)],
            [(desk.render(say_count(NP_("{count} code", "{count} codes"), codes)), Tone.GOOD)],
            [(desk.text(N_("{amount} spent"), amount=desk.amount(spent)), Tone.PLAIN)],
            [(desk.text(N_("{amount} today"), amount=desk.amount(snapshot.spent_today)), Tone.PLAIN)],
        ]
        room = self.app.size.width - FRAME_CELLS - SIDE_CELLS - length(self._title())
        while len(totals) > 1 and length(joined(totals)) > room:
            totals.pop()
        return joined(totals)

    def _title(self) -> list[Piece]:
        return [(self._desk.text(N_("History")), Tone.STRONG)]
