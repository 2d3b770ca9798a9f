"""Killed at any step of one order and one cancel, the program loses no number and sends nothing twice.

This is a share that fits into a push: every step between intent and record, and some of all the others. All of
them, and in every mode: `python -m tests.sweep`.
"""

from collections import Counter
from collections.abc import Sequence

from tests.sweep.faults import Effect, Fault
from tests.sweep.points import Met, between_intent_and_record, spread_evenly
from tests.sweep.results import troubles, unwatched
from tests.sweep.trial import Bench

OTHERS = 18


def test_there_are_points_of_every_kind_before_and_after_the_order(points: Sequence[Met]) -> None:
    assert not unwatched(points)
    phases = Counter(met.phase for met in points)
    assert min(phases[phase] for phase in ("start", "order", "cancel")) > 30, phases


def test_killed_between_intent_and_record_it_loses_nothing(bench: Bench, points: Sequence[Met]) -> None:
    at_stake = between_intent_and_record(points)
    names = Counter(point.name for point in at_stake)
    assert all(names[name] > 0 for name in ("getNumber", "site", "state/snum-tui/orders.db")), names
    assert 20 < len(at_stake) < 100
    assert list(troubles(bench.sweep([Fault(point, Effect.KILL_BEFORE) for point in at_stake]))) == []


def test_killed_right_before_or_after_a_call_about_money_it_loses_nothing(
    bench: Bench, points: Sequence[Met]
) -> None:
    calls = [met.point for met in points if met.phase in {"order", "cancel"} and not met.point.kind.is_about_disk]
    spending = [point for point in calls if point.name in {"getNumber", "cancelNumber"}]
    kills = (Effect.KILL_BEFORE, Effect.KILL_AFTER)
    faults = [Fault(point, effect) for point in spending for effect in kills]
    assert list(troubles(bench.sweep(faults))) == []


def test_killed_anywhere_else_it_loses_nothing(bench: Bench, points: Sequence[Met]) -> None:
    at_stake = between_intent_and_record(points)
    others = [met.point for met in points if met.point not in at_stake and not met.point.name.startswith("cache")]
    faults = [Fault(point, Effect.KILL_BEFORE) for point in spread_evenly(others, OTHERS)]
    assert list(troubles(bench.sweep(faults))) == []
