"""What the states of an order are called, on the screen and in lists."""

from snum_tui.domain.orders import OrderState
from snum_tui.domain.sentence import N_

STATE_WORDS: dict[OrderState, str] = {
    OrderState.SENDING: N_("sending"),
    OrderState.WAITING: N_("waiting"),
    OrderState.REFUSED: N_("refused"),
    OrderState.NOT_SENT: N_("not sent"),
    OrderState.UNKNOWN: N_("unknown"),
    OrderState.RECEIVED: N_("received"),
    OrderState.CANCELLING: N_("cancelling"),
    OrderState.CANCELLED: N_("cancelled"),
    OrderState.EXPIRED: N_("expired"),
    OrderState.WRITTEN_OFF: N_("lost"),
    OrderState.VOID: N_("not charged"),
}
