"""The balance on the screen is the newest one, and evidence only where nothing moved it while it was read."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.policy import Policy, PollSchedule
from snum_tui.engine.commands import CancelNumber, Refresh, SetFavourite
from snum_tui.engine.snapshot import Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.sandbox.server import SandboxServer

Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]


@pytest.fixture
def site_options() -> dict[str, object]:
    """A dripping reply takes most of a second; refunds end earlier than the client believes."""
    return {"drip_seconds": 0.05, "refund_seconds": 500.0}


@pytest.fixture
def policy(policy: Policy) -> Policy:
    """No question about messages but those that the test brings about."""
    return replace(policy, polls=PollSchedule(first_seconds=3600))


def test_a_slow_reply_from_before_an_order_does_not_cover_the_balance_after_it(
    site: SandboxServer, engine: Engine, until: Until, place: Callable[..., Order]
) -> None:
    read = site.requests["getBalance"]
    site.add_fault("getBalance:drip@1")
    site.add_fault("getBalance:stall@4")
    engine.submit(Refresh())
    until(engine, lambda _: site.requests["getBalance"] == read + 1)
    place(engine)
    assert engine.latest.balance == Decimal(98)
    engine.submit(Refresh())
    # The fourth question is put when the slow reply to the first is there.
    until(engine, lambda _: site.requests["getBalance"] == read + 4)
    engine.submit(SetFavourite("1", "Almanya", "1", "Google", on=True))
    seen = until(engine, lambda seen: bool(seen.favourites))
    assert seen.balance == Decimal(98)


def test_a_balance_that_a_cancel_moved_while_it_was_read_proves_no_other_refund(
    site: SandboxServer,
    engine: Engine,
    until: Until,
    place: Callable[..., Order],
    until_state: Callable[..., Order],
    now: Callable[[Engine, Order], Order],
    note_of: Callable[[Order], str],
    pass_seconds: Callable[[float], None],
) -> None:
    late = place(engine)
    pass_seconds(400)
    in_time = place(engine)
    pass_seconds(150)
    read = site.requests["getBalance"]
    for fault in ("drip@1", "refuse@2", "stall@3"):
        site.add_fault(f"getBalance:{fault}")
    engine.submit(Refresh())
    until(engine, lambda _: site.requests["getBalance"] == read + 1)
    engine.submit(CancelNumber(in_time.id))
    until_state(engine, in_time, OrderState.CANCELLED)
    until(engine, lambda _: site.requests["getBalance"] == read + 3)
    engine.submit(CancelNumber(late.id))
    until(engine, lambda _: bool(note_of(now(engine, late))))
    assert note_of(now(engine, late)) == "cancelled; compare the balance to see the refund"
