"""A price that rose between the yes and the order: nothing was sent, and the person decides anew."""

from textual.app import App
from textual.widgets import Input

from snum_tui.domain.sentence import N_
from snum_tui.engine.snapshot import PriceRise
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.facts import Fact
from snum_tui.ui.dialogs.question import Question
from snum_tui.ui.flows.order import ask_then_order, circumstances, is_sold_out, service_fact, tell_sold_out


def ask_at_new_price(app: App[object], desk: Desk, rise: PriceRise) -> None:
    """Ask whether to order at the price of now; where a question would be in the way, tell of it."""
    if is_sold_out(desk, rise.wish):
        tell_sold_out(desk, rise.wish)
    elif _is_at_something(app):
        words = N_("Nothing was ordered: {service} costs {price} now. {key} on its row asks again.")
        price, key = desk.amount(rise.wish.price), desk.key("services.order")
        desk.tell(desk.text(words, service=rise.wish.service, price=price, key=key), Tone.WARNING)
    else:
        ask_then_order(app, desk, rise.wish, _question(desk, rise))


def _is_at_something(app: App[object]) -> bool:
    """Tell whether the person's next keys are meant for something else: a dialog, or a line they type in."""
    return app.screen.is_modal or isinstance(app.focused, Input)


def _question(desk: Desk, rise: PriceRise) -> Question:
    return Question(
        desk.keyboard,
        title=desk.text(N_("The price rose")),
        facts=[
            service_fact(desk, rise.wish),
            Fact(desk.text(N_("You agreed to")), desk.amount(rise.agreed_price), vital=True),
            Fact(desk.text(N_("Price now")), desk.amount(rise.wish.price), Tone.BAD, vital=True),
            *circumstances(desk, rise.wish),
        ],
        agree=desk.text(N_("Order at this price")),
        decline=desk.text(N_("No")),
        unasked=True,
    )
