"""The end of a life: how it comes, and whether the program takes it as it should."""

import signal
from dataclasses import dataclass
from typing import Protocol

from tests.lives.line import Line
from tests.lives.plans import Ending, LifePlan

SIGNALS = {
    Ending.KILL: signal.SIGKILL,
    Ending.HUP: signal.SIGHUP,
    Ending.TERM: signal.SIGTERM,
    Ending.INT: signal.SIGINT,
}
LOST_LINES = frozenset({Ending.CLOSED, Ending.DEAF, Ending.HUP})
"""After these a program may live on without its terminal, until its numbers are settled or a new one starts."""

PATIENT_SECONDS = 100.0
"""An order on its way may take a minute, and then be written down."""
IMPATIENT_SECONDS = 4.0
BLIND_ORDERS = 3
SHELL_STATUS = 128
"""What a shell, and the program on Ctrl-C, adds to the number of the signal."""


class Resident(Protocol):
    """Who lives at a line."""

    async def order_blindly(self, orders: int) -> None:
        """Order without seeing anything."""
        ...

    async def leave(self) -> None:
        """Leave by one's own wish."""
        ...


@dataclass(frozen=True, slots=True)
class End:
    """How a life ended. `lingers`: the program goes on without its terminal. `problem` is a sentence or empty."""

    lingers: bool = False
    was_killed_late: bool = False
    problem: str = ""


async def end_life(line: Line, resident: Resident, plan: LifePlan) -> End:
    """Let the end come, and wait for it."""
    if (early := line.process.poll()) is not None:
        return End(problem=f"it ended by itself with {early}")
    await _come(line, resident, plan)
    status = await line.wait(PATIENT_SECONDS if plan.patient else IMPATIENT_SECONDS)
    if status is not None:
        return End(problem="" if status in _right_statuses(plan) else f"it ended with {status} after {plan.ending}")
    if plan.ending in LOST_LINES:
        return End(lingers=True)
    line.signal(signal.SIGKILL)
    await line.wait(IMPATIENT_SECONDS)
    return End(was_killed_late=True, problem=f"it did not end after {plan.ending}" if plan.patient else "")


def _right_statuses(plan: LifePlan) -> set[int]:
    """Return how a program may end. Before it has begun, any signal ends it on the spot."""
    if plan.ending is Ending.KILL:
        return {-signal.SIGKILL}
    number = SIGNALS.get(plan.ending, signal.SIGHUP)
    return {0} if plan.orders else {0, -number, SHELL_STATUS + number}


async def _come(line: Line, resident: Resident, plan: LifePlan) -> None:
    match plan.ending:
        case Ending.QUIT:
            await resident.leave()
        case Ending.CLOSED:
            line.hang_up()
        case Ending.DEAF:
            line.be_deaf()
            await resident.order_blindly(BLIND_ORDERS)
            line.hang_up()
        case _:
            line.signal(SIGNALS[plan.ending])
