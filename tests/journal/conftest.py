"""A journal in a folder of its own, and orders to put into it."""

import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import snum_tui
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


CHILD = """
import os, signal, sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from snum_tui.domain.clock import Instant
from snum_tui.domain.orders import Order, OrderState, advance
from snum_tui.journal.errors import *
from snum_tui.journal.lock import InstanceLock
from snum_tui.journal.orders import Journal
state = Path(sys.argv[1])
opened = Instant(datetime(2024, 5, 1, tzinfo=UTC), 1.0, "boot")
order = Order("killed", "default", "example.com", "1", "Google", "12", "Almanya", Decimal("0.62"), opened, 600)
waiting = advance(order, OrderState.WAITING, number_id="75", number="+77073076157")
def die(): os.kill(os.getpid(), signal.SIGKILL)
"""
"""What every child process begins with: an order and the number it gets."""


def start_child(script: str, *arguments: str | Path, before: tuple[str, ...] = ()) -> "subprocess.Popen[str]":
    """Start Python on `script` (after CHILD), its folder importable, its output captured."""
    root = Path(snum_tui.__file__).parents[1]
    return subprocess.Popen(  # noqa: S603 - our own interpreter on our own text
        [*before, sys.executable, "-c", CHILD + script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )


@pytest.fixture
def child() -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Start child processes; those still alive at the end are killed."""
    with ExitStack() as stack:

        def start(script: str, *arguments: str | Path, before: tuple[str, ...] = ()) -> "subprocess.Popen[str]":
            process = stack.enter_context(start_child(script, *arguments, before=before))
            stack.callback(process.kill)
            return process

        yield start


@pytest.fixture
def run_child(child: Callable[..., "subprocess.Popen[str]"]) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run a child to its end, however that comes."""

    def run(
        script: str, *arguments: str | Path, before: tuple[str, ...] = ()
    ) -> "subprocess.CompletedProcess[str]":
        process = child(script, *arguments, before=before)
        out, err = process.communicate(timeout=60)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    return run
