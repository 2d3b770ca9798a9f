"""What is looked at before an order goes out, and what is told of the balance after it."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.site import ApiKey
from snum_tui.engine import balance, ordering
from snum_tui.engine.commands import CancelNumber, PlaceOrder, Refresh
from snum_tui.engine.snapshot import Link, Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.provider import judging
from snum_tui.sandbox.server import SandboxServer

Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]

NOT_DONE_YET = (
    "warning: Nothing was ordered: the order before it is not done yet. Try again once its outcome is there."
)


@pytest.fixture
def refused(
    until: Until, told: Callable[[Snapshot], list[str]], wish: PlaceOrder, site: SandboxServer
) -> Callable[[Engine], str]:
    """Order one number, see that nothing was sent, and return why."""

    def order(engine: Engine) -> str:
        engine.submit(wish)
        start = "warning: Nothing was ordered: "
        seen = until(engine, lambda seen: any(line.startswith(start) for line in told(seen)))
        assert seen.orders == ()
        assert site.requests["getNumber"] == 0
        return next(line for line in reversed(told(seen)) if line.startswith(start)).removeprefix(start)

    return order


def test_a_price_that_rose_since_the_person_agreed_sends_nothing(
    site: SandboxServer, engine: Engine, refused: Callable[[Engine], str]
) -> None:
    site.set_price("1", "2.01")
    assert refused(engine).startswith("the price rose to ₺2.01.")


def test_a_price_that_fell_is_what_is_written_down_and_compared(
    site: SandboxServer, engine: Engine, place: Callable[..., Order], told: Callable[..., list[str]]
) -> None:
    site.set_price("1", "1.50")
    order = place(engine)
    assert (order.state, order.price, order.balance_after) == (OrderState.WAITING, Decimal("1.5"), Decimal("98.5"))
    assert engine.latest.spent_today == Decimal("1.5")
    assert len(told(engine.latest)) == 1


@pytest.mark.parametrize("fault", ["500-before", "html", "refuse", "drop-request", "garbage"])
def test_a_balance_that_cannot_be_read_sends_nothing(
    fault: str, site: SandboxServer, engine: Engine, refused: Callable[[Engine], str]
) -> None:
    site.add_fault(f"getBalance:{fault}")
    assert refused(engine)


@pytest.mark.parametrize("fault", ["500-before", "html", "drop-request", "garbage"])
def test_a_price_that_cannot_be_read_sends_nothing(
    fault: str, site: SandboxServer, engine: Engine, refused: Callable[[Engine], str]
) -> None:
    site.add_fault(f"getServiceDetails:{fault}")
    assert refused(engine)


def test_a_site_without_quotes_of_single_rows_sells_at_the_price_of_its_list(
    site: SandboxServer, engine: Engine, place: Callable[..., Order]
) -> None:
    site.add_fault("getServiceDetails:refuse")
    order = place(engine)
    assert (order.state, order.price) == (OrderState.WAITING, Decimal("2.00"))


def test_readings_that_fail_together_leave_nothing_behind_that_fails_unheard(
    site: SandboxServer, engine: Engine, refused: Callable[[Engine], str], caplog: pytest.LogCaptureFixture
) -> None:
    site.add_fault("*:html")
    assert refused(engine)
    assert engine.stop(10)
    assert caplog.records == []


def test_a_site_that_does_not_tell_the_price_in_time_sends_nothing(
    site: SandboxServer,
    engine: Engine,
    refused: Callable[[Engine], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ordering, "CHECK_SECONDS", 0.1)
    site.add_fault("getServiceDetails:stall")
    assert refused(engine).startswith("the site did not tell price and balance in time.")


def test_an_order_for_which_the_site_asks_too_much_patience_is_refused_at_once(
    site: SandboxServer,
    engine: Engine,
    until: Until,
    refused: Callable[[Engine], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(judging, "retry_after_seconds", lambda *_: 300.0)  # the sandbox never says more than 2
    monkeypatch.setattr(ordering, "CHECK_SECONDS", 250.0)
    site.add_fault("getBalance:429@1")
    engine.submit(Refresh())
    until(engine, lambda seen: seen.link is Link.BUSY)
    assert "asks for patience" in refused(engine)


def test_an_order_that_would_go_out_long_after_its_key_press_is_not_sent(
    site: SandboxServer,
    start: Callable[..., Engine],
    until: Until,
    told: Callable[[Snapshot], list[str]],
    wish: PlaceOrder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The one before it is not done yet: its reply stays out, and that may take a minute."""
    engine = start(money_seconds=3.0)
    monkeypatch.setattr(ordering, "CHECK_SECONDS", 1.0)
    site.add_fault("getNumber:stall@1")
    engine.submit(wish)
    until(engine, lambda _: site.requests["getNumber"] == 1)
    engine.submit(wish)
    seen = until(engine, lambda seen: told(seen)[-1:] == [NOT_DONE_YET])
    assert [order.state for order in seen.orders] == [OrderState.SENDING], "and that is told in time"
    until(engine, lambda seen: bool(seen.unknown_orders))
    assert engine.stop(10)
    assert site.requests["getNumber"] == 1


