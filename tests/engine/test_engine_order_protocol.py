"""An order, as DESIGN.md tells it: written down and synced, sent once, judged by evidence."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing, closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from snum_tui.domain.clock import Clock
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.policy import Policy
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.engine.board import Board
from snum_tui.engine.commands import PlaceOrder
from snum_tui.engine.context import make_context
from snum_tui.engine.parts import Parts
from snum_tui.engine.snapshot import Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.journal.cache import Cache
from snum_tui.journal.company import Company
from snum_tui.journal.orders import Journal
from snum_tui.locale import Speaker
from snum_tui.provider import reading
from snum_tui.provider.client import SiteClient
from snum_tui.sandbox.server import SandboxServer

Rows = Callable[..., list[tuple[Any, ...]]]
Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]


def test_the_intent_is_in_the_journal_when_the_site_sees_the_order(
    engine: Engine, place: Callable[..., Order], rows: Rows, amid: Callable[..., list[object]]
) -> None:
    written = amid("getNumber", lambda: rows("SELECT id, state, price, balance_before, number_id FROM orders"))
    order = place(engine)
    assert written == [[(order.id, "sending", "2", "100", None)]]
    assert rows("SELECT event, state FROM events")[0] == ("intent", "sending")


def test_a_number_that_came_is_waiting_with_the_reply_kept_byte_for_byte(
    site: SandboxServer, engine: Engine, place: Callable[..., Order], rows: Rows, told: Callable[..., list[str]]
) -> None:
    order = place(engine)
    truth = site.orders[0]
    assert (order.state, order.number_id, order.number) == (OrderState.WAITING, truth.number_id, truth.number)
    assert (order.balance_before, order.balance_after) == (Decimal("100.00"), Decimal("98.00"))
    assert rows("SELECT state, number_id, number, balance_after FROM orders") == [
        ("waiting", truth.number_id, truth.number, "98")
    ]
    ((raw,),) = rows("SELECT raw FROM events WHERE event = 'number received'")
    assert raw.startswith(b'{"success":')
    assert truth.number.encode() in raw
    assert told(engine.latest) == [f"good: {truth.number} is yours. Waiting for its code."]


def test_a_whole_refusal_is_refused_with_the_sites_words_and_costs_nothing(
    site: SandboxServer,
    engine: Engine,
    place: Callable[..., Order],
    note_of: Callable[[Order], str],
    told: Callable[..., list[str]],
) -> None:
    site.set_stock("1", 0)
    order = place(engine)
    assert order.state is OrderState.REFUSED
    assert "Stok yok" in note_of(order)
    assert order.settled_at is not None
    assert (order.balance_before, order.balance_after) == (Decimal("100.00"), Decimal("100.00"))
    assert [line.partition(":")[0] for line in told(engine.latest)] == ["warning"]
    assert engine.latest.spent_today == 0
    assert site.requests["getNumber"] == 1


OUTCOMES = {
    "drop-reply": OrderState.UNKNOWN,
    "drop-request": OrderState.UNKNOWN,
    "stall": OrderState.UNKNOWN,
    "cut": OrderState.UNKNOWN,
    "cut-plain": OrderState.UNKNOWN,
    "garbage": OrderState.UNKNOWN,
    "html": OrderState.UNKNOWN,
    "500": OrderState.UNKNOWN,
    "500-before": OrderState.UNKNOWN,
    "502": OrderState.UNKNOWN,
    "429": OrderState.UNKNOWN,
    "redirect": OrderState.UNKNOWN,
    "reset": OrderState.UNKNOWN,
    "php-notice": OrderState.WAITING,
    "drip": OrderState.WAITING,
    "refuse": OrderState.REFUSED,
}
"""What each kind of reply makes of an order: where money may have gone, a number or an open question."""


@pytest.mark.parametrize("fault", OUTCOMES)
def test_every_kind_of_reply_is_judged_by_evidence_and_the_order_is_never_sent_again(
    fault: str,
    site: SandboxServer,
    start: Callable[..., Engine],
    place: Callable[..., Order],
    told: Callable[..., list[str]],
    rows: Rows,
) -> None:
    engine = start(money_seconds=0.3 if fault == "stall" else 30.0)
    site.add_fault(f"getNumber:{fault}")
    order = place(engine)
    assert order.state is OUTCOMES[fault]
    assert (order.balance_before, order.balance_after) == (Decimal(100), site.balance)
    assert [order.number_id for order in site.orders] == [order.number_id] or order.state is not OrderState.WAITING
    if order.state is OrderState.UNKNOWN:
        assert told(engine.latest)[-1].startswith("alarm: Unknown order of Almanya: ")
        assert order in engine.latest.unknown_orders
        assert engine.latest.spent_today == order.price
    assert engine.stop(10)
    again = start()
    assert [order.state for order in again.latest.orders] == [OUTCOMES[fault]]
    assert rows("SELECT state, balance_after FROM orders") == [(OUTCOMES[fault], str(order.balance_after))]
    assert site.requests["getNumber"] == 1


def test_a_number_id_that_another_order_has_leaves_the_order_unknown(
    site: SandboxServer, engine: Engine, place: Callable[..., Order], rows: Rows, told: Callable[..., list[str]]
) -> None:
    first = place(engine)
    site.add_fault("getNumber:duplicate-id")
    second = place(engine)
    assert (first.state, second.state) == (OrderState.WAITING, OrderState.UNKNOWN)
    assert second.number_id is None
    assert "an earlier order already has" in told(engine.latest)[-1]
    ((raw,),) = rows("SELECT raw FROM events WHERE order_id = ? AND raw IS NOT NULL", second.id)
    assert str(first.number_id).encode() in raw
    assert site.requests["getNumber"] == 2


def test_an_order_that_met_a_closed_door_was_not_sent(
    site: SandboxServer, state: Path, tmp_path: Path, policy: Policy, clock: Clock, wish: PlaceOrder
) -> None:
    def close_the_door() -> str:
        """Stop the site after balance and price were read, and before the order goes out."""
        site.stop()
        return "order-1"

    async def order_one() -> tuple[Snapshot, bool]:
        board = Board(Snapshot(site.url, "default", policy.rules), clock, lambda _: None)
        journal, cache = Journal.open(state), Cache.open(tmp_path / "cache")
        company = Company(state, site.url, "default")
        client = SiteClient(SiteAddress(site.url), ApiKey(site.key))
        with closing(journal), closing(cache):
            async with aclosing(client):
                context = make_context(
                    client=client,
                    journal=journal,
                    company=company,
                    cache=cache,
                    board=board,
                    clock=clock,
                    policy=policy,
                )
                await Parts(context, close_the_door).ordering.place(wish)
                return board.now, bool(journal.open_orders("default", site.url))

    seen, still_open = asyncio.run(order_one())
    (order,) = seen.orders
    assert order.state is OrderState.NOT_SENT
    assert seen.spent_today == 0
    assert not still_open
    assert "Nothing was ordered: 127.0.0.1" in Speaker("en").render(seen.events[-1].sentence)


def test_two_key_presses_are_two_orders_one_after_the_other(
    site: SandboxServer, engine: Engine, until: Until, wish: PlaceOrder
) -> None:
    engine.submit(wish)
    engine.submit(wish)
    seen = until(engine, lambda seen: sum(order.balance_after is not None for order in seen.orders) == 2)
    newer, older = seen.orders
    assert (older.balance_before, older.balance_after) == (Decimal(100), Decimal(98))
    assert (newer.balance_before, newer.balance_after) == (Decimal(98), Decimal(96))
    assert site.requests["getNumber"] == 2


def test_the_refund_window_opens_before_the_site_can_have_opened_its_own(
    engine: Engine,
    place: Callable[..., Order],
    pass_seconds: Callable[[float], None],
    amid: Callable[..., list[object]],
) -> None:
    pass_seconds(100)
    amid("getNumber", lambda: pass_seconds(7))
    order = place(engine)
    assert (order.opened.boottime, order.refund_seconds) == (1100.0, 600)


def test_an_unknown_order_gets_the_balance_after_it_as_soon_as_the_site_tells_it(
    site: SandboxServer, engine: Engine, until: Until, wish: PlaceOrder
) -> None:
    site.add_fault("getBalance:500-before@2+")
    site.add_fault("getNumber:drop-reply")
    engine.submit(wish)
    until(engine, lambda seen: bool(seen.unknown_orders) and site.requests["getBalance"] > 5)
    assert engine.latest.unknown_orders[0].balance_after is None
    site.clear_faults()
    seen = until(engine, lambda seen: seen.unknown_orders[0].balance_after is not None)
    assert seen.unknown_orders[0].balance_after == Decimal(98)


def test_a_reply_that_our_own_mistake_leaves_unread_is_in_the_journal_all_the_same(
    site: SandboxServer,
    engine: Engine,
    until: Until,
    wish: PlaceOrder,
    rows: Callable[..., list[tuple[Any, ...]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stumble(_answer: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(reading, "read_order", stumble)
    engine.submit(wish)
    until(engine, lambda seen: len(seen.unknown_orders) == 1)
    (charged,) = site.orders
    ((raw,),) = rows("SELECT raw FROM events WHERE raw IS NOT NULL")
    assert charged.number_id.encode() in raw
