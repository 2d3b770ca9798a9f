"""Cancelling: sent once per key press, and then proven by the number's message and by the balance."""

import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.policy import Freshness, Policy, PollSchedule
from snum_tui.engine import balance, cancelling
from snum_tui.engine.commands import CancelNumber, PlaceOrder, Refresh, WatchRows
from snum_tui.engine.snapshot import Link, Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.provider import judging
from snum_tui.sandbox.server import SandboxServer

Rows = Callable[..., list[tuple[Any, ...]]]
Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]

REFUNDED = "cancelled, ₺2.00 refunded"
NOT_REFUNDED = "cancelled, but the balance did not come back"
COMPARE = "cancelled; compare the balance to see the refund"


@pytest.fixture
def policy(policy: Policy) -> Policy:
    """A live number's message is asked for once, then not again by itself: every question is the cancel's own."""
    return replace(policy, polls=PollSchedule(first_seconds=3600))


@pytest.fixture
def cancelled(
    until: Until, now: Callable[[Engine, Order], Order], note_of: Callable[[Order], str]
) -> Callable[[Engine, Order], str]:
    """Cancel a number, wait until that is over and told, and return the note of the order."""

    def cancel(engine: Engine, order: Order) -> str:
        told = len(engine.latest.events)

        def over(seen: Snapshot) -> bool:
            found = next(one for one in seen.orders if one.id == order.id)
            return len(seen.events) > told and found.state is not OrderState.CANCELLING and bool(note_of(found))

        engine.submit(CancelNumber(order.id))
        until(engine, over)
        return note_of(now(engine, order))

    return cancel


@pytest.fixture
def calm(until: Until, site: SandboxServer, place: Callable[..., Order]) -> Callable[[Engine], Order]:
    """Order a number and wait until its first question has been answered."""

    def order(engine: Engine) -> Order:
        asked = site.requests["getMessage"]
        placed = place(engine)
        until(engine, lambda _: site.requests["getMessage"] > asked)
        return placed

    return order


def test_a_cancel_in_time_is_told_with_its_refund_once_the_balance_shows_it(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    cancelled: Callable[[Engine, Order], str],
    told: Callable[..., list[str]],
    rows: Rows,
) -> None:
    order = calm(engine)
    assert cancelled(engine, order) == REFUNDED
    assert told(engine.latest)[-1] == f"info: {order.number}: {REFUNDED}"
    assert engine.latest.balance == site.balance == Decimal(100)
    assert engine.latest.spent_today == 0
    assert rows("SELECT state, refunded FROM orders") == [("cancelled", "2")]
    events = [event for (event,) in rows("SELECT event FROM events ORDER BY rank")]
    assert events[-4:] == ["cancel asked for", "cancel accepted", "cancelled", "refund looked for"]
    assert site.requests["cancelNumber"] == 1


def test_the_wish_to_cancel_is_in_the_journal_before_the_site_sees_it(
    engine: Engine,
    calm: Callable[[Engine], Order],
    cancelled: Callable[[Engine, Order], str],
    rows: Rows,
    amid: Callable[..., list[object]],
) -> None:
    written = amid("cancelNumber", lambda: rows("SELECT state FROM orders"))
    cancelled(engine, calm(engine))
    assert written == [[("cancelling",)]]


def test_a_cancel_after_the_window_is_accepted_and_the_missing_refund_is_told(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    cancelled: Callable[[Engine, Order], str],
    pass_seconds: Callable[[float], None],
) -> None:
    order = calm(engine)
    pass_seconds(601)
    assert cancelled(engine, order) == NOT_REFUNDED
    assert site.orders[0].state == "cancelled"
    assert engine.latest.balance == Decimal(98)
    assert engine.latest.orders[0].refunded == 0
    assert engine.latest.spent_today == Decimal(2)


def test_the_clients_own_clock_never_forbids_a_cancel(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    cancelled: Callable[[Engine, Order], str],
    pass_seconds: Callable[[float], None],
) -> None:
    order = calm(engine)
    pass_seconds(2000)
    cancelled(engine, order)
    assert site.requests["cancelNumber"] == 1


