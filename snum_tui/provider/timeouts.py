"""How long a call may take."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timeouts:
    """All in seconds. Deadlines are counted in ticks of `tick_seconds`.

    FACTS: a suspended process loses a reply that already sits in the socket when one long timer runs out on waking.
    Of many short ones only the current one runs out, so the reply is read.
    """

    connect_seconds: float = 10.0
    read_deadline_seconds: float = 15.0
    money_deadline_seconds: float = 60.0
    tick_seconds: float = 1.0

    def ticks(self, *, money: bool) -> int:
        """Return how many ticks a call may take; at least one."""
        deadline = self.money_deadline_seconds if money else self.read_deadline_seconds
        return max(1, math.ceil(deadline / self.tick_seconds))
