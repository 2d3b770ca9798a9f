"""A terminal that knows when each piece of what it received came."""

import select
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.terminal.other_process import Program
from tests.terminal.pty_terminal import LOOK_SECONDS, Condition, Picture, Terminal, _read_some

QUIET_SECONDS = 0.3
PATIENCE_SECONDS = 20.0
ROOT = Path(__file__).resolve().parents[2]


class Stopwatch(Terminal):
    """Takes the time first and draws afterwards, so that the drawing costs the measured program nothing."""

    def seconds_until(self, keys: str, holds: Condition, quiet_seconds: float = QUIET_SECONDS) -> float:
        """Type, and return after how many seconds the screen was as wished.

        Everything that comes is read, until nothing has come for `quiet_seconds`; then it is drawn piece by piece.
        """
        began = self._type(keys)
        while True:
            found = next((moment for moment, picture in self._next_pictures(quiet_seconds) if holds(picture)), None)
            if found is not None:
                return found - began
            self._give_up_after(began)

    def seconds_until_last(
        self, keys: str, part: Callable[[Picture], object], quiet_seconds: float = QUIET_SECONDS
    ) -> float:
        """Type, and return after how many seconds a part of the screen was as it stayed; it must have changed."""
        before = part(self.picture)
        began = self._type(keys)
        while True:
            drawn = self._next_pictures(quiet_seconds)
            last = part(self.picture)
            if last != before:
                return next(moment for moment, picture in drawn if part(picture) == last) - began
            self._give_up_after(began)

    def seconds_until_received(self, keys: str, words: bytes) -> float:
        """Type, and return after how many seconds these bytes had come; for what is measured often."""
        seen = len(self.received)
        began = self._type(keys)
        while self.received.find(words, seen) == -1:
            self._give_up_after(began)
            if select.select([self._master], [], [], LOOK_SECONDS)[0]:
                self._keep(_read_some(self._master))
        took = time.perf_counter() - began
        self._draw(self.received[seen:])
        return took

    def settle(self, quiet_seconds: float = QUIET_SECONDS) -> None:
        """Read until nothing comes any more."""
        while self.listen(quiet_seconds):
            pass

    def _type(self, keys: str) -> float:
        began = time.perf_counter()
        self.send(keys)
        return began

    def _give_up_after(self, began: float) -> None:
        assert time.perf_counter() < began + PATIENCE_SECONDS, (
            f"it never came; the screen says:\n{self.picture.text}"
        )

    def _next_pictures(self, quiet_seconds: float) -> list[tuple[float, Picture]]:
        """Read until it is quiet; then draw, and return each picture with its moment."""
        drawn: list[tuple[float, Picture]] = []
        for moment, data in self._pieces(quiet_seconds):
            self._draw(data)
            drawn.append((moment, Picture(tuple(self._screen.display))))
        return drawn

    def _pieces(self, quiet_seconds: float) -> list[tuple[float, bytes]]:
        pieces: list[tuple[float, bytes]] = []
        ends_at = time.perf_counter() + PATIENCE_SECONDS
        wait = PATIENCE_SECONDS
        while time.perf_counter() < ends_at and select.select([self._master], [], [], wait)[0]:
            data = self._keep(_read_some(self._master))
            if not data:
                break
            pieces.append((time.perf_counter(), data))
            wait = quiet_seconds
        return pieces


def open_module(program: Program, module: str, *arguments: str, size: tuple[int, int]) -> Stopwatch:
    """Run one of the apps beside this file in a terminal."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    return Stopwatch(command, program.environment, size=size, cwd=ROOT)
