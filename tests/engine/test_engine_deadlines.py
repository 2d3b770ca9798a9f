"""The end of the refund window: told in time, and where the person armed it, the number is cancelled by itself."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.policy import Policy
from snum_tui.engine import balance, deadlines
from snum_tui.engine.commands import SetAutoCancel, WatchRows
from snum_tui.engine.snapshot import Link, Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.provider import judging
from snum_tui.sandbox.server import SandboxServer

Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]
Told = Callable[[Snapshot], list[str]]
Place = Callable[..., Order]
Pass = Callable[[float], None]
Rows = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(autouse=True)
def _look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """The live numbers are looked at every 20 ms instead of every second."""
    monkeypatch.setattr(deadlines, "LOOK_SECONDS", 0.02)


def state_of(seen: Snapshot) -> OrderState:
    """The state of the newest order."""
    return seen.orders[0].state


def test_the_person_is_told_three_minutes_and_one_minute_before(
    engine: Engine, place: Place, pass_seconds: Pass, until: Until, told: Told
) -> None:
    place(engine)
    pass_seconds(421)
    until(engine, lambda seen: any("three minutes left" in line for line in told(seen)))
    pass_seconds(120)
    seen = until(engine, lambda seen: any("one minute left" in line for line in told(seen)))
    lines = told(seen)
    assert sum("three minutes left" in line for line in lines) == 1
    assert next(line for line in lines if "one minute left" in line).startswith("alarm:")
    assert state_of(seen) is OrderState.WAITING


def test_whoever_comes_late_hears_only_the_nearest_warning(
    engine: Engine, place: Place, pass_seconds: Pass, until: Until, told: Told
) -> None:
    place(engine)
    pass_seconds(555)
    seen = until(engine, lambda seen: any("one minute left" in line for line in told(seen)))
    assert not any("three minutes" in line for line in told(seen))


def test_an_armed_number_is_cancelled_in_time_and_refunded(
    engine: Engine, site: SandboxServer, place: Place, pass_seconds: Pass, until: Until, told: Told, rows: Rows
) -> None:
    order = place(engine)
    engine.submit(SetAutoCancel(order.id, on=True))
    until(engine, lambda seen: seen.orders[0].auto_cancel)
    pass_seconds(541)
    seen = until(engine, lambda seen: any("refunded" in line for line in told(seen)))
    assert state_of(seen) is OrderState.CANCELLED
    assert site.requests["cancelNumber"] == 1
    assert site.balance == site.opening_balance
    events = [event for (event,) in rows("SELECT event FROM events WHERE order_id = ? ORDER BY rank", order.id)]
    assert "auto-cancel: 60 s of the window left and no code" in events
    assert any("being cancelled by itself" in line for line in told(seen))


def test_an_armed_number_is_cancelled_in_time_while_reads_wait_as_the_site_asks(
    engine: Engine,
    site: SandboxServer,
    place: Place,
    pass_seconds: Pass,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(judging, "retry_after_seconds", lambda *_: 300.0)  # the sandbox never says more than 2
    monkeypatch.setattr(balance, "SOON_SECONDS", 0.2)
    order = place(engine)
    engine.submit(SetAutoCancel(order.id, on=True))
    until(engine, lambda seen: seen.orders[0].auto_cancel)
    site.add_fault("getServiceDetails:429@1")
    engine.submit(WatchRows(("2",)))
    until(engine, lambda seen: seen.link is Link.BUSY)
    pass_seconds(541)
    until(engine, lambda seen: state_of(seen) is OrderState.CANCELLED)
    assert site.balance == site.opening_balance


def test_an_unarmed_number_is_never_cancelled_by_itself(
    engine: Engine, site: SandboxServer, place: Place, pass_seconds: Pass, until: Until, told: Told
) -> None:
    order = place(engine)
    engine.submit(SetAutoCancel(order.id, on=True))
    until(engine, lambda seen: seen.orders[0].auto_cancel)
    engine.submit(SetAutoCancel(order.id, on=False))
    until(engine, lambda seen: not seen.orders[0].auto_cancel)
    pass_seconds(545)
    until(engine, lambda seen: any("one minute left" in line for line in told(seen)))
    assert site.requests["cancelNumber"] == 0


def test_a_code_that_is_here_keeps_the_number(
    engine: Engine, site: SandboxServer, place: Place, pass_seconds: Pass, until: Until
) -> None:
    order = place(engine)
    engine.submit(SetAutoCancel(order.id, on=True))
    until(engine, lambda seen: seen.orders[0].auto_cancel)
    site.deliver(str(order.number_id), "135790")
    until(engine, lambda seen: state_of(seen) is OrderState.RECEIVED)
    second = place(engine)
    pass_seconds(545)
    engine.submit(SetAutoCancel(second.id, on=True))
    until(engine, lambda seen: state_of(seen) is OrderState.CANCELLED)
    assert site.requests["cancelNumber"] == 1


def test_a_refused_auto_cancel_is_told_and_not_repeated(
    engine: Engine, site: SandboxServer, place: Place, pass_seconds: Pass, until: Until, told: Told
) -> None:
    order = place(engine)
    site.add_fault("cancelNumber:refuse@*")
    engine.submit(SetAutoCancel(order.id, on=True))
    until(engine, lambda seen: seen.orders[0].auto_cancel)
    pass_seconds(541)
    until(engine, lambda seen: any("Not cancelled" in line for line in told(seen)))
    polled = site.requests["getMessage"]
    until(engine, lambda _seen: site.requests["getMessage"] > polled + 60)
    assert site.requests["cancelNumber"] == 1
    assert state_of(engine.latest) is OrderState.WAITING


class TestArmedByDefault:
    @pytest.fixture
    def policy(self, policy: Policy) -> Policy:
        """A profile that arms every number."""
        return replace(policy, rules=replace(policy.rules, auto_cancel=True))

    def test_every_new_number_is_armed_and_stays_so_after_a_restart(
        self, engine: Engine, start: Callable[..., Engine], place: Place, pass_seconds: Pass, until: Until
    ) -> None:
        place(engine)
        assert engine.latest.orders[0].auto_cancel
        assert engine.stop(10)
        again = start()
        assert again.latest.orders[0].auto_cancel
        pass_seconds(541)
        until(again, lambda seen: state_of(seen) is OrderState.CANCELLED)
