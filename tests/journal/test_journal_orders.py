"""What is asked of the journal, and in which order it answers."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from snum_tui.domain.orders import CHARGED_STATES, OPEN_STATES, Order, OrderState, advance
from snum_tui.journal.errors import Damaged, JournalError, NumberKnown, OverLimit, Overtaken
from snum_tui.journal.orders import Allowance, Journal, Outcomes

NewOrder = Callable[..., Order]


def put(journal: Journal, order: Order, state: OrderState, **changes: object) -> Order:
    """Write an order as the engine does: its intent, then where it ended."""
    journal.write_intent(order)
    after = replace(order, state=state, **changes)  # type: ignore[arg-type]
    if state is not OrderState.SENDING:
        journal.record(after, state.value)
    return after


def events(state: Path, order_id: str) -> list[tuple[str, str, bytes | None, int | None]]:
    """Read the events of an order past the journal."""
    connection = sqlite3.connect(state / "orders.db")
    try:
        return connection.execute(
            "SELECT event, state, raw, raw_bytes FROM events WHERE order_id = ? ORDER BY rank", (order_id,)
        ).fetchall()
    finally:
        connection.close()


def test_an_intent_is_an_open_order_at_once(journal: Journal, new_order: NewOrder) -> None:
    """What is about to be sent shows as open before any reply."""
    order = new_order()
    journal.write_intent(order)
    assert journal.open_orders("default", "example.com") == (order,)


def test_a_reply_is_kept_byte_for_byte_with_the_outcome(journal: Journal, state: Path, new_order: NewOrder) -> None:
    """The evidence is the reply itself, not what we made of it."""
    raw = b'\xef\xbb\xbf{"success":true,"number":"\xed\xa0\x80\x00"}'
    order = new_order()
    journal.write_intent(order)
    waiting = advance(order, OrderState.WAITING, number_id="75", number="+77073076157")
    journal.record(waiting, "ordered", raw=raw)
    assert journal.recent_orders("default", "example.com", 1) == (waiting,)
    assert events(state, order.id) == [
        ("intent", "sending", None, None),
        ("ordered", "waiting", raw, len(raw)),
    ]


def test_events_are_appended_and_never_replaced(journal: Journal, state: Path, new_order: NewOrder) -> None:
    """The order shows its last state, the events how it came to it."""
    order = put(journal, new_order(), OrderState.WAITING, number_id="75")
    journal.record(replace(order, state=OrderState.CANCELLING), "cancelling")
    journal.record(replace(order, state=OrderState.WAITING), "cancel refused", raw=b"{}")
    assert [event for event, *_ in events(state, order.id)] == ["intent", "waiting", "cancelling", "cancel refused"]


def test_every_event_has_its_time(journal: Journal, state: Path, new_order: NewOrder) -> None:
    """Without a time an event proves little."""
    before = datetime.now(UTC)
    order = put(journal, new_order(), OrderState.REFUSED)
    connection = sqlite3.connect(state / "orders.db")
    times = [
        datetime.fromisoformat(at)
        for (at,) in connection.execute("SELECT at FROM events WHERE order_id = ?", (order.id,))
    ]
    connection.close()
    assert len(times) == 2
    assert all(before - timedelta(seconds=1) <= at <= datetime.now(UTC) for at in times)


@pytest.mark.parametrize("order_state", list(OrderState))
def test_open_orders_are_those_with_money_out(
    journal: Journal, new_order: NewOrder, order_state: OrderState
) -> None:
    """Each state is open or it is not; the history has them all."""
    order = put(journal, new_order(), order_state)
    expected = (order,) if order_state in OPEN_STATES else ()
    assert journal.open_orders("default", "example.com") == expected
    assert journal.all_orders(open_only=True) == expected
    assert journal.recent_orders("default", "example.com", 9) == (order,)


def test_open_orders_come_oldest_first_and_the_history_newest_first(journal: Journal, new_order: NewOrder) -> None:
    """The oldest refund window closes first; the newest order is looked up first."""
    orders = tuple(put(journal, new_order(), OrderState.WAITING) for _ in range(4))
    newest_first = tuple(reversed(orders))
    assert journal.open_orders("default", "example.com") == orders
    assert journal.recent_orders("default", "example.com", 3) == newest_first[:3]
    assert journal.all_orders() == newest_first


def test_a_wall_clock_set_back_does_not_shuffle_the_orders(journal: Journal, new_order: NewOrder) -> None:
    """The order of writing counts, not the clock."""
    first, second = new_order(), new_order()
    earlier = replace(second, opened=replace(second.opened, wall=first.opened.wall - timedelta(days=1)))
    journal.write_intent(first)
    journal.write_intent(earlier)
    assert journal.open_orders("default", "example.com") == (first, earlier)


def test_orders_of_other_profiles_and_sites_stay_out(journal: Journal, new_order: NewOrder) -> None:
    """One profile's money is not another's."""
    mine = put(journal, new_order(), OrderState.WAITING)
    other_profile = put(journal, new_order(profile="work"), OrderState.WAITING)
    other_site = put(journal, new_order(site="sms.tc"), OrderState.WAITING)
    assert journal.open_orders("default", "example.com") == (mine,)
    assert journal.recent_orders("default", "example.com", 9) == (mine,)
    assert journal.all_orders() == (other_site, other_profile, mine)
    assert journal.all_orders(profile="work") == (other_profile,)
    assert journal.all_orders(profile="nobody") == ()


@pytest.mark.parametrize("order_state", list(OrderState))
def test_what_is_spent_counts_the_charged_states_only(
    journal: Journal, new_order: NewOrder, order_state: OrderState
) -> None:
    """What was refused or given back is not spent."""
    order = put(journal, new_order(price=Decimal("3.10")), order_state)
    spent = journal.charged_since("default", "example.com", order.ordered_at)
    assert spent == (Decimal("3.10") if order_state in CHARGED_STATES else 0)


def test_what_is_spent_is_exact(journal: Journal, new_order: NewOrder) -> None:
    """0.1 + 0.2 is 0.3: no float on the way."""
    first = put(journal, new_order(price=Decimal("0.1")), OrderState.RECEIVED)
    put(journal, new_order(price=Decimal("0.2")), OrderState.EXPIRED)
    assert str(journal.charged_since("default", "example.com", first.ordered_at)) == "0.3"


def test_what_is_spent_counts_from_the_moment_on_in_any_time_zone(journal: Journal, new_order: NewOrder) -> None:
    """`Today` begins at the person's midnight."""
    order = put(journal, new_order(), OrderState.RECEIVED)
    istanbul = timezone(timedelta(hours=3))
    at, after = order.ordered_at, order.ordered_at + timedelta(microseconds=1)
    assert journal.charged_since("default", "example.com", at.astimezone(istanbul)) == order.price
    assert journal.charged_since("default", "example.com", after.astimezone(istanbul)) == 0


