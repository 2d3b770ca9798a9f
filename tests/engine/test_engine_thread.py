"""The engine's thread: nothing said to it is lost, it ends when told to, and it needs no one to look on."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from snum_tui.domain.clock import Clock
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.policy import SiteRules
from snum_tui.domain.sentence import say
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.engine import parts
from snum_tui.engine.board import KEPT_EVENTS, Board
from snum_tui.engine.commands import CancelNumber, PlaceOrder, ShowCategory, WatchRows
from snum_tui.engine.snapshot import Snapshot, Weight
from snum_tui.engine.thread import Engine
from snum_tui.journal.orders import Journal
from snum_tui.sandbox.server import SandboxServer

Jump = Callable[[Coroutine[Any, Any, None]], None]
Rows = Callable[..., list[tuple[Any, ...]]]
Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]


def test_commands_from_before_the_start_are_carried_out_in_their_order(
    site: SandboxServer, new_engine: Callable[..., Engine], until: Until, wish: PlaceOrder
) -> None:
    engine = new_engine()
    engine.submit(ShowCategory("1"))
    engine.submit(ShowCategory("2"))
    engine.submit(wish)
    engine.start()
    seen = until(engine, lambda seen: bool(seen.listing.services) and bool(seen.orders))
    assert seen.listing.category_id == "2"
    until(engine, lambda _: site.requests["getNumber"] == 1)


def test_an_end_asked_for_right_after_the_start_ends_it(new_engine: Callable[..., Engine]) -> None:
    for _ in range(5):
        engine = new_engine()
        engine.start()
        assert engine.stop(10)


def test_an_engine_that_never_started_has_ended_already(new_engine: Callable[..., Engine]) -> None:
    engine = new_engine()
    assert engine.stop(0)
    engine.submit(ShowCategory("1"))


@pytest.mark.parametrize("outcome", ["unknown", "cancelled, not refunded"])
def test_what_would_read_the_balance_again_has_ended_before_the_journal_closes(
    outcome: str,
    open_site: Callable[..., SandboxServer],
    new_engine: Callable[..., Engine],
    until: Until,
    place: Callable[..., Order],
    pass_seconds: Callable[[float], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site = open_site(refund_seconds=1)
    engine = new_engine(address=SiteAddress(site.url), key=ApiKey(site.key))
    engine.start()
    going_on: list[str] = []
    close = Journal.close

    def noted_close(journal: Journal) -> None:
        going_on.extend(str(task.get_coro()) for task in asyncio.all_tasks() if task is not asyncio.current_task())
        close(journal)

    monkeypatch.setattr(Journal, "close", noted_close)
    if outcome == "unknown":
        site.add_fault("getNumber:drop-request@1")
        place(engine)
    else:
        order = place(engine)
        pass_seconds(5)
        engine.submit(CancelNumber(order.id))
        until(engine, lambda seen: seen.orders[0].refunded == 0)
    assert engine.stop(20)
    assert not [coroutine for coroutine in going_on if "_read_again" in coroutine]


def test_an_order_in_flight_at_the_end_is_waited_for_and_recorded(
    site: SandboxServer, engine: Engine, until: Until, wish: PlaceOrder, rows: Rows
) -> None:
    site.add_fault("getNumber:drip")
    engine.submit(wish)
    until(engine, lambda _: site.requests["getNumber"] == 1)
    assert engine.stop(20)
    truth = site.orders[0]
    assert rows("SELECT state, number_id, number FROM orders") == [("waiting", truth.number_id, truth.number)]
    assert engine.latest.orders[0].number == truth.number, "the last picture was handed out"


def test_a_cancel_in_flight_at_the_end_is_waited_for_and_recorded(
    site: SandboxServer, engine: Engine, until: Until, place: Callable[..., Order], rows: Rows
) -> None:
    order = place(engine)
    site.add_fault("cancelNumber:drip")
    engine.submit(CancelNumber(order.id))
    until(engine, lambda _: site.requests["cancelNumber"] == 1)
    assert engine.stop(20)
    assert rows("SELECT state FROM orders") == [("cancelled",)]


def test_an_end_that_takes_longer_than_allowed_says_so_and_goes_on(
    site: SandboxServer, start: Callable[..., Engine], until: Until, wish: PlaceOrder, rows: Rows
) -> None:
    engine = start(money_seconds=0.5)
    site.add_fault("getNumber:stall")
    engine.submit(wish)
    until(engine, lambda _: site.requests["getNumber"] == 1)
    assert not engine.stop(0.01)
    assert engine.stop(20)
    assert rows("SELECT state FROM orders") == [("unknown",)]


def test_orders_that_were_not_sent_when_the_end_came_are_not_sent(
    site: SandboxServer,
    engine: Engine,
    until: Until,
    wish: PlaceOrder,
    told: Callable[..., list[str]],
) -> None:
    site.add_fault("getNumber:drip@1")
    for _ in range(3):
        engine.submit(wish)
    until(engine, lambda _: site.requests["getNumber"] == 1)
    assert engine.stop(20)
    assert site.requests["getNumber"] == 1
    assert told(engine.latest).count("warning: Nothing was ordered: snum-tui is closing.") == 2


def test_commands_after_the_end_are_dropped_without_a_word(
    site: SandboxServer, engine: Engine, wish: PlaceOrder
) -> None:
    assert engine.stop(10)
    engine.submit(wish)
    assert engine.stop(10)
    assert site.requests["getNumber"] == 0


def test_a_screen_that_fails_when_it_is_woken_ends_nothing(
    site: SandboxServer,
    engine: Engine,
    place: Callable[..., Order],
    until_state: Callable[..., Order],
) -> None:
    def fail() -> None:
        raise RuntimeError("the screen's loop is closed")

    engine.when_changed(fail)
    order = place(engine)
    site.deliver(order.number_id or "", "123456")
    until_state(engine, order, OrderState.RECEIVED)
    assert engine.stop(10)


def test_two_engines_after_one_another_leave_no_thread_behind(start: Callable[..., Engine]) -> None:
    for _ in range(2):
        assert start().stop(10)
    assert [thread for thread in threading.enumerate() if thread.name == "engine"] == []


def test_every_event_has_a_serial_one_higher_than_the_last(
    site: SandboxServer, engine: Engine, place: Callable[..., Order]
) -> None:
    site.set_stock("1", 0)
    for _ in range(3):
        place(engine)
    events = engine.latest.events
    assert [event.serial for event in events] == [1, 2, 3]


def test_a_mistake_of_our_own_in_one_part_is_told_and_ends_no_other(
    site: SandboxServer,
    engine: Engine,
    until: Until,
    place: Callable[..., Order],
    told: Callable[..., list[str]],
) -> None:
    engine.submit(ShowCategory(None))  # type: ignore[arg-type]
    order = place(engine)
    assert order.state is OrderState.WAITING
    assert site.requests["getNumber"] == 1
    until(engine, lambda seen: told(seen)[0].startswith("alarm: A mistake inside snum-tui (AttributeError)."))


def test_a_keeper_that_fails_is_told_and_starts_again_and_no_number_suffers(
    engine: Engine,
    until: Until,
    place: Callable[..., Order],
    told: Callable[..., list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parts, "RESTART_SECONDS", 0.1)
    engine.submit(WatchRows((1,)))  # type: ignore[arg-type]  # a mistake in the screen: no row has such an id
    until(engine, lambda seen: "alarm: A mistake inside snum-tui" in "".join(told(seen)))
    assert place(engine).state is OrderState.WAITING
    engine.submit(WatchRows(("2",)))
    until(engine, lambda seen: "2" in seen.quotes)


@pytest.fixture
def pictures() -> list[Snapshot]:
    """What the board below has handed out."""
    return []


@pytest.fixture
def board(pictures: list[Snapshot], clock: Clock) -> Board:
    """A board by itself, on the test's loop."""
    return Board(Snapshot("https://example.com", "default", SiteRules()), clock, pictures.append)


