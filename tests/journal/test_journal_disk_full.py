"""On a full disk nothing more is ordered, and what was ordered still finds its place."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from snum_tui.domain.orders import Order, OrderState, advance
from snum_tui.journal.ballast import BALLAST_BYTES
from snum_tui.journal.errors import DiskFull
from snum_tui.journal.orders import RAW_BYTES_ON_A_FULL_DISK, Journal

NewOrder = Callable[..., Order]
RunChild = Callable[..., "CompletedProcess[str]"]

# Runs in a mount namespace of its own, on a disk of 512 KiB.
ON_A_SMALL_DISK = """
import json
from dataclasses import replace
def fill(leave=0):
    try:
        with (state / "filler").open("ab", buffering=0) as file:
            while file.write(b"x" * 4096): pass
    except OSError:
        pass
    if leave:
        with (state / "filler").open("ab") as file: file.truncate(file.tell() - leave)
def attempt(call, *arguments, **named):
    try:
        call(*arguments, **named)
    except JournalError as error:
        return type(error).__name__
    return "written"
def report(**what): print(json.dumps(what))
"""

MANY_ORDERS_THEN_FULL = """
journal = Journal.open(state)
orders = [replace(order, id=str(n)) for n in range(3)]
for one in orders: journal.write_intent(one)
fill()
outcomes = [attempt(journal.record, replace(waiting, id=one.id, number_id=one.id), "ordered", raw=b"{}" * 100)
            for one in orders]
ballast = (state / "ballast").exists()
intent = attempt(journal.write_intent, replace(order, id="late"))
kept = [one.state for one in journal.all_orders()]
(state / "filler").unlink()
later = attempt(journal.write_intent, replace(order, id="later"))
report(outcomes=outcomes, ballast=ballast, intent=intent, kept=kept, later=later,
       ballast_again=(state / "ballast").exists())
"""

LONG_REPLY_ON_A_FULL_DISK = """
journal = Journal.open(state)
journal.write_intent(order)
fill()
outcome = attempt(journal.record, waiting, "ordered", raw=b"x" * 250_000)
kept = journal._store.rows("SELECT length(raw), raw_bytes FROM events WHERE event = 'ordered'")
report(outcome=outcome, kept=[list(row) for row in kept], number=journal.all_orders()[0].number_id)
"""

ROOM_FOR_THE_INTENT_BUT_NOT_FOR_ITS_BALLAST = """
journal = Journal.open(state)
journal.write_intent(order)
(state / "ballast").unlink()
fill(leave=40_960)
report(intent=attempt(journal.write_intent, replace(order, id="second")), orders=len(journal.all_orders()))
"""

DELETED_ON_A_FULL_DISK = """
journal = Journal.open(state)
journal.write_intent(order)
(state / "orders.db").unlink()
fill()
outcome = attempt(journal.record, waiting, "ordered", raw=b"{}")
again = Journal.open(state)
report(outcome=outcome, kept=[one.number_id for one in again.all_orders()])
"""

OPENED_ON_A_FULL_DISK = """
journal = Journal.open(state)
journal.write_intent(order)
journal.close()
(state / "ballast").unlink()
fill()
again = Journal.open(state)
report(orders=[one.id for one in again.open_orders("default", "example.com")],
       intent=attempt(again.write_intent, replace(order, id="second")))
