"""A new run finds what an earlier one left: live numbers, sends and cancels cut short."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from snum_tui.domain.clock import Clock
from snum_tui.domain.orders import Order, OrderState, advance
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.engine.commands import SetFavourite
from snum_tui.engine.snapshot import Chosen, Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.journal.orders import Journal
from snum_tui.provider.client import SiteClient
from snum_tui.sandbox.server import SandboxServer

Rows = Callable[..., list[tuple[Any, ...]]]
Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]


@pytest.fixture
def cancel_elsewhere(site: SandboxServer) -> Callable[[Order], None]:
    """Cancel a number on the site without the engine's knowledge."""

    async def cancel(number_id: str) -> None:
        async with aclosing(SiteClient(SiteAddress(site.url), ApiKey(site.key))) as client:
            await client.cancel(number_id)

    return lambda order: asyncio.run(cancel(order.number_id or ""))


def test_open_numbers_are_there_again_and_are_asked_for(
    site: SandboxServer,
    engine: Engine,
    start: Callable[..., Engine],
    place: Callable[..., Order],
    until_state: Callable[..., Order],
) -> None:
    order = place(engine)
    assert engine.stop(10)
    site.deliver(order.number_id or "", "123456")
    again = start()
    received = until_state(again, order, OrderState.RECEIVED)
    assert (received.number, received.opened, received.message) == (order.number, order.opened, "123456")


def test_orders_of_another_profile_or_site_are_not_shown(
    engine: Engine, start: Callable[..., Engine], place: Callable[..., Order]
) -> None:
    place(engine)
    assert engine.stop(10)
    assert start(profile="other").latest.orders == ()


def test_a_send_that_a_dead_run_left_is_an_unknown_order_and_is_not_sent_again(
    site: SandboxServer,
    start: Callable[..., Engine],
    note_of: Callable[[Order], str],
    rows: Rows,
    state: Path,
    clock: Clock,
) -> None:
    journal = Journal.open(state)
    chosen = ("1", "Google", "1", "Almanya")
    journal.write_intent(Order("killed", "default", site.url, *chosen, Decimal(2), clock.now(), 600))
    journal.close()
    engine = start()
    (order,) = engine.latest.unknown_orders
    assert note_of(order).startswith("snum-tui ended while this order was being sent.")
    assert rows("SELECT state FROM orders") == [("unknown",)]
    assert engine.stop(10)
    assert site.requests["getNumber"] == 0


@pytest.mark.parametrize(
    ("truth", "becomes"),
    [("live", OrderState.CANCELLED), ("cancelled", OrderState.CANCELLED), ("code", OrderState.RECEIVED)],
)
def test_a_cancel_that_a_dead_run_left_is_settled_by_asking_and_sent_again_only_where_the_number_lives(
    truth: str,
    becomes: OrderState,
    site: SandboxServer,
    engine: Engine,
    start: Callable[..., Engine],
    place: Callable[..., Order],
    until_state: Callable[..., Order],
    state: Path,
    cancel_elsewhere: Callable[[Order], None],
) -> None:
    order = place(engine)
    assert engine.stop(10)
    journal = Journal.open(state)
    journal.order(order.id)
    journal.record(advance(order, OrderState.CANCELLING, handled_by="a dead run"), "cancel asked for")
    journal.close()
    if truth == "cancelled":
        cancel_elsewhere(order)
    if truth == "code":
        site.deliver(order.number_id or "", "123456")
    until_state(start(), order, becomes)
    assert site.requests["cancelNumber"] == (truth != "code")


def test_a_number_older_than_the_schedule_is_asked_for_once_more_before_it_is_given_up(
    site: SandboxServer,
    engine: Engine,
    start: Callable[..., Engine],
    place: Callable[..., Order],
    until_state: Callable[..., Order],
    pass_seconds: Callable[[float], None],
) -> None:
    with_code, without = place(engine), place(engine)
    assert engine.stop(10)
    site.deliver(with_code.number_id or "", "123456")
    pass_seconds(5000)
    again = start()
    assert until_state(again, with_code, OrderState.RECEIVED).message == "123456"
    expired = until_state(again, without, OrderState.EXPIRED)
    assert expired.settled_at == without.ordered_at + timedelta(seconds=5000)


def test_an_old_number_is_not_given_up_while_the_site_cannot_be_asked(
    site: SandboxServer,
    engine: Engine,
    new_engine: Callable[..., Engine],
    place: Callable[..., Order],
    until: Until,
    until_state: Callable[..., Order],
    pass_seconds: Callable[[float], None],
) -> None:
    order = place(engine)
    assert engine.stop(10)
    site.deliver(order.number_id or "", "123456")
    pass_seconds(5000)
    site.stop()
    again = new_engine()
    again.start()
    until(again, lambda seen: seen.link == "down" and bool(seen.events))
    assert [order.state for order in again.latest.orders] == [OrderState.WAITING]
    site.start()
    assert until_state(again, order, OrderState.RECEIVED).message == "123456"


def test_favourites_and_recent_services_come_back(
    engine: Engine, start: Callable[..., Engine], place: Callable[..., Order], until: Until
) -> None:
    place(engine)
    place(engine, service_id="2", service="Fransa")
    engine.submit(SetFavourite("3", "İtalya", "1", "Google", on=True))
    until(engine, lambda seen: bool(seen.favourites))
    assert engine.stop(10)
    again = start()
    assert again.latest.favourites == (Chosen("3", "İtalya", "1", "Google"),)
    assert [chosen.service for chosen in again.latest.recents] == ["Fransa", "Almanya"]
    again.submit(SetFavourite("3", "İtalya", "1", "Google", on=False))
    until(again, lambda seen: not seen.favourites)
