"""All that is known of one number."""

from textwrap import wrap
from typing import ClassVar

from textual.binding import BindingType

from snum_tui.domain.dates import day_and_time
from snum_tui.domain.orders import Order
from snum_tui.domain.sentence import N_
from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.cells import Tone
from snum_tui.ui.copy_actions import CopyActions
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.facts import Fact, fact_pieces
from snum_tui.ui.dialogs.sheet import Sheet
from snum_tui.ui.tables.numbers import code_of, refund_cell
from snum_tui.ui.widgets.toned import Piece
from snum_tui.ui.wording import category_and_service, whole_outcome_of

NO_BREAK = "\N{NO-BREAK SPACE}"


class NumberScreen(CopyActions, Sheet):
    """The order as the journal has it, the whole message included; what can be copied is copied from here, too.

    Its text can be selected with the mouse; Ctrl-C copies that.
    """

    PLACE = Place.NUMBER
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.NUMBER)

    def __init__(self, desk: Desk, order_id: str) -> None:
        super().__init__(desk)
        self._order_id = order_id
        self._told: Piece | None = None
        """What was said last."""

    def heading(self) -> str:
        """The number, or what it is for."""
        order = self._order()
        return (order.number or order.service) if order is not None else ""

    def content(self) -> list[Piece]:
        """Label and value, a line each."""
        order = self._order()
        if order is None:
            return []
        facts = [Fact(label, value) for label, value in self._facts(order) if value]
        pieces = fact_pieces(facts, self.room)
        if self._told is not None:
            words, tone = self._told
            pieces.append(("\n\n" + words, tone))
        elif order.number:
            pieces.append(("\n\n" + self._copying_keys(order, self.room), Tone.DIM))
        return pieces

    def _copying_keys(self, order: Order, width: int) -> str:
        """Name the keys that copy something of this order; no line breaks between a key and its name."""
        here = self._desk.keyboard.in_place(Place.NUMBER)
        offered = [one for one in here if one.keys and (order.message or one.id != "copy_message")]
        named = (f"{one.shown_key} {self._desk.text(one.name)}" for one in offered)
        lines = wrap("  ".join(one.replace(" ", NO_BREAK) for one in named), width)
        return "\n".join(lines).replace(NO_BREAK, " ")

    def say(self, words: str, tone: Tone) -> None:
        """Say here what became of a copy: below this sheet nobody would see it."""
        if self.is_current:  # an answer may come while the sheet closes
            self._told = words, tone
            self.repaint()
            self.query_one("#sheet").scroll_end(animate=False)

    def order_to_copy(self) -> Order | None:
        """Return the order of the sheet."""
        return self._order()

    def _order(self) -> Order | None:
        return next((order for order in self._desk.snapshot.orders if order.id == self._order_id), None)

    def _facts(self, order: Order) -> list[tuple[str, str]]:
        desk, language = self._desk, self._desk.speaker.language
        return [
            (desk.text(N_("Service")), category_and_service(order.category, order.service)),
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
            (desk.text(N_("Ordered")), day_and_time(order.ordered_at, language)),
            (desk.text(N_("Settled")), day_and_time(order.settled_at, language) if order.settled_at else ""),
            (desk.text(N_("The site's id")), order.number_id or ""),
            (desk.text(N_("Order id")), order.id),
        ]
