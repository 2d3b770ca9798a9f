"""The balance: read at the start, after every order and change, and once a minute."""

import asyncio
from decimal import Decimal

from snum_tui.engine.budget import Priority
from snum_tui.engine.context import Context
from snum_tui.engine.link import SiteDown
from snum_tui.provider.errors import SiteError


class BalanceKeeper:
    """Keeps the balance on the board; it is also the probe while the site counts as down."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._wanted = asyncio.Event()

    def want(self) -> None:
        """Ask for a reading soon, without waiting for it."""
        self._wanted.set()

    async def read(self, *, probe: bool = False) -> Decimal:
        """Read the balance now. Raises SiteError or SiteDown."""
        balance = await self._context.reader.read(Priority.BALANCE, lambda client: client.balance(), probe=probe)
        self._context.board.change(balance=balance, balance_at=self._context.clock.now().wall)
        return balance

    async def try_read(self) -> Decimal | None:
        """Read the balance now; None where the site does not tell it."""
        try:
            return await self.read()
        except (SiteError, SiteDown):
            return None

    async def run(self) -> None:
        """Read for ever. The link shows what goes wrong, so nothing is said here."""
        while True:
            self._wanted.clear()
            try:
                await self.read(probe=self._context.link.is_down)
            except (SiteError, SiteDown):
                pause = self._context.policy.politeness.probe_seconds
            else:
                pause = self._context.policy.freshness.balance_seconds
            await self._pause(pause)

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._wanted.wait()
        except TimeoutError:
            pass