"""

MADE_ON_A_FULL_DISK = """
fill()
def begin(): Journal.open(state).close()
report(made=attempt(begin), again=attempt(begin))
(state / "filler").unlink()
report(made=attempt(begin))
"""


@pytest.fixture
def on_small_disk(state: Path, run_child: RunChild) -> Callable[[str], dict[str, object]]:
    """Run a script with its state directory on a disk of 512 KiB; skipped where none can be mounted."""
    state.mkdir()
    unshare = shutil.which("unshare")
    spaces = ["--mount"] if os.geteuid() == 0 else ["--mount", "--user", "--map-root-user"]
    mount = 'mount -t tmpfs -o size=512k,mode=700 none "$0" && exec "$@"'

    def run(script: str) -> dict[str, object]:
        if unshare is None:
            pytest.skip("no unshare here, so no small disk")
        inside = (unshare, *spaces, "sh", "-c", mount, str(state))
        if (trial := run_child("", state, before=inside)).returncode:
            pytest.skip(f"no small disk can be mounted here: {trial.stderr.strip()}")
        result = run_child(ON_A_SMALL_DISK + script, state, before=inside)
        assert result.returncode == 0, result.stderr
        merged: dict[str, object] = {}
        for number, line in enumerate(result.stdout.splitlines()):
            merged |= {f"{name}_{number}" if number else name: value for name, value in json.loads(line).items()}
        return merged

    return run


def test_outcomes_find_room_on_a_full_disk_and_intents_do_not(
    on_small_disk: Callable[[str], dict[str, object]],
) -> None:
    """The ballast is given up for the numbers; nothing new is ordered until there is room again."""
    assert on_small_disk(MANY_ORDERS_THEN_FULL) == {
        "outcomes": ["written"] * 3,
        "ballast": False,
        "intent": "DiskFull",
        "kept": ["waiting"] * 3,
        "later": "written",
        "ballast_again": True,
    }


def test_a_long_reply_is_cut_rather_than_its_number_lost(
    on_small_disk: Callable[[str], dict[str, object]],
) -> None:
    """The ballast has no room for 250 kB; how long the reply was is kept."""
    assert on_small_disk(LONG_REPLY_ON_A_FULL_DISK) == {
        "outcome": "written",
        "kept": [[RAW_BYTES_ON_A_FULL_DISK, 250_000]],
        "number": "75",
    }


def test_an_intent_needs_room_for_its_outcome_too(on_small_disk: Callable[[str], dict[str, object]]) -> None:
    """Otherwise the order would be sent and its number would find no place."""
    assert on_small_disk(ROOM_FOR_THE_INTENT_BUT_NOT_FOR_ITS_BALLAST) == {"intent": "DiskFull", "orders": 1}


def test_the_ballast_also_makes_room_for_a_journal_that_was_deleted(
    on_small_disk: Callable[[str], dict[str, object]],
) -> None:
    """Two misfortunes at once: the copy brought back needs room as well."""
    assert on_small_disk(DELETED_ON_A_FULL_DISK) == {"outcome": "written", "kept": ["75"]}


def test_the_orders_can_be_seen_on_a_full_disk(on_small_disk: Callable[[str], dict[str, object]]) -> None:
    """Live numbers are still shown and polled."""
    assert on_small_disk(OPENED_ON_A_FULL_DISK) == {"orders": ["killed"], "intent": "DiskFull"}


def test_a_journal_that_could_not_be_made_is_made_when_there_is_room(
    on_small_disk: Callable[[str], dict[str, object]],
) -> None:
    """What is left of the attempt is not taken for a lost journal."""
    assert on_small_disk(MADE_ON_A_FULL_DISK) == {"made": "DiskFull", "again": "DiskFull", "made_1": "written"}


def limit_pages(journal: Journal, spare: int) -> None:
    """Let the file grow by `spare` pages at most: SQLite then says that the disk is full, on any machine."""
    connection = journal._store._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + spare}")


def test_an_intent_that_finds_no_room_is_not_written(journal: Journal, new_order: NewOrder) -> None:
    """And so its order is not sent; the ballast is not spent on it."""
    limit_pages(journal, 0)
    written: list[Order] = []

    def order_on_and_on() -> None:
        while len(written) < 1000:
            journal.write_intent(order := new_order(category="x" * 500))
            written.append(order)

    with pytest.raises(DiskFull) as caught:
        order_on_and_on()
    assert "Free some space" in caught.value.sentence.template
    assert journal.all_orders() == tuple(reversed(written))
    assert (journal._store.path.parent / "ballast").stat().st_size == BALLAST_BYTES


def test_a_reply_too_long_for_the_disk_is_cut(journal: Journal, new_order: NewOrder) -> None:
    """Eight KiB of it fit, the rest does not; the number is kept either way."""
    journal.write_intent(order := new_order())
    limit_pages(journal, 4)
    outcome = advance(order, OrderState.WAITING, number_id="75")
    journal.record(outcome, "ordered", raw=bytes(range(256)) * 1000)
    assert journal.all_orders() == (outcome,)
    ((raw, whole),) = journal._store.rows("SELECT raw, raw_bytes FROM events WHERE event = 'ordered'")
    assert (raw, whole) == ((bytes(range(256)) * 1000)[:RAW_BYTES_ON_A_FULL_DISK], 256_000)
    assert not (journal._store.path.parent / "ballast").exists()


def test_an_outcome_that_finds_no_room_at_all_is_an_error_and_changes_nothing(
    journal: Journal, new_order: NewOrder
) -> None:
    """So that the engine keeps it on the screen."""
    journal.write_intent(order := new_order())
    limit_pages(journal, 0)
    with pytest.raises(DiskFull):
        journal.record(advance(order, OrderState.WAITING, number_id="7" * 9000), "ordered")
    assert journal.all_orders() == (order,)


def test_the_ballast_is_real_room(state: Path) -> None:
    """Neither sparse nor compressible."""
    Journal.open(state).close()
    assert (state / "ballast").stat().st_blocks * 512 >= BALLAST_BYTES
    assert len(set((state / "ballast").read_bytes())) == 256
