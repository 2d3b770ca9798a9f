"""What a list costs on the wire: our row widget against Textual's DataTable, same rows, same changes, same keys."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.stopwatch import Stopwatch, open_module
from tests.benchmarks.table import Line, print_table, verdict
from tests.terminal.other_process import Program
from tests.terminal.pty_terminal import DOWN, ESCAPE

SIZES = ((80, 24), (120, 40))
Sizes = Sequence[tuple[int, int]]
ROWS = 300
CHANGES = 5
KEYS = 7
CROSSED = range(5, 12)
"""Lines of the screen that the pointer crosses, one after the other."""
GOAL = 0.1
RATES = {
    "e": "50 changes a second in 300 rows, each as it comes",
    "b": "50 changes a second in 300 rows, 4 paints a second",
    "v": "50 changes a second in the visible rows, 4 paints a second",
}
EVERY_RATE = "".join(RATES)


@dataclass(frozen=True, slots=True)
class Sent:
    """What one list sent: bytes for a changed price, a key and a row that the pointer crosses.

    `rates` are bytes a second by the keys of RATES.
    """

    cell: float
    key: float
    pointer: float
    rates: dict[str, float]


def measure_cells(
    program: Program, sizes: Sizes = SIZES, *, rates: str = EVERY_RATE, seconds: float, of_program: float = 0.0
) -> None:
    """Print both lists side by side; each of these rates is listened to for so long.

    `of_program` is what a changed price sent in the whole program at 80x24, where that was measured.
    """
    for size in sizes:
        table, rows = (sent_by(program, name, size, rates, seconds) for name in ("table", "rows"))
        lines = [_line("one changed price", table.cell, rows.cell, "B")]
        if of_program and size == SIZES[0]:
            lines.append(_line("one changed price, in the whole program", table.cell, of_program, "B"))
        lines += [
            _line(words, table.rates[key], rows.rates[key], "B/s") for key, words in RATES.items() if key in rates
        ]
        lines.append(_line("one Down key", table.key, rows.key, "B", goal=1.0))
        lines.append(_line("the pointer crosses a row", table.pointer, rows.pointer, "B", goal=1.0))
        head = ("what", "DataTable", "our rows", "ratio", "")
        print_table(f"Cells, keys and pointer on the wire at {size[0]}x{size[1]}", head, lines)


def sent_by(program: Program, name: str, size: tuple[int, int], rates: str = "", seconds: float = 0.0) -> Sent:
    """Run a list of list_app.py and count what it sends."""
    terminal = open_module(program, "list_app", name, str(ROWS), size=size)
    try:
        terminal.until(lambda screen: "(+" in screen)
        terminal.settle()
        cell = median(_changed_cell(terminal) for _ in range(CHANGES))
        key = median(_sent_after(terminal, DOWN) for _ in range(KEYS))
        pointer = median(_sent_after(terminal, f"\x1b[<35;30;{line}M") for line in CROSSED)
        return Sent(cell, key, pointer, {key: _rate(terminal, key, seconds) for key in rates})
    finally:
        terminal.close()


def _changed_cell(terminal: Stopwatch) -> int:
    before = len(terminal.received)
    terminal.seconds_until_received("c", ESCAPE.encode())
    terminal.settle(0.1)
    return len(terminal.received) - before


def _sent_after(terminal: Stopwatch, keys: str) -> int:
    before = len(terminal.received)
    terminal.send(keys)
    terminal.settle(0.2)
    return len(terminal.received) - before


def _rate(terminal: Stopwatch, key: str, seconds: float) -> float:
    terminal.send(key)
    terminal.listen(0.3)
    sent = terminal.listen(seconds)
    terminal.send("x")
    terminal.settle()
    return sent / seconds


def _line(what: str, table: float, rows: float, unit: str, goal: float = GOAL) -> Line:
    ratio = rows / table
    return what, f"{table:.0f} {unit}", f"{rows:.0f} {unit}", f"{ratio:.3f}x", verdict(ratio, goal)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="snum-tui-benchmark-") as folder:
        measure_cells(Program(Path(folder)), seconds=5.0)