def test_what_is_spent_leaves_other_profiles_and_sites_out(journal: Journal, new_order: NewOrder) -> None:
    """Each profile has its own `spent today`."""
    order = put(journal, new_order(), OrderState.RECEIVED)
    put(journal, new_order(profile="work"), OrderState.RECEIVED)
    put(journal, new_order(site="sms.tc"), OrderState.RECEIVED)
    assert journal.charged_since("default", "example.com", order.ordered_at) == order.price


def test_the_success_rate_counts_what_is_over(journal: Journal, new_order: NewOrder) -> None:
    """Refused and unsent orders say nothing about a service, open ones not yet."""
    for order_state in OrderState:
        put(journal, new_order(), order_state)
    put(journal, new_order(), OrderState.RECEIVED)
    put(journal, new_order(service_id="13"), OrderState.CANCELLED)
    put(journal, new_order(service_id="14"), OrderState.WAITING)
    put(journal, new_order(service_id="12", site="sms.tc"), OrderState.RECEIVED)
    assert journal.outcomes_by_service("example.com") == {"12": Outcomes(2, 4), "13": Outcomes(0, 1)}


def test_a_number_is_found_again_on_its_own_site_only(journal: Journal, new_order: NewOrder) -> None:
    """Number ids are the site's own; another site counts anew."""
    put(journal, new_order(), OrderState.WAITING, number_id="75")
    assert journal.has_number("example.com", "75")
    assert not journal.has_number("example.com", "7")
    assert not journal.has_number("sms.tc", "75")


