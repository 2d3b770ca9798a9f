"""The panel of numbers: refund countdown, state, code, number, service."""

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from snum_tui.domain.clock import Instant, elapsed_seconds
from snum_tui.domain.orders import Order
from snum_tui.domain.sentence import N_
from snum_tui.engine.snapshot import Snapshot
from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.cells import Row
from snum_tui.ui.desk import Desk
from snum_tui.ui.panes.base import ListPane
from snum_tui.ui.tables.numbers import columns, counts_down, number_row, shown_orders
from snum_tui.ui.widgets.row_list import RowList

LATEST_TICK_SECONDS = 1.5
"""A tick that comes no later than this is only late."""


class NumbersPane(ListPane):
    """Every number with money out, and what was settled lately."""

    PLACE = Place.NUMBERS
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.NUMBERS)

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(desk, id=id)
        self._newest: str | None = None
        self._ticked_at: Instant | None = None

    def tick(self, snapshot: Snapshot) -> None:
        """Let the countdowns go on."""
        self._ticked_at = self._desk.now
        self.paint(snapshot)

    def paint(self, snapshot: Snapshot) -> None:
        """Show the orders of a snapshot as they stand now, and their countdowns as they stood at the last tick."""
        width, speaker, now = self.size.width, self._desk.speaker, self._last_tick(snapshot)
        orders = {order.id: order for order in shown_orders(snapshot, self._desk.now)}
        rows = self.list

        def make_row(key: str) -> Row:
            coarse = self._desk.calm and key != rows.cursor_key
            return number_row(orders[key], width, speaker, now, coarse=coarse)

        words = N_("No numbers yet. Choose a service and press {key} to order one.")
        hint = self._desk.text(words, key=self._desk.key("services.order"))
        self.show_keys(columns(width, speaker), tuple(orders), make_row, hint)
        self._follow_newest(snapshot)

    def _last_tick(self, snapshot: Snapshot) -> Instant:
        """Return when the countdowns went on last: once a second all at once, where one after another costs more.

        Each that changed by itself, because something else was painted, would have its place and colour sent.
        """
        now, last = self._desk.now, self._ticked_at
        if (
            last is None
            or elapsed_seconds(last, now) > LATEST_TICK_SECONDS
            or not self.counts_down(snapshot)  # no tick would bring the last second
        ):
            self._ticked_at = last = now
        return last

    def counts_down(self, snapshot: Snapshot) -> bool:
        """Tell whether anything in here changes by the mere passing of time."""
        now = self._desk.now
        return any(counts_down(order, now) for order in snapshot.orders)

    def _follow_newest(self, snapshot: Snapshot) -> None:
        """Put the cursor on a number just ordered, so that `c` and `y` mean it; not while the person is in here."""
        newest = snapshot.orders[0].id if snapshot.orders else None
        if newest != self._newest:
            self._newest = newest
            if newest is not None and not self.list.has_focus:
                self.list.move_to_key(newest)

    def selected(self) -> Order | None:
        """Return the order under the cursor."""
        key = self.list.cursor_key
        return next((order for order in self._desk.snapshot.orders if order.id == key), None)

    def action_detail(self) -> None:
        """Show all that is known of the number under the cursor."""
        from snum_tui.ui.dialogs.number import NumberScreen  # noqa: PLC0415 - not needed for the first paint

        if (order := self.selected()) is not None:
            self.app.push_screen(NumberScreen(self._desk, order.id))
        else:
            self.tell_why_no_row(self._desk)

    @on(RowList.CursorMoved)
    def _count_where_the_cursor_is(self) -> None:
        self.paint(self._desk.snapshot)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_detail()
