"""The unknown orders: their evidence, and what can be done."""

from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from snum_tui.domain.catalogue import Service
from snum_tui.domain.orders import Order
from snum_tui.domain.sentence import N_
from snum_tui.ui.actions import Place, bindings_for
from snum_tui.ui.cells import Cell, Column, Row, Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.facts import Fact, facts_text
from snum_tui.ui.flows.order import ask_order
from snum_tui.ui.flows.unknown import ask_number_id, ask_settle, check_balance, copy_report
from snum_tui.ui.repaints import Repaints
from snum_tui.ui.status import balance_now
from snum_tui.ui.widgets.column_header import ColumnHeader
from snum_tui.ui.widgets.footer import Footer
from snum_tui.ui.widgets.message_line import MessageLine
from snum_tui.ui.widgets.row_list import RowList
from snum_tui.ui.widgets.rule import Rule
from snum_tui.ui.widgets.toned import joined
from snum_tui.ui.wording import day_and_time

SIDE_CELLS = 6


class UnknownScreen(Repaints, Screen[None]):
    """A list of the unknown orders above, the evidence of the one under the cursor below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(Place.UNKNOWN),
        Binding("escape,q,u", "close", show=False, id="unknown.close"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._tell_before = desk.tell
        self._told = (0, desk.speaker.language)
        """Which event was shown last, in which language: a word of the screen's own stays until a newer one."""

    def compose(self) -> ComposeResult:
        """Title, rows, evidence, message, keys."""
        yield Rule("┌", "┐", id="unknown-title")
        yield ColumnHeader()
        yield RowList()
        yield Rule("├", "┤", id="unknown-evidence-title")
        with Vertical(id="unknown-evidence"):
            yield Static(id="unknown-facts")
        yield MessageLine()
        yield Footer()

    def on_mount(self) -> None:
        """Show what there is; say things here while this screen is open."""
        self._desk.tell = self.query_one(MessageLine).show_words
        self.query_one(RowList).focus()

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the evidence and the keys out for the new size."""
        self.call_after_refresh(self.repaint)

    def repaint(self) -> None:
        """Show the orders as they stand now; with the last one settled there is nothing left to show."""
        desk, orders = self._desk, self._desk.snapshot.unknown_orders
        columns = (
            Column(desk.text(N_("Ordered")), 16),
            Column(desk.text(N_("Price")), 9, right=True),
            Column(desk.text(N_("Service")), 0),
        )
        title = joined(
            [[(desk.text(N_("Unknown orders")), Tone.STRONG)], [(str(len(orders)), Tone.BAD)] if orders else []]
        )
        self.query_one("#unknown-title", Rule).show(title, balance_now(desk.snapshot, desk))
        self.query_one(ColumnHeader).show(columns)
        rows = self.query_one(RowList)
        rows.hint = "" if orders else desk.text(N_("There are no unknown orders. Esc goes back."))
        rows.show(columns, [self._row(order) for order in orders])
        self.query_one("#unknown-evidence-title", Rule).show([(desk.text(N_("Evidence")), Tone.STRONG)])
        self.query_one("#unknown-facts", Static).update(self._evidence())
        self._paint_news()
        self.query_one(Footer).show_place(Place.UNKNOWN, desk.speaker)

    def action_close(self) -> None:
        """Go back."""
        self._desk.tell = self._tell_before
        self.dismiss()

    def action_check_balance(self) -> None:
        """Read the balance once more."""
        if (order := self._selected()) is not None:
            check_balance(self._desk, order)

    def action_copy_report(self) -> None:
        """Copy a text for the site's support."""
        if (order := self._selected()) is not None:
            copy_report(self._desk, order)

    def action_adopt(self) -> None:
        """Type in the number id that the site's own page shows."""
        if (order := self._selected()) is not None:
            ask_number_id(self.app, self._desk, order)

    def action_write_off(self) -> None:
        """Settle it as charged and lost."""
        if (order := self._selected()) is not None:
            ask_settle(self.app, self._desk, order, charged=True)

    def action_void(self) -> None:
        """Settle it as not charged."""
        if (order := self._selected()) is not None:
            ask_settle(self.app, self._desk, order, charged=False)

    def action_order_again(self) -> None:
        """Order the same service again; the question names the open one."""
        if (order := self._selected()) is not None:
            service = Service(order.service_id, order.service, order.category_id)
            ask_order(self.app, self._desk, service, order.category)

    @on(RowList.CursorMoved)
    def _moved(self) -> None:
        self.query_one("#unknown-facts", Static).update(self._evidence())

    def _paint_news(self) -> None:
        events, speaker = self._desk.snapshot.events, self._desk.speaker
        newest = (events[-1].serial if events else 0, speaker.language)
        if newest != self._told:
            self._told = newest
            self.query_one(MessageLine).show_event(events[-1], speaker)

    def _selected(self) -> Order | None:
        key = self.query_one(RowList).cursor_key
        return next((order for order in self._desk.snapshot.unknown_orders if order.id == key), None)

    def _row(self, order: Order) -> Row:
        desk = self._desk
        cells = (
            Cell(day_and_time(order.ordered_at), Tone.DIM),
            Cell(desk.amount(order.price)),
            Cell(f"{order.category} · {order.service}"),
        )
        return Row(order.id, cells)

    def _evidence(self) -> Text:
        order, desk = self._selected(), self._desk
        if order is None:
            return Text()
        unknown = desk.text(N_("not known"))
        before, after = order.balance_before, order.balance_after
        facts = [
            Fact(desk.text(N_("What happened")), desk.render(order.note) if order.note else ""),
            Fact(desk.text(N_("Balance before")), unknown if before is None else desk.amount(before)),
            Fact(desk.text(N_("Balance after")), unknown if after is None else desk.amount(after), Tone.STRONG),
        ]
        return facts_text(facts, max(24, self.app.size.width - SIDE_CELLS))
