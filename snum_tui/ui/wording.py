"""How states, times and amounts are put into words."""

from datetime import datetime

from rich.cells import cell_len

from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_
from snum_tui.domain.setting import Value, written
from snum_tui.domain.state_words import STATE_WORDS
from snum_tui.engine.snapshot import Link, Weight
from snum_tui.locale import Speaker
from snum_tui.ui.cells import Tone
from snum_tui.ui.signs import drawn

STATE_TONES: dict[OrderState, Tone] = {
    OrderState.SENDING: Tone.WARNING,
    OrderState.WAITING: Tone.PLAIN,
    OrderState.REFUSED: Tone.DIM,
    OrderState.NOT_SENT: Tone.DIM,
    OrderState.UNKNOWN: Tone.BAD,
    OrderState.RECEIVED: Tone.GOOD,
    OrderState.CANCELLING: Tone.WARNING,
    OrderState.CANCELLED: Tone.DIM,
    OrderState.EXPIRED: Tone.DIM,
    OrderState.WRITTEN_OFF: Tone.DIM,
    OrderState.VOID: Tone.DIM,
}

LINK_WORDS: dict[Link, str] = {
    Link.CONNECTING: N_("connecting"),
    Link.UP: N_("connected"),
    Link.BUSY: N_("site busy"),
    Link.DOWN: N_("no answer"),
    Link.STRANGE: N_("not this API"),
    Link.KEY_REJECTED: N_("key rejected"),
}

LINK_TONES: dict[Link, Tone] = {
    Link.CONNECTING: Tone.DIM,
    Link.UP: Tone.GOOD,
    Link.BUSY: Tone.WARNING,
    Link.DOWN: Tone.BAD,
    Link.STRANGE: Tone.BAD,
    Link.KEY_REJECTED: Tone.BAD,
}

WEIGHT_TONES: dict[Weight, Tone] = {
    Weight.INFO: Tone.PLAIN,
    Weight.GOOD: Tone.GOOD,
    Weight.WARNING: Tone.WARNING,
    Weight.ALARM: Tone.BAD,
}

WEIGHT_MARKS: dict[Weight, str] = {Weight.INFO: "·", Weight.GOOD: "✓", Weight.WARNING: "!", Weight.ALARM: "!!"}
"""What the colour says, for whoever sees none."""

_REFUND_WORDS = (N_("refunded"), N_("not refunded"))
WHOLE_OUTCOME = N_("{state}, {refund}")

WARN_SECONDS = 180
ALARM_SECONDS = 60


def countdown_tone(seconds: float) -> Tone:
    """The nearer the end of the refund window, the louder."""
    if seconds <= ALARM_SECONDS:
        return Tone.BAD
    return Tone.WARNING if seconds <= WARN_SECONDS else Tone.STRONG


NOW = N_("now")
"""The age of what was read within the last minute."""


def age(read_at: datetime, now: datetime, speaker: Speaker) -> str:
    """Write how old a reading is, in steps coarse enough to stand still: `now`, `4m`, `2h`, `3d`."""
    seconds = max(0.0, (now - read_at).total_seconds())
    if seconds < 60:
        return speaker.text(NOW)
    if seconds < 3600:
        return speaker.text(N_("{minutes}m"), minutes=int(seconds // 60))
    if seconds < 86400:
        return speaker.text(N_("{hours}h"), hours=int(seconds // 3600))
    return speaker.text(N_("{days}d"), days=int(seconds // 86400))


def seconds_until_older(read_at: datetime, now: datetime) -> float:
    """Return when `age` will say something else."""
    seconds = max(0.0, (now - read_at).total_seconds())
    step = 60.0 if seconds < 3600 else 3600.0 if seconds < 86400 else 86400.0
    return step - seconds % step


def whole_number(number: int, speaker: Speaker) -> str:
    """Write a large number so that it can be read: `34,211`, in Turkish `34.211`."""
    return f"{number:,}".replace(",", "." if speaker.language == "tr" else ",")


def state_of(order: Order, speaker: Speaker) -> str:
    """Write an order's state."""
    return speaker.text(STATE_WORDS[order.state])


def outcome_of(order: Order, speaker: Speaker) -> str:
    """Write an order's state in a word or two: of a cancelled one whether the price came back, where known."""
    return speaker.text(_refund_word(order) or STATE_WORDS[order.state])


def whole_outcome_of(order: Order, speaker: Speaker) -> str:
    """Write an order's state, and of a cancelled one whether the price came back, where that is known."""
    refund = _refund_word(order)
    if refund is None:
        return state_of(order, speaker)
    return speaker.text(WHOLE_OUTCOME, state=state_of(order, speaker), refund=speaker.text(refund))


def outcome_cells(speaker: Speaker) -> int:
    """Return how wide a column is that shows every state, and what became of the money, whole."""
    return max(cell_len(speaker.text(word)) for word in (*STATE_WORDS.values(), *_REFUND_WORDS))


def whole_outcome_cells(speaker: Speaker) -> int:
    """Return how wide a column is that shows both together whole."""
    state = speaker.text(STATE_WORDS[OrderState.CANCELLED])
    words = (speaker.text(WHOLE_OUTCOME, state=state, refund=speaker.text(refund)) for refund in _REFUND_WORDS)
    return max(outcome_cells(speaker), *(cell_len(word) for word in words))


def outcome_tone(order: Order) -> Tone:
    """A price that did not come back is worth a look."""
    return Tone.WARNING if order.state is OrderState.CANCELLED and order.refunded == 0 else STATE_TONES[order.state]


def category_and_service(category: str, service: str) -> str:
    """Name a service together with its category: `Google · Almanya⁴ (+49)`."""
    return f"{category} {drawn('·')} {service}"


def _refund_word(order: Order) -> str | None:
    if order.state is not OrderState.CANCELLED or order.refunded is None:
        return None
    back, gone = _REFUND_WORDS
    return back if order.refunded else gone


def setting_words(value: Value, speaker: Speaker) -> str:
    """Write a setting's value as config.toml has it; in words where there is none."""
    if value is None:
        return speaker.text(N_("not set"))
    return written(value) or speaker.text(N_("nothing"))
