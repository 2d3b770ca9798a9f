"""Copying a code, a number or a message, and saying no more of it than is known."""

from snum_tui.domain.orders import Order
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.ui.cells import Tone
from snum_tui.ui.clipboard.carrier import Arrival, Outcome
from snum_tui.ui.desk import Desk
from snum_tui.ui.number_forms import NumberForm, write_number
from snum_tui.ui.tables.numbers import code_of

MESSAGE = say(N_("The whole message"))
SELECTION = say(N_("What you selected"))
REPORT = say(N_("The text for the site's support"))

_WORDS = {
    Arrival.COPIED: N_("{what} was copied."),
    Arrival.IN_TMUX: N_("{what} was copied into tmux."),
    Arrival.IN_TMUX_AND_SENT: N_("{what} was copied into tmux, and sent to the terminal's clipboard."),
    Arrival.SENT: N_("{what} was sent to the terminal's clipboard."),
}
"""Whether a terminal took it cannot be known (FACTS), so that is not said."""
_NOT_COPIED = N_("{what} was not copied. {problem}")


def copy_best(desk: Desk, order: Order | None) -> None:
    """Copy the code, or the number while there is no code."""
    code = "" if order is None else code_of(order)
    if code:
        copy_text(desk, code)
    else:
        copy_number(desk, order, NumberForm.WHOLE)


def copy_number(desk: Desk, order: Order | None, form: NumberForm) -> None:
    """Copy the number, written in this form."""
    if order is None or not order.number:
        _nothing(desk)
    else:
        copy_text(desk, write_number(order.number, form))


def copy_message(desk: Desk, order: Order | None) -> None:
    """Copy the message as the site has it, all of it."""
    if order is None or not order.message:
        _nothing(desk)
    else:
        copy_text(desk, order.message, MESSAGE)


def copy_text(desk: Desk, text: str, name: Sentence | None = None) -> None:
    """Copy a text, and say what became of it; a long one by a `name`."""
    what = say("{text}", text=text) if name is None else name
    desk.copy(text, lambda outcome: _tell(desk, what, outcome))


def _tell(desk: Desk, what: Sentence, outcome: Outcome) -> None:
    if outcome.problem is not None:
        desk.tell(desk.text(_NOT_COPIED, what=what, problem=outcome.problem), Tone.WARNING)
    else:
        desk.tell(desk.text(_WORDS[outcome.arrival], what=what), Tone.GOOD)


def _nothing(desk: Desk) -> None:
    desk.tell(desk.text(N_("There is nothing to copy yet.")), Tone.WARNING)