def test_a_refused_cancel_says_why_and_the_number_lives_on(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    cancelled: Callable[[Engine, Order], str],
    now: Callable[[Engine, Order], Order],
    told: Callable[..., list[str]],
) -> None:
    site.add_fault("cancelNumber:refuse@1")
    order = calm(engine)
    assert "İşlem yapılamadı" in cancelled(engine, order)
    assert now(engine, order).state is OrderState.WAITING
    assert told(engine.latest)[-1].startswith("warning: Not cancelled: The site says: İşlem yapılamadı")
    assert site.orders[0].state == "waiting"


@pytest.mark.parametrize("site_options", [{"earliest_cancel_seconds": 150.0}])
def test_a_cancel_that_came_too_early_can_be_pressed_again_later(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    cancelled: Callable[[Engine, Order], str],
    pass_seconds: Callable[[float], None],
) -> None:
    order = calm(engine)
    assert "150 saniye daha bekleyin" in cancelled(engine, order)
    pass_seconds(150)
    assert cancelled(engine, order) == REFUNDED
    assert site.requests["cancelNumber"] == 2


def test_a_code_that_came_first_is_shown_though_the_person_wanted_to_cancel(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    until_state: Callable[..., Order],
    told: Callable[..., list[str]],
) -> None:
    order = calm(engine)
    site.deliver(order.number_id or "", "123456")
    engine.submit(CancelNumber(order.id))
    received = until_state(engine, order, OrderState.RECEIVED)
    assert received.message == "123456"
    assert told(engine.latest)[-1] == "good: Code 123456 for Google. Press y to copy it."


def test_a_code_that_a_site_shows_though_it_accepted_the_cancel_is_not_thrown_away(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    until_state: Callable[..., Order],
    amid: Callable[..., list[object]],
) -> None:
    order = calm(engine)

    def change_its_mind() -> None:
        rented = site._site.numbers.find(order.number_id or "")
        assert rented is not None
        rented.cancelled_at = None
        site.deliver(order.number_id or "", "123456")

    amid("getMessage", change_its_mind)
    engine.submit(CancelNumber(order.id))
    assert until_state(engine, order, OrderState.RECEIVED).message == "123456"


def test_a_lost_reply_to_a_cancel_that_was_done_is_found_out_by_asking(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    cancelled: Callable[[Engine, Order], str],
    now: Callable[[Engine, Order], Order],
    told: Callable[..., list[str]],
) -> None:
    order = calm(engine)
    site.add_fault("cancelNumber:drop-reply")
    assert cancelled(engine, order) == REFUNDED
    assert now(engine, order).state is OrderState.CANCELLED
    assert "warning: The reply to the cancel was lost. The site is asked what became of the number." in told(
        engine.latest
    )
    assert site.requests["cancelNumber"] == 1


@pytest.mark.parametrize("fault", ["drop-request", "500-before", "429"])
def test_a_cancel_without_effect_is_sent_again_once_the_site_has_called_the_number_live(
    fault: str,
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    cancelled: Callable[[Engine, Order], str],
    amid: Callable[..., list[object]],
) -> None:
    order = calm(engine)
    site.add_fault(f"cancelNumber:{fault}@1")
    asked = site.requests["getMessage"]
    at_the_question = amid("getMessage", lambda: site.requests["cancelNumber"])
    assert cancelled(engine, order) == REFUNDED
    assert at_the_question == [1]
    assert site.requests["cancelNumber"] == 2
    assert site.requests["getMessage"] == asked + 2


