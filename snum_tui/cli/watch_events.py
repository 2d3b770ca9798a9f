"""What `snum-tui watch` tells, and what became of one order between two looks at it. Pure: no clock, no output."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil

from snum_tui.domain.keys import UNKNOWN
from snum_tui.domain.messages import find_code
from snum_tui.domain.money import Amount
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.refund import countdown
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.state_words import STATE_WORDS
from snum_tui.engine.cancelling import NOT_AGAIN, STILL_LIVE
from snum_tui.engine.messages import CANCELLED_BY_SITE


class Kind(StrEnum):
    """What happened. The values are what `--json` writes, and the README documents."""

    OPEN = "open"
    ORDERED = "ordered"
    NOT_ORDERED = "not_ordered"
    UNKNOWN = "unknown"
    SETTLED = "settled"
    CODE = "code"
    REFUND_CLOSES = "refund_closes"
    AUTO_CANCEL = "auto_cancel"
    CANCEL_FAILED = "cancel_failed"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    EXPIRED = "expired"
    LINK_LOST = "link_lost"
    LINK_BACK = "link_back"
    KEY_REJECTED = "key_rejected"
    JOURNAL_TROUBLE = "journal_trouble"
    JOURNAL_BACK = "journal_back"
    UNWRITTEN = "unwritten"
    MISTAKE = "mistake"
    ENDED = "ended"


Fact = str | int | Sentence | None


@dataclass(frozen=True, slots=True)
class WatchEvent:
    """One line. `order` is the order concerned, `facts` what else `--json` writes of this kind of event."""

    kind: Kind
    sentence: Sentence
    order: Order | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


def which(order: Order) -> Sentence:
    """Name an order: by its number, as far as the site has told one."""
    values = {"category": order.category, "service": order.service}
    if order.number is not None:
        return say(N_("{number}, {category}, {service}"), number=order.number, **values)
    if order.number_id is not None:
        return say(N_("number id {number_id}, {category}, {service}"), number_id=order.number_id, **values)
    return say(N_("{category}, {service}"), **values)


def opened(order: Order, seconds_left: float) -> WatchEvent:
    """Tell of an order that is open as the watch begins."""
    values = {"state": say(STATE_WORDS[order.state]), "order": which(order)}
    can_be_cancelled = order.state is OrderState.WAITING
    facts: dict[str, Fact] = {"seconds_left": ceil(seconds_left) if can_be_cancelled else None}
    if can_be_cancelled and seconds_left <= 0:
        sentence = say(N_("{state}, no refund any more: {order}"), **values)
    elif can_be_cancelled and order.auto_cancel:
        template = N_("{state}, {time} left to cancel with a refund, by itself if no code comes: {order}")
        sentence = say(template, time=countdown(seconds_left), **values)
    elif can_be_cancelled:
        template = N_("{state}, {time} left to cancel with a refund: {order}")
        sentence = say(template, time=countdown(seconds_left), **values)
    else:
        sentence = say(N_("{state}: {order}"), **values)
    return WatchEvent(Kind.OPEN, sentence, order, facts)


def refund_closes(order: Order, seconds_left: float) -> WatchEvent:
    """Warn that a cancel brings the money back for a short while only."""
    values = {"time": countdown(seconds_left), "order": which(order)}
    sentence = say(N_("{time} left to cancel with a refund: {order}"), **values)
    return WatchEvent(Kind.REFUND_CLOSES, sentence, order, {"seconds_left": ceil(seconds_left)})


def cancelled(order: Order, currency: str) -> WatchEvent:
    """Tell of a cancel, and of the refund as far as it is known."""
    refunded, values = order.refunded, {"order": which(order)}
    if refunded:
        template = N_("cancelled, {amount} refunded: {order}")
        sentence = say(template, amount=Amount(refunded, currency), **values)
    elif refunded is not None:
        sentence = say(N_("cancelled, not refunded: {order}"), **values)
    elif order.note == CANCELLED_BY_SITE:
        sentence = say(N_("cancelled by the site, check the balance for the refund: {order}"), **values)
    else:
        sentence = say(N_("cancelled, compare the balance to see the refund: {order}"), **values)
    return WatchEvent(Kind.CANCELLED, sentence, order, _refund(order))


def refunded_late(order: Order, currency: str) -> WatchEvent:
    """Tell of money that came back only after the cancel had been told."""
    amount = Amount(order.refunded or order.price, currency)
    sentence = say(N_("{amount} refunded after all: {order}"), amount=amount, order=which(order))
    return WatchEvent(Kind.REFUNDED, sentence, order, _refund(order))


def unwritten(order: Order) -> WatchEvent:
    """Tell of an order whose newest state is in no journal."""
    template = N_("not in the journal yet, note it yourself: {order}, id {number_id}")
    sentence = say(template, order=which(order), number_id=order.number_id or "?")
    return WatchEvent(Kind.UNWRITTEN, sentence, order)


def changes_of(before: Order | None, after: Order) -> Iterator[WatchEvent]:
    """Tell what became of an order since the last look; before is None for one that was not there then.

    Whoever looks late sees several steps as one, and is told each all the same. A cancel is not told here: what
    came back is known a little later.
    """
    if after.number_id is not None and (before is None or before.number_id is None):
        yield WatchEvent(Kind.ORDERED, say(N_("new number: {order}"), order=which(after)), after)
    if before is not None and _cancels_itself(before, after):
        template = N_("no code has come, so it is being cancelled by itself: {order}")
        yield WatchEvent(Kind.AUTO_CANCEL, say(template, order=which(after)), after)
    if after.message is not None and (before is None or before.message is None):
        yield _code(after, after.message)
    if before is not None and _lives_on(before, after):
        yield _cancel_failed(after)
    if (before is None or before.state is not after.state) and after.state in _ENDINGS:
        yield _ENDINGS[after.state](after)


def _cancels_itself(before: Order, after: Order) -> bool:
    """An auto-cancel is disarmed by being carried out; a person who takes it back leaves the number waiting."""
    disarmed = before.auto_cancel and not after.auto_cancel
    return disarmed and (after.state is not OrderState.WAITING or _lives_on(before, after))


def _lives_on(before: Order, after: Order) -> bool:
    """A cancel had no effect. It may have come and gone unseen; then its note is what it left."""
    if after.state is not OrderState.WAITING:
        return False
    tried_unseen = before.state is OrderState.WAITING and after.note is not None and after.note != before.note
    return before.state is OrderState.CANCELLING or tried_unseen


def _code(order: Order, message: str) -> WatchEvent:
    values = {"code": find_code(message), "order": which(order), "message": message}
    if values["code"] == message:
        sentence = say(N_("{code}: code for {order}"), code=message, order=which(order))
    else:
        sentence = say(N_("{code}: code for {order}. Whole message: {message}"), **values)
    return WatchEvent(Kind.CODE, sentence, order, {"message": message})


def _cancel_failed(order: Order) -> WatchEvent:
    if order.note in (None, STILL_LIVE, NOT_AGAIN):
        sentence = say(N_("not cancelled, the number is still live: {order}"), order=which(order))
    else:
        template = N_("not cancelled, the number is still live: {order}. {reason}")
        sentence = say(template, order=which(order), reason=order.note)
    return WatchEvent(Kind.CANCEL_FAILED, sentence, order)


def _expired(order: Order) -> WatchEvent:
    sentence = say(N_("no code came, and the site is no longer asked: {order}"), order=which(order))
    return WatchEvent(Kind.EXPIRED, sentence, order)


def _unknown(order: Order) -> WatchEvent:
    words = N_("unknown outcome, start snum-tui and press {key} to settle it: {order}")
    sentence = say(words, order=which(order), key=UNKNOWN)
    return WatchEvent(Kind.UNKNOWN, sentence, order)


def _not_ordered(order: Order) -> WatchEvent:
    template = N_("nothing was ordered: {order}. {reason}")
    return WatchEvent(Kind.NOT_ORDERED, say(template, order=which(order), reason=order.note or ""), order)


def _settled(order: Order) -> WatchEvent:
    charged = order.state is OrderState.WRITTEN_OFF
    template = (
        N_("settled as charged without a number: {order}") if charged else N_("settled as not charged: {order}")
    )
    return WatchEvent(Kind.SETTLED, say(template, order=which(order)), order)


def _refund(order: Order) -> dict[str, Fact]:
    return {"refunded": None if order.refunded is None else str(order.refunded)}


_ENDINGS = {
    OrderState.EXPIRED: _expired,
    OrderState.UNKNOWN: _unknown,
    OrderState.REFUSED: _not_ordered,
    OrderState.NOT_SENT: _not_ordered,
    OrderState.WRITTEN_OFF: _settled,
    OrderState.VOID: _settled,
}
