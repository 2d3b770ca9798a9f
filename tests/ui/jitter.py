"""Random waits between the screen's messages: what can come in another order does. `pytest -p tests.ui.jitter`.

A machine with little time gives the same orders now and then; here they come in every run, and what crashes then
shows. Tests wait as long as a press of a key takes to have gone its way, from one part to the next, under such
waits. `JITTER` is the seed.
"""

import asyncio
import os
import random
import time
from collections.abc import Callable
from typing import Any

import pytest
from textual.events import InputEvent, Paste
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot

from snum_tui.cli import beside
from snum_tui.domain.sentence import Sentence

SEED = os.environ.get("JITTER", "1")
SHARE = 0.15
MESSAGE_SECONDS = (0.0, 0.0, 0.001, 0.01, 0.05)
WORK_SECONDS = (0.0, 0.0, 0.01, 0.1)
HOPS = 4
"""From a line over its form and the app to what opens."""

_chance = random.Random(SEED)  # noqa: S311 - no secret: an order to be tried again with the same seed
_dispatch, _outcome, _wait = MessagePump._dispatch_message, beside.outcome, Pilot._wait_for_screen


async def _dispatch_later(pump: MessagePump, message: Message) -> None:
    if _chance.random() < SHARE and not isinstance(message, InputEvent | Paste):  # what is typed keeps its order
        await asyncio.sleep(_chance.choice(MESSAGE_SECONDS))
    await _dispatch(pump, message)


def _slow_outcome(work: Callable[[], object], told_of: Callable[[Sentence], object]) -> object:
    time.sleep(_chance.choice(WORK_SECONDS))
    told = _outcome(work, told_of)
    time.sleep(_chance.choice(WORK_SECONDS))
    return told


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin each test with the same chances, whatever ran before it."""
    _chance.seed(f"{SEED} {item.nodeid}")


async def _wait_longer(pilot: Pilot[Any], timeout: float = 30.0) -> bool:  # noqa: ASYNC109 - as Textual's own
    return all([await _wait(pilot, timeout) for _ in range(HOPS)])


Pilot._wait_for_screen = _wait_longer  # type: ignore[method-assign,assignment]
MessagePump._dispatch_message = _dispatch_later  # type: ignore[method-assign,assignment]
beside.outcome = _slow_outcome  # type: ignore[assignment]
