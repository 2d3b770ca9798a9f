"""From a letter typed into the filter to the painted list of 10,000 services, against a key of an idle cursor.

The real program on a sandbox. Prices, which come later, do not count: the list is painted when its title, its names
and its cursor are as they stay.
"""

import tempfile
from pathlib import Path
from statistics import median

from tests.benchmarks.cells import SIZES, Sizes
from tests.benchmarks.stopwatch import Stopwatch
from tests.benchmarks.table import Line, print_table, verdict
from tests.benchmarks.ten_thousand import services_of
from tests.terminal.other_process import Program, open_site
from tests.terminal.pty_terminal import DOWN, ESCAPE, Picture

ROWS = 10_000
CATEGORY = "Google"
FILTER = "alm"
GOAL = 2.0
CURSOR_KEY = "idle cursor key"


def measure_filter_key(program: Program, sizes: Sizes = SIZES, *, rounds: int) -> None:
    """Print the cursor's key and each letter, measured in turns."""
    site = open_site(program, "--rows", str(ROWS))
    try:
        for size in sizes:
            terminal = Stopwatch(
                program.command, {**program.environment, **site.environment}, size=size, cwd=program.home
            )
            try:
                _reach_services(terminal)
                turns = [_round(terminal) for _ in range(rounds + 1)][1:]
            finally:
                terminal.close()
            took = {what: [seconds for turn in turns for seconds in turn[what]] for what in turns[0]}
            lines = [_line(what, took[what], took[CURSOR_KEY]) for what in took]
            head = ("until painted", "median", "longest", "ratio", "")
            title = f"A filter key in {ROWS} services at {size[0]}x{size[1]}, {rounds} rounds"
            print_table(title, head, lines)
    finally:
        site.close()


def list_of(screen: Picture) -> tuple[tuple[str, str], ...]:
    """Return the marks and the names of the services, without what the site says of them, and the scroll bar."""
    title, *lines = services_of(screen) or ("",)
    names_at = max(0, title.find(f"{CATEGORY} · "))
    marks_at = max(0, title.rfind("│", 0, names_at)) + 1
    return tuple((line[marks_at : marks_at + 2], line[names_at:].split("  ")[0]) for line in (title, *lines))


def _reach_services(terminal: Stopwatch) -> None:
    terminal.until(lambda screen: "connected" in screen and f"{CATEGORY} · {ROWS}" in screen)
    terminal.send("2")
    terminal.until(lambda screen: "Enter order" in screen)
    terminal.settle(1.0)


def _round(terminal: Stopwatch) -> dict[str, list[float]]:
    took = {CURSOR_KEY: [terminal.seconds_until_last(DOWN, list_of) for _ in FILTER]}
    terminal.send("/")
    terminal.settle()
    for at, letter in enumerate(FILTER):
        took[f"filter key, {FILTER[: at + 1]!r}"] = [terminal.seconds_until_last(letter, list_of)]
    took["filter key, all letters"] = [
        seconds for what, some in took.items() if what != CURSOR_KEY for seconds in some
    ]
    terminal.send(ESCAPE)
    terminal.until(lambda screen: f"{CATEGORY} · {ROWS}" in screen)
    terminal.send("g")
    terminal.settle(1.0)
    return took


def _line(what: str, seconds: list[float], least: list[float]) -> Line:
    ratio = median(seconds) / median(least)
    told = verdict(ratio, GOAL) if what != CURSOR_KEY else ""
    return what, f"{median(seconds) * 1000:.1f} ms", f"{max(seconds) * 1000:.1f} ms", f"{ratio:.2f}x", told


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="snum-tui-benchmark-") as folder:
        measure_filter_key(Program(Path(folder)), rounds=15)
