"""Cancelling: one question, one cancel."""

from textual.app import App

from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.refund import countdown
from snum_tui.domain.sentence import N_
from snum_tui.engine.commands import CancelNumber, SetAutoCancel
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.facts import Fact
from snum_tui.ui.dialogs.question import Question
from snum_tui.ui.flows.order import own_rule
from snum_tui.ui.wording import category_and_service

_WHY_NOT: dict[OrderState, str] = {
    OrderState.SENDING: N_("This order is still being sent. Wait until its number is here."),
    OrderState.CANCELLING: N_("This number is being cancelled already."),
    OrderState.UNKNOWN: N_(
        "This order's outcome is unknown: there is no number id to cancel. See the site's own page."
    ),
    OrderState.RECEIVED: N_("The code is here; this number can no longer be cancelled."),
    OrderState.CANCELLED: N_("This number is cancelled already."),
    OrderState.EXPIRED: N_("This number is no longer asked for; the site decides about it."),
}


def ask_cancel(app: App[object], desk: Desk, order: Order | None) -> None:
    """Ask whether to cancel this number; on yes, hand it to the engine. Says why where nothing can be cancelled."""
    if desk.is_held_back():
        return
    if order is None:
        desk.tell(desk.text(N_("There is no number to cancel. Order one in the services first.")), Tone.WARNING)
        return
    if order.state is not OrderState.WAITING:
        why = _WHY_NOT.get(order.state, N_("There is no number to cancel."))
        desk.tell(desk.text(why), Tone.WARNING)
        return

    def answered(agreed: bool | None) -> None:  # noqa: FBT001 - Textual's own calling way
        if agreed:
            desk.engine.submit(CancelNumber(order.id))

    app.push_screen(_question(desk, order), answered)


def toggle_auto_cancel(desk: Desk, order: Order | None) -> None:
    """Arm the auto-cancel of this number, or take it back; it needs no question, for it can be taken back."""
    if desk.is_held_back():
        return
    if order is None or order.state is not OrderState.WAITING:
        words = N_("Only a waiting number can be cancelled by itself. Choose one in your numbers ({key}).")
        desk.tell(desk.text(words, key=desk.key("main.go_numbers")), Tone.WARNING)
        return
    desk.engine.submit(SetAutoCancel(order.id, on=not order.auto_cancel))
    armed = N_("{number} is cancelled by itself a minute before its refund closes, if no code has come.")
    taken_back = N_("{number} is no longer cancelled by itself.")
    words = taken_back if order.auto_cancel else armed
    desk.tell(desk.text(words, number=order.number or ""), Tone.PLAIN)


def _question(desk: Desk, order: Order) -> Question:
    left = order.window.remaining_seconds(desk.now)
    facts = [
        Fact(desk.text(N_("Number")), order.number or "", Tone.BOLD, vital=True),
        Fact(desk.text(N_("Service")), category_and_service(order.category, order.service)),
        Fact(desk.text(N_("Refund")), _refund(desk, order, left), Tone.PLAIN if left else Tone.BAD, vital=True),
        *_too_early(desk, order),
        *own_rule(desk),
    ]
    return Question(
        desk.keyboard,
        title=desk.text(N_("Cancel this number?")),
        facts=facts,
        agree=desk.text(N_("Cancel the number")),
        decline=desk.text(N_("Keep it")),
    )


def _refund(desk: Desk, order: Order, left: float) -> str:
    if not left:
        return desk.text(
            N_("The refund window is closed: {price} will most likely not come back."),
            price=desk.amount(order.price),
        )
    return desk.text(
        N_("{price} should come back; the window is open for {time} more."),
        price=desk.amount(order.price),
        time=countdown(left),
    )


def _too_early(desk: Desk, order: Order) -> list[Fact]:
    """Say that the site may refuse yet; the cancel can be sent all the same, for only the site knows."""
    earliest = desk.snapshot.rules.earliest_cancel_seconds
    wait = earliest - order.age.seconds_at(desk.now)
    if wait <= 0:
        return []
    words = N_("The site may refuse before {earliest}; that is in {time}.")
    early = desk.text(words, earliest=countdown(earliest), time=countdown(wait))
    return [Fact(desk.text(N_("Early")), early, Tone.WARNING)]
