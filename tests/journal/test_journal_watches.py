"""Watches are the person's own work, and own orders tell what a service is worth."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.own_orders import OwnOrders
from snum_tui.journal.errors import JournalError, Vanished
from snum_tui.journal.orders import Journal, Watch
from tests.journal.test_journal_damage import alter

SITE = "example.com"
NewOrder = Callable[..., Order]
FIRST = Watch("12", "Almanya", "1", "Google")
SECOND = Watch("11", "Amerika", "1", "Google", Decimal("1.50"))


def test_watches_stand_in_the_order_they_were_added(journal: Journal) -> None:
    """Setting one again gives it another limit and its newest names; another site's stay out."""
    journal.set_watch(SITE, FIRST)
    journal.set_watch(SITE, SECOND)
    journal.set_watch("sms.tc", Watch("9", "Fransa", "2", "Discord"))
    changed = replace(FIRST, service="Almanya⁴ (+49)", price_limit=Decimal("0.620"))
    journal.set_watch(SITE, changed)
    assert journal.watches(SITE) == (changed, SECOND)
    assert str(journal.watches(SITE)[0].price_limit) == "0.620"
    journal.set_watch(SITE, FIRST)
    assert journal.watches(SITE)[0].price_limit is None


def test_a_watch_is_dropped_and_a_second_time_nothing_happens(journal: Journal) -> None:
    journal.set_watch(SITE, FIRST)
    journal.set_watch(SITE, SECOND)
    journal.drop_watch(SITE, "12")
    journal.drop_watch(SITE, "12")
    journal.drop_watch("sms.tc", "11")
    assert journal.watches(SITE) == (SECOND,)


def test_watches_survive_a_restart(journal: Journal, state: Path) -> None:
    journal.set_watch(SITE, SECOND)
    with closing(Journal.open_for_reading(state)) as reader:
        assert reader.watches(SITE) == (SECOND,)


def test_another_program_sees_that_something_was_written_and_what(journal: Journal, state: Path) -> None:
    with closing(Journal.open(state)) as other:
        before = other.version()
        assert other.version() == before
        journal.set_watch(SITE, FIRST)
        assert other.version() != before
        assert other.watches(SITE) == (FIRST,)
        own = journal.version()
        journal.drop_watch(SITE, "12")
        assert journal.version() == own  # one's own writes are no news


def test_a_watch_is_not_written_into_a_file_that_was_deleted(journal: Journal, state: Path) -> None:
    (state / "orders.db").unlink()
    with pytest.raises(Vanished):
        journal.set_watch(SITE, FIRST)
    with pytest.raises(Vanished):
        journal.drop_watch(SITE, "12")


def test_a_limit_that_is_no_amount_is_told(journal: Journal, state: Path) -> None:
    journal.set_watch(SITE, SECOND)
    alter(state / "orders.db", "UPDATE watches SET price_limit = 'cheap'")
    with pytest.raises(JournalError):
        journal.watches(SITE)


def test_an_older_journal_gets_its_place_for_watches(journal: Journal, state: Path, new_order: NewOrder) -> None:
    journal.write_intent(order := new_order())
    journal.close()
    alter(state / "orders.db", "DROP TABLE watches", "PRAGMA user_version = 3")
    with closing(Journal.open(state)) as again:
        again.set_watch(SITE, FIRST)
        assert again.watches(SITE) == (FIRST,)
        assert again.all_orders() == (order,)


def test_watches_are_read_out_of_a_damaged_journal(journal: Journal, state: Path, new_order: NewOrder) -> None:
    journal.write_intent(new_order())
    journal.set_watch(SITE, SECOND)
    journal.close()
    alter(state / "orders.db", "PRAGMA writable_schema = ON", "DELETE FROM sqlite_master WHERE name LIKE 'events%'")
    with closing(Journal.open_for_reading(state)) as reader:
        assert reader.watches(SITE) == (SECOND,)


@pytest.fixture
def ended(journal: Journal, new_order: NewOrder) -> Callable[..., None]:
    """Write an order that ended so, so many seconds after it was opened."""

    def write(state: OrderState, after_seconds: float = 60, **changes: object) -> None:
        order = new_order(**changes)
        journal.write_intent(order)
        journal.record(
            replace(order, state=state, settled_at=order.ordered_at + timedelta(seconds=after_seconds)), ""
        )

    return write


def test_own_orders_count_what_was_bought_what_came_and_what_it_cost(
    journal: Journal, ended: Callable[..., None], new_order: NewOrder
) -> None:
    for seconds in (10, 100, 31.5):
        ended(OrderState.RECEIVED, seconds)
    ended(OrderState.CANCELLED, 500)
    ended(OrderState.CANCELLED, 500, refunded=Decimal(0))
    ended(OrderState.EXPIRED, 500)
    for state in (OrderState.REFUSED, OrderState.NOT_SENT, OrderState.VOID):
        ended(state)
    ended(OrderState.RECEIVED, 1, service_id="11")
    ended(OrderState.RECEIVED, 1, site="sms.tc")
    ended(OrderState.RECEIVED, 20, profile="other")
    journal.write_intent(new_order())
    # Three and one codes, an expired one, a cancel that gave nothing back, and the one that is being sent.
    assert journal.own_orders(SITE, "12") == OwnOrders(8, 4, 7, 25.75, 7 * Decimal("0.62"))


def test_a_service_that_was_never_ordered_says_nothing(journal: Journal) -> None:
    assert journal.own_orders(SITE, "12") == OwnOrders()


def test_own_orders_cost_what_the_orders_themselves_say(journal: Journal, ended: Callable[..., None]) -> None:
    for number, state in enumerate(OrderState):
        ended(state, refunded=None if number % 2 else Decimal("0.50"))
    spent = sum((order.spent for order in journal.all_orders()), Decimal(0))
    assert journal.own_orders(SITE, "12").spent == spent


def test_a_wall_clock_that_was_set_back_makes_no_negative_wait(
    journal: Journal, ended: Callable[..., None]
) -> None:
    ended(OrderState.RECEIVED, -300)
    assert journal.own_orders(SITE, "12").median_wait_seconds == 0
