"""What happens to whom: every choice follows from the seed and the number of the chain, so that it can be repeated.

(The moment at which a signal finds the program is the machine's own choice.)
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from snum_tui.sandbox.dialect_names import DIALECTS, read_dialects
from snum_tui.sandbox.errors import BadOption
from snum_tui.sandbox.fault_plan import FaultKind


class Kind(StrEnum):
    """How a person works: the program in a terminal, by keys; or the engine alone, by commands."""

    TERMINAL = "terminal"
    ENGINE = "engine"


class Ending(StrEnum):
    """How a life ends. QUIT is the person's own wish, CLOSED a lost line, DEAF one that takes nothing first."""

    KILL = "SIGKILL"
    HUP = "SIGHUP"
    TERM = "SIGTERM"
    INT = "SIGINT"
    QUIT = "quit"
    CLOSED = "closed pty"
    DEAF = "deaf pty"


ENDINGS: dict[Kind, tuple[Ending, ...]] = {
    Kind.TERMINAL: (Ending.KILL, *Ending),
    Kind.ENGINE: (Ending.KILL, Ending.KILL, *(ending for ending in Ending if ending is not Ending.DEAF)),
}
"""SIGKILL comes more often than the others: it alone leaves the program no time at all."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is done: orders of one life (from, to), and lives of one chain (from, to)."""

    orders: tuple[int, int]
    lives: tuple[int, int]


SIZES = {Kind.TERMINAL: Size((3, 8), (4, 7)), Kind.ENGINE: Size((14, 48), (5, 9))}
"""A terminal costs ten times the work of an engine alone: most orders are for the engine, and together there are
about twenty a life."""
BY_TURNS = (Kind.TERMINAL, Kind.ENGINE, Kind.ENGINE)
"""The kinds of a run's chains."""


LATENCIES = (0.0, 0.02, 0.05, 0.1)
"""Seconds, real ones, that a reply takes: the longer an order is on its way, the more ends find it there. An order
takes three of them, and the end comes within about that time after the last one was asked for."""


@dataclass(frozen=True, slots=True)
class LifePlan:
    """One life: how many orders the person agrees to, and the end; `seed` decides about everything between."""

    kind: Kind
    ending: Ending
    orders: int
    seed: int
    after_seconds: float
    """How long after the last key or command the end comes."""
    starts_after_seconds: float = 0.0
    """How much later than another program on the same journal it starts."""
    outage_seconds: float = 0.0
    """How long the site refuses connections in the middle of it."""
    patient: bool = False
    """Whether its end is waited for as long as it may take; else an end that takes long becomes a kill."""


@dataclass(frozen=True, slots=True)
class ChainPlan:
    """The lives of one person, one after another, on one journal and site. A step is one life, or two at once."""

    number: int
    kind: Kind
    site: dict[str, object]
    refund_seconds: int
    auto_cancel: bool
    steps: tuple[tuple[LifePlan, ...], ...]

    @property
    def lives(self) -> int:
        """How many lives there are."""
        return sum(len(step) for step in self.steps)


def plan_chain(seed: int, number: int, kind: Kind, size: Size) -> ChainPlan:
    """Make the plan of one chain."""
    dice = random.Random(f"lives {seed} {number} {kind}")  # noqa: S311 - repeatable on purpose
    refund_seconds = dice.choice((8, 30, 600))
    latency_seconds = dice.choice(LATENCIES)
    return ChainPlan(
        number=number,
        kind=kind,
        site=_site(dice, kind, refund_seconds, latency_seconds),
        refund_seconds=refund_seconds,
        auto_cancel=dice.random() < 0.2,
        steps=tuple(_steps(dice, kind, size, latency_seconds)),
    )


def _steps(dice: random.Random, kind: Kind, size: Size, latency_seconds: float) -> Iterator[tuple[LifePlan, ...]]:
    left = dice.randint(*size.lives)
    # Each person goes round all endings from another one on, so that a short run has all of them.
    endings = _round(dice, ENDINGS[kind])
    while left > 0:
        together = 2 if left > 1 and dice.random() < 0.25 else 1
        yield tuple(_life(dice, kind, next(endings), size, latency_seconds, place) for place in range(together))
        left -= together


