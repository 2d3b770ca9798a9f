"""At most four paints a second, and the first one at once."""

import time
from collections.abc import Callable
from itertools import pairwise
from typing import cast

import pytest
from textual.dom import DOMNode

from snum_tui.ui.painter import BURST, LEAST_SECONDS, PAINT_SECONDS, REST_SECONDS, Painter
from tests.ui.session import OpenDesk


class Stop:
    """A timer that the stand-in below lets go of by itself."""

    _skip = True


class Timers:
    """Stands for the screen's timers: keeps what is to be done, and lets the test say when its time has come."""

    ancestors_with_self = ()

    def __init__(self) -> None:
        self.seconds = 100.0
        self.waiting: list[tuple[float, Callable[[], None]]] = []

    def set_timer(self, delay: float, callback: Callable[[], None]) -> "Stop":
        self.waiting.append((self.seconds + delay, callback))
        return Stop()

    def pass_seconds(self, seconds: float) -> None:
        self.seconds += seconds
        due = [callback for at, callback in self.waiting if at <= self.seconds]
        self.waiting = [(at, callback) for at, callback in self.waiting if at > self.seconds]
        for callback in due:
            callback()


def test_a_change_after_a_quiet_while_is_painted_at_once_a_few_more_soon_and_then_four_a_second() -> None:
    timers, painted = Timers(), list[float]()
    node = cast("DOMNode", timers)
    painter = Painter(node, lambda: painted.append(timers.seconds), lambda: timers.seconds)
    painter.wake()
    assert painted == [100.0]
    for _ in range(1500):
        painter.wake()
        timers.pass_seconds(0.01)
    gaps = [later - earlier for earlier, later in pairwise(painted)]
    assert min(gaps) >= LEAST_SECONDS
    assert gaps[BURST - 2] < 2 * LEAST_SECONDS, "a screen that fills does not wait"
    assert min(gaps[2 * BURST :]) >= PAINT_SECONDS - 1e-6
    assert 15 / PAINT_SECONDS <= len(painted) <= 2 * BURST + 15 / PAINT_SECONDS


def test_one_screen_after_another_may_fill_and_a_steady_stream_still_keeps_the_pace() -> None:
    timers, painted = Timers(), list[float]()
    painter = Painter(cast("DOMNode", timers), lambda: painted.append(timers.seconds), lambda: timers.seconds)
    for _ in range(5):
        began = len(painted)
        for _ in range(60):
            painter.wake()
            timers.pass_seconds(0.01)
        assert len(painted) - began > 0.6 / LEAST_SECONDS / 2, "the fifth screen fills as soon as the first"
        timers.pass_seconds(2 * REST_SECONDS)
    painted.clear()
    for _ in range(3000):
        painter.wake()
        timers.pass_seconds(0.01)
    assert len(painted) <= 2 * BURST + 30 / PAINT_SECONDS


def test_the_last_change_is_painted_even_when_nothing_follows() -> None:
    timers, painted = Timers(), list[float]()
    painter = Painter(cast("DOMNode", timers), lambda: painted.append(timers.seconds), lambda: timers.seconds)
    painter.wake()
    painter.wake()
    timers.pass_seconds(1.0)
    assert len(painted) == 2
    timers.pass_seconds(10.0)
    assert len(painted) == 2


async def test_a_paint_whose_time_passes_while_its_timer_begins_comes_all_the_same(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the machine does something else between two lines of Textual's."""
    async with desk() as session:
        await session.ready()
        painted: list[float] = []
        painter = Painter(session.app.main, lambda: painted.append(0.0), lambda: 0.0)
        painter.wake()
        late, calls = time.monotonic, iter(range(200))
        monkeypatch.setattr("textual.timer._time.get_time", lambda: late() + next(calls, 200))
        painter.wake()
        await session.until(lambda: len(painted) == 2)
