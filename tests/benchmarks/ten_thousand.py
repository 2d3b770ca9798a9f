"""Ten thousand rows filled, sorted and filtered, from the key to the painted list: our pane against a DataTable.

Ours is the services pane of the whole screen, with its frame, its tree and its numbers; the DataTable is alone.
"""

import itertools
import tempfile
from pathlib import Path
from statistics import median

from tests.benchmarks.cells import SIZES, Sizes
from tests.benchmarks.stopwatch import Stopwatch, open_module
from tests.benchmarks.table import Line, print_table, verdict
from tests.terminal.other_process import Program
from tests.terminal.pty_terminal import DOWN, ENTER, ESCAPE, UP, Picture

ROWS = 10_000
GOAL = 0.1
BAR_COLUMNS = 3


def measure_ten_thousand(program: Program, sizes: Sizes = SIZES, *, rounds: int) -> None:
    """Print both side by side, measured in turns."""
    for size in sizes:
        table = open_module(program, "large_table_app", str(ROWS), size=size)
        desk = open_module(program, "desk_app", str(ROWS), size=size)
        try:
            _wait_until_ready(table, desk)
            _desk_round(desk)  # what is loaded late is loaded by then; the table was filled as it began
            turns = [(_table_round(table), _desk_round(desk)) for _ in range(rounds)]
        finally:
            table.close()
            desk.close()
        for took in itertools.chain.from_iterable(turns):
            took["all of it"] = sum(took.values())
        lines = [
            _line(what, [(of_table[what], of_desk[what]) for of_table, of_desk in turns]) for what in turns[0][0]
        ]
        head = ("until painted", "DataTable", "our pane", "ratio", "")
        print_table(f"{ROWS} rows at {size[0]}x{size[1]}, {rounds} rounds", head, lines)


def services_of(screen: Picture) -> tuple[str, ...]:
    """Return the lines of the services pane, its title included."""
    end = next((at for at, line in enumerate(screen.lines) if "─ Numbers" in line), 0)
    return screen.lines[1:end]


def without_bar(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the scroll bar, which Textual paints a frame later."""
    return tuple(line[:-BAR_COLUMNS] for line in lines)


def _wait_until_ready(table: Stopwatch, desk: Stopwatch) -> None:
    table.until(lambda screen: "(+" in screen)
    desk.until(lambda screen: "Small · 12" in screen and "(+" in screen)
    for terminal in (table, desk):
        terminal.settle()


def _table_round(table: Stopwatch) -> dict[str, float]:
    table.send("z")
    table.until(lambda screen: "(+" not in screen)
    table.settle()

    def painted(keys: str) -> float:
        return table.seconds_until_last(keys, lambda screen: without_bar(screen.lines))

    took = {"populate": painted("p"), "sort by name": painted("n"), "sort by price": painted("m")}
    return took | {f"filter, letter {letter}": painted(letter) for letter in "123"}


def _desk_round(desk: Stopwatch) -> dict[str, float]:
    def painted(keys: str) -> float:
        return desk.seconds_until_last(keys, lambda screen: without_bar(services_of(screen)))

    took = {"populate": painted(DOWN + ENTER), "sort by name": painted("s"), "sort by price": painted("s")}
    desk.send("sss")
    desk.until(lambda screen: "▾" not in screen)
    desk.settle()
    desk.send("/")
    desk.settle()
    took |= {f"filter, letter {at}": painted(letter) for at, letter in enumerate("alm", start=1)}
    desk.send(ESCAPE)
    desk.until(lambda screen: f"Large · {ROWS}" in screen)
    desk.settle()
    desk.send("1" + UP + ENTER + "1")
    desk.until(lambda screen: "Small · 12" in screen)
    desk.settle()
    return took


def _line(what: str, seconds: list[tuple[float, float]]) -> Line:
    table, desk = (median(column) for column in zip(*seconds, strict=True))
    ratio = desk / table
    return what, f"{table * 1000:.0f} ms", f"{desk * 1000:.1f} ms", f"{ratio:.3f}x", verdict(ratio, GOAL)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="snum-tui-benchmark-") as folder:
        measure_ten_thousand(Program(Path(folder)), rounds=7)
