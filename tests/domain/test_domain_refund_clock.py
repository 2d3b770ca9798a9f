"""Ten thousand lives of a clock: whatever it goes through, the window never looks longer than the site's count."""

import random
import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache

import pytest

from snum_tui.domain.clock import JUMP_SECONDS, Age, Instant
from snum_tui.domain.orders import Order
from snum_tui.journal.rows import COLUMNS, from_row, to_row

SEQUENCES = 10_000
BLOCKS = 20
REFUND_SECONDS = 600
NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


@dataclass
class Machine:
    """What really passed, and what its two clocks say of it; seconds, all."""

    truth: float = 0.0
    wall: float = 0.0
    boottime: float = 1000.0
    boots: int = 0
    jumped_ahead: bool = False

    def now(self) -> Instant:
        return Instant(NOON + timedelta(seconds=self.wall), self.boottime, f"boot-{self.boots}")

    def run_or_sleep(self, seconds: float) -> None:
        """CLOCK_BOOTTIME goes on in a suspend."""
        self.truth += seconds
        self.wall += seconds
        self.boottime += seconds

    def set_wall_clock(self, seconds: float) -> None:
        self.wall += seconds
        self.jumped_ahead = self.jumped_ahead or seconds > 0

    def start_anew(self, off_seconds: float) -> None:
        self.truth += off_seconds
        self.wall += off_seconds
        self.boottime = 5.0
        self.boots += 1


def looked_at(order: Order, now: Instant) -> Order:
    """Take the age again as the engine does at each look (engine/deadlines.py), and keep it as the journal does."""
    if not order.age.is_shaken(now):
        return order
    return stored(replace(order, aged=Age(order.age.seconds_at(now), now)))


def stored(order: Order) -> Order:
    """Write the order as a row, and read it back."""
    names = ", ".join(f":{name} AS {name}" for name in COLUMNS)
    return from_row(database().execute(f"SELECT {names}", to_row(order)).fetchone())


@cache
def database() -> sqlite3.Connection:
    """One for all: opening ten thousand would cost more than what they are for."""
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    return connection


def live(dice: random.Random) -> None:
    """One order, and a dozen things that happen to the machine."""
    machine = Machine(wall=dice.uniform(-1e5, 1e5), boottime=dice.uniform(1, 1e6))
    began = machine.truth
    chosen = ("1", "Google", "12", "Almanya")
    order = Order("1", "default", "example.com", *chosen, Decimal(2), machine.now(), REFUND_SECONDS)
    for _ in range(dice.randint(1, 12)):
        kind = dice.choice(("run", "sleep", "jump", "jump", "reboot", "restart"))
        if kind in {"run", "sleep"}:
            machine.run_or_sleep(dice.uniform(0, 120))
        elif kind == "jump":
            machine.set_wall_clock(dice.choice((-1, 1)) * 10 ** dice.uniform(-2, 5))
            order = looked_at(order, machine.now())
        elif kind == "reboot":
            machine.start_anew(dice.uniform(5, 200))
            order = looked_at(stored(order), machine.now())
        else:
            order = looked_at(stored(order), machine.now())
        left = order.window.remaining_seconds(machine.now())
        truly_left = max(0.0, REFUND_SECONDS - (machine.truth - began))
        assert left <= truly_left + 1e-3
        # Corrections too little to be noticed are allowed for at every boot.
        if not machine.jumped_ahead:
            assert left >= truly_left - machine.boots * JUMP_SECONDS - 1e-3


@pytest.mark.parametrize("block", range(BLOCKS))
def test_the_time_left_is_never_later_than_the_sites_truth(block: int) -> None:
    """And never earlier than needed, unless a clock was set ahead."""
    for number in range(SEQUENCES // BLOCKS):
        live(random.Random(f"{block}/{number}"))  # noqa: S311 - a draw that can be repeated
