"""All orders, and what they cost."""

from decimal import Decimal
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_, NP_, say_count
from snum_tui.engine.snapshot import Snapshot
from snum_tui.ui.actions import Place, bindings_for
from snum_tui.ui.cells import Cell, Column, Row, Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.number import NumberScreen
from snum_tui.ui.repaints import Repaints
from snum_tui.ui.tables.numbers import code_of
from snum_tui.ui.widgets.column_header import ColumnHeader
from snum_tui.ui.widgets.message_line import MessageLine
from snum_tui.ui.widgets.row_list import RowList
from snum_tui.ui.widgets.rule import Rule
from snum_tui.ui.widgets.toned import Piece, joined
from snum_tui.ui.wording import (
    day_and_time,
    day_of_year_and_time,
    full_name,
    outcome_of,
    outcome_tone,
    whole_outcome_of,
)

NARROW = 70
"""Below this many columns the time of the order is left to the details."""
WIDE = 100
"""From this many columns on there is room for the year, and for more words of a cancelled order."""


class HistoryScreen(Repaints, Screen[None]):
    """The journal's newest orders; Enter shows one whole."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.HISTORY)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._tell_before = desk.tell

    def compose(self) -> ComposeResult:
        """Title, rows, keys."""
        yield Rule("┌", "┐", id="history-title")
        yield ColumnHeader()
        yield RowList()
        yield MessageLine()
        yield Rule("└", "┘", id="history-keys")

    def on_mount(self) -> None:
        """Show the orders there are; say things here while this screen is open."""
        self.query_one(MessageLine).display = False
        self._desk.tell = self._tell
        self.repaint()
        self.query_one(RowList).focus()

    def repaint(self) -> None:
        """Show the orders as they stand now."""
        snapshot, desk = self._desk.snapshot, self._desk
        columns = self._columns()
        self.query_one("#history-title", Rule).show(
            [(desk.text(N_("History")), Tone.STRONG)], self._totals(snapshot)
        )
        self.query_one(ColumnHeader).show(columns)
        rows = self.query_one(RowList)
        rows.hint = "" if snapshot.orders else desk.text(N_("Nothing ordered yet."))
        rows.show(columns, [self._row(order) for order in snapshot.orders])
        keys: list[Piece] = [
            (desk.key("history.detail"), Tone.STRONG),
            (" " + desk.text(N_("details")) + "  ", Tone.DIM),
            (desk.key("history.close"), Tone.STRONG),
            (" " + desk.text(N_("back")), Tone.DIM),
        ]
        self.query_one("#history-keys", Rule).show(keys)

    @property
    def place(self) -> Place:
        """Where the person is."""
        return Place.HISTORY

    def explain(self, words: str) -> None:
        """Say why a key did nothing."""
        self._tell(words, Tone.WARNING)

    def _tell(self, words: str, tone: Tone) -> None:
        line = self.query_one(MessageLine)
        line.display = True  # the list keeps the row until there is something to say
        line.show_words(words, tone)

    def action_close(self) -> None:
        """Go back."""
        self._desk.tell = self._tell_before
        self.dismiss()

    def action_detail(self) -> None:
        """Show one order whole."""
        rows = self.query_one(RowList)
        if (key := rows.cursor_key) is not None:
            self.app.push_screen(NumberScreen(self._desk, key))
        else:
            self.explain(rows.hint)

    @on(RowList.Chosen)
    def _clicked(self) -> None:
        self.action_detail()

    def _columns(self) -> tuple[Column, ...]:
        desk = self._desk
        every = (
            Column(desk.text(N_("Ordered")), 16 if self._is_wide else 11),
            Column(desk.text(N_("Price")), 9, right=True),
            Column(desk.text(N_("State")), 23 if self._is_wide else 12),
            Column(desk.text(N_("Code")), 8),
            Column(desk.text(N_("Service")), 0),
        )
        return every[1:] if self._is_narrow else every

    @property
    def _is_narrow(self) -> bool:
        return self.app.size.width < NARROW

    @property
    def _is_wide(self) -> bool:
        return self.app.size.width >= WIDE

    def on_resize(self, _event: events.Resize) -> None:
        """Choose the columns for the new width."""
        self.call_after_refresh(self.repaint)

    def _row(self, order: Order) -> Row:
        desk = self._desk
        outcome = whole_outcome_of if self._is_wide else outcome_of
        ordered = day_and_time if self._is_wide else day_of_year_and_time
        cells = (
            Cell(ordered(order.ordered_at), Tone.DIM),
            Cell(desk.amount(order.price), Tone.PLAIN if order.spent else Tone.DIM),
            Cell(outcome(order, desk.speaker), outcome_tone(order)),
            Cell(code_of(order), Tone.GOOD),
            Cell(full_name(order.category, order.service)),
        )
        return Row(order.id, cells[1:] if self._is_narrow else cells)

    def _totals(self, snapshot: Snapshot) -> list[Piece]:
        spent = sum((one.spent for one in snapshot.orders), Decimal(0))
        codes = sum(one.state is OrderState.RECEIVED for one in snapshot.orders)
        desk = self._desk
        return joined(
            [
                [
                    (
                        desk.render(say_count(NP_("{count} order", "{count} orders"), len(snapshot.orders))),
                        Tone.PLAIN,
                    )
                ],
                [(desk.render(say_count(NP_("{count} code", "{count} codes"), codes)), Tone.GOOD)],
                [(desk.text(N_("{amount} spent"), amount=desk.amount(spent)), Tone.PLAIN)],
                [(desk.text(N_("{amount} today"), amount=desk.amount(snapshot.spent_today)), Tone.PLAIN)],
            ]
        )
