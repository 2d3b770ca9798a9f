"""The final account can fail: each rule is broken once, and found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from snum_tui.domain.clock import Instant
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import say
from tests.lives.checker import Verdict, check
from tests.lives.records import Charge, Kept, SiteBook

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


def kept(state: OrderState, number_id: str | None = None, *, at: float = 0.0, **changes: object) -> Kept:
    """An order of the journal, begun `at` seconds after noon; an unknown one is given up a second later."""
    begun = NOON + timedelta(seconds=at)
    order = Order(
        id=f"order-{at}",
        profile="main",
        site="http://127.0.0.1:20000",
        category_id="1",
        category="Google",
        service_id="7",
        service="Almanya",
        price=Decimal("2.50"),
        opened=Instant(begun, 1000.0 + at, "boot"),
        refund_seconds=600,
        state=state,
        balance_before=Decimal(100),
        number_id=number_id,
        number=None if number_id is None else f"+4915{number_id}",
        note=say("The reply was lost."),
    )
    is_unknown = state in {OrderState.UNKNOWN, OrderState.VOID, OrderState.WRITTEN_OFF}
    changed = replace(order, **changes)  # type: ignore[arg-type]  # the field decides the type
    return Kept(changed, begun + timedelta(seconds=1) if is_unknown else None)


def received(number_id: str, *, at: float = 0.0, **changes: object) -> Kept:
    return kept(OrderState.RECEIVED, number_id, at=at, **{"message": "123456", **changes})


def charge(number_id: str, *, at: float = 0.5, **changes: object) -> Charge:
    plain = Charge(
        number_id=number_id,
        told_id=number_id,
        number=f"+4915{number_id}",
        service_id="7",
        state="received",
        codes=("123456",),
        price=Decimal("2.5"),
        refunded=Decimal(0),
        at=NOON + timedelta(seconds=at),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # the field decides the type


def verdict(journal: list[Kept], *charges: Charge, requests: int | None = None) -> Verdict:
    """Compare; the site was asked once for each intent where nothing else is said."""
    return check(journal, SiteBook(charges, len(journal) if requests is None else requests, 0))


def test_a_number_under_its_id_and_an_unknown_order_for_the_lost_one_are_well() -> None:
    journal = [received("1"), kept(OrderState.UNKNOWN, at=10), kept(OrderState.REFUSED, at=20)]
    found = verdict(journal, charge("1"), charge("2", at=10.5))
    assert found.problems == ()
    assert (found.orders, found.charged, found.unknown, found.covered) == (3, 2, 1, 1)


def test_an_unknown_order_that_was_not_charged_is_well() -> None:
    assert verdict([kept(OrderState.UNKNOWN)]).problems == ()


def test_an_intent_that_never_went_out_is_well() -> None:
    assert verdict([kept(OrderState.UNKNOWN), kept(OrderState.NOT_SENT, at=5)], requests=0).problems == ()


@pytest.mark.parametrize("state", [OrderState.REFUSED, OrderState.NOT_SENT])
def test_a_charged_number_that_the_journal_calls_free_is_lost(state: OrderState) -> None:
    assert len(verdict([kept(state)], charge("1"), requests=1 if state is OrderState.REFUSED else 0).lost) == 1


def test_a_charged_number_that_the_journal_does_not_have_is_lost() -> None:
    assert len(verdict([received("1")], charge("1"), charge("2"), requests=1).lost) == 1


def test_one_unknown_order_stands_for_one_number() -> None:
    assert len(verdict([kept(OrderState.UNKNOWN)], charge("1", at=0.3), charge("2", at=0.6)).lost) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"service_id": "8"},
        {"price": Decimal(3)},
        {"at": NOON - timedelta(seconds=5)},
        {"at": NOON + timedelta(minutes=1)},
    ],
    ids=["service", "price", "before", "long after"],
)
def test_an_unknown_order_stands_for_its_own_service_price_and_time_alone(changes: dict[str, object]) -> None:
    assert len(verdict([kept(OrderState.UNKNOWN)], replace(charge("1"), **changes)).lost) == 1  # type: ignore[arg-type]


def test_unknown_orders_one_after_another_are_given_out_so_that_all_charges_have_one() -> None:
    journal = [kept(OrderState.UNKNOWN, at=0.0), kept(OrderState.UNKNOWN, at=0.9)]
    assert verdict(journal, charge("2", at=3.5), charge("1", at=1.0)).lost == ()


def test_what_the_person_settled_by_hand_was_shown() -> None:
    assert verdict([kept(OrderState.VOID)], charge("1")).lost == ()


@pytest.mark.parametrize("requests", [0, 3])
def test_more_requests_than_intents_and_fewer_than_answers_are_found(requests: int) -> None:
    journal = [received("1"), kept(OrderState.UNKNOWN, at=10)]
    assert len(verdict(journal, charge("1"), requests=requests).sent_twice) == 1


@pytest.mark.parametrize("requests", [1, 2])
def test_an_unknown_order_may_have_gone_out_or_not(requests: int) -> None:
    assert verdict([received("1"), kept(OrderState.UNKNOWN, at=10)], charge("1"), requests=requests).problems == ()


@pytest.mark.parametrize(
    ("order", "truth"),
    [
        (received("1", service_id="8"), {}),
        (received("1", price=Decimal(3)), {}),
        (received("1"), {"state": "expired"}),
        (received("1", message="654321"), {}),
        (received("1", message=None), {}),
        (kept(OrderState.CANCELLED, "1"), {}),
        (kept(OrderState.CANCELLED, "1", refunded=Decimal("2.5")), {"state": "cancelled"}),
        (kept(OrderState.CANCELLED, "1", refunded=Decimal(0)), {"state": "cancelled", "refunded": Decimal("2.5")}),
        (kept(OrderState.WAITING, "1"), {}),
        (kept(OrderState.CANCELLING, "1"), {}),
    ],
)
def test_what_the_site_does_not_bear_out_is_found(order: Kept, truth: dict[str, object]) -> None:
    assert len(verdict([order], replace(charge("1"), **truth)).false_claims) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "order",
    [
        kept(OrderState.SENDING),
        kept(OrderState.UNKNOWN, balance_before=None),
        kept(OrderState.UNKNOWN, note=None),
        kept(OrderState.RECEIVED),
    ],
    ids=["still sending", "no balance", "no sentence", "no number id"],
)
def test_what_is_wrong_by_itself_is_found(order: Kept) -> None:
    assert len(verdict([order]).false_claims) == 1


def test_a_number_that_the_site_never_gave_is_found() -> None:
    assert len(verdict([received("1")]).false_claims) == 1


@pytest.mark.parametrize(
    ("message", "codes"),
    [
        ("G-123456 is your Google verification code.", ("123456",)),
        ("Your Google code is 123-456. It expires in 10 minutes.", ("123456",)),
        ("G-123456 is your code.|G-222222 is your code.", ("123456", "222222")),
        ("G-123456 is your code.", ("123456", "222222")),
    ],
)
def test_a_whole_message_may_hold_the_code(message: str, codes: tuple[str, ...]) -> None:
    assert verdict([received("1", message=message)], charge("1", codes=codes)).problems == ()


def test_a_number_told_under_the_id_of_another_is_the_sites_own_mistake() -> None:
    """The first order's reply was lost, the second one's had the first one's id: both are as known as can be."""
    journal = [kept(OrderState.UNKNOWN), received("1", at=10, number="+49152", message="999999")]
    charges = charge("1", codes=("999999",)), charge("2", at=10.5, told_id="1")
    assert verdict(journal, *charges).problems == ()
    assert len(verdict(journal[1:], *charges, requests=1).lost) == 1
