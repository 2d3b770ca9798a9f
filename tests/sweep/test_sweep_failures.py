"""A call fails at any step of one order and one cancel: nothing is lost, and what is unwritten stays on screen."""

import errno
from collections.abc import Sequence

import pytest

from tests.sweep.faults import Effect, Fault, failures_at
from tests.sweep.points import Met, first_write_after_reply, spread_evenly
from tests.sweep.results import troubles
from tests.sweep.steps import Step
from tests.sweep.trial import Bench

DISK_FAULTS = 30
LINE_FAULTS = 20


def test_a_number_that_a_broken_disk_does_not_take_stays_on_the_screen_and_ordering_is_off(
    bench: Bench, steps: Sequence[Step]
) -> None:
    fault = Fault(first_write_after_reply(steps), Effect.FAIL_FROM_NOW_ON, errno.EIO, heals=False)
    evidence = bench.undisturbed(fault)
    refused = evidence.stage(evidence.first, "not ordered")
    assert refused is not None
    (order,), (charged,) = refused["orders"], evidence.truth
    assert (order["number_id"], order["number"]) == (charged.number_id, charged.number)
    assert (refused["unwritten"], refused["stopped"]) == ([order["id"]], True)
    assert evidence.requests["getNumber"] == 1
    kept = evidence.stage(evidence.second, "kept")
    assert kept is not None
    assert [order["state"] for order in kept["orders"]] == ["unknown"]


def test_a_number_that_a_broken_disk_did_not_take_is_written_once_the_disk_is_well_again(
    bench: Bench, steps: Sequence[Step]
) -> None:
    evidence = bench.undisturbed(
        Fault(first_write_after_reply(steps), Effect.FAIL_FROM_NOW_ON, errno.EIO, heals=True)
    )
    ordered, found = evidence.stage(evidence.first, "ordered"), evidence.stage(evidence.second, "found")
    assert ordered is not None
    assert found is not None
    assert ordered["unwritten"]
    assert [order["number_id"] for order in found["orders"]] == [charged.number_id for charged in evidence.truth]


def test_a_number_finds_room_on_a_full_disk(bench: Bench, steps: Sequence[Step]) -> None:
    evidence = bench.undisturbed(Fault(first_write_after_reply(steps), Effect.FULL, errno.ENOSPC))
    assert evidence.hit is not None
    assert all(not line.get("unwritten") for line in evidence.first)


@pytest.mark.parametrize(("about_disk", "count"), [(True, DISK_FAULTS), (False, LINE_FAULTS)])
def test_a_call_that_fails_loses_nothing(
    about_disk: bool,  # noqa: FBT001 - a parameter of the test
    count: int,
    bench: Bench,
    points: Sequence[Met],
) -> None:
    faults = [
        fault
        for met in points
        if met.point.kind.is_about_disk is about_disk and not met.point.name.startswith("cache")
        for fault in failures_at(met.point)
    ]
    assert len(faults) > 2 * count
    assert list(troubles(bench.sweep(spread_evenly(faults, count)))) == []
