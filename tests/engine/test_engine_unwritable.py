"""Where the journal cannot be written the open numbers are shown and asked for, and nothing is bought."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from snum_tui.domain.orders import Order, OrderState
from snum_tui.engine import backup
from snum_tui.engine.commands import CancelNumber, PlaceOrder
from snum_tui.engine.snapshot import Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.sandbox.server import SandboxServer
from tests.rights import closed

Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]
Start = Callable[..., Engine]
Told = Callable[[Snapshot], list[str]]
UntilState = Callable[..., Order]


@pytest.fixture
def live(start: Start, place: Callable[..., Order]) -> Order:
    """A live number that an engine has left behind."""
    engine = start()
    order = place(engine)
    assert engine.stop(10)
    return order


@pytest.fixture
def closed_state(state: Path, live: Order) -> Iterator[Order]:
    """The same, in a state directory where nothing can be written."""
    with closed(state):
        yield live


def test_a_code_is_read_on_the_screen_and_nothing_is_ordered(
    closed_state: Order,
    site: SandboxServer,
    start: Start,
    state: Path,
    until: Until,
    until_state: UntilState,
    told: Told,
    wish: PlaceOrder,
) -> None:
    engine = start()
    off = f"Ordering is off until snum-tui is started anew. {state} cannot be written. Make it writable, "
    assert told(engine.latest)[0].startswith(f"alarm: {off}")
    assert engine.latest.ordering_stopped is not None
    assert [order.state for order in engine.latest.orders] == [OrderState.WAITING]
    engine.submit(wish)
    until(engine, lambda seen: any(line.startswith("warning: Nothing was ordered: ") for line in told(seen)))
    assert site.requests["getNumber"] == 1
    assert engine.latest.unwritten == ()
    site.deliver(closed_state.number_id or "", "123456")
    until_state(engine, closed_state, OrderState.RECEIVED)
    seen = until(engine, lambda seen: told(seen)[-1] == "good: Code 123456 for Google. Press y to copy it.")
    assert [(order.number_id, order.message) for order in seen.unwritten] == [(closed_state.number_id, "123456")]
    assert sum("Not written down:" in line for line in told(seen)) == 1
    assert seen.ordering_stopped is not None
    assert engine.stop(10)


def test_what_was_learnt_meanwhile_is_learnt_again_once_it_can_be_written(
    live: Order, state: Path, site: SandboxServer, start: Start, until_state: UntilState
) -> None:
    with closed(state):
        engine = start()
        site.deliver(live.number_id or "", "123456")
        until_state(engine, live, OrderState.RECEIVED)
        assert engine.stop(10)
    again = start()
    assert again.latest.ordering_stopped is None
    until_state(again, live, OrderState.RECEIVED)
    assert again.latest.unwritten == ()


def test_a_number_can_still_be_cancelled_in_time(
    closed_state: Order, site: SandboxServer, start: Start, until_state: UntilState
) -> None:
    engine = start()
    engine.submit(CancelNumber(closed_state.id))
    until_state(engine, closed_state, OrderState.CANCELLED)
    assert site.requests["cancelNumber"] == 1
    assert site.balance == site.opening_balance
    assert engine.stop(10)


def test_what_need_not_be_noted_raises_no_alarm(
    live: Order,
    state: Path,
    start: Start,
    until: Until,
    told: Told,
    site: SandboxServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After a reboot every age is taken again, and a backup is due."""
    monkeypatch.setattr(backup, "FIRST_LOOK_SECONDS", 0.0)
    with closing(sqlite3.connect(state / "orders.db", isolation_level=None)) as connection:
        connection.execute("UPDATE orders SET opened_boot_id = 'before', aged_seconds = NULL")
    with closed(state):
        engine = start()
        until(engine, lambda seen: seen.orders[0].aged is not None)
        asked = site.requests["getMessage"]
        seen = until(engine, lambda _: site.requests["getMessage"] > asked + 5)
        assert [line.split()[0] for line in told(seen)] == ["alarm:"]
        assert seen.unwritten == ()
        assert engine.stop(10)
    assert live.number_id is not None


def test_where_the_others_cannot_be_joined_codes_are_written_and_nothing_is_ordered(
    live: Order,
    state: Path,
    site: SandboxServer,
    start: Start,
    until: Until,
    until_state: UntilState,
    told: Told,
    wish: PlaceOrder,
) -> None:
    """They would take this program for dead, and its order for lost."""
    with closed(state / "running"):
        engine = start()
        assert engine.latest.ordering_stopped is not None
        site.deliver(live.number_id or "", "123456")
        until_state(engine, live, OrderState.RECEIVED)
        assert engine.latest.unwritten == ()
        engine.submit(wish)
        until(engine, lambda seen: any("Nothing was ordered: Ordering is off" in line for line in told(seen)))
        assert site.requests["getNumber"] == 1
        assert engine.latest.ordering_stopped is not None
        assert engine.stop(10)


def test_of_a_damaged_journal_the_open_numbers_are_asked_for(
    live: Order, state: Path, site: SandboxServer, start: Start, until_state: UntilState, told: Told
) -> None:
    content = bytearray((state / "orders.db").read_bytes())
    page = content.index(b"number received") // 4096
    content[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
    (state / "orders.db").write_bytes(content)
    engine = start()
    assert "is damaged or no journal of snum-tui" in told(engine.latest)[0]
    site.deliver(live.number_id or "", "123456")
    until_state(engine, live, OrderState.RECEIVED)
    assert engine.latest.ordering_stopped is not None
    assert engine.stop(10)
    assert (state / "orders.db").read_bytes() == content
