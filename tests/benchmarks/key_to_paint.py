"""From a key to the bytes of the moved cursor: while fifty cells a second change and at rest, in turns."""

import itertools
import random
import signal
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

from tests.benchmarks.stopwatch import Stopwatch, open_module
from tests.benchmarks.table import Line, print_table, verdict
from tests.terminal.other_process import Program
from tests.terminal.pty_terminal import DOWN, ENTER, UP

SIZE = (80, 24)
ROWS = (300, 10_000)
GOAL = 1.5
PHASES = 6
CURSOR = "▸".encode()
"""The mark of the cursor's row: painted where the cursor goes, and not with a price that changes in that row."""
CHANGING, AT_REST = "50 cells a second change", "at rest"
PAUSE_SECONDS = (0.02, 0.12)
"""Between two keys; by chance, so that no key comes in step with the paints."""


def measure_key_to_paint(
    program: Program, rows: Sequence[int] = ROWS, *, keys: int = 300, phases: int = PHASES
) -> None:
    """Print the median and the slowest percent of so many keys each, by the number of rows."""
    for count in rows:
        desk = open_module(program, "desk_app", str(count), size=SIZE)
        try:
            _reach_rows(desk, count)
            took = _in_phases(desk, keys // phases, phases)
        finally:
            desk.close()
        lines = [_line(phase, took[phase], took[AT_REST]) for phase in (AT_REST, CHANGING)]
        head = ("phase", "median", "p99", "longest", "ratio of p99", "")
        print_table(f"Key to paint in {count} rows at {SIZE[0]}x{SIZE[1]}, {keys} keys each", head, lines)


def _reach_rows(desk: Stopwatch, count: int) -> None:
    desk.until(lambda screen: "Small · 12" in screen and "(+" in screen)
    desk.settle()
    desk.send(DOWN + ENTER)
    desk.until(lambda screen: f"Large · {count}" in screen and "(+" in screen)
    desk.settle()


def _in_phases(desk: Stopwatch, keys: int, phases: int) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {AT_REST: [], CHANGING: []}
    chance = random.Random(7)  # noqa: S311 - repeatable on purpose
    down_and_up = itertools.cycle([DOWN] * 8 + [UP] * 8)  # scrolls nothing
    for _ in range(phases):
        for phase, seconds in took.items():
            desk.signal(signal.SIGUSR1 if phase is CHANGING else signal.SIGUSR2)
            desk.listen(0.5)
            for _ in range(keys):
                seconds.append(desk.seconds_until_received(next(down_and_up), CURSOR))
                desk.listen(chance.uniform(*PAUSE_SECONDS))
            desk.signal(signal.SIGUSR2)
            desk.settle()
    return took


def _line(phase: str, seconds: list[float], at_rest: list[float]) -> Line:
    slowest, slowest_at_rest = (quantiles(some, n=100, method="inclusive")[98] for some in (seconds, at_rest))
    ratio = slowest / slowest_at_rest
    return (
        phase,
        f"{median(seconds) * 1000:.1f} ms",
        f"{slowest * 1000:.1f} ms",
        f"{max(seconds) * 1000:.1f} ms",
        f"{ratio:.2f}x",
        verdict(ratio, GOAL) if phase is CHANGING else "",
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="snum-tui-benchmark-") as folder:
        measure_key_to_paint(Program(Path(folder)))
