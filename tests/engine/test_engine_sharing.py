"""Two programs on one journal: one polls, both see all and may order, and the living take over from the dead."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from snum_tui.domain.clock import Clock
from snum_tui.domain.orders import Order, OrderState, advance
from snum_tui.domain.policy import Policy
from snum_tui.engine import sharing
from snum_tui.engine.commands import CancelNumber, PlaceOrder, Refresh, SetAutoCancel, SettleOrder, StandBy
from snum_tui.engine.snapshot import Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.journal.company import Company
from snum_tui.journal.orders import Journal
from snum_tui.sandbox.server import SandboxServer

Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]
Start = Callable[..., Engine]
Place = Callable[..., Order]
Told = Callable[[Snapshot], list[str]]


@pytest.fixture
def both(start: Start, until: Until) -> tuple[Engine, Engine]:
    """Two engines on one journal; the first one leads."""
    first = start()
    second = start()
    until(first, lambda seen: seen.leads and seen.others == 1)
    until(second, lambda seen: not seen.leads and seen.others == 1)
    return first, second


def state_of(seen: Snapshot) -> OrderState | None:
    """Return the state of the only order."""
    return seen.orders[0].state if seen.orders else None


@pytest.mark.parametrize("orders", [0, 1], ids=["the leader orders", "the other orders"])
def test_both_may_order_and_both_see_the_number_and_its_code(
    orders: int, both: tuple[Engine, Engine], site: SandboxServer, place: Place, until: Until, told: Told
) -> None:
    order = place(both[orders])
    for engine in both:
        until(engine, lambda seen: state_of(seen) is OrderState.WAITING)
    site.deliver(order.number_id or "", "123456")
    for engine in both:
        seen = until(engine, lambda seen: state_of(seen) is OrderState.RECEIVED)
        until(engine, lambda seen: "good: Code 123456 for Google. Press y to copy it." in told(seen))
        assert seen.orders[0].message == "123456"


def test_only_the_leader_asks_for_messages(
    both: tuple[Engine, Engine], site: SandboxServer, place: Place, until: Until
) -> None:
    first, second = both
    place(second)
    until(first, lambda seen: state_of(seen) is OrderState.WAITING)
    asked = site.requests["getMessage"]
    until(first, lambda _: site.requests["getMessage"] > asked + 5)
    assert first.stop(10)
    asked = site.requests["getMessage"]
    until(second, lambda seen: seen.leads)
    until(second, lambda _: site.requests["getMessage"] > asked + 5)


def test_whoever_cancels_the_other_sees_it_and_judges_nothing_meanwhile(
    both: tuple[Engine, Engine],
    site: SandboxServer,
    place: Place,
    until: Until,
    note_of: Callable[[Order], str],
) -> None:
    first, second = both
    order = place(first)
    until(second, lambda seen: state_of(seen) is OrderState.WAITING)
    # A refund is proven by a balance read wholly after the order: the one on its way may be older, so ask thrice.
    for _ in range(3):
        asked = site.requests["getBalance"]
        second.submit(Refresh())
        until(second, lambda _, asked=asked: site.requests["getBalance"] > asked)  # type: ignore[misc]
    site.set_latency(1.5)  # so that the other looks at least once while the cancel is on its way
    second.submit(CancelNumber(order.id))
    until(first, lambda seen: state_of(seen) is OrderState.CANCELLING)
    for engine in both:
        seen = until(engine, lambda seen: bool(seen.orders[0].refunded))
        assert state_of(seen) is OrderState.CANCELLED
        assert seen.spent_today == 0
        assert note_of(seen.orders[0]) == "cancelled, ₺2.00 refunded"
    assert site.requests["cancelNumber"] == 1


def test_two_cancels_of_one_number_from_two_windows_are_one(
    both: tuple[Engine, Engine], site: SandboxServer, place: Place, until: Until
) -> None:
    order = place(both[0])
    until(both[1], lambda seen: state_of(seen) is OrderState.WAITING)
    for engine in both:
        engine.submit(CancelNumber(order.id))
    for engine in both:
        until(engine, lambda seen: state_of(seen) is OrderState.CANCELLED)
        assert engine.stop(10)
    assert site.requests["cancelNumber"] == 1


def test_only_the_leader_cancels_what_is_armed(
    both: tuple[Engine, Engine],
    site: SandboxServer,
    place: Place,
    until: Until,
    pass_seconds: Callable[[float], None],
) -> None:
    order = place(both[0])
    until(both[1], lambda seen: state_of(seen) is OrderState.WAITING)
    both[1].submit(SetAutoCancel(order.id, on=True))
    until(both[0], lambda seen: seen.orders[0].auto_cancel)
    pass_seconds(541)
    for engine in both:
        until(engine, lambda seen: state_of(seen) is OrderState.CANCELLED)
    assert site.requests["cancelNumber"] == 1


def test_an_unknown_order_is_seen_and_may_be_settled_from_the_other_window(
    both: tuple[Engine, Engine], site: SandboxServer, wish: PlaceOrder, until: Until
) -> None:
    site.add_fault("getNumber:drop-reply@1")
    both[0].submit(wish)
    for engine in both:
        until(engine, lambda seen: len(seen.unknown_orders) == 1)
    both[1].submit(SettleOrder(both[1].latest.orders[0].id, charged=True, remark=""))
    for engine in both:
        until(engine, lambda seen: state_of(seen) is OrderState.WRITTEN_OFF)


def test_an_order_that_another_living_program_is_sending_is_not_taken_for_lost(
    both: tuple[Engine, Engine],
    site: SandboxServer,
    wish: PlaceOrder,
    until: Until,
) -> None:
    first, second = both
    site.set_latency(0.8)
    second.submit(wish)
    until(first, lambda seen: state_of(seen) is OrderState.SENDING)
    until(first, lambda seen: state_of(seen) is not OrderState.SENDING)
    assert state_of(first.latest) is OrderState.WAITING


@pytest.fixture
def dead_order(site: SandboxServer, state: Path, clock: Clock) -> Callable[[], None]:
    """Leave an order behind that a program was sending when it died, beside those that run."""

    def leave() -> None:
        company = Company(state, site.url, "default")
        company.join()
        with closing(Journal.open(state)) as journal:
            chosen = ("1", "Google", "1", "Almanya")
            order = Order("killed", "default", site.url, *chosen, Decimal(2), clock.now(), 600)
            journal.write_intent(replace(order, handled_by=company.name))
        company.leave()

    return leave


def test_an_order_whose_sender_died_beside_us_becomes_an_open_question(
    both: tuple[Engine, Engine], dead_order: Callable[[], None], until: Until, site: SandboxServer, told: Told
) -> None:
    dead_order()
    for engine in both:
        until(engine, lambda seen: len(seen.unknown_orders) == 1)
        until(engine, lambda seen: any(line.startswith("alarm: Unknown order of Almanya") for line in told(seen)))
    assert site.requests["getNumber"] == 0


def test_a_number_id_that_the_other_window_was_given_just_now_is_an_open_question(
    both: tuple[Engine, Engine],
    site: SandboxServer,
    state: Path,
    clock: Clock,
    wish: PlaceOrder,
    until: Until,
) -> None:
    """The one moment in which only the journal itself can know: after the look, before the write."""
    taken = Order("other", "another profile", site.url, "1", "Google", "1", "Almanya", Decimal(2), clock.now(), 600)

    def write_beside() -> None:
        number_id = str(max((int(order.number_id) for order in site.orders), default=0))
        with closing(Journal.open(state)) as journal:
            journal.write_intent(taken)
            journal.record(advance(taken, OrderState.WAITING, number_id=number_id), "number received")

    real = Journal.has_number

    def look_then_write(journal: Journal, asked_site: str, number_id: str) -> bool:
        known = real(journal, asked_site, number_id)
        write_beside()
        return known

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Journal, "has_number", look_then_write)
        both[1].submit(wish)
        seen = until(both[1], lambda seen: len(seen.unknown_orders) == 1)
    assert seen.ordering_stopped is None
    assert seen.unwritten == ()


class TestADayLimit:
    @pytest.fixture
    def policy(self, policy: Policy) -> Policy:
        """Five liras a day: two numbers of 2.00."""
        return replace(policy, rules=replace(policy.rules, day_limit=Decimal(5)))

    def test_it_counts_what_both_windows_spend(
        self,
        both: tuple[Engine, Engine],
        site: SandboxServer,
        place: Place,
        wish: PlaceOrder,
        until: Until,
        told: Told,
    ) -> None:
        first = place(both[0])
        until(both[1], lambda seen: any(order.id == first.id and order.number for order in seen.orders))
        place(both[1])
        both[0].submit(wish)
        until(both[0], lambda seen: any("your limit of ₺5.00 a day" in line for line in told(seen)))
        assert site.requests["getNumber"] == 2

    def test_what_was_given_back_may_be_spent_again(
        self, engine: Engine, site: SandboxServer, place: Place, until: Until
    ) -> None:
        place(engine)
        order = place(engine)
        engine.submit(CancelNumber(order.id))
        until(engine, lambda seen: seen.orders[0].state is OrderState.CANCELLED)
        place(engine)
        assert site.requests["getNumber"] == 3


def test_a_file_that_a_neighbour_holds_stops_nothing_but_writing(
    both: tuple[Engine, Engine], state: Path, until: Until, site: SandboxServer
) -> None:
    with closing(sqlite3.connect(state / "orders.db", isolation_level=None)) as neighbour:
        neighbour.execute("BEGIN EXCLUSIVE")
        for engine in both:
            asked = site.requests["getBalance"]
            engine.submit(Refresh())
            until(engine, lambda _, asked=asked: site.requests["getBalance"] > asked)  # type: ignore[misc]
        neighbour.execute("ROLLBACK")


def test_a_program_about_to_be_stopped_lets_the_other_lead_and_is_one_of_them_again_afterwards(
    both: tuple[Engine, Engine], place: Place, until: Until
) -> None:
    first, second = both
    first.submit(StandBy(on=True))
    until(first, lambda seen: seen.stands_by and not seen.leads)
    until(second, lambda seen: seen.leads and seen.others == 0)
    place(second)
    first.submit(StandBy(on=False))
    seen = until(first, lambda seen: not seen.stands_by and seen.others == 1)
    assert not seen.leads
    assert state_of(seen) is OrderState.WAITING
    until(second, lambda seen: seen.leads and seen.others == 1)


def test_a_program_that_stands_by_takes_no_lead_that_is_free(
    start: Start, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "LOOK_SECONDS", 0.01)
    first = start()
    until(first, lambda seen: seen.leads)
    second = start()
    first.submit(StandBy(on=True))
    until(first, lambda seen: seen.stands_by)
    until(second, lambda seen: seen.leads)
    assert second.stop(10.0)
    until(start(), lambda seen: seen.leads)
    assert not first.latest.leads


def test_alone_a_program_that_stood_by_leads_again(engine: Engine, until: Until) -> None:
    until(engine, lambda seen: seen.leads)
    engine.submit(StandBy(on=True))
    until(engine, lambda seen: seen.stands_by and not seen.leads)
    engine.submit(StandBy(on=False))
    until(engine, lambda seen: seen.leads and not seen.stands_by)


def test_with_a_number_open_no_program_stands_by(engine: Engine, place: Place, until: Until, told: Told) -> None:
    place(engine)
    engine.submit(StandBy(on=True))
    until(engine, lambda seen: any("Not suspended: an order" in one for one in told(seen)))
    assert engine.latest.leads
    assert not engine.latest.stands_by
