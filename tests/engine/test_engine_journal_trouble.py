"""The journal fails around an order: nothing is sent unwritten, and nothing that was paid for is forgotten."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from snum_tui.domain.orders import Order, OrderState
from snum_tui.engine import parts
from snum_tui.engine.commands import CancelNumber, PlaceOrder
from snum_tui.engine.snapshot import Link, Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.journal import store
from snum_tui.sandbox.server import SandboxServer

Rows = Callable[..., list[tuple[Any, ...]]]
Amid = Callable[[str, Callable[[], object]], list[object]]
Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]


@pytest.fixture
def write_again_seconds() -> float:
    """How often what could not be written is tried again by itself; a test sets it by parametrize."""
    return 3600


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch, write_again_seconds: float) -> None:
    """A journal that another program keeps locked is given up after 20 ms."""
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.02)
    monkeypatch.setattr(parts, "WRITE_AGAIN_SECONDS", write_again_seconds)


@pytest.fixture
def other_program(state: Path) -> Iterator[sqlite3.Connection]:
    """Another program that can lock the journal, as a backup does."""
    connection = sqlite3.connect(state / "orders.db", isolation_level=None, timeout=5, check_same_thread=False)
    yield connection
    connection.close()


@pytest.fixture
def lost_order(
    engine: Engine, until: Until, wish: PlaceOrder, amid: Amid, other_program: sqlite3.Connection
) -> Order:
    """An order whose number came while another program kept the journal locked."""
    amid("getNumber", lambda: other_program.execute("BEGIN EXCLUSIVE"))
    engine.submit(wish)
    seen = until(engine, lambda seen: any(order.state is OrderState.WAITING for order in seen.orders))
    return seen.orders[0]


def test_a_locked_journal_sends_nothing(
    site: SandboxServer,
    engine: Engine,
    until: Until,
    wish: PlaceOrder,
    told: Callable[..., list[str]],
    other_program: sqlite3.Connection,
) -> None:
    other_program.execute("BEGIN EXCLUSIVE")
    engine.submit(wish)
    seen = until(engine, lambda seen: bool(seen.events))
    assert told(seen)[-1].startswith("warning: Nothing was ordered: Another program keeps ")
    assert site.requests["getNumber"] == 0


def test_a_number_that_cannot_be_written_is_on_the_board_and_read_out_and_ordering_stops(
    site: SandboxServer,
    engine: Engine,
    lost_order: Order,
    until: Until,
    wish: PlaceOrder,
    told: Callable[..., list[str]],
) -> None:
    truth = site.orders[0]
    assert (lost_order.number_id, lost_order.number) == (truth.number_id, truth.number)
    alarms = [line for line in told(engine.latest) if line.startswith("alarm: Not written down: Almanya")]
    assert f"number {truth.number}, id {truth.number_id}." in alarms[0]
    assert told(engine.latest)[-1].startswith("alarm: "), "nothing has pushed the alarm off the message line"
    assert engine.latest.ordering_stopped is not None
    engine.submit(wish)
    until(engine, lambda seen: told(seen)[-1].startswith("warning: Nothing was ordered: Another program keeps "))
    assert site.requests["getNumber"] == 1


def test_a_number_that_could_not_be_written_is_still_asked_for_and_can_be_cancelled(
    site: SandboxServer, engine: Engine, lost_order: Order, until_state: Callable[..., Order]
) -> None:
    engine.submit(CancelNumber(lost_order.id))
    until_state(engine, lost_order, OrderState.CANCELLED)
    assert site.orders[0].state == "cancelled"
    assert site.requests["cancelNumber"] == 1


def test_what_could_not_be_written_is_written_before_the_next_order_and_ordering_goes_on(
    site: SandboxServer,
    engine: Engine,
    lost_order: Order,
    other_program: sqlite3.Connection,
    until_state: Callable[..., Order],
    place: Callable[..., Order],
    rows: Rows,
    amid: Amid,
) -> None:
    site.deliver(lost_order.number_id or "", "123456")
    until_state(engine, lost_order, OrderState.RECEIVED)
    other_program.execute("ROLLBACK")
    written = amid("getNumber", lambda: rows("SELECT state FROM orders WHERE id = ?", lost_order.id))
    place(engine)
    assert written == [[("received",)]]
    assert engine.latest.ordering_stopped is None
    assert rows("SELECT state, number_id, message FROM orders WHERE id = ?", lost_order.id) == [
        ("received", lost_order.number_id, "123456")
    ]
    events = rows("SELECT state, raw IS NOT NULL FROM events WHERE order_id = ? ORDER BY rank", lost_order.id)
    assert [state for state, _ in events[:2]] == ["sending", "waiting"]
    assert events[1][1], "the reply itself was kept for the journal, too"
    assert [state for state, _ in events][-1] == "received"
    assert site.requests["getNumber"] == 2


@pytest.mark.parametrize("write_again_seconds", [0.1])
def test_what_could_not_be_written_is_tried_again_by_itself(
    engine: Engine,
    lost_order: Order,
    other_program: sqlite3.Connection,
    until: Until,
    told: Callable[..., list[str]],
    rows: Rows,
) -> None:
    until(engine, lambda seen: seen.orders[0].balance_after is not None)
    other_program.execute("ROLLBACK")
    seen = until(engine, lambda seen: seen.ordering_stopped is None)
    assert told(seen)[-1] == "good: Everything is written down after all; ordering goes on."
    assert rows("SELECT state, number_id FROM orders") == [("waiting", lost_order.number_id)]


def test_what_could_not_be_written_is_written_at_the_end_if_not_before(
    engine: Engine, lost_order: Order, other_program: sqlite3.Connection, rows: Rows, until: Until
) -> None:
    until(engine, lambda seen: seen.orders[0].balance_after is not None)
    other_program.execute("ROLLBACK")
    assert engine.stop(10)
    assert rows("SELECT state, number_id FROM orders") == [("waiting", lost_order.number_id)]


def test_a_program_that_ends_without_writing_comes_back_with_an_unknown_order(
    engine: Engine, lost_order: Order, other_program: sqlite3.Connection, start: Callable[..., Engine]
) -> None:
    assert engine.stop(10)
    other_program.execute("ROLLBACK")
    again = start()
    assert [(order.id, order.state) for order in again.latest.orders] == [(lost_order.id, OrderState.UNKNOWN)]


def test_a_journal_overwritten_under_an_order_in_flight_costs_no_number(
    site: SandboxServer, engine: Engine, until: Until, wish: PlaceOrder, state: Path, amid: Amid
) -> None:
    amid("getNumber", lambda: (state / "orders.db").write_bytes(b"no database at all " * 1000))
    engine.submit(wish)
    seen = until(engine, lambda seen: any(order.state is OrderState.WAITING for order in seen.orders))
    assert seen.orders[0].number_id == site.orders[0].number_id
    assert seen.ordering_stopped is not None


def test_a_journal_that_cannot_be_opened_is_said_and_nothing_is_ordered(
    site: SandboxServer, new_engine: Callable[..., Engine], until: Until, wish: PlaceOrder, state: Path
) -> None:
    state.mkdir()
    (state / "orders.db").write_bytes(b"no database at all " * 1000)
    engine = new_engine()
    engine.submit(wish)
    engine.start()
    seen = until(engine, lambda seen: seen.ordering_stopped is not None)
    assert seen.link is Link.DOWN
    assert "is damaged or no journal of snum-tui" in str(seen.ordering_stopped)
    assert engine.stop(10)
    assert site.requests["getNumber"] == 0


def test_a_journal_whose_orders_cannot_be_read_orders_nothing_even_if_it_was_asked_at_once(
    site: SandboxServer,
    new_engine: Callable[..., Engine],
    start: Callable[..., Engine],
    place: Callable[..., Order],
    until: Until,
    wish: PlaceOrder,
    state: Path,
) -> None:
    first = start()
    place(first)
    assert first.stop(10)
    with sqlite3.connect(state / "orders.db") as connection:
        connection.execute("UPDATE orders SET price = 'a lot'")
    connection.close()
    engine = new_engine()
    engine.submit(wish)
    engine.start()
    until(engine, lambda seen: seen.ordering_stopped is not None and seen.link is Link.DOWN)
    assert engine.stop(10)
    assert site.requests["getNumber"] == 1
