"""What was written is there after the program was killed, and never half of it."""

import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from snum_tui.domain.orders import Order, OrderState
from snum_tui.journal.orders import Journal

RunChild = Callable[..., "CompletedProcess[str]"]

# Kills at the n-th statement (BEGIN, the order, its event, COMMIT) of the call that `sys.argv[3]` names.
KILL_INSIDE = """
journal = Journal.open(state)
if sys.argv[3] == "record":
    journal.write_intent(order)
left = int(sys.argv[2])
def count(statement):
    global left
    left -= 1
    if left == 0: die()
journal._store._connection.set_trace_callback(count)
if sys.argv[3] == "record":
    journal.record(waiting, "ordered", raw=b"{}")
else:
    journal.write_intent(order)
print("returned", flush=True)
die()
"""

# Lets SQLite write pages of an unfinished transaction into the file itself, then dies: a "hot" rollback journal.
KILL_WITH_HALF_A_TRANSACTION_IN_THE_FILE = """
journal = Journal.open(state)
journal.write_intent(order)
connection = journal._store._connection
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE orders SET service = 'half'")
connection.execute("CREATE TABLE much (x)")
for _ in range(200): connection.execute("INSERT INTO much VALUES (zeroblob(3000))")
die()
"""


def reread(state: Path) -> tuple[Order, ...]:
    """Open the journal as the next start does, and close it again."""
    journal = Journal.open(state)
    try:
        return journal.all_orders()
    finally:
        journal.close()


@pytest.mark.parametrize("death", ["die()", "os._exit(1)"])
def test_an_intent_survives_a_kill_right_after_it(state: Path, run_child: RunChild, death: str) -> None:
    """Whoever dies between the intent and the send finds the order as an open question."""
    run_child(f"Journal.open(state).write_intent(order)\n{death}", state)
    (order,) = reread(state)
    assert (order.id, order.state) == ("killed", OrderState.SENDING)


def test_a_number_survives_a_kill_right_after_it(state: Path, run_child: RunChild) -> None:
    """The number the site charged for is found again."""
    run_child(
        "j = Journal.open(state); j.write_intent(order); j.record(waiting, 'ordered', raw=b'{}'); die()", state
    )
    (order,) = reread(state)
    assert (order.state, order.number_id, order.number) == (OrderState.WAITING, "75", "+77073076157")


@pytest.mark.parametrize("call", ["intent", "record"])
def test_a_kill_inside_a_call_leaves_all_of_it_or_nothing(state: Path, run_child: RunChild, call: str) -> None:
    """Swept over every statement: an order never stands there without its event, nor an event without its order."""
    already, new = ([], ["sending"]) if call == "intent" else (["sending"], ["waiting"])
    for statement in range(1, 20):
        directory = state / str(statement)
        result = run_child(KILL_INSIDE, directory, str(statement), call)
        assert result.returncode == -signal.SIGKILL, result.stderr
        returned = result.stdout == "returned\n"
        written = [*already, *new] if returned else already
        assert [order.state for order in reread(directory)] == written[-1:]
        assert event_states(directory) == written
        if returned:
            assert statement > 4
            return
    pytest.fail("the call never returned")


def test_a_killed_transaction_is_undone_at_the_next_start(state: Path, run_child: RunChild) -> None:
    """Half-written pages are rolled back; the order before them is whole."""
    run_child(KILL_WITH_HALF_A_TRANSACTION_IN_THE_FILE, state)
    assert (state / "orders.db-journal").stat().st_size > 0
    assert [order.service for order in reread(state)] == ["Almanya"]


def test_a_killed_transaction_does_not_hide_the_orders_from_a_reader(state: Path, run_child: RunChild) -> None:
    """`snum-tui orders` works before the app was started again."""
    run_child(KILL_WITH_HALF_A_TRANSACTION_IN_THE_FILE, state)
    reader = Journal.open_for_reading(state)
    assert [order.service for order in reader.all_orders()] == ["Almanya"]
    reader.close()


def test_a_kill_while_the_journal_is_made_leaves_room_for_a_new_one(state: Path, run_child: RunChild) -> None:
    """An empty file without the marker was never a journal."""
    state.mkdir()
    (state / "orders.db").touch()
    run_child("Journal.open(state).write_intent(order)", state)
    assert len(reread(state)) == 1


def test_the_file_is_kept_as_measured(journal: Journal) -> None:
    """TRUNCATE and FULL: on the disk itself when a call returns, and safe with two processes."""
    connection = journal._store._connection
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "truncate"
    assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert connection.execute("PRAGMA busy_timeout").fetchone()[0] == 10_000


def test_every_write_begins_immediate(journal: Journal, new_order: Callable[..., Order]) -> None:
    """A deferred transaction fails at its first write when another program was faster, busy timeout or not."""
    statements: list[str] = []
    journal._store._connection.set_trace_callback(statements.append)
    order = new_order()
    journal.write_intent(order)
    journal.record(order, "looked")
    begins = [statement for statement in statements if statement.startswith("BEGIN")]
    assert begins == ["BEGIN IMMEDIATE"] * 2


def event_states(state: Path) -> list[str]:
    """Read the events past the journal."""
    connection = sqlite3.connect(state / "orders.db")
    try:
        return [name for (name,) in connection.execute("SELECT state FROM events ORDER BY rank")]
    finally:
        connection.close()
