"""The daily backup of the journal, beside everything else: whatever becomes of it, nothing waits for it."""

import asyncio
import threading
from concurrent.futures import Future
from datetime import date
from pathlib import Path

from snum_tui.domain.sentence import N_, say
from snum_tui.engine.context import Context
from snum_tui.engine.snapshot import Weight
from snum_tui.journal.backups import back_up
from snum_tui.journal.errors import JournalError

FIRST_LOOK_SECONDS = 3.0
"""After the start: the first lists and the open numbers come first."""
LOOK_SECONDS = 60.0
AGAIN_SECONDS = 3600.0
"""A backup that failed is tried again after so long."""

NO_BACKUP = N_("Your orders of today have no backup yet. {problem}")


class BackupKeeper:
    """Makes the first leading program of a day, by the person's own calendar, back the journal up.

    What keeps it from that is told once.
    """

    def __init__(self, context: Context) -> None:
        self._board = context.board
        self._clock = context.clock
        self._state_directory = context.journal.state_directory
        self._made_on: date | None = None
        self._told = False

    async def run(self) -> None:
        """Look whether a backup is due, for ever."""
        await asyncio.sleep(FIRST_LOOK_SECONDS)
        while True:
            worked = await self._look()
            await asyncio.sleep(LOOK_SECONDS if worked else AGAIN_SECONDS)

    async def _look(self) -> bool:
        """Make the backup that is due. Returns False where that failed."""
        today = self._clock.now().wall.astimezone().date()
        if not self._board.now.leads or today == self._made_on:
            return True
        try:
            if await _back_up_beside(self._state_directory, today):
                self._made_on, self._told = today, False
        except JournalError as error:
            if not self._told:
                self._told = True
                self._board.announce(Weight.WARNING, say(NO_BACKUP, problem=error.sentence))
            return False
        return True


async def _back_up_beside(state_directory: Path, today: date) -> bool:
    """Back up on a thread of its own, which ends soon after the waiting for it is cancelled. Raises JournalError.

    Not on the loop's own threads: the end of the program would wait for those, however slow the disk.
    """
    outcome: Future[bool] = Future()
    outcome.set_running_or_notify_cancel()
    cancelled = threading.Event()

    def work() -> None:
        try:
            outcome.set_result(back_up(state_directory, today, lambda: not cancelled.is_set()))
        except Exception as error:  # noqa: BLE001 - a thread's exception would be lost; the loop tells it
            outcome.set_exception(error)

    threading.Thread(target=work, name="backup", daemon=True).start()
    try:
        return await asyncio.wrap_future(outcome)
    finally:
        cancelled.set()
