"""The rows of the numbers: refund countdown, state, code, number, service."""

from datetime import timedelta

from snum_tui.domain.clock import Instant
from snum_tui.domain.messages import find_code
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.refund import countdown
from snum_tui.domain.sentence import N_
from snum_tui.engine.snapshot import Snapshot
from snum_tui.locale import Speaker
from snum_tui.ui.cells import Cell, Column, Row, Tone
from snum_tui.ui.signs import drawn
from snum_tui.ui.wording import (
    STATE_TONES,
    WARN_SECONDS,
    category_and_service,
    countdown_tone,
    outcome_cells,
    state_of,
)

KEPT_FOR = timedelta(minutes=30)
"""A settled order stays in the panel so long; after that the history has it."""

NARROW = 64
TIGHT = 50
"""Below this many columns words are cut so that the number is not."""
ONE_FOR_BOTH = 48
"""Below this many there is room for the number or the code alone: the number until the code is here."""
QUIET_STATES = frozenset({OrderState.REFUSED, OrderState.NOT_SENT})
"""Nothing was bought: the message line said so, and the panel is for numbers."""


def columns(width: int, speaker: Speaker) -> tuple[Column, ...]:
    """Return the columns for this width. The countdown is leftmost: what ticks there costs the fewest bytes."""
    refund = Column(speaker.text(N_("Refund")), 6)
    state = Column(speaker.text(N_("State")), 9 if width < TIGHT else outcome_cells(speaker))
    code = Column(speaker.text(N_("Code")), 10)
    number = Column(speaker.text(N_("Number")), 16)
    if width < ONE_FOR_BOTH:
        return refund, state, Column(speaker.text(N_("Number or code")), 0)
    if width < NARROW:
        return refund, state, Column(code.title, 8), Column(number.title, 0)
    return refund, state, code, number, Column(speaker.text(N_("Service")), 0)


def shown_orders(snapshot: Snapshot, now: Instant) -> tuple[Order, ...]:
    """Return the orders of the panel, newest first: every open one, and what was settled lately."""
    return tuple(order for order in snapshot.orders if order.is_open or _is_recent(order, now))


def number_row(order: Order, width: int, speaker: Speaker, now: Instant, *, coarse: bool) -> Row:
    """Return one row of the panel; a coarse one counts down in whole minutes while there is time."""
    return Row(order.id, _cells(order, width, speaker, now, coarse=coarse))


def counts_down(order: Order, now: Instant) -> bool:
    """Tell whether the row of an order changes by the mere passing of time."""
    return order.is_polled and order.window.is_open(now)


def refund_cell(order: Order, now: Instant, speaker: Speaker, *, coarse: bool = False) -> Cell:
    """Return the refund countdown of a live number, a dash for what can no longer be refunded.

    A coarse one says how many whole minutes are left, never more than there are; near the end it counts seconds.
    """
    if order.state is OrderState.SENDING:
        return Cell(drawn("…"), Tone.DIM)
    if not order.is_polled:
        return Cell(drawn("–"), Tone.DIM)
    left = order.window.remaining_seconds(now)
    if coarse and left > WARN_SECONDS:
        return Cell(speaker.text(N_("{minutes}m"), minutes=int(left // 60)), countdown_tone(left))
    return Cell(countdown(left), countdown_tone(left))


def code_of(order: Order) -> str:
    """Return the code of an order as it is copied, empty while there is none."""
    return find_code(order.message) if order.message else ""


def _cells(order: Order, width: int, speaker: Speaker, now: Instant, *, coarse: bool) -> tuple[Cell, ...]:
    armed = order.auto_cancel and order.state is OrderState.WAITING
    words = speaker.text(N_("wait·auto")) if armed else state_of(order, speaker)
    state = Cell(words, STATE_TONES[order.state])
    code = Cell(code_of(order), Tone.GOOD)
    quiet = Tone.PLAIN if order.is_open or order.state is OrderState.RECEIVED else Tone.DIM
    number = Cell(order.number or "", quiet)
    refund = refund_cell(order, now, speaker, coarse=coarse)
    service = Cell(category_and_service(order.category, order.service), quiet)
    if width < ONE_FOR_BOTH:
        return refund, state, next((one for one in (code, number) if one.text), service)
    front = (refund, state, code, number)
    return front if width < NARROW else (*front, service)


def _is_recent(order: Order, now: Instant) -> bool:
    if order.settled_at is None or order.state in QUIET_STATES:
        return False
    return now.wall - order.settled_at < KEPT_FOR