def test_a_balance_after_an_order_that_the_site_does_not_tell_keeps_no_other_order_back_for_long(
    site: SandboxServer,
    start: Callable[..., Engine],
    until: Until,
    wish: PlaceOrder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine = start()
    monkeypatch.setattr(balance, "SOON_SECONDS", 0.5)
    site.add_fault("getBalance:stall@2")
    engine.submit(wish)
    until(engine, lambda seen: [order.state for order in seen.orders] == [OrderState.WAITING])
    engine.submit(wish)
    seen = until(engine, lambda seen: len(seen.orders) == 2 and seen.orders[0].balance_after is not None)
    assert seen.orders[0].balance_before == Decimal(98)


def test_a_journal_that_is_gone_sends_nothing(
    engine: Engine, refused: Callable[[Engine], str], state: Path
) -> None:
    (state / "orders.db").unlink()
    assert "was deleted, emptied or exchanged" in refused(engine)


def test_a_wrong_key_sends_nothing(
    new_engine: Callable[..., Engine], until: Until, refused: Callable[[Engine], str]
) -> None:
    engine = new_engine(key=ApiKey("wrong"))
    engine.start()
    until(engine, lambda seen: seen.link == "key_rejected")
    assert "does not accept the API key" in refused(engine)


def test_a_row_without_a_usable_id_sends_nothing(
    engine: Engine, until: Until, site: SandboxServer, wish: PlaceOrder
) -> None:
    engine.submit(PlaceOrder("..", wish.service, wish.category_id, wish.category, wish.price))
    until(engine, lambda seen: bool(seen.events))
    assert site.requests["getNumber"] == 0
    assert engine.latest.orders == ()


@pytest.mark.parametrize(("charged", "fell"), [("10", "₺10.00"), ("1.50", "₺1.50")])
def test_a_difference_that_is_not_the_price_is_told(
    charged: str,
    fell: str,
    site: SandboxServer,
    engine: Engine,
    place: Callable[..., Order],
    told: Callable[..., list[str]],
) -> None:
    site.add_fault("getServiceDetails:refuse")
    site.set_price("1", charged)
    order = place(engine)
    assert f"The balance fell by {fell}, expected was ₺2.00." in told(engine.latest)[-1]
    assert order.state is OrderState.WAITING


def test_a_refusal_that_was_charged_all_the_same_is_told(
    site: SandboxServer,
    engine: Engine,
    place: Callable[..., Order],
    told: Callable[..., list[str]],
    amid: Callable[..., list[object]],
) -> None:
    site.set_stock("1", 0)
    amid("getNumber", lambda: site.set_balance("98"))
    assert place(engine).state is OrderState.REFUSED
    assert "The balance fell by ₺2.00, expected was ₺0.00." in told(engine.latest)[-1]


def test_while_a_cancel_is_under_way_no_difference_is_laid_to_an_order(
    site: SandboxServer, start: Callable[..., Engine], place: Callable[..., Order], told: Callable[..., list[str]]
) -> None:
    engine = start(money_seconds=1.0)
    first = place(engine)
    site.add_fault("cancelNumber:stall")
    engine.submit(CancelNumber(first.id))
    site.add_fault("getServiceDetails:refuse")
    site.set_price("1", "10")
    second = place(engine)
    assert second.balance_after is not None
    assert not [line for line in told(engine.latest) if "The balance fell" in line]


def test_what_is_spent_counts_numbers_and_unknown_orders_but_no_refusals(
    site: SandboxServer, engine: Engine, place: Callable[..., Order]
) -> None:
    place(engine)
    site.add_fault("getNumber:drop-reply@1")
    place(engine)
    site.set_stock("1", 0)
    place(engine)
    assert engine.latest.spent_today == Decimal(4)
