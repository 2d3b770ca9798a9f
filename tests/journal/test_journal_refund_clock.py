"""10,000 lives of an order's refund countdown: suspend, clocks that are set, reboots, restarts, a number typed in.

The sequences are drawn from fixed seeds: the same in every run, everywhere.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from snum_tui.domain.clock import JUMP_SECONDS, Instant
from snum_tui.domain.orders import Order, OrderState, advance
from snum_tui.journal.orders import Journal
from snum_tui.journal.rescue import new_in_memory
from snum_tui.journal.store import Store

SEQUENCES = 10_000
REFUND_SECONDS = 600
ROUNDING_SECONDS = 1e-4
"""The journal keeps microseconds."""


@dataclass
class Machine:
    """A machine with its two clocks, and the true time that neither need agree with."""

    boots: int = 0
    true_seconds: float = 0.0
    wall_ahead: float = 0.0
    boottime: float = 100.0
    counts_suspend: bool = True
    """Where it does not, as on some BSDs, the wall clock alone tells, and its least corrections go unnoticed."""

    def now(self) -> Instant:
        wall = datetime(2026, 3, 14, tzinfo=UTC) + timedelta(seconds=self.true_seconds + self.wall_ahead)
        return Instant(wall, self.boottime, f"boot {self.boots}")

    def run(self, seconds: float) -> None:
        self.true_seconds += seconds
        self.boottime += seconds

    def suspend(self, seconds: float) -> None:
        self.true_seconds += seconds
        if self.counts_suspend:
            self.boottime += seconds

    def boot(self, seconds_off: float) -> None:
        self.true_seconds += seconds_off
        self.boots += 1
        self.boottime = 20.0


@dataclass
class Life:
    """An order from just before its send on, the program that shows it, and what its clocks did to it."""

    journal: Journal
    machine: Machine
    chance: random.Random
    order: Order
    sent_at: float
    reached_site_at: float
    forward_seconds: float = 0.0
    boots_seen: int = 0
    clock_lost: float = 0.0
    is_void: bool = False
    """The clock was seen to be unreliable: the window counts as closed."""
    told: list[str] = field(default_factory=list)

    def look(self) -> None:
        """What engine/deadlines.py does once a second, through the journal."""
        aged = self.order.age.taken_again(self.machine.now())
        if self.order.handled_by is None and aged is not None:
            self.order = replace(self.order, aged=aged)

    def load(self) -> None:
        """Start the program anew: all that is known is in the journal."""
        self.journal.record(self.order, "last seen")
        loaded = self.journal.order(self.order.id)
        assert loaded is not None
        self.order = loaded

    def check(self) -> None:
        shown = self.order.window.remaining_seconds(self.machine.now())
        true_age = self.machine.true_seconds - self.sent_at
        sites_age = self.machine.true_seconds - self.reached_site_at
        if not self.clock_lost:
            most = max(0.0, REFUND_SECONDS - sites_age)
            unsure = 0.0 if self.machine.counts_suspend else JUMP_SECONDS
            assert shown <= most + unsure + ROUNDING_SECONDS, (
                f"later than the site's truth: {shown} > {most}, {self.told}"
            )
        if not self.is_void:
            allowed_for = self.forward_seconds + self.boots_seen * JUMP_SECONDS
            least = REFUND_SECONDS - true_age - allowed_for
            assert shown >= least - ROUNDING_SECONDS, f"earlier than needed: {shown} < {least}, {self.told}"


def run(life: Life) -> None:
    seconds = life.chance.choice([0.4, 3.0, 40.0, 150.0])
    life.told.append(f"run {seconds}")
    life.machine.run(seconds)


def suspend(life: Life) -> None:
    seconds = life.chance.choice([5.0, 70.0, 400.0])
    life.told.append(f"suspend {seconds}")
    life.machine.suspend(seconds)


def set_clock(life: Life) -> None:
    """The wall clock jumps while the program runs, or while it is closed for a moment: the boot is the same."""
    seconds = life.chance.choice([-7200.0, -400.0, -30.0, -0.9, -0.5, 0.5, 0.9, 30.0, 400.0])
    life.told.append(f"set the clock by {seconds}")
    life.machine.wall_ahead += seconds
    life.forward_seconds += max(0.0, seconds)


def restart(life: Life) -> None:
    life.told.append("restart")
    life.machine.run(life.chance.choice([0.5, 90.0]))
    if life.chance.random() < 0.3:
        set_clock(life)
    life.load()


def reboot(life: Life) -> None:
    seconds = life.chance.choice([25.0, 200.0])
    life.told.append(f"reboot {seconds}")
    life.machine.boot(seconds)
    life.boots_seen += 1
    life.load()


def reboot_without_a_clock(life: Life) -> None:
    """A board without a battery: the wall clock goes on from where it stood, and is set right a while later."""
    seconds = 25.0
    life.told.append("reboot without a clock")
    life.machine.boot(seconds)
    life.machine.wall_ahead -= seconds
    life.boots_seen += 1
    life.clock_lost = seconds
    life.is_void |= life.machine.now().wall < life.order.age.at.wall
    life.load()
    life.check()
    life.look()
    life.machine.run(life.chance.choice([0.5, 30.0]))
    life.look()
    life.machine.wall_ahead += seconds
    life.clock_lost = 0.0


def reboot_into_the_past(life: Life) -> None:
    """The clock reads earlier than when the age was taken: nobody knows how much time has passed."""
    life.told.append("reboot into the past")
    life.machine.boot(30.0)
    life.machine.wall_ahead = -86_400.0 * (life.boots_seen + 2)
    life.boots_seen += 1
    life.is_void = True
    life.load()


def fly(life: Life) -> None:
    """A cancel is on its way, in one program's hands: meanwhile nobody takes the age again."""
    if life.order.state is not OrderState.WAITING:
        return
    life.told.append("cancel in flight")
    life.order = advance(life.order, OrderState.CANCELLING, handled_by="program")
    life.machine.run(life.chance.choice([0.3, 60.0]))
    if life.chance.random() < 0.5:
        set_clock(life)
    life.check()
    life.look()
    life.check()
    life.order = advance(life.order, OrderState.WAITING, handled_by=None)


