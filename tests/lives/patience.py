"""Waiting for what nobody announces: another process's end, what it wrote into a file."""

import asyncio
import time
from collections.abc import Callable

LOOK_SECONDS = 0.03


async def wait_until(holds: Callable[[], bool], seconds: float) -> bool:
    """Look again and again until something holds, for so long at most; tell whether it does."""
    deadline = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < deadline:  # noqa: ASYNC110 - see above
        await asyncio.sleep(LOOK_SECONDS)
    return held
