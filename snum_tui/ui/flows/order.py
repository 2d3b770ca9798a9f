"""Ordering: one key press, one question, one order."""

from textual.app import App

from snum_tui.domain.catalogue import KnownQuote, Service
from snum_tui.domain.sentence import N_
from snum_tui.engine.commands import PlaceOrder
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.facts import Fact
from snum_tui.ui.dialogs.question import Question
from snum_tui.ui.wording import clock_time


def ask_order(app: App[object], desk: Desk, service: Service, category: str) -> None:
    """Ask whether to order a number of this service; on yes, and only then, hand it to the engine."""
    snapshot = desk.snapshot
    if snapshot.ordering_stopped is not None:
        desk.tell(desk.render(snapshot.ordering_stopped), Tone.BAD)
        return
    known = snapshot.quotes.get(service.id)
    failed = snapshot.failed_quotes.get(service.id)
    if known is None and failed is not None:
        desk.tell(desk.text(N_("No price: {reason}"), reason=failed), Tone.WARNING)
        return
    if known is None:
        desk.tell(
            desk.text(N_("The price is not known yet. Wait a moment, or press r to ask again.")), Tone.WARNING
        )
        return
    if known.quote.stock == 0:
        desk.tell(
            desk.text(N_("{service} is out of stock. Choose another row."), service=service.name), Tone.WARNING
        )
        return
    wish = PlaceOrder(service.id, service.name, service.category_id, category, known.quote.price)

    def answered(agreed: bool | None) -> None:  # noqa: FBT001 - Textual's own calling way
        if agreed:
            desk.engine.submit(wish)
            desk.tell(desk.text(N_("Ordering {service}…"), service=service.name), Tone.PLAIN)

    app.push_screen(_question(desk, service, category, known), answered)


def _question(desk: Desk, service: Service, category: str, known: KnownQuote) -> Question:
    stock = "?" if known.quote.stock is None else str(known.quote.stock)
    facts = [
        Fact(desk.text(N_("Service")), f"{category} · {service.name}"),
        Fact(desk.text(N_("Price")), desk.amount(known.quote.price), Tone.STRONG),
        Fact(desk.text(N_("Stock")), stock),
        *_balance_lines(desk, known),
        *_unknown_lines(desk, service),
        Fact(desk.text(N_("Refund")), refund_rule(desk)),
    ]
    return Question(
        title=desk.text(N_("Order a number?")),
        facts=facts,
        agree=desk.text(N_("Order")),
        decline=desk.text(N_("No")),
    )


def _balance_lines(desk: Desk, known: KnownQuote) -> list[Fact]:
    label, balance = desk.text(N_("Balance")), desk.snapshot.balance
    if balance is None:
        return [Fact(label, desk.text(N_("not known yet")), Tone.WARNING)]
    left = balance - known.quote.price
    if left < 0:
        too_low = desk.text(N_("{balance}: too low for this price"), balance=desk.amount(balance))
        return [Fact(label, too_low, Tone.BAD)]
    after = desk.text(N_("{balance}, then {left}"), balance=desk.amount(balance), left=desk.amount(left))
    return [Fact(label, after)]


def _unknown_lines(desk: Desk, service: Service) -> list[Fact]:
    """Name the open question, if an order of this service has one already."""
    unknown = next((one for one in desk.snapshot.unknown_orders if one.service_id == service.id), None)
    if unknown is None:
        return []
    words = N_("An order of {time} is still unknown; this would be another one.")
    return [Fact(desk.text(N_("Unknown")), desk.text(words, time=clock_time(unknown.ordered_at)), Tone.BAD)]


def refund_rule(desk: Desk) -> str:
    """Say the site's rule without promising anything: the balance is what proves a refund."""
    minutes = desk.snapshot.rules.refund_seconds // 60
    rule = N_("The site's rule: cancelled within {minutes} minutes, the price comes back.")
    return desk.text(rule, minutes=minutes)
