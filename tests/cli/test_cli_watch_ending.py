"""How `snum-tui watch` ends: statuses that scripts tell apart, and a last line that says the same."""

import signal
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from snum_tui.cli.watch_ending import Ending
from snum_tui.domain.clock import Instant
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import say
from snum_tui.locale import Speaker

RECEIVED, CANCELLED, EXPIRED = OrderState.RECEIVED, OrderState.CANCELLED, OrderState.EXPIRED
UNKNOWN, WAITING, CANCELLING = OrderState.UNKNOWN, OrderState.WAITING, OrderState.CANCELLING
WRITTEN_OFF, VOID, REFUSED = OrderState.WRITTEN_OFF, OrderState.VOID, OrderState.REFUSED


def orders(*states: OrderState) -> list[Order]:
    """Return orders in these states; those received have a message."""
    return [
        Order(
            id=str(index),
            profile="main",
            site="https://example.com",
            category_id="1",
            category="Google",
            service_id="32",
            service="Almanya",
            price=Decimal(2),
            opened=Instant(datetime(2026, 3, 14, 12, index, tzinfo=UTC), 5.0, "boot"),
            refund_seconds=600,
            state=state,
            message="1234" if state is RECEIVED else None,
        )
        for index, state in enumerate(states)
    ]


def last_line(ending: Ending) -> str:
    return Speaker("en").render(ending.event.sentence)


@pytest.mark.parametrize(
    ("states", "status", "line"),
    [
        ([], 0, "No number is open."),
        ([RECEIVED], 0, "1 number got its code."),
        ([RECEIVED, RECEIVED], 0, "All 2 numbers got their codes."),
        ([REFUSED, VOID], 0, "No number is open."),
        ([RECEIVED, CANCELLED], 3, "1 number ended without a code."),
        ([EXPIRED, CANCELLED, WRITTEN_OFF], 3, "3 numbers ended without a code."),
        (
            [UNKNOWN],
            4,
            "1 order has an unknown outcome, which only you can settle: start snum-tui and press u.",
        ),
        (
            [CANCELLED, UNKNOWN, UNKNOWN],
            4,
            (
                "1 number ended without a code. "
                "2 orders have unknown outcomes, which only you can settle: start snum-tui and press u."
            ),
        ),
    ],
)
def test_each_ending_has_a_status_and_a_sentence(states: list[OrderState], status: int, line: str) -> None:
    ending = Ending(orders(*states))
    assert (ending.status, last_line(ending)) == (status, line)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_counts_while_numbers_are_open(number: int, status: int) -> None:
    assert Ending(orders(RECEIVED, WAITING, UNKNOWN), signal=number).status == status
    assert Ending(orders(CANCELLING), signal=number).status == status
    assert Ending(orders(CANCELLED), signal=number).status == 3


def test_what_is_open_is_counted_and_the_first_refund_named() -> None:
    until = datetime(2026, 3, 14, 12, 11, tzinfo=UTC).astimezone().strftime("%H:%M:%S")
    ending = Ending(orders(UNKNOWN, WAITING, WAITING), signal=15)
    assert last_line(ending).startswith(f"2 numbers are still open, first refund until {until}: start snum-tui")
    assert (ending.event.facts["open"], ending.event.facts["unknown"]) == (2, 1)


def test_a_problem_is_1_whatever_became_of_the_numbers() -> None:
    problem = say("the key is wrong")
    ending = Ending(orders(UNKNOWN, WAITING), signal=15, problem=problem)
    assert (ending.status, ending.event.facts["problem"]) == (1, problem)
    assert last_line(Ending([], problem=problem)) == "the key is wrong"