def test_a_number_that_came_twice_is_told_and_nothing_is_written(
    journal: Journal, state: Path, new_order: NewOrder
) -> None:
    """The engine then records the order as unknown without the id, with the reply as evidence."""
    first = put(journal, new_order(), OrderState.WAITING, number_id="75")
    second = new_order()
    journal.write_intent(second)
    with pytest.raises(NumberKnown) as caught:
        journal.record(advance(second, OrderState.WAITING, number_id="75"), "ordered", raw=b"{}")
    assert caught.value.sentence.values["number_id"] == "75"
    assert journal.recent_orders("default", "example.com", 2) == (second, first)
    assert [event for event, *_ in events(state, second.id)] == ["intent"]

    unknown = advance(second, OrderState.UNKNOWN)
    journal.record(unknown, "number known", raw=b"{}")
    assert journal.recent_orders("default", "example.com", 1) == (unknown,)


def test_the_same_number_on_two_sites_is_two_numbers(journal: Journal, new_order: NewOrder) -> None:
    """Two sites may well give the same id."""
    put(journal, new_order(), OrderState.WAITING, number_id="75")
    put(journal, new_order(site="sms.tc"), OrderState.WAITING, number_id="75")
    assert len(journal.all_orders()) == 2


def test_an_older_view_of_an_order_wipes_out_neither_number_nor_message(
    journal: Journal, new_order: NewOrder
) -> None:
    """Two programs share the journal: one writes `cancelling` while the other has just received the code."""
    order = put(journal, new_order(), OrderState.WAITING, number_id="75", number="+77")
    received = replace(order, state=OrderState.RECEIVED, message="123456")
    journal.record(received, "received")
    stale = replace(order, state=OrderState.CANCELLING, number=None, number_id=None, balance_before=None)
    journal.record(stale, "cancelling")
    assert journal.all_orders() == (replace(received, state=OrderState.CANCELLING),)


def test_an_outcome_without_its_intent_is_kept_all_the_same(journal: Journal, new_order: NewOrder) -> None:
    """Whatever became of the intent, the number must not be lost."""
    order = replace(new_order(), state=OrderState.WAITING, number_id="75")
    journal.record(order, "ordered")
    assert journal.all_orders() == (order,)


def test_a_lone_surrogate_does_not_lose_a_number(journal: Journal, new_order: NewOrder) -> None:
    """SQLite refuses such a character; the number is worth more than it."""
    order = new_order()
    journal.write_intent(order)
    journal.record(advance(order, OrderState.WAITING, number_id="75", number="+7\udc80"), "ord\ud800ered")
    assert journal.all_orders()[0].number == "+7\N{REPLACEMENT CHARACTER}"


def test_an_intent_is_never_written_twice(journal: Journal, new_order: NewOrder) -> None:
    """The first order with an id stays as it was."""
    order = new_order()
    journal.write_intent(order)
    with pytest.raises(JournalError):
        journal.write_intent(replace(order, price=Decimal(9)))
    assert journal.all_orders() == (order,)


def test_a_row_that_makes_no_sense_is_damage_with_a_sentence(
    journal: Journal, state: Path, new_order: NewOrder
) -> None:
    """A person who edited the file is told, instead of a traceback."""
    journal.write_intent(new_order())
    connection = sqlite3.connect(state / "orders.db")
    connection.execute("UPDATE orders SET price = 'two'")
    connection.commit()
    connection.close()
    with pytest.raises(Damaged):
        journal.all_orders()


def test_news_are_what_others_wrote_and_each_is_told_once(
    journal: Journal, state: Path, new_order: NewOrder
) -> None:
    """So an instance sees when to read anew, and does not wake itself."""
    begun = journal.news(None)
    own, foreign = new_order(), new_order()
    journal.write_intent(own)
    assert journal.news(begun) == begun
    with closing(Journal.open(state)) as other:
        other.write_intent(foreign)
    news = journal.news(begun)
    assert set(news.order_ids) == {own.id, foreign.id}
    assert journal.news(news).order_ids == ()


