"""All that is known of one number."""

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from snum_tui.domain.orders import Order
from snum_tui.domain.sentence import N_
from snum_tui.ui.copying import copy_best, copy_national
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.facts import Fact, facts_text
from snum_tui.ui.dialogs.question import FRAME_CELLS, WIDTH
from snum_tui.ui.dialogs.sheet import Sheet
from snum_tui.ui.tables.numbers import code_of, refund_cell
from snum_tui.ui.wording import day_and_time, whole_outcome_of


class NumberScreen(Sheet):
    """The order as the journal has it, the whole message included. `y` and `Y` copy from here too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", show=False, id="number.copy"),
        Binding("Y", "copy_national", show=False, id="number.copy_national"),
    ]

    def __init__(self, desk: Desk, order_id: str) -> None:
        super().__init__()
        self._desk = desk
        self._order_id = order_id

    def heading(self) -> str:
        """The number, or what it is for."""
        order = self._order()
        return (order.number or order.service) if order is not None else ""

    def content(self) -> Text:
        """Label and value, a line each."""
        order = self._order()
        if order is None:
            return Text()
        facts = [Fact(label, value) for label, value in self._facts(order) if value]
        text = facts_text(facts, max(24, min(WIDTH, self.app.size.width - FRAME_CELLS)))
        text.append("\n\n")
        if order.number:
            text.append(self._desk.text(N_("y copies the code, or the number while there is none.")), "dim")
        return text

    def action_copy(self) -> None:
        """Copy the code, else the number."""
        copy_best(self.app, self._desk, self._order())

    def action_copy_national(self) -> None:
        """Copy the number without its country code."""
        copy_national(self.app, self._desk, self._order())

    def _order(self) -> Order | None:
        return next((order for order in self._desk.snapshot.orders if order.id == self._order_id), None)

    def _facts(self, order: Order) -> list[tuple[str, str]]:
        desk = self._desk
        return [
            (desk.text(N_("Service")), f"{order.category} · {order.service}"),
            (desk.text(N_("Number")), order.number or ""),
            (desk.text(N_("State")), whole_outcome_of(order, desk.speaker)),
            (desk.text(N_("What happened")), desk.render(order.note) if order.note else ""),
            (desk.text(N_("Code")), code_of(order)),
            (desk.text(N_("Whole message")), order.message or ""),
            (
                desk.text(N_("Refund window")),
                refund_cell(order, desk.now, desk.speaker).text if order.is_polled else "",
            ),
            (desk.text(N_("Price")), desk.amount(order.price)),
            (desk.text(N_("Spent")), "" if order.is_open else desk.amount(order.spent)),
            (
                desk.text(N_("Balance before")),
                desk.amount(order.balance_before) if order.balance_before is not None else "",
            ),
            (
                desk.text(N_("Balance after the order")),
                desk.amount(order.balance_after) if order.balance_after is not None else "",
            ),
            (desk.text(N_("Ordered")), day_and_time(order.ordered_at)),
            (desk.text(N_("Settled")), day_and_time(order.settled_at) if order.settled_at else ""),
            (desk.text(N_("The site's id")), order.number_id or ""),
            (desk.text(N_("Order id")), order.id),
        ]