def _round(dice: random.Random, endings: Sequence[Ending]) -> Iterator[Ending]:
    while True:
        yield from dice.sample(endings, len(endings))


def _life(
    dice: random.Random, kind: Kind, ending: Ending, size: Size, latency_seconds: float, place: int
) -> LifePlan:
    # Now and then a life ends before it has begun.
    orders = 0 if dice.random() < 0.04 else dice.randint(*size.orders)
    return LifePlan(
        kind=kind,
        ending=ending,
        orders=orders,
        seed=dice.randrange(1 << 32),
        after_seconds=dice.uniform(0, dice.choice((3 * latency_seconds + 0.1, 3 * latency_seconds + 0.1, 0.8))),
        starts_after_seconds=dice.uniform(0, 1.5) if place else 0.0,
        outage_seconds=dice.uniform(0.1, 0.8) if dice.random() < 0.06 else 0.0,
        patient=dice.random() < 0.1,
    )


def _site(dice: random.Random, kind: Kind, refund_seconds: int, latency_seconds: float) -> dict[str, object]:
    return {
        "seed": dice.randrange(1 << 32),
        "balance": 60 if dice.random() < 0.05 else 100_000,
        "latency_seconds": latency_seconds,
        "jitter_seconds": latency_seconds,
        "code_share": 0.6,
        "code_after": (0.2, 4.0),
        "no_number_share": dice.choice((0.05, 0.2)),
        "refund_seconds": refund_seconds,
        "earliest_cancel_seconds": dice.choice((0, 0, 2)),
        "expire_seconds": 8,
        "expire_refund": dice.random() < 0.3,
        "drip_seconds": 0.002,
        "dialects": _dialects(dice),
        "faults": [*_order_faults(dice, kind), *_other_faults(dice, kind)],
    }


def _dialects(dice: random.Random) -> tuple[str, ...]:
    """Choose some that do not contradict each other, and that do not keep the person out."""
    names = [name for name in DIALECTS if not name.startswith("key-")]
    chosen: tuple[str, ...] = ()
    for name in dice.sample(names, dice.randint(0, 5)):
        try:
            chosen = read_dialects((*chosen, name))
        except BadOption:
            continue
    return chosen


_RARE = frozenset({FaultKind.STALL, FaultKind.STATUS_429})
"""These hold up a whole life: a stall until the deadline, a Retry-After for as long as it says."""
_STALL_PERCENT = {Kind.TERMINAL: 0.3, Kind.ENGINE: 1.0}
"""The program waits a minute for the reply to an order, the engine alone is told to wait two seconds."""


def _order_faults(dice: random.Random, kind: Kind) -> Iterator[str]:
    """Let none, a few, every second, or most of the orders go wrong."""
    percent = dice.choice((0, 20, 50, 50, 75))
    if not percent:
        return
    kinds = [fault for fault in FaultKind if fault not in _RARE]
    chosen = dice.sample(kinds, dice.randint(4, len(kinds)))
    yield f"getNumber:stall%{_STALL_PERCENT[kind]}"
    yield "getNumber:429%0.5"
    left = 1.0
    for place, fault in enumerate(chosen):
        # Each is asked in turn whether it strikes; all together reach the percentage, in equal shares.
        share = percent / len(chosen) / left
        yield f"getNumber:{fault}%{share:.2f}"
        left = 1 - percent / 100 * (place + 1) / len(chosen)


def _other_faults(dice: random.Random, kind: Kind) -> Iterator[str]:
    if dice.random() < 0.3:
        return
    for fault in dice.sample(("drop-reply", "drop-request", "500", "502", "garbage", "reset", "cut", "html"), 4):
        yield f"cancelNumber:{fault}%8"
    yield f"cancelNumber:stall%{_STALL_PERCENT[kind]}"
    for call, percent in (("getMessage", 3), ("getBalance", 1), ("getServiceDetails", 1), ("getServices", 2)):
        for fault in dice.sample(("drop-reply", "500", "garbage", "reset", "cut-plain", "html", "refuse"), 3):
            yield f"{call}:{fault}%{percent}"