def test_an_older_view_of_an_order_is_never_written_over_a_newer_one(
    journal: Journal, state: Path, new_order: NewOrder
) -> None:
    """Two programs share the journal; the one that reads the order again may write it."""
    order = new_order()
    journal.write_intent(order)
    with closing(Journal.open(state)) as other:
        assert other.order(order.id) == order
        waiting = advance(order, OrderState.WAITING, number_id="75", number="+77073076157")
        journal.record(waiting, "number received")
        with pytest.raises(Overtaken):
            other.record(advance(order, OrderState.UNKNOWN), "its sender is gone")
        assert journal.order(order.id) == waiting
        assert other.order(order.id) == waiting
        other.record(advance(waiting, OrderState.RECEIVED), "code received")
    with pytest.raises(Overtaken):
        journal.record(advance(waiting, OrderState.CANCELLING), "cancel asked for")


def test_an_order_over_the_allowance_is_not_written_whoever_spent_the_rest(
    journal: Journal, state: Path, new_order: NewOrder
) -> None:
    """The sum and the intent are one transaction, so that two programs cannot both find room for the last one."""
    first, second = new_order(price=Decimal("6.00")), new_order(price=Decimal("4.01"))
    allowance = Allowance(first.ordered_at, Decimal(10))
    with closing(Journal.open(state)) as other:
        other.write_intent(first, allowance)
    with pytest.raises(OverLimit) as refused:
        journal.write_intent(second, allowance)
    assert refused.value.spent == Decimal(6)
    assert journal.order(second.id) is None
    journal.write_intent(replace(second, price=Decimal("4.00")), allowance)


def test_what_another_program_spends_just_before_the_write_counts(
    journal: Journal, state: Path, new_order: NewOrder
) -> None:
    """Looking first and writing then would let two windows spend the same money."""
    theirs, ours = new_order(price=Decimal(3)), new_order(price=Decimal(3))
    with closing(Journal.open(state)) as other:

        def spend(statement: str) -> None:
            if statement == "BEGIN IMMEDIATE":
                journal._store._connection.set_trace_callback(None)
                other.write_intent(theirs)

        journal._store._connection.set_trace_callback(spend)
        with pytest.raises(OverLimit) as refused:
            journal.write_intent(ours, Allowance(theirs.ordered_at, Decimal(5)))
    assert refused.value.spent == Decimal(3)
    assert journal.all_orders() == (theirs,)


def test_what_came_back_is_not_spent_and_what_did_not_is(journal: Journal, new_order: NewOrder) -> None:
    """A cancel without a refund costs the price; one of which nothing is known counts as given back."""
    for refunded in (Decimal("0.62"), Decimal(0), None):
        order = new_order()
        journal.write_intent(order)
        journal.record(replace(order, state=OrderState.CANCELLED, refunded=refunded), "refund looked for")
    orders = journal.all_orders()
    assert sum(order.spent for order in orders) == Decimal("0.62")
    assert journal.charged_since("default", "example.com", orders[-1].ordered_at) == Decimal("0.62")


@pytest.mark.parametrize(
    "ask",
    [
        lambda journal: journal.recent_orders("default", "example.com", 50),
        lambda journal: journal.open_orders("default", "example.com"),
        lambda journal: journal.charged_since("default", "example.com", datetime.now(UTC)),
        lambda journal: journal.outcomes_by_service("example.com"),
        lambda journal: journal.has_number("example.com", "75"),
    ],
)
def test_no_question_of_the_engine_reads_all_orders(journal: Journal, ask: Callable[[Journal], object]) -> None:
    """It asks at every change of an order, on the thread that polls; the history grows for years."""
    connection = journal._store._connection
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    ask(journal)
    connection.set_trace_callback(None)
    (statement,) = statements
    plan = [row["detail"] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
    assert not any(step.startswith("SCAN") for step in plan), plan
    assert any("USING" in step and "INDEX" in step for step in plan), plan
    assert statement.count("ORDER BY rank DESC") == 0 or not any("TEMP B-TREE" in step for step in plan), plan
