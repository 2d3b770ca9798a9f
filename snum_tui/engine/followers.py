"""Work that goes on behind something that is done already, such as reading the balance once more after a while."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Followers:
    """Keeps such work alive, and ends it with the engine: the journal it would write to is closed then."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Let it go on by itself."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def end(self) -> None:
        """Return once nothing of it goes on any more."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
