"""Compares the journal with the site's own account, after the last program of a person has settled what it could.

The rule: every number that the site charged for is in the journal under its id, or an order of the same service and
price is shown as unknown for just that time; no order was sent twice; what the journal claims, the site bears out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from snum_tui.domain.messages import find_code
from snum_tui.domain.orders import Order, OrderState
from tests.lives.records import Charge, Kept, SiteBook

_SETTLED_BY_HAND = frozenset({OrderState.WRITTEN_OFF, OrderState.VOID})
_OPEN = frozenset({OrderState.SENDING, OrderState.WAITING, OrderState.CANCELLING})
_SITE_STATES = {
    OrderState.RECEIVED: frozenset({"received"}),
    OrderState.CANCELLED: frozenset({"cancelled", "expired"}),
}
"""What the site may say of a number that the journal says this of; a state that is not here claims nothing."""

Name = tuple[str | None, str]
"""Number id and number."""

EARLIER = timedelta(seconds=0.1)
LATER = timedelta(seconds=2)
"""A charge belongs to an unknown order from its intent until its outcome was given up; the site may be a little
slower than whoever finds a dead program's order."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came out. The three lists are sentences for whoever has to find the mistake; empty where all is well."""

    orders: int = 0
    order_requests: int = 0
    charged: int = 0
    struck: int = 0
    unknown: int = 0
    covered: int = 0
    lost: tuple[str, ...] = ()
    sent_twice: tuple[str, ...] = ()
    false_claims: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """All sentences."""
        return (*self.lost, *self.sent_twice, *self.false_claims)


def check(journal: Sequence[Kept], site: SiteBook) -> Verdict:
    """Compare both. `covered` counts the charged numbers for which an unknown order stands."""
    listed = {_name(kept.order) for kept in journal if kept.order.number_id is not None}
    unlisted = [charge for charge in site.charges if _told(charge) not in listed]
    unknown = [kept for kept in journal if kept.unknown_at is not None]
    uncovered = _uncovered(unlisted, [kept for kept in unknown if kept.order.number_id is None])
    return Verdict(
        orders=len(journal),
        order_requests=site.order_requests,
        charged=len(site.charges),
        struck=site.struck_orders,
        unknown=len(unknown),
        covered=len(unlisted) - len(uncovered),
        lost=tuple(f"charged, and nobody knows: {charge}" for charge in uncovered),
        sent_twice=tuple(_sent_twice(journal, site)),
        false_claims=tuple(_false_claims(journal, {_told(charge): charge for charge in site.charges})),
    )


def _name(order: Order) -> Name:
    """Return what a number is told apart by; the plus before it is not in every dialect."""
    return order.number_id, (order.number or "").lstrip("+")


def _told(charge: Charge) -> Name:
    return charge.told_id, charge.number.lstrip("+")


def _uncovered(unlisted: Iterable[Charge], unknown: Iterable[Kept]) -> list[Charge]:
    """Give each unlisted charge an unknown order of its own; return the charges for which there is none.

    The order that ends first is taken first, so that none is kept from a charge that it alone could stand for.
    """
    free: defaultdict[tuple[str, object], list[Kept]] = defaultdict(list)
    for kept in unknown:
        free[kept.order.service_id, kept.order.price].append(kept)
    uncovered = []
    for charge in sorted(unlisted, key=lambda charge: charge.at):
        fitting = [kept for kept in free[charge.service_id, charge.price] if _may_be(charge, kept)]
        if fitting:
            free[charge.service_id, charge.price].remove(min(fitting, key=_given_up_at))
        else:
            uncovered.append(charge)
    return uncovered


def _may_be(charge: Charge, kept: Kept) -> bool:
    return kept.order.ordered_at - EARLIER <= charge.at <= _given_up_at(kept) + LATER


def _given_up_at(kept: Kept) -> datetime:
    assert kept.unknown_at is not None
    return kept.unknown_at


def _sent_twice(journal: Sequence[Kept], site: SiteBook) -> list[str]:
    """An intent may go out once, one that was never sent not at all; what was answered surely went out."""
    may_have_gone_out = sum(kept.order.state is not OrderState.NOT_SENT for kept in journal)
    answered = sum(kept.unknown_at is None and kept.order.state is not OrderState.NOT_SENT for kept in journal)
    said = f"the site was asked for {site.order_requests} numbers"
    if site.order_requests > may_have_gone_out:
        return [f"{said}, and only {may_have_gone_out} intents may have gone out"]
    if site.order_requests < answered:
        return [f"{said}, and the journal has {answered} answers"]
    return []


def _false_claims(journal: Sequence[Kept], charges: dict[Name, Charge]) -> list[str]:
    said = []
    for kept in journal:
        order = kept.order
        said += [f"{what}: {order}" for what in _wrong_by_itself(order)]
        if order.number_id is not None:
            charge = charges.get(_name(order))
            wrong = ["the site never gave this number"] if charge is None else _wrong_beside(order, charge)
            said += [f"{what}: {order} {charge}" for what in wrong]
    return said


def _wrong_by_itself(order: Order) -> list[str]:
    wrong = []
    if order.state in _OPEN:
        wrong.append("still open after a start without faults")
    if order.state is OrderState.UNKNOWN and (order.balance_before is None or order.note is None):
        wrong.append("unknown without evidence")
    if order.number_id is None and order.state not in {
        OrderState.REFUSED,
        OrderState.NOT_SENT,
        OrderState.UNKNOWN,
        *_SETTLED_BY_HAND,
        *_OPEN,
    }:
        wrong.append("charged without a number id")
    return wrong


def _wrong_beside(order: Order, charge: Charge) -> list[str]:
    wrong = []
    if (order.service_id, order.price) != (charge.service_id, charge.price):
        wrong.append("another service or price than the site's")
    if charge.told_id != charge.number_id:
        return wrong  # what it is asked by is the site's own mistake, and belongs to another number
    if charge.state not in _SITE_STATES.get(order.state, {charge.state}):
        wrong.append(f"{order.state} in the journal, {charge.state} on the site")
    if order.message is not None and not _is_message_of(order.message, charge):
        wrong.append("not the code that the site sent")
    if order.state is OrderState.RECEIVED and order.message is None:
        wrong.append("received without a message")
    if order.refunded is not None and order.refunded != charge.refunded:
        wrong.append(f"{order.refunded} refunded in the journal, {charge.refunded} on the site")
    return wrong


def _is_message_of(message: str, charge: Charge) -> bool:
    """Tell whether a message holds the site's codes, from the first one on, and the found one is among them."""
    digits = re.sub(r"(?<=\d)-(?=\d)", "", message)
    came = [code in digits for code in charge.codes]
    from_the_first_on = bool(came) and came[0] and came == sorted(came, reverse=True)
    return from_the_first_on and find_code(message) in charge.codes
