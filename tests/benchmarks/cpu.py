"""What open numbers cost while nobody touches a key: CPU of one core, and bytes, against others at the same pace.

The program runs on a site whose time stands still and that gives no codes, so what is left is to ask for messages
(HTTP, in the engine) and to count down (on the screen). The engine is told from the rest by its thread: the busiest
but for the first, which is the screen's. Beside it run a bare Textual app that shows one line, Textual's DataTable
with as many countdowns as can be seen, and htop, both repainted once a second.
"""

import shutil
import sys
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from snum_tui.sandbox.server import SandboxServer
from snum_tui.sandbox.site_options import SandboxOptions
from tests.benchmarks.cells import SIZES, Sizes
from tests.benchmarks.stopwatch import Stopwatch, open_module
from tests.benchmarks.table import Line, print_table
from tests.terminal.other_process import Program
from tests.terminal.prepared import order_numbers
from tests.terminal.processes import seconds_by_thread

NUMBERS = 50
MEASURED_SECONDS = 20.0
SETTLE_SECONDS = 8.0
GOAL_PERCENT = 1.0
HTOP = ["htop", "-d", "10"]
"""Once a second: its unit is a tenth."""
WAYS = {"calm": "", "calm = false": "calm = false\n"}


@dataclass(frozen=True, slots=True)
class Spent:
    """What one program spent: `cpu`, and `engine` of it, in percent of one core; `sent` in bytes a second."""

    cpu: float
    engine: float
    messages: int
    sent: float


def measure_cpu(
    program: Program, sizes: Sizes = SIZES, *, numbers: int = NUMBERS, seconds: float = MEASURED_SECONDS
) -> None:
    """Print what so many open numbers cost in each size, each row measured for so long."""
    options = SandboxOptions(port=0, code_share=0.0, no_number_share=0.0, balance=Decimal(10 * numbers))
    with SandboxServer(options, time=lambda: 1000.0) as site:
        order_numbers(program, site, numbers)
        for size in sizes:
            lines = _lines(program, site, size, numbers, seconds)
            head = ("what", "CPU", "of it engine", "messages", "more than bare", "sent", "of DataTable", "")
            print_table(f"{numbers} open numbers at {size[0]}x{size[1]}, {seconds:g} s each", head, lines)


def _lines(
    program: Program, site: SandboxServer, size: tuple[int, int], numbers: int, seconds: float
) -> list[Line]:
    bare = _spent_by(open_module(program, "minimal_app", size=size), seconds)
    table = _table(program, size, numbers, seconds)
    lines = []
    for name, settings in WAYS.items():
        program.configure(settings)
        spent = _program(program, site, size, numbers, seconds)
        lines.append(_line(f"snum-tui, {name}", spent, bare, table, goal=GOAL_PERCENT))
    lines += [_line("bare Textual app at rest", bare, bare, table), _line("DataTable", table, bare, table)]
    if shutil.which(HTOP[0]) is None:
        return [*lines, ("htop is not installed here: apt-get install htop", *[""] * 7)]
    htop = Stopwatch(HTOP, program.environment, size=size, cwd=program.home)
    return [*lines, _line(" ".join(HTOP), _spent_by(htop, seconds), bare, table)]


def _program(program: Program, site: SandboxServer, size: tuple[int, int], numbers: int, seconds: float) -> Spent:
    environment = {**program.environment, "SNUM_TUI_SITE": site.url, "SNUM_TUI_API_KEY": site.key}
    terminal = Stopwatch(program.command, environment, size=size, cwd=program.home)
    terminal.until(lambda screen: f"{numbers} open" in screen and "connected" in screen)
    return _spent_by(terminal, seconds, site)


def _table(program: Program, size: tuple[int, int], numbers: int, seconds: float) -> Spent:
    terminal = open_module(program, "list_app", "table", str(numbers), size=size)
    terminal.until(lambda screen: "(+" in screen)
    terminal.send("t")
    return _spent_by(terminal, seconds)


def _spent_by(terminal: Stopwatch, seconds: float, site: SandboxServer | None = None) -> Spent:
    """Look on for so long, once all is quiet; then close the terminal."""
    try:
        terminal.listen(SETTLE_SECONDS)
        pid, asked = terminal.process.pid, site.requests["getMessage"] if site else 0
        before = seconds_by_thread(pid)
        sent = terminal.listen(seconds) / seconds
        after = seconds_by_thread(pid)
        messages = site.requests["getMessage"] - asked if site else 0
    finally:
        terminal.close()
    shares = {thread: 100 * (used - before.get(thread, 0.0)) / seconds for thread, used in after.items()}
    busiest = max((share for thread, share in shares.items() if thread != pid), default=0.0)
    return Spent(sum(shares.values()), busiest if site else 0.0, messages, sent)


def _line(name: str, spent: Spent, bare: Spent, table: Spent, goal: float = 0.0) -> Line:
    more = spent.cpu - bare.cpu
    return (
        name,
        f"{spent.cpu:.2f} %",
        f"{spent.engine:.2f} %" if spent.engine else "",
        str(spent.messages or ""),
        f"{more:+.2f} %",
        f"{spent.sent:.0f} B/s",
        f"{spent.sent / table.sent:.3f}x",
        f"goal +{goal:g} % {'met' if more <= goal else 'MISSED'}" if goal else "",
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="snum-tui-benchmark-") as folder:
        measure_cpu(Program(Path(folder)), numbers=int(sys.argv[1]) if len(sys.argv) > 1 else NUMBERS)
