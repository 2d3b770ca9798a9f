"""Copying a code or a number to the person's clipboard."""

from textual.app import App

from snum_tui.domain.orders import Order
from snum_tui.domain.sentence import N_
from snum_tui.ui.cells import Tone
from snum_tui.ui.clipboard import send_to_clipboard
from snum_tui.ui.desk import Desk
from snum_tui.ui.tables.numbers import code_of


def copy_best(app: App[object], desk: Desk, order: Order | None) -> None:
    """Copy the code, or the number while there is no code."""
    if order is None or not (code_of(order) or order.number):
        _nothing(desk)
        return
    _send(app, desk, code_of(order) or order.number or "")


def copy_national(app: App[object], desk: Desk, order: Order | None) -> None:
    """Copy the number without its country code."""
    if order is None or not order.number:
        _nothing(desk)
        return
    _send(app, desk, national_number(order.number))


def national_number(number: str) -> str:
    """Return a number's national digits: `+905551234567` is `5551234567`. Unknown ones keep all their digits."""
    import phonenumbers  # noqa: PLC0415 - 12 ms that only this key needs

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number.lstrip("+")
    return phonenumbers.national_significant_number(parsed)


def _send(app: App[object], desk: Desk, text: str) -> None:
    send_to_clipboard(app, text)
    # Whether the terminal took it cannot be known (FACTS), so that is what is said.
    desk.tell(desk.text(N_("{text} sent to the terminal's clipboard."), text=text), Tone.GOOD)


def _nothing(desk: Desk) -> None:
    desk.tell(desk.text(N_("There is nothing to copy yet.")), Tone.WARNING)