def test_what_became_of_a_cancel_is_asked_at_once_while_all_else_waits_as_the_site_asks(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    until: Until,
    until_state: Callable[..., Order],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its window closes meanwhile: after five minutes it might no longer be sent again."""
    monkeypatch.setattr(judging, "retry_after_seconds", lambda *_: 300.0)  # the sandbox never says more than 2
    monkeypatch.setattr(balance, "SOON_SECONDS", 0.2)
    order = calm(engine)
    site.add_fault("getServiceDetails:429@1")
    engine.submit(WatchRows(("2",)))
    until(engine, lambda seen: seen.link is Link.BUSY)
    site.add_fault("cancelNumber:drop-request@1")
    readings = site.requests["getBalance"]
    engine.submit(CancelNumber(order.id))
    until_state(engine, order, OrderState.CANCELLED)
    assert (site.requests["cancelNumber"], site.requests["getBalance"]) == (2, readings)
    assert engine.stop(5), "nor does the end of the program wait that long for a balance"


def test_a_cancel_that_meets_a_site_asking_for_patience_is_sent_again_after_that_long(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    cancelled: Callable[[Engine, Order], str],
) -> None:
    """Three within a blink would all be turned away, and the number left to run out of its window."""
    order = calm(engine)
    site.add_fault("cancelNumber:429@1")
    began = time.monotonic()
    assert cancelled(engine, order) == REFUNDED
    assert time.monotonic() - began >= 2.0, "as the site's Retry-After says"


def test_however_much_patience_the_site_asks_for_a_cancel_is_sent_again_before_its_window_closes(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    pass_seconds: Callable[[float], None],
    cancelled: Callable[[Engine, Order], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(judging, "retry_after_seconds", lambda *_: 300.0)
    monkeypatch.setattr(cancelling, "MOST_PATIENCE_SECONDS", 300.0)
    order = calm(engine)
    pass_seconds(595)
    site.add_fault("cancelNumber:429@1")
    assert cancelled(engine, order) == REFUNDED


def test_a_cancel_that_is_lost_again_and_again_leaves_the_number_to_the_person(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    cancelled: Callable[[Engine, Order], str],
    now: Callable[[Engine, Order], Order],
) -> None:
    order = calm(engine)
    site.add_fault("cancelNumber:drop-request@*")
    assert cancelled(engine, order).startswith("The cancel had no effect: the number is still live.")
    assert now(engine, order).state is OrderState.WAITING
    assert site.orders[0].state == "waiting"
    assert site.requests["cancelNumber"] == 3


def test_a_lost_cancel_is_not_sent_again_while_nobody_says_what_became_of_the_number(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    until: Until,
    rows: Rows,
) -> None:
    order = calm(engine)
    site.add_fault("cancelNumber:drop-reply@1")
    site.add_fault("getMessage:garbage@*")
    engine.submit(CancelNumber(order.id))
    until(engine, lambda _: ("cancel not settled",) in rows("SELECT event FROM events"))
    assert site.requests["cancelNumber"] == 1
    until(engine, lambda seen: seen.orders[0].state is OrderState.CANCELLING)


def test_after_the_window_a_lost_cancel_is_the_persons_to_send_again(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    cancelled: Callable[[Engine, Order], str],
    pass_seconds: Callable[[float], None],
) -> None:
    order = calm(engine)
    pass_seconds(601)
    site.add_fault("cancelNumber:drop-request@1")
    assert "the refund window is closed" in cancelled(engine, order)
    assert site.requests["cancelNumber"] == 1


@pytest.mark.parametrize("fault", ["stall", "cut", "garbage", "html", "500", "redirect", "php-notice"])
def test_every_unreadable_reply_to_a_cancel_is_settled_by_asking_not_by_sending_again(
    fault: str,
    site: SandboxServer,
    start: Callable[..., Engine],
    calm: Callable[[Engine], Order],
    cancelled: Callable[[Engine, Order], str],
) -> None:
    engine = start(money_seconds=0.3 if fault == "stall" else 30.0)
    order = calm(engine)
    site.add_fault(f"cancelNumber:{fault}")
    assert cancelled(engine, order) == REFUNDED
    assert site.requests["cancelNumber"] == 1


def test_two_presses_at_once_send_one_cancel(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    cancelled: Callable[[Engine, Order], str],
) -> None:
    order = calm(engine)
    engine.submit(CancelNumber(order.id))
    assert cancelled(engine, order) == REFUNDED
    engine.submit(CancelNumber(order.id))
    engine.submit(CancelNumber("no such order"))
    assert engine.stop(10)
    assert site.requests["cancelNumber"] == 1


def test_a_cancel_goes_out_while_the_site_counts_as_down(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    until: Until,
    cancelled: Callable[[Engine, Order], str],
    told: Callable[..., list[str]],
) -> None:
    order = calm(engine)
    site.add_fault("getBalance:500-before")
    engine.submit(Refresh())
    until(engine, lambda seen: "has a fault of its own" in told(seen)[-1])
    cancelled(engine, order)
    assert site.orders[0].state == "cancelled"


def test_no_refund_is_denied_by_a_balance_that_is_older_than_the_order(
    site: SandboxServer,
    start: Callable[..., Engine],
    until: Until,
    wish: PlaceOrder,
    cancelled: Callable[[Engine, Order], str],
) -> None:
    engine = start(read_seconds=1.5)
    site.add_fault("getBalance:stall@2+")  # the last balance on the screen is the one from before the order
    engine.submit(wish)
    seen = until(engine, lambda seen: any(order.state is OrderState.WAITING for order in seen.orders))
    until(engine, lambda _: site.requests["getBalance"] >= 3)
    site.clear_faults()
    assert seen.balance == Decimal(100)
    assert cancelled(engine, seen.orders[0]) == COMPARE


def test_a_balance_that_rose_by_something_else_is_no_proof_of_a_refund(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    cancelled: Callable[[Engine, Order], str],
    amid: Callable[..., list[object]],
) -> None:
    order = calm(engine)
    amid("cancelNumber", lambda: site.set_balance("148"))
    assert cancelled(engine, order) == COMPARE


@pytest.mark.parametrize("site_options", [{"refund_seconds": 500.0}])  # less than the client believes
def test_of_two_cancels_at_once_neither_takes_the_others_refund_for_its_own(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    pass_seconds: Callable[[float], None],
    until: Until,
    note_of: Callable[[Order], str],
    now: Callable[[Engine, Order], Order],
) -> None:
    late = calm(engine)
    pass_seconds(400)
    in_time = calm(engine)
    pass_seconds(150)
    site.set_latency(0.1)
    engine.submit(CancelNumber(late.id))
    engine.submit(CancelNumber(in_time.id))
    until(engine, lambda _: all(note_of(now(engine, order)) for order in (late, in_time)))
    assert note_of(now(engine, late)) == COMPARE
    assert site.balance == Decimal(98)


@pytest.mark.parametrize("site_options", [{"expire_seconds": 300.0, "expire_refund": True}])
def test_a_number_that_the_site_had_cancelled_itself_is_told_as_the_sites_doing(
    start: Callable[..., Engine],
    policy: Policy,
    until: Until,
    note_of: Callable[[Order], str],
    calm: Callable[[Engine], Order],
    cancelled: Callable[[Engine, Order], str],
    now: Callable[[Engine, Order], Order],
    pass_seconds: Callable[[float], None],
) -> None:
    engine = start(policy=replace(policy, freshness=Freshness(balance_seconds=0.02)))
    order = calm(engine)
    pass_seconds(300)
    until(engine, lambda seen: seen.balance == Decimal(100))
    cancelled(engine, order)
    assert engine.stop(10)
    assert note_of(now(engine, order)).startswith("The site says that this number is cancelled.")
    assert now(engine, order).state is OrderState.CANCELLED


def test_outside_the_window_a_balance_that_rose_is_no_proof_of_a_refund(
    site: SandboxServer,
    engine: Engine,
    calm: Callable[[Engine], Order],
    cancelled: Callable[[Engine, Order], str],
    pass_seconds: Callable[[float], None],
) -> None:
    """A site may give back another number by itself, at just that moment and for just that price."""
    order = calm(engine)
    pass_seconds(700)
    site.set_balance(site.balance + order.price)
    assert cancelled(engine, order) == COMPARE
