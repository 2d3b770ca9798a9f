"""What a person can do about an unknown order."""

from textual.app import App

from snum_tui.domain.dates import utc_time
from snum_tui.domain.orders import Order
from snum_tui.domain.sentence import N_
from snum_tui.engine.commands import AdoptNumber, CheckBalance, SettleOrder
from snum_tui.ui.cells import Tone
from snum_tui.ui.copying import REPORT, copy_text
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.prompt import Prompt
from snum_tui.ui.wording import category_and_service

LONGEST_NUMBER_ID = 64


def check_balance(desk: Desk, order: Order) -> None:
    """Ask for the balance once more."""
    if desk.is_held_back():
        return
    desk.engine.submit(CheckBalance(order.id))


def copy_report(desk: Desk, order: Order) -> None:
    """Copy a text for the site's support: what happened, and never the key."""
    copy_text(desk, report(desk, order), REPORT)


def report(desk: Desk, order: Order) -> str:
    """Return the text for the site's support: facts alone, one a line."""
    unknown = desk.text(N_("not known"))
    facts = [
        (N_("Site"), order.site),
        (N_("Time"), utc_time(order.ordered_at, desk.speaker.language)),
        (N_("Service"), f"{category_and_service(order.category, order.service)} (id {order.service_id})"),
        (N_("Price"), desk.amount(order.price)),
        (N_("Balance before"), unknown if order.balance_before is None else desk.amount(order.balance_before)),
        (N_("Balance after"), unknown if order.balance_after is None else desk.amount(order.balance_after)),
        (N_("What happened"), desk.render(order.note) if order.note else ""),
    ]
    lines = [desk.text(N_("I ordered a number, and no number reached me. Please look at this order:"))]
    return "\n".join([*lines, *(f"{desk.text(label)}: {value}" for label, value in facts if value)])


def ask_number_id(app: App[object], desk: Desk, order: Order) -> None:
    """Let the person type the number id that the site's own page shows."""
    if desk.is_held_back():
        return

    def answered(number_id: str | None) -> None:
        if number_id:
            desk.engine.submit(AdoptNumber(order.id, number_id))
            desk.tell(desk.text(N_("Asking the site for number id {id}…"), id=number_id), Tone.PLAIN)

    title = desk.text(N_("Number id"))
    explanation = desk.text(
        N_("Does the site's own page show this number? Type its id; it is then asked for its code like any other.")
    )
    app.push_screen(Prompt(desk.keyboard, title, explanation, limit=LONGEST_NUMBER_ID), answered)


def ask_settle(app: App[object], desk: Desk, order: Order, *, charged: bool) -> None:
    """Let the person settle the order, with a note if they like."""
    if desk.is_held_back():
        return

    def answered(remark: str | None) -> None:
        if remark is not None:
            desk.engine.submit(SettleOrder(order.id, charged, remark))

    lost = N_("The site charged, and no number came. The price counts as spent. A note, if you like:")
    void = N_("The site did not charge. Nothing counts as spent. A note, if you like:")
    title = desk.text(N_("Settle this order?"))
    explanation = desk.text(lost if charged else void)
    app.push_screen(Prompt(desk.keyboard, title, explanation, may_be_empty=True), answered)
