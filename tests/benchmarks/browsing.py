"""What browsing costs the site: ten categories, visited twice within five minutes, against asking for every row.

A visit opens a category and rests there for 15 seconds; afterwards every row that shows must have its price. The
program runs in a terminal, its engine's clocks faster by SPEED so that nobody waits for five minutes; with `--long`
they keep the real time. Counted is every request that the site got, from the program's start on. The reference asks
for the price of each row of the list once a visit, and for nothing else.
"""

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from snum_tui.domain.policy import Freshness
from snum_tui.sandbox.server import SandboxServer
from snum_tui.sandbox.site_options import SandboxOptions
from tests.benchmarks.first_quotes import is_priced, rows_of
from tests.benchmarks.stopwatch import ROOT, Stopwatch
from tests.benchmarks.table import print_table, verdict
from tests.terminal.other_process import Program
from tests.terminal.pty_terminal import DOWN, ENTER, Terminal

SIZE = (80, 24)
CATEGORIES = 10
VISITS = 2
VISIT_SECONDS = 15.0
SPEED = 20.0
GOAL = 0.2
FIRST = "g" + DOWN * 2
"""From wherever the tree's cursor is to its first category: below favourites and recents."""


@dataclass(frozen=True, slots=True)
class Browsed:
    """What was asked for. `shown` counts the rows that could be seen, `every` all rows, each once a visit.

    `due` counts the rows that could be seen as often as their prices grew old: more on a machine that is slow.
    """

    asked: dict[str, int]
    shown: int
    due: int
    every: int

    @property
    def ratio(self) -> float:
        """All requests, against one for each row and visit."""
        return sum(self.asked.values()) / self.every


def measure_browsing(program: Program, speed: float = SPEED) -> None:
    """Print what ten categories cost."""
    browsed = browse(program, CATEGORIES, speed)
    lines = [(call, str(count), "", "") for call, count in browsed.asked.items() if count]
    lines += [
        (
            "snum-tui, all calls",
            str(sum(browsed.asked.values())),
            f"{browsed.ratio:.3f}x",
            verdict(browsed.ratio, GOAL),
        ),
        ("one call for each row that showed", str(browsed.shown), f"{browsed.shown / browsed.every:.3f}x", ""),
        ("one call for each row of the lists", str(browsed.every), "1.000x", ""),
    ]
    minutes = CATEGORIES * VISITS * VISIT_SECONDS / 60
    title = f"Requests for {CATEGORIES} categories, {VISITS} visits each in {minutes:g} minutes"
    print_table(f"{title} (clocks {speed:g}x as fast)", ("what", "requests", "ratio", ""), lines)


def browse(program: Program, categories: int, speed: float) -> Browsed:
    """Visit so many categories twice, and count."""
    with SandboxServer(SandboxOptions(port=0)) as site:
        environment = {**program.environment, "SNUM_TUI_SITE": site.url, "SNUM_TUI_API_KEY": site.key}
        command = [sys.executable, "-m", "tests.benchmarks.hasty_program", f"{speed:g}"]
        terminal = Stopwatch(command, environment, size=SIZE, cwd=ROOT)
        rows = [len(site._site.services(str(at + 1))) for at in range(categories)]
        names = [category.name for category in site._site.categories()[:categories]]
        try:
            terminal.until(lambda screen: "connected" in screen)
            visits = [
                _visit(terminal, FIRST + DOWN * at, name, speed)
                for _ in range(VISITS)
                for at, name in enumerate(names)
            ]
            asked = dict(site.requests)
        finally:
            terminal.close()
    due = sum(shown * (1 + int(seconds / Freshness().quote_seconds)) for shown, seconds in visits)
    return Browsed(asked, sum(shown for shown, _ in visits), due, VISITS * sum(rows))


def _visit(terminal: Terminal, way: str, name: str, speed: float) -> tuple[int, float]:
    """Open a category and rest there.

    Returns how many rows showed, each with its price, and for how many seconds of the program's.
    """
    began = time.monotonic()
    terminal.send("1" + way + ENTER)
    terminal.listen(VISIT_SECONDS / speed)
    terminal.until(lambda screen: is_priced(screen, name))
    return len(rows_of(terminal.picture)), (time.monotonic() - began) * speed


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="snum-tui-benchmark-") as folder:
        measure_browsing(Program(Path(folder)), speed=1.0 if "--long" in sys.argv else SPEED)
