"""A life without a screen, seen from outside: engine_process.py runs in it."""

import asyncio
import json
import random
import sys
from pathlib import Path

from tests.lives.line import Line
from tests.lives.plans import LifePlan
from tests.lives.sites import LifeSite

ORDER_SECONDS = 4.0
MORE_ORDERS = 30
"""It goes on ordering until its end comes, which so finds it at work."""
END_OF_INPUT = "\x04"


def engine_command(site: LifeSite, folder: Path, **told: object) -> list[str]:
    """Return the command of an engine on this site, with its files in this folder."""
    words = {"url": site.url, "key": site.key, "folder": str(folder), "prices": site.prices, **told}
    return [sys.executable, "-m", "tests.lives.engine_process", json.dumps(words)]


class Commander:
    """Waits until the engine has asked for enough orders. `agreed` counts them."""

    def __init__(self, line: Line, plan: LifePlan) -> None:
        self._line = line
        self._plan = plan
        self.agreed = 0

    async def live(self) -> None:
        """Return at the moment before the end."""
        if self._plan.orders:
            said = f"asked for {self._plan.orders}.".encode()
            seconds = 20.0 + ORDER_SECONDS * self._plan.orders
            await self._line.until(said, since=0, seconds=seconds)
            self.agreed = self._plan.orders
        else:
            await asyncio.sleep(random.Random(self._plan.seed).uniform(0.0, 1.0))  # noqa: S311 - repeatable
        await asyncio.sleep(self._plan.after_seconds)

    async def order_blindly(self, orders: int) -> None:
        """It orders anyway."""
        del orders

    async def leave(self) -> None:
        """End its input."""
        self._line.send(END_OF_INPUT)
