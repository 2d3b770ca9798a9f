"""The judge of the sweep finds what is wrong: each rule is broken once in the evidence of a whole life."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.sweep.faults import Effect, Fault, Kind, Point
from tests.sweep.points import REQUIRED, Met
from tests.sweep.results import result_of, troubles, unwatched
from tests.sweep.verdict import Evidence, Record, judge

KILLED = Fault(Point(Kind.WRITE, "state/snum-tui/orders.db", 1), Effect.KILL_BEFORE)


def retold(life: "tuple[Record, ...] | Any", stage: str, **changes: object) -> list[Record]:
    """Return a life's report with the only order of a stage changed."""
    return [
        {**line, "orders": [{**order, **changes} for order in line["orders"]]} if line["stage"] == stage else line
        for line in life
    ]


def without_orders(life: "tuple[Record, ...] | Any", stage: str) -> list[Record]:
    """Return a life's report with no order at a stage."""
    return [{**line, "orders": []} if line["stage"] == stage else line for line in life]


BROKEN: dict[str, tuple[Callable[[Evidence], Evidence], str]] = {
    "a number missing in the journal": (
        lambda life: replace(life, second=without_orders(life.second, "kept")),
        "lost in the second life, kept",
    ),
    "a number missing on the screen": (
        lambda life: replace(life, first=without_orders(life.first, "ordered")),
        "lost on the first life's screen, ordered",
    ),
    "a second number and one open question too few": (
        lambda life: replace(life, truth=(*life.truth, replace(life.truth[0], number_id="2"))),
        "lost in the second life, found",
    ),
    "two orders": (lambda life: replace(life, requests={**life.requests, "getNumber": 2}), "the order was sent 2"),
    "two cancels": (
        lambda life: replace(life, requests={**life.requests, "cancelNumber": 2}),
        "the cancel was sent 2",
    ),
    "a live number called cancelled": (
        lambda life: replace(life, truth=(replace(life.truth[0], state="waiting"),)),  # type: ignore[arg-type]
        "waiting on the site, cancelled in the journal",
    ),
    "a cancelled number never found out": (
        lambda life: replace(life, second=retold(life.second, "kept", state="waiting")),
        "waiting in the journal after the second life",
    ),
    "a number that never was": (
        lambda life: replace(life, second=retold(life.second, "kept", number_id="1", state="unknown")),
        "the site has not",
    ),
    "a reply thrown away": (
        lambda life: replace(life, replies={number_id: [b""] for number_id in life.replies}),
        "without the reply",
    ),
    "a life that ended by itself": (lambda life: replace(life, fault=KILLED, status=-6), "the first life ended"),
    "a second life that did not start": (lambda life: replace(life, second_status=1), "did not settle"),
    "an order sent unwritten": (
        lambda life: replace(life, second=without_orders(life.second, "found")),
        "an order was sent that is not in the journal",
    ),
    "a screen that shows what is not written": (
        lambda life: replace(life, second=retold(life.second, "found", balance_after=None)),
        "shown",
    ),
    "ordering goes on while something is unwritten": (
        lambda life: replace(life, first=[{**line, "unwritten": ["1"]} for line in life.first]),
        "ordering goes on",
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_wrong_is_found(undisturbed: Evidence, broken: str) -> None:
    assert judge(undisturbed).complaints == ()
    breaks, words = BROKEN[broken]
    complaints = judge(breaks(undisturbed)).complaints
    assert any(words in complaint for complaint in complaints), complaints


def test_a_sweep_in_which_nothing_happens_is_no_good_one(undisturbed: Evidence) -> None:
    assert list(troubles([])) == ["not one of 0 faults has happened"]
    never = result_of(KILLED, replace(undisturbed, fault=KILLED))
    assert list(troubles([never])) == [
        "not one of 1 faults has happened",
        f"{KILLED}: never came by the point",
    ]


def test_a_life_that_was_not_watched_is_no_good_one(points: Sequence[Met]) -> None:
    assert unwatched([]) == REQUIRED
    assert unwatched(met for met in points if met.point.kind is not Kind.SEND) == {Kind.SEND}
