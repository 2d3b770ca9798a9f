"""The balance: read at the start, after every order and change, and once a minute."""

import asyncio
import itertools
from collections.abc import Callable
from decimal import Decimal

from snum_tui.engine.book import Book
from snum_tui.engine.budget import Priority
from snum_tui.engine.context import Context
from snum_tui.engine.link import SiteDown
from snum_tui.provider.errors import KeyRejected, SiteError

SOON_SECONDS = 10.0


class BalanceKeeper:
    """Keeps the balance on the board; it is also the probe while the site counts as down."""

    def __init__(self, context: Context, book: Book) -> None:
        self._context = context
        self._book = book
        self._wanted = asyncio.Event()
        self._questions = itertools.count(1)
        self._shown = 0
        self._quiet_at: int | None = None
        self._on_read: Callable[[Decimal], None] = lambda _balance: None

    def when_read(self, tell: Callable[[Decimal], None]) -> None:
        """Call `tell` with each balance that is put on the board."""
        self._on_read = tell

    def want(self) -> None:
        """Ask for a reading soon, without waiting for it."""
        self._wanted.set()

    def undisturbed(self) -> Decimal | None:
        """Return the last balance read if no order or cancel has moved it since, nor did while it was read."""
        quiet = self._book.quiet_moves()
        return self._context.board.now.balance if quiet is not None and quiet == self._quiet_at else None

    async def read(self, *, probe: bool = False) -> Decimal:
        """Read the balance now. Raises SiteError or SiteDown."""
        question, quiet = next(self._questions), self._book.quiet_moves()
        balance = await self._context.reader.read(
            Priority.BALANCE, lambda client: client.balance(), keyed=True, probe=probe
        )
        if question > self._shown:  # a reply that a later one has overtaken tells of the past
            self._shown = question
            self._quiet_at = quiet if quiet == self._book.quiet_moves() else None
            self._context.board.change(balance=balance, balance_at=self._context.clock.now().wall)
            self._on_read(balance)
        return balance

    async def try_read(self) -> Decimal | None:
        """Read the balance now; None where the site does not tell it."""
        try:
            return await self.read()
        except (SiteError, SiteDown):
            return None

    async def soon(self) -> Decimal | None:
        """Read the balance now; None where the site does not tell it soon.

        It may ask all reads to wait for minutes. The next order cannot, nor the end of the program.
        """
        try:
            async with asyncio.timeout(SOON_SECONDS):
                return await self.try_read()
        except TimeoutError:
            return None

    async def run(self) -> None:
        """Read for ever. The link shows what goes wrong, so nothing is said here."""
        while True:
            self._wanted.clear()
            try:
                await self.read(probe=self._context.link.is_down)
            except KeyRejected:
                # A key that is wrong stays wrong; asking again and again may get it banned.
                pause = self._context.policy.freshness.balance_seconds
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