def adopt(life: Life) -> None:
    if life.order.state is not OrderState.UNKNOWN:
        return
    life.told.append("adopt")
    life.order = advance(life.order, OrderState.WAITING, number_id=life.order.id)


MOVES: tuple[Callable[[Life], None], ...] = (
    run,
    run,
    suspend,
    set_clock,
    restart,
    reboot,
    reboot_without_a_clock,
    reboot_into_the_past,
    fly,
    adopt,
)
WEIGHTS = (3, 3, 2, 3, 2, 2, 1, 0.3, 2, 2)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """A journal in memory: every write and every read goes through the real rows."""
    opened = Journal(Store(tmp_path / "nowhere" / "orders.db", new_in_memory(), None))
    yield opened
    opened.close()


def new_life(journal: Journal, seed: int) -> Life:
    """Begin a life: the intent is written, the order reaches the site a while later."""
    chance = random.Random(seed)  # noqa: S311 - draws a test, guards nothing
    machine = Machine(counts_suspend=chance.random() < 0.7, boottime=chance.uniform(1, 1e6))
    intent = Order(
        f"order {seed}",
        "default",
        "example.com",
        "1",
        "Google",
        "12",
        "Almanya",
        Decimal("0.62"),
        machine.now(),
        REFUND_SECONDS,
        handled_by="program",
    )
    life = Life(journal, machine, chance, intent, sent_at=0.0, reached_site_at=chance.choice([0.0, 0.2, 15.0]))
    machine.run(life.reached_site_at + chance.choice([0.1, 30.0]))
    if chance.random() < 0.5:
        life.order = advance(intent, OrderState.WAITING, number_id=intent.id, handled_by=None)
    else:
        life.order = advance(intent, OrderState.UNKNOWN, handled_by=None)
    life.look()
    return life


def test_the_countdown_is_never_later_than_the_sites_and_never_needlessly_earlier(journal: Journal) -> None:
    for seed in range(SEQUENCES):
        life = new_life(journal, seed)
        for move in life.chance.choices(MOVES, WEIGHTS, k=life.chance.randint(2, 9)):
            move(life)
            life.check()
            life.look()
            life.check()
