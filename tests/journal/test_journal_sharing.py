"""Several programs share one journal."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import Popen

import pytest

from snum_tui.domain.orders import Order, OrderState, advance
from snum_tui.journal import schema
from snum_tui.journal.errors import Busy, JournalError
from snum_tui.journal.orders import Favourite, Journal
from snum_tui.journal.schema import MIGRATIONS, is_ours, migrate, version_of

NewOrder = Callable[..., Order]
Child = Callable[..., "Popen[str]"]

HOLD_THE_FILE = """
import sqlite3
connection = sqlite3.connect(state / "orders.db", isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
connection.execute("ROLLBACK")
print("free", flush=True)
sys.stdin.readline()
"""


def test_two_programs_see_each_others_orders(journal: Journal, state: Path, new_order: NewOrder) -> None:
    """What one writes the other reads at once."""
    with closing(Journal.open(state)) as other:
        first, second = new_order(), new_order()
        journal.write_intent(first)
        other.write_intent(second)
        assert journal.all_orders() == other.all_orders() == (second, first)


def test_many_programs_can_begin_the_journal_at_once(state: Path, child: Child) -> None:
    """Whoever is first makes it, nobody loses an order."""
    script = """
from dataclasses import replace
sys.stdin.readline()
Journal.open(state).write_intent(replace(order, id=sys.argv[2]))
"""
    processes = [child(script, state, str(number)) for number in range(6)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    errors = [process.communicate(timeout=60)[1] for process in processes]
    assert errors == [""] * 6
    with closing(Journal.open(state)) as journal:
        assert {order.id for order in journal.all_orders()} == set("012345")


def test_a_writer_waits_for_another_to_finish(
    journal: Journal, state: Path, child: Child, new_order: NewOrder
) -> None:
    """A short lock of another program costs nothing but time."""
    holder = child(HOLD_THE_FILE, state)
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == "held\n"

    def let_go(statement: str) -> None:
        if statement == "BEGIN IMMEDIATE":
            threading.Timer(0.05, lambda: print("go", file=holder.stdin, flush=True)).start()

    journal._store._connection.set_trace_callback(let_go)
    journal.write_intent(order := new_order())
    assert holder.stdout.readline() == "free\n"
    assert journal.all_orders() == (order,)


def test_a_file_that_stays_locked_is_told_and_nothing_is_sent(
    journal: Journal, state: Path, child: Child, new_order: NewOrder
) -> None:
    """The patience is ten seconds in life and a moment here."""
    journal._store._connection.execute("PRAGMA busy_timeout = 20")
    holder = child(HOLD_THE_FILE, state)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(Busy):
        journal.write_intent(new_order())
    holder.communicate("go\ngo\n", timeout=60)
    assert journal.all_orders() == ()


def test_reading_before_there_is_a_journal_finds_nothing_and_makes_nothing(state: Path) -> None:
    """`snum-tui orders` on a new machine prints an empty list."""
    with closing(Journal.open_for_reading(state)) as reader:
        assert reader.all_orders() == ()
        assert reader.all_orders(open_only=True, profile="default") == ()
        assert reader.favourites("example.com") == ()
    assert not state.exists()


def test_reading_works_while_the_app_runs(journal: Journal, state: Path, new_order: NewOrder) -> None:
    """And sees what is written meanwhile, without ever standing in the way."""
    journal.write_intent(order := new_order())
    with closing(Journal.open_for_reading(state)) as reader:
        assert reader.all_orders() == (order,)
        journal.record(outcome := advance(order, OrderState.WAITING, number_id="75"), "ordered")
        assert reader.all_orders() == (outcome,)


def test_a_reader_cannot_write(journal: Journal, state: Path, new_order: NewOrder) -> None:
    """`--read-only` means it."""
    journal.write_intent(order := new_order())
    with closing(Journal.open_for_reading(state)) as reader:
        with pytest.raises(JournalError):
            reader.write_intent(new_order())
        with pytest.raises(JournalError):
            reader.record(order, "looked")
    assert journal.all_orders() == (order,)


def test_a_reader_of_no_journal_cannot_write_either(state: Path, new_order: NewOrder) -> None:
    """An order written into memory would be lost."""
    with closing(Journal.open_for_reading(state)) as reader:
        with pytest.raises(JournalError):
            reader.write_intent(new_order())
        with pytest.raises(JournalError):
            reader.record(new_order(), "looked")
    assert not state.exists()


def test_the_journal_belongs_to_the_thread_that_opened_it(journal: Journal) -> None:
    """A use from elsewhere is a mistake that shows at once."""
    caught: list[BaseException] = []

    def use() -> None:
        try:
            journal.all_orders()
        except sqlite3.ProgrammingError as error:
            caught.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert len(caught) == 1


def test_closing_twice_is_closing_once(state: Path) -> None:
    """Whatever ends first may close it."""
    journal = Journal.open(state)
    journal.close()
    journal.close()


def test_favourites_stand_in_the_order_they_were_added(journal: Journal) -> None:
    """Marking one again only refreshes its names; another site's stay out."""
    first = Favourite("12", "Almanya", "1", "Google")
    second = Favourite("11", "Amerika", "1", "Google")
    journal.set_favourite("example.com", first, on=True)
    journal.set_favourite("example.com", second, on=True)
    journal.set_favourite("sms.tc", Favourite("9", "Fransa", "2", "Discord"), on=True)
    renamed = Favourite("12", "Almanya⁴ (+49)", "1", "Google")
    journal.set_favourite("example.com", renamed, on=True)
    assert journal.favourites("example.com") == (renamed, second)
    journal.set_favourite("example.com", renamed, on=False)
    assert journal.favourites("example.com") == (second,)


def test_favourites_survive_a_restart(journal: Journal, state: Path) -> None:
    """They are the person's own work, so they are in the journal and not in the cache."""
    favourite = Favourite("12", "Almanya", "1", "Google")
    journal.set_favourite("example.com", favourite, on=True)
    with closing(Journal.open_for_reading(state)) as reader:
        assert reader.favourites("example.com") == (favourite,)


def test_a_migration_that_fails_changes_nothing(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All steps to the newest version are one transaction."""
    Journal.open(state).close()
    steps = (*MIGRATIONS, ("CREATE TABLE added (x)", "this is no SQL"))
    monkeypatch.setattr(schema, "MIGRATIONS", steps)
    monkeypatch.setattr(migrate, "__defaults__", (steps,))
    with pytest.raises(JournalError):
        Journal.open(state)
    with closing(sqlite3.connect(state / "orders.db")) as connection:
        assert version_of(connection) == len(MIGRATIONS)
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'added'").fetchone() == (0,)


@pytest.mark.parametrize("opener", [Journal.open, Journal.open_for_reading])
def test_an_older_journal_is_brought_up_with_its_orders(
    state: Path, new_order: NewOrder, monkeypatch: pytest.MonkeyPatch, opener: Callable[[Path], Journal]
) -> None:
    """Also by `snum-tui orders`, where that is the first to run after an update."""
    with closing(Journal.open(state)) as journal:
        journal.write_intent(order := new_order())
    steps = (*MIGRATIONS, ("CREATE TABLE added (x)",))
    monkeypatch.setattr(schema, "MIGRATIONS", steps)
    monkeypatch.setattr(migrate, "__defaults__", (steps,))
    with closing(opener(state)) as journal:
        assert journal.all_orders() == (order,)
    with closing(sqlite3.connect(state / "orders.db")) as connection:
        assert version_of(connection) == len(steps)
        assert is_ours(connection)
        assert connection.execute("SELECT count(*) FROM added").fetchone() == (0,)
