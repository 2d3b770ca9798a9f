"""A backup a day, seven kept: whole or not there, never in anybody's way, and good to go on from."""

import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from subprocess import CompletedProcess, Popen

import pytest

from snum_tui.domain.orders import Order, OrderState, advance
from snum_tui.journal import backups
from snum_tui.journal.backups import back_up
from snum_tui.journal.copies import copies_in
from snum_tui.journal.errors import Damaged, DiskFull, ReadOnly, Vanished
from snum_tui.journal.orders import Journal
from tests.rights import obeying_permissions

NewOrder = Callable[..., Order]
TODAY = date(2026, 11, 22)


@pytest.fixture
def days() -> list[date]:
    """Today and the eleven days after it."""
    return [TODAY + timedelta(days=number) for number in range(12)]


def names(state: Path) -> list[str]:
    """List everything in the folder of the backups but its lock."""
    return sorted(path.name for path in (state / "backups").iterdir() if path.name != "lock")


def orders_of(path: Path) -> list[str]:
    """Read the ids of the orders in a copy, past the journal."""
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT id FROM orders ORDER BY rank")]


def test_a_backup_holds_all_orders_and_is_its_owners_alone(
    journal: Journal, state: Path, new_order: NewOrder
) -> None:
    written = [new_order(), new_order()]
    for order in written:
        journal.write_intent(order)
    assert back_up(state, TODAY)
    assert names(state) == ["orders-2026-11-22.db"]
    copy = state / "backups" / "orders-2026-11-22.db"
    assert orders_of(copy) == [order.id for order in written]
    assert (copy.stat().st_mode & 0o777, copy.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_there_is_one_a_day(journal: Journal, state: Path, new_order: NewOrder) -> None:
    journal.write_intent(new_order())
    assert back_up(state, TODAY)
    [copy] = copies_in(state)
    before = copy.read_bytes(), copy.stat().st_ino
    journal.write_intent(new_order())
    assert back_up(state, TODAY)
    assert (copy.read_bytes(), copy.stat().st_ino) == before
    assert back_up(state, TODAY + timedelta(days=1))
    assert len(copies_in(state)) == 2


def test_the_newest_seven_are_kept_and_no_other_file_is_touched(
    journal: Journal, state: Path, new_order: NewOrder, days: list[date]
) -> None:
    journal.write_intent(new_order())
    (state / "backups").mkdir()
    others = ["orders-2026-11-22.db.gz", "my orders-2026-11-22.db", "orders-before-the-move.db", "notes.txt"]
    for other in others:
        (state / "backups" / other).write_text("mine")
    for day in days:
        assert back_up(state, day)
    kept = [f"orders-{day.isoformat()}.db" for day in days[-7:]]
    assert names(state) == sorted([*kept, *others])


def test_a_day_that_a_wrong_clock_made_up_goes_first(
    journal: Journal, state: Path, new_order: NewOrder, days: list[date]
) -> None:
    """Else seven of them would leave no room for a true one, for years."""
    journal.write_intent(new_order())
    for day in days[:7]:
        assert back_up(state, day.replace(year=2031))
    for day in days[:7]:
        assert back_up(state, day)
    assert [path.name for path in copies_in(state)] == [f"orders-{day.isoformat()}.db" for day in days[:7]]


def test_a_journal_without_orders_makes_no_backup(journal: Journal, state: Path) -> None:
    assert not back_up(state, TODAY)
    assert journal.all_orders() == ()
    assert not (state / "backups").exists()


def test_a_journal_begun_anew_pushes_no_order_out(state: Path, new_order: NewOrder, days: list[date]) -> None:
    """The orders from before are in the backups and nowhere else."""
    with closing(Journal.open(state)) as journal:
        journal.write_intent(first := new_order())
    assert back_up(state, days[0])
    for name in ("orders.db", "orders.db.exists"):
        (state / name).unlink()
    with closing(Journal.open(state)) as journal:
        assert not back_up(state, days[1])
        journal.write_intent(new_order())
        journal.write_intent(new_order())
    for day in days[1:]:
        assert back_up(state, day)
    oldest, *others = copies_in(state)
    assert (oldest.name, orders_of(oldest)) == ("orders-2026-11-22.db", [first.id])
    assert len(others) == 7


def test_a_good_copy_of_today_is_not_replaced_by_a_smaller_one(state: Path, new_order: NewOrder) -> None:
    with closing(Journal.open(state)) as journal:
        written = [new_order(), new_order()]
        for order in written:
            journal.write_intent(order)
    assert back_up(state, TODAY)
    for name in ("orders.db", "orders.db.exists"):
        (state / name).unlink()
    with closing(Journal.open(state)) as journal:
        journal.write_intent(new_order())
    assert back_up(state, TODAY)
    assert orders_of(copies_in(state)[0]) == [order.id for order in written]


@pytest.mark.parametrize("content", [b"", b"no database at all " * 1000], ids=["empty", "overwritten"])
def test_a_spoilt_copy_of_today_is_made_again(
    journal: Journal, state: Path, new_order: NewOrder, content: bytes
) -> None:
    journal.write_intent(order := new_order())
    assert back_up(state, TODAY)
    [copy] = copies_in(state)
    copy.write_bytes(content)
    assert back_up(state, TODAY)
    assert orders_of(copy) == [order.id]


@pytest.mark.parametrize("damage", ["overwritten", "corrupt", "deleted", "emptied"])
def test_a_damaged_journal_names_its_newest_backup_which_can_be_gone_on_from(
    state: Path, new_order: NewOrder, damage: str
) -> None:
    with closing(Journal.open(state)) as journal:
        journal.write_intent(order := new_order())
        waiting = advance(order, OrderState.WAITING, number_id="75")
        journal.record(waiting, "ordered")
    assert back_up(state, TODAY - timedelta(days=1))
    assert back_up(state, TODAY)
    file = state / "orders.db"
    match damage:
        case "overwritten":
            file.write_bytes(b"no database at all " * 1000)
        case "corrupt":
            content = bytearray(file.read_bytes())
            content[4096 : 2 * 4096] = b"\xa5" * 4096
            file.write_bytes(content)
        case "deleted":
            file.unlink()
        case _:
            file.write_bytes(b"")
    with pytest.raises(Damaged) as caught:
        Journal.open(state)
    assert isinstance(caught.value, Vanished) == (damage in {"deleted", "emptied"})
    assert "backups/orders-2026-11-22.db, the newest backup beside it" in str(caught.value)
    shutil.copyfile(state / "backups" / "orders-2026-11-22.db", file)
    with closing(Journal.open(state)) as journal:
        assert journal.all_orders() == (waiting,)
        journal.record(received := advance(waiting, OrderState.RECEIVED, message="123456"), "code received")
        journal.write_intent(later := new_order())
        assert journal.all_orders() == (later, received)


def test_a_full_disk_makes_no_backup_and_lets_go_of_none(
    journal: Journal, state: Path, new_order: NewOrder, days: list[date], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The room that is left is for outcomes."""
    journal.write_intent(new_order())
    for day in days[:7]:
        assert back_up(state, day)
    before = names(state)
    monkeypatch.setattr(backups, "ROOM_LEFT_BYTES", 1 << 62)
    with pytest.raises(DiskFull):
        back_up(state, days[7])
    assert names(state) == before


def test_a_folder_that_cannot_be_written_is_told(journal: Journal, state: Path, new_order: NewOrder) -> None:
    journal.write_intent(new_order())
    (state / "backups").mkdir(mode=0o500)
    with obeying_permissions(), pytest.raises(ReadOnly) as caught:
        back_up(state, TODAY)
    assert str(state / "backups") in str(caught.value)
    assert names(state) == []


def test_a_journal_that_is_damaged_takes_no_good_copys_place(
    journal: Journal, state: Path, new_order: NewOrder, days: list[date]
) -> None:
    """What the copy holds is looked at before it gets its name."""
    for _ in range(40):
        journal.write_intent(new_order())
    for day in days[:7]:
        assert back_up(state, day)
    before = names(state)
    journal.close()
    content = bytearray((state / "orders.db").read_bytes())
    # The last page belongs to a table or an index, and neither the count of orders nor the header tells.
    content[-4096:] = b"\xa5" * 4096
    (state / "orders.db").write_bytes(content)
    with pytest.raises(Damaged):
        back_up(state, days[7])
    assert names(state) == before


def test_what_a_killed_program_left_half_done_is_cleared_away(
    state: Path, run_child: Callable[..., "CompletedProcess[str]"]
) -> None:
    script = """
from datetime import date
from snum_tui.journal.backups import back_up
Journal.open(state).write_intent(order)
back_up(state, date(2026, 11, 22), die)
"""
    assert run_child(script, state).returncode == -signal.SIGKILL
    assert names(state) == ["orders-2026-11-22.db.unfinished"]
    assert back_up(state, TODAY + timedelta(days=1))
    assert names(state) == ["orders-2026-11-23.db"]


def test_many_programs_at_once_make_one_backup(
    journal: Journal, state: Path, new_order: NewOrder, child: Callable[..., "Popen[str]"]
) -> None:
    journal.write_intent(order := new_order())
    script = """
from datetime import date
from snum_tui.journal.backups import back_up
sys.stdin.readline()
back_up(state, date(2026, 11, 22))
"""
    processes = [child(script, state) for _ in range(4)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate(timeout=60)[1] for process in processes] == [""] * 4
    assert names(state) == ["orders-2026-11-22.db"]
    assert orders_of(copies_in(state)[0]) == [order.id]


def test_nobody_who_writes_waits_for_a_backup(
    journal: Journal, state: Path, new_order: NewOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Amid the copy the file is free: a write that would wait for nobody succeeds, and the copy has it or not."""
    monkeypatch.setattr(backups, "_PAGES_A_STEP", 1)
    for _ in range(20):
        journal.write_intent(new_order())
    steps = 0

    def write_amid() -> bool:
        nonlocal steps
        steps += 1
        if steps == 5:
            with journal._store.glancing():
                journal.write_intent(new_order())
        return True

    assert back_up(state, TODAY, write_amid)
    assert steps > 5
    assert len(orders_of(copies_in(state)[0])) == 21


def test_a_journal_that_is_written_without_end_is_given_up_for_now(
    journal: Journal, state: Path, new_order: NewOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "_PAGES_A_STEP", 1)
    journal.write_intent(new_order())

    def write_always() -> bool:
        journal.write_intent(new_order())
        return True

    assert not back_up(state, TODAY, write_always)
    assert names(state) == []


def test_a_program_that_ends_breaks_its_backup_off(journal: Journal, state: Path, new_order: NewOrder) -> None:
    journal.write_intent(new_order())
    assert not back_up(state, TODAY, lambda: False)
    assert names(state) == []
