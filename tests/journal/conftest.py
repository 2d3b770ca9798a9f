"""A journal in a folder of its own, and orders to put into it."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from snum_tui.domain.clock import Instant
from snum_tui.domain.orders import Order
from snum_tui.journal.orders import Journal

NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state directory that does not exist yet."""
    return tmp_path / "state"


@pytest.fixture
def journal(state: Path) -> Iterator[Journal]:
    """A journal, open."""
    opened = Journal.open(state)
    yield opened
    opened.close()


@pytest.fixture
def new_order() -> Callable[..., Order]:
    """Make orders a minute apart, each with an id of its own; arguments replace fields."""
    numbers = itertools.count()

    def make(**changes: object) -> Order:
        number = next(numbers)
        opened = Instant(NOON + timedelta(minutes=number), 1000.5 + 60 * number, "boot")
        order = Order(
            id=f"order-{number}",
            profile="default",
            site="example.com",
            category_id="1",
            category="Google",
            service_id="12",
            service="Almanya⁴ (+49)",
            price=Decimal("0.62"),
            opened=opened,
            refund_seconds=600,
            balance_before=Decimal("10.00"),
        )
        return replace(order, **changes)  # type: ignore[arg-type]

    return make