def test_changes_that_come_together_are_one_picture(board: Board, pictures: list[Snapshot], jump: Jump) -> None:
    async def work() -> None:
        for balance in range(100):
            board.change(balance=balance)
        assert pictures == []
        await asyncio.sleep(1)
        board.change(balance=7)
        await asyncio.sleep(1)

    jump(work())
    assert [picture.balance for picture in pictures] == [99, 7]


def test_what_changes_nothing_is_no_picture(board: Board, pictures: list[Snapshot], jump: Jump) -> None:
    async def work() -> None:
        board.change(balance=None, orders=(), quotes={})
        await asyncio.sleep(1)

    jump(work())
    assert pictures == []


def test_the_last_picture_is_not_lost_at_the_end(board: Board, pictures: list[Snapshot], jump: Jump) -> None:
    async def work() -> None:
        board.change(balance=1)
        board.flush()
        await asyncio.sleep(1)

    jump(work())
    assert [picture.balance for picture in pictures] == [1]


def test_only_so_many_events_are_kept_and_their_serials_go_on(board: Board, jump: Jump) -> None:
    async def work() -> None:
        for _ in range(KEPT_EVENTS + 50):
            board.announce(Weight.INFO, say("…"))
        await asyncio.sleep(1)

    jump(work())
    assert [event.serial for event in board.now.events] == list(range(51, KEPT_EVENTS + 51))
