"""Unknown orders: what the balance shows later, and what the person says of them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.request import urlopen

import pytest

from snum_tui.domain.orders import Order, OrderState
from snum_tui.engine import unknowns
from snum_tui.engine.commands import AdoptNumber, CancelNumber, CheckBalance, SettleOrder
from snum_tui.engine.snapshot import Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.sandbox.server import SandboxServer

OFTEN = tuple(tenths / 10 for tenths in range(1, 200))
Rows = Callable[..., list[tuple[Any, ...]]]
Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]


@pytest.fixture
def lost(site: SandboxServer, place: Callable[..., Order]) -> Callable[..., Order]:
    """Order a number and lose the reply; the site has charged for it, or (`drop-request`) has not."""

    def order(engine: Engine, fault: str = "drop-reply") -> Order:
        site.add_fault(f"getNumber:{fault}@1")
        placed = place(engine)
        site.clear_faults()
        assert placed.state is OrderState.UNKNOWN
        return placed

    return order


@pytest.fixture
def says(
    until: Until, told: Callable[[Snapshot], list[str]]
) -> Callable[[Engine, CheckBalance | AdoptNumber | SettleOrder], str]:
    """Submit a command and return what is told next."""

    def ask(engine: Engine, command: CheckBalance | AdoptNumber | SettleOrder) -> str:
        before = len(engine.latest.events)
        engine.submit(command)
        return told(until(engine, lambda seen: len(seen.events) > before))[-1]

    return ask


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("drop-reply", "the site most likely charged for it"),
        ("drop-request", "the site most likely did not charge"),
    ],
)
def test_the_balance_read_again_says_what_it_looks_like_and_decides_nothing(
    fault: str,
    words: str,
    engine: Engine,
    lost: Callable[..., Order],
    says: Callable[..., str],
    now: Callable[[Engine, Order], Order],
) -> None:
    order = lost(engine, fault)
    assert words in says(engine, CheckBalance(order.id))
    assert now(engine, order).state is OrderState.UNKNOWN


def test_a_balance_that_another_order_has_moved_is_not_laid_to_the_unknown_one(
    engine: Engine,
    lost: Callable[..., Order],
    place: Callable[..., Order],
    says: Callable[..., str],
    now: Callable[[Engine, Order], Order],
) -> None:
    order = lost(engine, "drop-request")
    place(engine)
    assert "Other orders have moved the balance" in says(engine, CheckBalance(order.id))
    assert now(engine, order).balance_after == Decimal(100)


def test_a_refund_of_another_number_does_not_hide_a_charge(
    engine: Engine,
    lost: Callable[..., Order],
    place: Callable[..., Order],
    until_state: Callable[..., Order],
    until: Until,
    says: Callable[..., str],
    now: Callable[[Engine, Order], Order],
) -> None:
    other = place(engine)
    order = lost(engine)
    engine.submit(CancelNumber(other.id))
    until_state(engine, other, OrderState.CANCELLED)
    until(engine, lambda seen: seen.balance == Decimal(98))
    assert "Other orders have moved the balance" in says(engine, CheckBalance(order.id))
    assert now(engine, order).balance_after == Decimal(96)


def test_a_charge_that_comes_late_is_seen_by_itself(
    site: SandboxServer,
    engine: Engine,
    lost: Callable[..., Order],
    until: Until,
    rows: Rows,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(unknowns, "READ_AGAIN_SECONDS", OFTEN)
    order = lost(engine, "drop-request")
    site.set_balance("98")
    until(engine, lambda seen: seen.unknown_orders[0].balance_after == Decimal(98))
    events = [event for (event,) in rows("SELECT event FROM events WHERE order_id = ?", order.id)]
    assert [event for event in events if event.startswith("balance after ") and event.endswith(" s: 98")]


def test_a_late_reading_leaves_the_evidence_alone_once_another_order_has_moved_the_balance(
    site: SandboxServer,
    engine: Engine,
    lost: Callable[..., Order],
    place: Callable[..., Order],
    until: Until,
    now: Callable[[Engine, Order], Order],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(unknowns, "READ_AGAIN_SECONDS", OFTEN)
    order = lost(engine, "drop-request")
    read = site.requests["getBalance"]
    place(engine)
    # Two of the readings belong to the second order, the others to the first.
    until(engine, lambda _: site.requests["getBalance"] >= read + 3)
    assert engine.stop(10)
    assert now(engine, order).balance_after == Decimal(100)


def test_a_number_found_on_the_sites_page_is_asked_for_its_code(
    site: SandboxServer,
    engine: Engine,
    lost: Callable[..., Order],
    until_state: Callable[..., Order],
) -> None:
    order = lost(engine)
    truth = site.orders[0]
    engine.submit(AdoptNumber(order.id, truth.number_id))
    site.deliver(truth.number_id, "123456")
    assert until_state(engine, order, OrderState.RECEIVED).message == "123456"


def test_a_mistyped_number_id_is_not_taken_and_the_right_one_still_is(
    site: SandboxServer,
    engine: Engine,
    lost: Callable[..., Order],
    says: Callable[..., str],
    now: Callable[[Engine, Order], Order],
    until_state: Callable[..., Order],
) -> None:
    order = lost(engine)
    number_id = site.orders[0].number_id
    assert "knows no number with the id 999999" in says(engine, AdoptNumber(order.id, "999999"))
    assert (now(engine, order).state, now(engine, order).number_id) == (OrderState.UNKNOWN, None)
    engine.submit(AdoptNumber(order.id, number_id))
    assert until_state(engine, order, OrderState.WAITING).number_id == number_id


def test_a_number_that_the_site_calls_cancelled_is_left_to_the_person(
    site: SandboxServer,
    engine: Engine,
    lost: Callable[..., Order],
    says: Callable[..., str],
    now: Callable[[Engine, Order], Order],
) -> None:
    """It may be another number, mistyped; taking it would settle the order by that."""
    order = lost(engine)
    number_id = site.orders[0].number_id
    with urlopen(f"{site.url}/api/{site.key}/cancelNumber/{number_id}") as reply:  # noqa: S310 - our own sandbox
        assert b'"success":true' in reply.read()
    assert f"calls number id {number_id} cancelled" in says(engine, AdoptNumber(order.id, number_id))
    assert now(engine, order).state is OrderState.UNKNOWN


@pytest.mark.parametrize("fault", ["500", "html", "drop-reply"])
def test_a_number_that_the_site_tells_nothing_of_can_be_typed_in_again(
    fault: str,
    site: SandboxServer,
    engine: Engine,
    lost: Callable[..., Order],
    says: Callable[..., str],
    now: Callable[[Engine, Order], Order],
    until_state: Callable[..., Order],
) -> None:
    order = lost(engine)
    number_id = site.orders[0].number_id
    site.add_fault(f"getMessage:{fault}@*")
    assert f"did not tell of number id {number_id}" in says(engine, AdoptNumber(order.id, number_id))
    assert now(engine, order).state is OrderState.UNKNOWN
    site.clear_faults()
    engine.submit(AdoptNumber(order.id, number_id))
    until_state(engine, order, OrderState.WAITING)


def test_a_number_of_another_order_is_not_taken(
    engine: Engine,
    lost: Callable[..., Order],
    place: Callable[..., Order],
    says: Callable[..., str],
    now: Callable[[Engine, Order], Order],
) -> None:
    other = place(engine)
    order = lost(engine)
    assert "belongs to another order already" in says(engine, AdoptNumber(order.id, other.number_id or ""))
    assert now(engine, order).state is OrderState.UNKNOWN


@pytest.mark.parametrize(
    ("charged", "becomes", "spent"), [(True, OrderState.WRITTEN_OFF, 2), (False, OrderState.VOID, 0)]
)
def test_what_the_person_says_settles_an_unknown_order_for_good(
    charged: bool,  # noqa: FBT001 - a table
    becomes: OrderState,
    spent: int,
    engine: Engine,
    start: Callable[..., Engine],
    lost: Callable[..., Order],
    until_state: Callable[..., Order],
    note_of: Callable[[Order], str],
) -> None:
    order = lost(engine)
    engine.submit(SettleOrder(order.id, charged=charged, remark="asked the support"))
    settled = until_state(engine, order, becomes)
    assert note_of(settled) == "Settled by you: asked the support"
    assert settled.settled_at is not None
    assert engine.stop(10)
    again = start()
    assert [order.state for order in again.latest.orders] == [becomes]
    assert again.latest.spent_today == spent


def test_only_unknown_orders_can_be_settled_checked_or_given_a_number(
    site: SandboxServer,
    engine: Engine,
    place: Callable[..., Order],
    now: Callable[[Engine, Order], Order],
    told: Callable[..., list[str]],
) -> None:
    order = place(engine)
    engine.submit(SettleOrder(order.id, charged=False, remark=""))
    engine.submit(AdoptNumber(order.id, "75"))
    engine.submit(CheckBalance("no such order"))
    assert engine.stop(10)
    assert now(engine, order).state is OrderState.WAITING
    assert now(engine, order).number_id == site.orders[0].number_id
    assert len(told(engine.latest)) == 1, "only that the number is theirs"
