"""What must hold after any fault: the journal against the site's own ledger."""

import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from snum_tui.sandbox.controls import OrderTruth
from tests.sweep.faults import Effect, Fault, Kind
from tests.sweep.power import overbooked
from tests.sweep.steps import Step

Record = Mapping[str, Any]
"""A line of a life's report, or an order in it, as JSON has it."""

MOST_CANCELS = 3
"""How often a cancel is sent at the most where replies get lost."""

OWN_MISTAKE = "A mistake inside snum-tui"
_LIVE_IN_JOURNAL = frozenset({"waiting", "cancelling"})
_OPEN_QUESTION = frozenset({"sending", "unknown"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one trial.

    `truth` is the site's ledger between the two lives and `final` after them, `requests` what it was asked in both,
    `replies` the raw replies in the journal by the number id of their order.
    """

    fault: Fault | None
    status: int
    steps: Sequence[Step]
    first: Sequence[Record]
    second: Sequence[Record]
    second_status: int
    truth: Sequence[OrderTruth]
    final: Sequence[OrderTruth]
    requests: Mapping[str, int]
    replies: Mapping[str, Sequence[bytes]]
    errors: str

    def stage(self, life: Sequence[Record], name: str) -> Record | None:
        """Return what a life reported at a stage, None where it never came there."""
        return next((line for line in life if line["stage"] == name), None)

    @property
    def fault_kills(self) -> bool:
        """Whether the first life was to end by the fault."""
        return self.fault is not None and self.fault.effect.kills

    @property
    def hit(self) -> Step | None:
        """The step that went wrong, None where the life never came to it."""
        return next((step for step in self.steps if step.effect is not Effect.NONE), None)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What does not hold, each in words: charged numbers lost, calls made twice, and whatever else is wrong."""

    lost: tuple[str, ...]
    twice: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def complaints(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.lost, *self.twice, *self.wrong)


def judge(evidence: Evidence) -> Verdict:
    """Judge one trial."""
    wrong = (complaint for rule in _RULES for complaint in rule(evidence))
    return Verdict(tuple(_lost(evidence)), tuple(_twice(evidence)), tuple(wrong))


def _lost(evidence: Evidence) -> Iterator[str]:
    """A number that was charged for is in the journal with its id, or an order stands there as an open question."""
    for stage in ("found", "settled", "kept"):
        record = evidence.stage(evidence.second, stage)
        if record is not None:
            yield from _missing(evidence.truth, record["orders"], f"in the second life, {stage}")
    for stage in ("ordered", "not ordered", "cancelled", "ended"):
        record = evidence.stage(evidence.first, stage)
        if record is not None:
            yield from _missing(evidence.truth, record["orders"], f"on the first life's screen, {stage}")


def _missing(truth: Sequence[OrderTruth], orders: Sequence[Record], where: str) -> Iterator[str]:
    known = {order["number_id"] for order in orders}
    missing = [charged.number_id for charged in truth if charged.number_id not in known]
    questions = sum(order["state"] in _OPEN_QUESTION and order["number_id"] is None for order in orders)
    if len(missing) > questions:
        yield f"lost {where}: charged {missing}, written {_in_words(orders)}"


def _twice(evidence: Evidence) -> Iterator[str]:
    orders = max(evidence.requests["getNumber"], complete_requests(evidence.steps, "getNumber"))
    if orders > 1:
        yield f"the order was sent {orders} times"


def complete_requests(steps: Sequence[Step], call: str) -> int:
    """Count the requests of a call that left the process whole."""
    sent = b"".join(
        step.data if step.effect is Effect.DONE_BUT_FAIL else step.data[: step.result]
        for step in steps
        if step.name == call and step.kind is Kind.SEND and step.was_done
    )
    return sent.count(b"\r\n\r\n")


def _first_life_ends_as_planned(evidence: Evidence) -> Iterator[str]:
    fault = evidence.fault
    killed = fault is not None and (not fault.heals or (fault.effect.kills and evidence.hit is not None))
    if evidence.status != (-signal.SIGKILL if killed else 0):
        yield f"the first life ended with {evidence.status}: {evidence.first[-1:]} {evidence.errors}"
    for line in evidence.first:
        yield from (told for told in line.get("told", ()) if told.startswith(OWN_MISTAKE))


def _second_life_starts(evidence: Evidence) -> Iterator[str]:
    settled = evidence.stage(evidence.second, "settled")
    if evidence.second_status != 0 or settled is None or settled["stopped"]:
        yield f"the second life did not settle ({evidence.second_status}): {evidence.second} {evidence.errors}"


def _written_before_it_is_sent(evidence: Evidence) -> Iterator[str]:
    found = evidence.stage(evidence.second, "found")
    if found is not None and evidence.requests["getNumber"] > len(found["orders"]):
        yield "an order was sent that is not in the journal"


def _cancels_again_only_where_a_reply_was_lost(evidence: Evidence) -> Iterator[str]:
    """A cancel may go out again as long as the site calls the number live, which it may until it does the first."""
    line_broke = evidence.fault is not None and not evidence.fault.point.kind.is_about_disk
    most = MOST_CANCELS if line_broke and not evidence.fault_kills else 1
    if evidence.requests["cancelNumber"] > most:
        yield f"the cancel was sent {evidence.requests['cancelNumber']} times"


def _claims_no_more_than_the_truth(evidence: Evidence) -> Iterator[str]:
    """A number that lives on the site is open in the journal; a cancelled one is open, or known as cancelled."""
    found = evidence.stage(evidence.second, "found")
    for order, charged in _pairs(evidence.truth, found):
        allowed = _LIVE_IN_JOURNAL | ({"cancelled"} if charged.state == "cancelled" else set())
        if order["state"] not in allowed:
            yield f"{charged.state} on the site, {order['state']} in the journal"


def _finds_out_the_truth(evidence: Evidence) -> Iterator[str]:
    """After the second life the journal and the site say the same of every number that is known."""
    kept = evidence.stage(evidence.second, "kept")
    for order, charged in _pairs(evidence.final, kept):
        if order["state"] != charged.state:
            yield f"{charged.state} on the site, {order['state']} in the journal after the second life"


def _pairs(truth: Sequence[OrderTruth], record: Record | None) -> Iterator[tuple[Record, OrderTruth]]:
    by_id = {charged.number_id: charged for charged in truth}
    for order in [] if record is None else record["orders"]:
        if order["number_id"] in by_id:
            yield order, by_id[order["number_id"]]


def _invents_no_number(evidence: Evidence) -> Iterator[str]:
    truth = {charged.number_id for charged in evidence.truth}
    kept = evidence.stage(evidence.second, "kept")
    for order in [] if kept is None else kept["orders"]:
        if order["number_id"] is not None and order["number_id"] not in truth:
            yield f"the journal has number id {order['number_id']}, the site has not"


def _keeps_the_reply(evidence: Evidence) -> Iterator[str]:
    for number_id, replies in evidence.replies.items():
        if not any(number_id.encode() in reply for reply in replies):
            yield f"number id {number_id} is in the journal without the reply that brought it"


def _stops_ordering_while_unwritten(evidence: Evidence) -> Iterator[str]:
    """Whoever lives on with what the journal does not take keeps it on the screen, and orders nothing."""
    for line in evidence.first:
        if line.get("unwritten") and not line["stopped"]:
            yield f"{line['stage']}: something is unwritten, and ordering goes on"
    ordered, tried = evidence.stage(evidence.first, "ordered"), evidence.stage(evidence.first, "not ordered")
    lasts = evidence.fault is not None and evidence.fault.lasts
    if lasts and ordered is not None and ordered["unwritten"] and tried is None:
        yield "another order while something was unwritten was not refused"


def _screen_and_journal_agree(evidence: Evidence) -> Iterator[str]:
    """What the first life showed in the end, and did not call unwritten, is what the second one finds."""
    ended, found = evidence.stage(evidence.first, "ended"), evidence.stage(evidence.second, "found")
    if ended is None or found is None:
        return
    written = {order["id"]: order for order in found["orders"]}
    for order in ended["orders"]:
        if order["id"] not in ended["unwritten"] and written.get(order["id"]) != order:
            yield f"shown {order}, written {written.get(order['id'])}"
    if evidence.fault is not None and evidence.fault.heals and ended["unwritten"]:
        yield "the disk was well again, and something stayed unwritten"


def _room_is_surely_free(evidence: Evidence) -> Iterator[str]:
    return overbooked(evidence.steps)


_RULES: tuple[Callable[[Evidence], Iterator[str]], ...] = (
    _first_life_ends_as_planned,
    _second_life_starts,
    _written_before_it_is_sent,
    _cancels_again_only_where_a_reply_was_lost,
    _claims_no_more_than_the_truth,
    _finds_out_the_truth,
    _invents_no_number,
    _keeps_the_reply,
    _stops_ordering_while_unwritten,
    _screen_and_journal_agree,
    _room_is_surely_free,
)


def _in_words(orders: Sequence[Record]) -> list[str]:
    return [f"{order['state']} {order['number_id']}" for order in orders]
