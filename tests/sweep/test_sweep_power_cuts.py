"""The power goes at any step: whatever the site was asked, or the person was told, is on the disk by then.

kill -9 leaves the system's memory of files whole, so a missing sync shows only here.
"""

import errno
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.sweep.chores import CHORES, CONTENT
from tests.sweep.disk import NOTHING, ONLY_NAMES, Disk, Survival, Tree
from tests.sweep.faults import Effect, Fault, Kind
from tests.sweep.points import first_write_after_reply
from tests.sweep.power import MARKER, ORDERS, PowerCuts, overbooked
from tests.sweep.steps import Step
from tests.sweep.trial import Bench

SEEDS = 3


def before_mark(steps: Sequence[Step], text: str) -> list[Step]:
    """Return the steps before a mark."""
    marks = [place for place, step in enumerate(steps) if step.kind is Kind.MARK and step.text == text]
    return list(steps[: marks[0]])


def after_cut(steps: Sequence[Step], survival: Survival = NOTHING) -> Tree:
    """Return what the disk holds if the power goes after these steps."""
    disk = Disk()
    disk.follow(steps)
    return disk.after_cut(survival)


def test_nothing_is_missing_after_a_power_cut(steps: Sequence[Step], tmp_path: Path) -> None:
    cuts = PowerCuts(tmp_path)
    assert list(cuts.complaints(steps, SEEDS)) == []
    assert cuts.cuts > 100
    assert {Kind.SYNC, Kind.SEND, Kind.MARK} <= cuts.kinds


def test_the_first_start_is_on_the_disk_before_anything_can_be_ordered(steps: Sequence[Step]) -> None:
    tree = after_cut(before_mark(steps, "order"))
    assert tree[ORDERS]
    assert b"orders.db is beside this file." in (tree[MARKER] or b"")


def test_the_room_for_a_number_on_a_full_disk_is_surely_free(bench: Bench, steps: Sequence[Step]) -> None:
    full = bench.undisturbed(Fault(first_write_after_reply(steps), Effect.FULL, errno.ENOSPC)).steps
    assert "state/snum-tui/ballast" in {step.path for step in full if step.kind is Kind.UNLINK}
    assert list(overbooked(full)) == []
    assert list(overbooked([step for step in full if not follows(full, step, Kind.UNLINK)])) != []


@pytest.fixture(scope="session")
def chores(bench: Bench) -> Sequence[Step]:
    """The steps of the journal's functions for files and folders."""
    return bench.chores()


PROMISES: dict[str, Callable[[Tree], bool]] = {
    "make_directory": lambda tree: "state/snum-tui" in tree,
    "make_private_file": lambda tree: "state/snum-tui/private" in tree,
    "give_name": lambda tree: tree.get("state/snum-tui/given") == CONTENT,
    "ballast drop": lambda tree: "state/snum-tui/ballast" not in tree,
    "first start": lambda tree: bool(
        tree.get("state/snum-tui/fresh/orders.db") and tree.get("state/snum-tui/fresh/orders.db.exists")
    ),
}


@pytest.mark.parametrize("chore", PROMISES)
def test_what_a_function_for_files_has_done_is_done_for_good(chores: Sequence[Step], chore: str) -> None:
    done = before_mark(chores, chore)
    assert done
    assert PROMISES[chore](after_cut(done))
    assert PROMISES[chore](after_cut(done, ONLY_NAMES))


@pytest.mark.parametrize(
    ("chore", "path"),
    [("write_private_file", "state/snum-tui/written"), ("ballast load", "state/snum-tui/ballast")],
)
def test_a_file_that_has_its_name_has_its_content(chores: Sequence[Step], chore: str, path: str) -> None:
    assert set(CHORES) >= {chore, *PROMISES}
    assert after_cut(before_mark(chores, chore), ONLY_NAMES)[path]


def follows(steps: Sequence[Step], step: Step, kind: Kind) -> bool:
    """Tell whether the step is the first sync after a step of this kind on the state directory."""
    here = next(place for place, one in enumerate(steps) if one is step)
    before = next((one for one in reversed(steps[:here]) if one.kind is not Kind.MARK), None)
    return step.kind is Kind.SYNC and before is not None and before.kind is kind and "state" in before.path


MISSING_SYNCS: dict[str, Callable[[Sequence[Step], Step], bool]] = {
    "all of the journal, as synchronous=OFF": lambda _all, step: ORDERS in step.path,
    "the last of a transaction, as synchronous=NORMAL": lambda all_, step: follows(all_, step, Kind.TRUNCATE),
    "of the database alone": lambda _all, step: step.path == ORDERS,
    "of the folder above a new one": lambda all_, step: follows(all_, step, Kind.MKDIR),
}


@pytest.mark.parametrize("missing", MISSING_SYNCS)
def test_a_missing_sync_would_be_noticed(steps: Sequence[Step], tmp_path: Path, missing: str) -> None:
    leave_out = MISSING_SYNCS[missing]
    fewer = [step for step in steps if step.kind is not Kind.SYNC or not leave_out(steps, step)]
    assert len(fewer) < len(steps)
    assert next(PowerCuts(tmp_path).complaints(fewer, seeds=0), None) is not None


def test_an_intent_written_too_late_would_be_noticed(steps: Sequence[Step], tmp_path: Path) -> None:
    sent = next(step for step in steps if step.kind is Kind.SEND and step.name == "getNumber")
    begins = next(place for place, step in enumerate(steps) if step.kind is Kind.MARK and step.text == "order")
    early = [*steps[:begins], sent, *(step for step in steps[begins:] if step is not sent)]
    assert next(PowerCuts(tmp_path).complaints(early, seeds=0), None) is not None
