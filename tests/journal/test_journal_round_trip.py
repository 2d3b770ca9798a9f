"""An order comes out of the journal as it went in."""

import itertools
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snum_tui.domain.clock import Instant
from snum_tui.domain.money import Amount
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import Sentence, say
from snum_tui.journal.orders import Journal

_IDS = itertools.count()

amounts = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**11), max_value=10**11)
zones = st.sampled_from([UTC, timezone(timedelta(hours=3)), timezone(timedelta(hours=-11, minutes=-30))])
times = st.datetimes(
    min_value=datetime(2, 1, 1),  # noqa: DTZ001 - the zone is drawn
    max_value=datetime(9998, 1, 1),  # noqa: DTZ001 - the zone is drawn
    timezones=zones,
)
plain_values = (
    st.text() | st.integers() | st.booleans() | st.none() | amounts | times | st.builds(Amount, amounts, st.text())
)
sentences = st.recursive(
    st.builds(Sentence, st.text(), st.dictionaries(st.text(), plain_values)),
    lambda inner: st.builds(
        Sentence,
        st.text(),
        st.dictionaries(st.text(), plain_values | inner, max_size=3),
        st.none() | st.text(),
        st.none() | st.integers(),
    ),
    max_leaves=4,
)
instants = st.builds(Instant, times, st.floats(allow_nan=False), st.text())
orders = st.builds(
    Order,
    id=st.text().map(lambda text: f"{next(_IDS)} {text}"),
    profile=st.text(),
    site=st.text().map(lambda text: f"{next(_IDS)} {text}"),
    category_id=st.text(),
    category=st.text(),
    service_id=st.text(),
    service=st.text(),
    price=amounts,
    opened=instants,
    refund_seconds=st.integers(0, 2**40),
    state=st.sampled_from(OrderState),
    balance_before=st.none() | amounts,
    balance_after=st.none() | amounts,
    number_id=st.none() | st.text(),
    number=st.none() | st.text(),
    message=st.none() | st.text(),
    settled_at=st.none() | times,
    note=st.none() | sentences,
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    """One journal for all examples; each has a site of its own."""
    directory: Path = tmp_path_factory.mktemp("round-trip")
    journal = Journal.open(directory)
    yield journal
    journal.close()


@given(order=orders)
def test_every_field_of_an_order_comes_back_exactly(filled: Journal, order: Order) -> None:
    """Every field, whatever text, amount or time is in it."""
    filled.record(order, "drawn")
    (back,) = filled.recent_orders(order.profile, order.site, 2)
    for field in fields(Order):
        assert getattr(back, field.name) == getattr(order, field.name), field.name


@given(order=orders)
def test_money_keeps_its_written_form(filled: Journal, order: Order) -> None:
    """`2` stays `2` and `2.00` stays `2.00`: what the person sees after a restart is what they saw before."""
    filled.record(order, "drawn")
    (back,) = filled.recent_orders(order.profile, order.site, 2)
    assert str(back.price) == str(order.price)
    assert str(back.balance_before) == str(order.balance_before)


@given(order=orders)
def test_times_come_back_in_utc(filled: Journal, order: Order) -> None:
    """Inside, time is aware UTC."""
    filled.record(order, "drawn")
    (back,) = filled.recent_orders(order.profile, order.site, 2)
    assert back.opened.wall.tzinfo is UTC
    assert back.settled_at is None or back.settled_at.tzinfo is UTC


def test_a_value_of_no_known_kind_in_a_note_becomes_its_text(journal: Journal) -> None:
    """A note is for reading; no value may keep it from being written."""
    opened = Instant(datetime(2024, 5, 1, tzinfo=UTC), 1.0, "")
    order = Order("1", "p", "s", "1", "c", "1", "s", Decimal(1), opened, 600, note=say("{size}", size=1.5))
    journal.write_intent(order)
    (back,) = journal.all_orders()
    assert back.note == say("{size}", size="1.5")


def test_an_amount_in_a_note_is_written_the_same_way_after_it_was_kept(journal: Journal) -> None:
    """The other window and the next start read the note from the file."""
    opened = Instant(datetime(2024, 5, 1, tzinfo=UTC), 1.0, "")
    note = say("{amount} refunded", amount=Amount(Decimal("2.00"), "₺"))
    journal.write_intent(Order("1", "p", "s", "1", "c", "1", "s", Decimal(1), opened, 600, note=note))
    (back,) = journal.all_orders()
    assert back.note == note
