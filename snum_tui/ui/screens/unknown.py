"""The unknown orders: their evidence, and what can be done."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen

from snum_tui.domain.catalogue import Service
from snum_tui.domain.dates import day_and_time
from snum_tui.domain.orders import Order
from snum_tui.domain.sentence import N_
from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.cells import Cell, Column, Row, Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.facts import Fact, fact_pieces
from snum_tui.ui.dialogs.named_keys import NamesKeys
from snum_tui.ui.flows.order import ask_order
from snum_tui.ui.flows.unknown import ask_number_id, ask_settle, check_balance, copy_report
from snum_tui.ui.later import after_refresh
from snum_tui.ui.message_below import SaysBelow
from snum_tui.ui.repaints import Repaints
from snum_tui.ui.status import balance_now
from snum_tui.ui.widgets.column_header import ColumnHeader
from snum_tui.ui.widgets.footer import Footer
from snum_tui.ui.widgets.message_line import MessageLine
from snum_tui.ui.widgets.row_list import RowList
from snum_tui.ui.widgets.rule import Rule
from snum_tui.ui.widgets.toned import Piece, TonedText, joined
from snum_tui.ui.wording import category_and_service

SIDE_CELLS = 6
NARROW = 70
"""Below this many columns the time of the order stands among the evidence."""


class UnknownScreen(NamesKeys, SaysBelow, Repaints, Screen[None]):
    """A list of the unknown orders above, the evidence of the one under the cursor below."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.UNKNOWN)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012 - Textual declares it as an instance variable

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._told = (0, desk.speaker.language)
        """Which event was shown last, in which language: a word of the screen's own stays until a newer one."""

    def compose(self) -> ComposeResult:
        """Title, rows, evidence, message, keys."""
        yield Rule("┌", "┐", id="unknown-title")
        yield ColumnHeader()
        yield RowList()
        yield Rule("├", "┤", id="unknown-evidence-title")
        with Vertical(id="unknown-evidence"):
            yield TonedText(id="unknown-facts")
        yield MessageLine()
        yield Footer()

    def on_mount(self) -> None:
        """Begin in the list, with its rows: the next key may be right behind, and about the first of them."""
        self.repaint()
        self.query_one(RowList).focus()

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the evidence and the keys out for the new size."""
        after_refresh(self, self.repaint)

    def repaint(self) -> None:
        """Show the orders as they stand now; with the last one settled there is nothing left to show."""
        desk, orders = self._desk, self._desk.snapshot.unknown_orders
        columns = (
            Column(desk.text(N_("Ordered")), 16),
            Column(desk.text(N_("Price")), 9, right=True),
            Column(desk.text(N_("Service")), 0),
        )[1 if self._is_narrow else 0 :]
        title = joined(
            [[(desk.text(N_("Unknown orders")), Tone.STRONG)], [(str(len(orders)), Tone.BAD)] if orders else []]
        )
        self.query_one("#unknown-title", Rule).show(title, balance_now(desk.snapshot, desk))
        self.query_one(ColumnHeader).show(columns)
        rows = self.query_one(RowList)
        nothing = desk.text(N_("There are no unknown orders. {key} goes back."), key=desk.key("unknown.close"))
        rows.hint = "" if orders else nothing
        rows.show(columns, [self._row(order) for order in orders])
        self.query_one("#unknown-evidence-title", Rule).show([(desk.text(N_("Evidence")), Tone.STRONG)])
        self.query_one("#unknown-facts", TonedText).show(self._evidence())
        self._paint_news()
        self.show_keys()

    def show_own_keys(self, footer: Footer) -> None:
        """Name the keys of here."""
        footer.show_place(Place.UNKNOWN, self._desk)

    @property
    def place(self) -> Place:
        """Where the person is."""
        return Place.UNKNOWN

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()

    def action_check_balance(self) -> None:
        """Read the balance once more."""
        self._with_selected(partial(check_balance, self._desk))

    def action_copy_report(self) -> None:
        """Copy a text for the site's support."""
        self._with_selected(partial(copy_report, self._desk))

    def action_adopt(self) -> None:
        """Type in the number id that the site's own page shows."""
        self._with_selected(partial(ask_number_id, self.app, self._desk))

    def action_write_off(self) -> None:
        """Settle it as charged and lost."""
        self._with_selected(partial(ask_settle, self.app, self._desk, charged=True))

    def action_void(self) -> None:
        """Settle it as not charged."""
        self._with_selected(partial(ask_settle, self.app, self._desk, charged=False))

    def action_order_again(self) -> None:
        """Order the same service again; the question names the open one."""
        self._with_selected(self._order_again)

    def _order_again(self, order: Order) -> None:
        service = Service(order.service_id, order.service, order.category_id)
        ask_order(self.app, self._desk, service, order.category)

    def _with_selected(self, do: Callable[[Order], None]) -> None:
        """Do something about the order under the cursor; say so where there is none."""
        if (order := self._selected()) is not None:
            do(order)
        else:
            self._desk.tell(self.query_one(RowList).hint, Tone.WARNING)

    @on(RowList.CursorMoved)
    def _moved(self) -> None:
        self.query_one("#unknown-facts", TonedText).show(self._evidence())

    def _paint_news(self) -> None:
        snapshot, speaker, line = self._desk.snapshot, self._desk.speaker, self.query_one(MessageLine)
        events = snapshot.events
        newest = (events[-1].serial if events else 0, speaker.language)
        if newest != self._told:
            self._told = newest
            if events:
                line.show_event(events[-1], speaker)
            else:
                line.show_words("")  # what stood there was in the other language
        line.drop_outdated(snapshot.link)

    def _selected(self) -> Order | None:
        key = self.query_one(RowList).cursor_key
        return next((order for order in self._desk.snapshot.unknown_orders if order.id == key), None)

    def _row(self, order: Order) -> Row:
        desk = self._desk
        cells = (
            Cell(day_and_time(order.ordered_at, desk.speaker.language), Tone.DIM),
            Cell(desk.amount(order.price)),
            Cell(category_and_service(order.category, order.service)),
        )
        return Row(order.id, cells[1:] if self._is_narrow else cells)

    @property
    def _is_narrow(self) -> bool:
        return self.app.size.width < NARROW

    @property
    def _is_short(self) -> bool:
        return self.app.size.height < self.VERTICAL_BREAKPOINTS[1][0]

    def _evidence(self) -> list[Piece]:
        order, desk = self._selected(), self._desk
        if order is None:
            return []
        unknown = desk.text(N_("not known"))
        before, after = order.balance_before, order.balance_after
        before_words = unknown if before is None else desk.amount(before)
        after_words = unknown if after is None else desk.amount(after)
        happened = Fact(desk.text(N_("What happened")), desk.render(order.note) if order.note else "")
        at = day_and_time(order.ordered_at, desk.speaker.language)
        ordered = [Fact(desk.text(N_("Ordered")), at)] if self._is_narrow else []
        if self._is_short:  # on one line, and what is longest last: the box may be too short for all
            both = desk.text(N_("{balance}, then {left}"), balance=before_words, left=after_words)
            facts = [Fact(desk.text(N_("Balance")), both, Tone.BOLD), *ordered, happened]
        else:
            facts = [
                happened,
                Fact(desk.text(N_("Balance before")), before_words),
                Fact(desk.text(N_("Balance after")), after_words, Tone.BOLD),
                *ordered,
            ]
        return fact_pieces(facts, max(24, self.app.size.width - SIDE_CELLS))
