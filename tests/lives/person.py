"""What a person does in one life, by keys alone: mostly orders, and in between what else the day brings."""

import asyncio
import random

from tests.lives.line import Line
from tests.lives.plans import LifePlan
from tests.terminal.desk_steps import DEAF_SECONDS
from tests.terminal.pty_terminal import DOWN, ENTER, ESCAPE, UP

STARTED = b"Favourites"
LISTED = b"connected"
ORDER, CANCEL, LEAVE, SETTLE = b"Order a number?", b"Cancel this number?", b"Leave w", b"Settle this order?"
ORDERING = b"Ordering"
UNKNOWN = b"Evidence"

START_SECONDS = 60.0
LIST_SECONDS = 3.0
QUESTION_SECONDS = 1.0
"""A key that opens no question said why on the message line; the person goes on."""
SCREEN_SECONDS = 0.5
TRIES_AN_ORDER = 3
PAGE_DOWN = "\x1b[6~"


class Person:
    """Sits at one terminal for one life. `agreed` counts the orders said yes to."""

    def __init__(self, line: Line, plan: LifePlan) -> None:
        self._line = line
        self._plan = plan
        self._dice = random.Random(plan.seed)  # noqa: S311 - repeatable on purpose
        self.agreed = 0

    async def live(self) -> None:
        """Do it all, up to the moment before the end."""
        plan = self._plan
        if plan.orders:
            await self._arrive()
            for _ in range(plan.orders * TRIES_AN_ORDER):
                if self.agreed >= plan.orders or not self._line.is_open:
                    break
                await self._do_something()
                await self._order()
            await self._do_last()
        else:
            await asyncio.sleep(self._dice.uniform(0.0, 1.5))
        await asyncio.sleep(plan.after_seconds)

    async def order_blindly(self, orders: int) -> None:
        """Order without seeing anything, at a terminal that takes nothing any more."""
        for _ in range(orders):
            self._line.send(ENTER)
            self._line.shake()
            await asyncio.sleep(DEAF_SECONDS + 0.15)
            self._line.send("y")

    async def leave(self) -> None:
        """Press `q`, and agree where it asks; whatever else is open is closed first."""
        line = self._line
        for _ in range(4):
            line.send(ESCAPE)
            await asyncio.sleep(0.15)  # an escape alone is told from a key's sequence by the pause behind it
            mark = line.mark
            line.send("q")
            if await line.until(LEAVE, since=mark, seconds=QUESTION_SECONDS) is not None:
                await self._agree()
            if await line.wait(1.5) is not None:
                return

    async def _arrive(self) -> None:
        line = self._line
        await line.until(STARTED, since=0, seconds=START_SECONDS)
        await line.until(LISTED, since=0, seconds=LIST_SECONDS)
        await asyncio.sleep(self._dice.uniform(0.1, 0.4))
        line.send(ENTER)
        await asyncio.sleep(0.2)

    async def _order(self) -> None:
        """Order from the row under the cursor; the next row where that cannot be ordered now."""
        line, mark = self._line, self._line.mark
        line.send(ENTER)
        if await line.until(ORDER, since=mark, seconds=QUESTION_SECONDS) is None:
            line.send(ESCAPE)
            await asyncio.sleep(0.1)
            line.send("2" + DOWN)
            await asyncio.sleep(0.15)
            return
        mark = line.mark
        await self._agree()
        if await line.until(ORDERING, since=mark, seconds=QUESTION_SECONDS) is not None:
            self.agreed += 1

    async def _agree(self) -> None:
        await asyncio.sleep(DEAF_SECONDS)
        self._line.send("y")

    async def _do_something(self) -> None:
        """Move, cancel, arm, look at the unknown orders, or just go on."""
        chance = self._dice.random()
        if chance < 0.35:
            self._line.send(self._dice.choice((DOWN, DOWN, DOWN + DOWN, UP, PAGE_DOWN, "g")))
            await asyncio.sleep(0.05)
        elif chance < 0.5:
            await self._cancel()
        elif chance < 0.55:
            self._line.send("a")
        elif chance < 0.6:
            await self._look_at_unknown()
        elif chance < 0.64:
            self._line.send(self._dice.choice(("r", "s", "y", "f", "ssyr")))
        elif chance < 0.66:
            await self._change_category()
        elif chance < 0.68:
            await self._press_anything()

    async def _do_last(self) -> None:
        """What is under way when the end comes: an order nearly always, else a cancel, or an open question."""
        chance = self._dice.random()
        if chance < 0.2:
            await self._cancel()
        elif chance < 0.3:
            self._line.send(self._dice.choice((ENTER, "c", "u", "H", "?")))

    async def _cancel(self) -> None:
        """Cancel the newest number, or one further down."""
        line = self._line
        if deeper := self._dice.choice((0, 0, 0, 1, 3)):
            line.send("3" + DOWN * deeper)
            await asyncio.sleep(0.05)
        mark = line.mark
        line.send("c")
        if await line.until(CANCEL, since=mark, seconds=SCREEN_SECONDS) is not None:
            await self._agree()
        if deeper:
            await asyncio.sleep(0.05)
            line.send("2")
            await asyncio.sleep(0.05)

    async def _look_at_unknown(self) -> None:
        """Look at the unknown orders, and settle one now and then."""
        line, mark = self._line, self._line.mark
        line.send("u")
        if await line.until(UNKNOWN, since=mark, seconds=SCREEN_SECONDS) is None:
            return
        mark = line.mark
        what = self._dice.choice(("b", "y", "x", "l", ""))
        line.send(what)
        if what in {"x", "l"} and await line.until(SETTLE, since=mark, seconds=SCREEN_SECONDS) is not None:
            line.send("asked the support" + ENTER)
            await asyncio.sleep(0.1)
        line.send(ESCAPE)
        await asyncio.sleep(0.15)

    async def _change_category(self) -> None:
        self._line.send("1" + DOWN * self._dice.randint(1, 3))
        await asyncio.sleep(0.1)
        self._line.send(ENTER)
        await asyncio.sleep(0.5)

    async def _press_anything(self) -> None:
        """A cat on the keyboard."""
        keys = [ENTER, ESCAPE, DOWN, UP, *"yncaurHs123fl/?x"]
        self._line.send("".join(self._dice.choices(keys, k=8)))
        await asyncio.sleep(0.2)
        for _ in range(2):
            self._line.send(ESCAPE)
            await asyncio.sleep(0.12)
        self._line.send("2")
        await asyncio.sleep(0.1)
