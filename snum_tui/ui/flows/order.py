"""Ordering: one key press, one question, one order."""

from textual.app import App

from snum_tui.domain.catalogue import Service
from snum_tui.domain.dates import clock_time
from snum_tui.domain.sentence import N_
from snum_tui.engine.commands import PlaceOrder
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.facts import Fact
from snum_tui.ui.dialogs.question import Question
from snum_tui.ui.wording import category_and_service


def ask_order(app: App[object], desk: Desk, service: Service, category: str) -> None:
    """Ask whether to order a number of this service; on yes, and only then, hand it to the engine."""
    snapshot = desk.snapshot
    if desk.is_held_back():
        return
    if snapshot.ordering_stopped is not None:
        desk.tell(desk.render(snapshot.ordering_stopped), Tone.BAD)
        return
    if snapshot.down is not None:
        desk.tell(desk.text(N_("Nothing was ordered: {reason}"), reason=snapshot.down), Tone.WARNING)
        return
    known = snapshot.quotes.get(service.id)
    failed = snapshot.failed_quotes.get(service.id)
    if known is None and failed is not None:
        desk.tell(desk.text(N_("No price: {reason}"), reason=failed), Tone.WARNING)
        return
    if known is None:
        words = N_("The price is not known yet. Wait a moment, or press {key} to ask again.")
        desk.tell(desk.text(words, key=desk.key("main.refresh")), Tone.WARNING)
        return
    wish = PlaceOrder(service.id, service.name, service.category_id, category, known.quote.price)
    if is_sold_out(desk, wish):
        tell_sold_out(desk, wish)
        return
    question = Question(
        desk.keyboard,
        title=desk.text(N_("Order a number?")),
        facts=[
            service_fact(desk, wish),
            Fact(desk.text(N_("Price")), desk.amount(wish.price), Tone.BOLD, vital=True),
            *circumstances(desk, wish),
        ],
        agree=desk.text(N_("Order")),
        decline=desk.text(N_("No")),
    )
    ask_then_order(app, desk, wish, question)


def ask_then_order(app: App[object], desk: Desk, wish: PlaceOrder, question: Question) -> None:
    """Open the question; hand the order to the engine on yes, and only then."""

    def answered(agreed: bool | None) -> None:  # noqa: FBT001 - Textual's own calling way
        if agreed:
            desk.engine.submit(wish)
            desk.tell(desk.text(N_("Ordering {service}…"), service=wish.service), Tone.PLAIN)

    app.push_screen(question, answered)


def is_sold_out(desk: Desk, wish: PlaceOrder) -> bool:
    """Tell whether the site last said that it has no number of this service."""
    known = desk.snapshot.quotes.get(wish.service_id)
    return known is not None and known.quote.stock == 0


def tell_sold_out(desk: Desk, wish: PlaceOrder) -> None:
    """Say why nothing is asked."""
    words = N_("{service} is out of stock. Choose another row, or be told when it is back: press {key}.")
    desk.tell(desk.text(words, service=wish.service, key=desk.key("services.watch")), Tone.WARNING)


def service_fact(desk: Desk, wish: PlaceOrder) -> Fact:
    """Name what would be ordered."""
    return Fact(desk.text(N_("Service")), category_and_service(wish.category, wish.service))


def circumstances(desk: Desk, wish: PlaceOrder) -> list[Fact]:
    """Say what else a person weighs: stock, balance, the limit of a day, an open question, the refund rule."""
    known = desk.snapshot.quotes.get(wish.service_id)
    stock = None if known is None else known.quote.stock
    return [
        Fact(desk.text(N_("Stock")), "?" if stock is None else str(stock)),
        *_balance_lines(desk, wish),
        *_limit_lines(desk, wish),
        *_unknown_lines(desk, wish),
        _refund_fact(desk),
        *own_rule(desk),
    ]


def _refund_fact(desk: Desk) -> Fact:
    minutes = desk.snapshot.rules.refund_seconds // 60
    short = desk.text(N_("site's rule: back if cancelled within {minutes} min"), minutes=minutes)
    return Fact(desk.text(N_("Refund")), refund_rule(desk), short=short, vital=True)


def _balance_lines(desk: Desk, wish: PlaceOrder) -> list[Fact]:
    label, balance = desk.text(N_("Balance")), desk.snapshot.balance
    if balance is None:
        return [Fact(label, desk.text(N_("not known yet")), Tone.WARNING)]
    left = balance - wish.price
    if left < 0:
        too_low = desk.text(N_("{balance}: too low for this price"), balance=desk.amount(balance))
        return [Fact(label, too_low, Tone.BAD)]
    after = desk.text(N_("{balance}, then {left}"), balance=desk.amount(balance), left=desk.amount(left))
    return [Fact(label, after)]


def _limit_lines(desk: Desk, wish: PlaceOrder) -> list[Fact]:
    """Say that this order would pass the person's own limit: the engine will not send it."""
    limit, spent = desk.snapshot.rules.day_limit, desk.snapshot.spent_today
    if limit is None or spent + wish.price <= limit:
        return []
    words = desk.text(
        N_("{spent} of {limit} are spent today: this order would be too much and is not sent."),
        spent=desk.amount(spent),
        limit=desk.amount(limit),
    )
    return [Fact(desk.text(N_("Limit")), words, Tone.BAD)]


def _unknown_lines(desk: Desk, wish: PlaceOrder) -> list[Fact]:
    """Name the open question, if an order of this service has one already."""
    unknown = next((one for one in desk.snapshot.unknown_orders if one.service_id == wish.service_id), None)
    if unknown is None:
        return []
    words = N_("An order of {time} is still unknown; this would be another one.")
    return [Fact(desk.text(N_("Unknown")), desk.text(words, time=clock_time(unknown.ordered_at)), Tone.BAD)]


def own_rule(desk: Desk) -> list[Fact]:
    """Repeat what the person noted of this site's rule; nothing where that is nothing."""
    rule = desk.snapshot.rules.refund_rule
    return [Fact(desk.text(N_("Rule")), rule)] if rule else []


def refund_rule(desk: Desk) -> str:
    """Say the site's rule without promising anything: the balance is what proves a refund."""
    minutes = desk.snapshot.rules.refund_seconds // 60
    rule = N_("The site's rule: cancelled within {minutes} minutes, the price comes back.")
    return desk.text(rule, minutes=minutes)
