"""Messages of live numbers: asked for on the schedule, until the site says 1 or -1 or the schedule ends."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.policy import Freshness, Policy, PollSchedule
from snum_tui.engine.commands import Refresh
from snum_tui.engine.snapshot import Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.sandbox.server import SandboxServer

Rows = Callable[..., list[tuple[Any, ...]]]
Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]


@pytest.fixture
def after_ten_balances(site: SandboxServer, until: Until) -> Callable[[Engine], None]:
    """Wait while the engine, whose balance is read every 20 ms, reads ten of them."""

    def wait(engine: Engine) -> None:
        read = site.requests["getBalance"]
        until(engine, lambda _: site.requests["getBalance"] >= read + 10)

    return wait


def test_a_code_is_received_whole_and_told_for_copying(
    site: SandboxServer,
    engine: Engine,
    place: Callable[..., Order],
    until_state: Callable[..., Order],
    told: Callable[..., list[str]],
    rows: Rows,
) -> None:
    order = place(engine)
    site.deliver(order.number_id or "", "G-123456 is your Google code.|Second: 654321")
    received = until_state(engine, order, OrderState.RECEIVED)
    assert received.message == "G-123456 is your Google code.|Second: 654321"
    assert received.settled_at == order.ordered_at
    assert told(engine.latest)[-1] == "good: Code 654321 for Google. Press y to copy it."
    assert rows("SELECT state, message FROM orders") == [("received", received.message)]
    assert engine.latest.experience["1"].received == 1


def test_a_number_with_its_code_is_not_asked_for_any_more(
    site: SandboxServer,
    start: Callable[..., Engine],
    policy: Policy,
    place: Callable[..., Order],
    until_state: Callable[..., Order],
    after_ten_balances: Callable[[Engine], None],
) -> None:
    engine = start(policy=replace(policy, freshness=Freshness(balance_seconds=0.02)))
    order = place(engine)
    site.deliver(order.number_id or "", "123456")
    until_state(engine, order, OrderState.RECEIVED)
    asked = site.requests["getMessage"]
    after_ten_balances(engine)
    assert site.requests["getMessage"] == asked


@pytest.mark.parametrize("site_options", [{"expire_seconds": 300.0, "expire_refund": True}])
def test_a_number_that_the_site_cancels_is_cancelled_and_the_balance_is_read_again(
    engine: Engine,
    place: Callable[..., Order],
    pass_seconds: Callable[[float], None],
    until_state: Callable[..., Order],
    until: Until,
    note_of: Callable[[Order], str],
) -> None:
    order = place(engine)
    pass_seconds(301)
    cancelled = until_state(engine, order, OrderState.CANCELLED)
    assert note_of(cancelled).startswith("The site says that this number is cancelled.")
    until(engine, lambda seen: seen.balance == Decimal(100))


def test_the_schedule_slows_down_with_the_age_of_the_order(
    site: SandboxServer,
    start: Callable[..., Engine],
    policy: Policy,
    place: Callable[..., Order],
    until: Until,
    pass_seconds: Callable[[float], None],
    after_ten_balances: Callable[[Engine], None],
) -> None:
    schedule = PollSchedule(first_seconds=0.02, first_until_seconds=240, second_seconds=3600)
    engine = start(policy=replace(policy, polls=schedule, freshness=Freshness(balance_seconds=0.02)))
    place(engine)
    until(engine, lambda _: site.requests["getMessage"] >= 5)
    pass_seconds(240)
    asked = site.requests["getMessage"]
    after_ten_balances(engine)
    # One question may have been on its way, and one was due.
    assert site.requests["getMessage"] <= asked + 2


def test_no_number_is_asked_for_more_often_than_the_schedule_says(
    site: SandboxServer,
    start: Callable[..., Engine],
    policy: Policy,
    place: Callable[..., Order],
    until: Until,
    after_ten_balances: Callable[[Engine], None],
) -> None:
    schedule = PollSchedule(first_seconds=3600)
    engine = start(policy=replace(policy, polls=schedule, freshness=Freshness(balance_seconds=0.02)))
    place(engine)
    place(engine)
    until(engine, lambda _: site.requests["getMessage"] == 2)
    after_ten_balances(engine)
    assert site.requests["getMessage"] == 2
    engine.submit(Refresh())
    until(engine, lambda _: site.requests["getMessage"] == 4)


def test_after_the_last_question_the_number_is_given_up_and_the_balance_read(
    site: SandboxServer,
    engine: Engine,
    place: Callable[..., Order],
    pass_seconds: Callable[[float], None],
    until_state: Callable[..., Order],
    until: Until,
    note_of: Callable[[Order], str],
    told: Callable[..., list[str]],
) -> None:
    order = place(engine)
    read = site.requests["getBalance"]
    pass_seconds(2400)
    expired = until_state(engine, order, OrderState.EXPIRED)
    assert note_of(expired) == "No code came, and the site is no longer asked."
    assert told(engine.latest)[-1].startswith("warning: No code came")
    assert expired.settled_at == order.ordered_at + timedelta(seconds=2400)
    assert engine.latest.spent_today == Decimal(2)
    until(engine, lambda _: site.requests["getBalance"] > read)


def test_a_code_that_came_just_before_the_end_is_not_given_up(
    site: SandboxServer,
    start: Callable[..., Engine],
    policy: Policy,
    place: Callable[..., Order],
    pass_seconds: Callable[[float], None],
    until: Until,
    until_state: Callable[..., Order],
) -> None:
    engine = start(policy=replace(policy, polls=PollSchedule(first_seconds=3600)))
    order = place(engine)
    until(engine, lambda _: site.requests["getMessage"] == 1)
    site.deliver(order.number_id or "", "123456")
    pass_seconds(2400)
    engine.submit(Refresh())
    assert until_state(engine, order, OrderState.RECEIVED).message == "123456"


def test_one_stalled_reply_delays_no_other_number(
    site: SandboxServer,
    start: Callable[..., Engine],
    place: Callable[..., Order],
    until: Until,
    until_state: Callable[..., Order],
    now: Callable[[Engine, Order], Order],
) -> None:
    engine = start(read_seconds=60)
    stalled = place(engine)
    asked = site.requests["getMessage"]
    site.add_fault("getMessage:stall@1")
    until(engine, lambda _: site.requests["getMessage"] > asked)
    other = place(engine)
    for order in (stalled, other):
        site.deliver(order.number_id or "", "123456")
    until_state(engine, other, OrderState.RECEIVED)
    assert now(engine, stalled).state is OrderState.WAITING


@pytest.mark.parametrize("fault", ["html", "garbage", "500-before", "refuse", "cut"])
def test_replies_that_cannot_be_read_change_nothing_and_asking_goes_on(
    fault: str,
    site: SandboxServer,
    engine: Engine,
    place: Callable[..., Order],
    until: Until,
    until_state: Callable[..., Order],
) -> None:
    order = place(engine)
    site.add_fault(f"getMessage:{fault}@1-3")
    asked = site.requests["getMessage"]
    until(engine, lambda _: site.requests["getMessage"] >= asked + 4)
    site.deliver(order.number_id or "", "123456")
    until_state(engine, order, OrderState.RECEIVED)


def test_many_numbers_are_asked_for_side_by_side(
    site: SandboxServer,
    start: Callable[..., Engine],
    place: Callable[..., Order],
    until: Until,
) -> None:
    engine = start()
    orders = [place(engine) for _ in range(8)]
    for turn, order in enumerate(orders):
        site.deliver(order.number_id or "", f"10000{turn}")
    seen = until(engine, lambda seen: all(order.state is OrderState.RECEIVED for order in seen.orders))
    assert [order.message for order in reversed(seen.orders)] == [f"10000{turn}" for turn in range(8)]
