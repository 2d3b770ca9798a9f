"""How long the program takes to start, against the least that is possible; measured in turns (A B A B)."""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.table import Line, print_table, verdict
from tests.terminal.other_process import Program, Site
from tests.terminal.pty_terminal import Terminal

PAINT_ROUNDS = 9
VERSION_ROUNDS = 15
PAINT_GOAL = 1.5
VERSION_GOAL = 5.0
SIZES = ((80, 24), (120, 40))
MINIMAL_APP = Path(__file__).with_name("minimal_app.py")
FIRST_WORDS = "Favourites"
"""Stands in the first frame with words of the program, and is the whole first frame of the minimal app."""
FRAME_CORNER = "┌"


@dataclass(frozen=True, slots=True)
class Start:
    """One way to start a program, and the bytes that end the wait for it."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    words: str
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Paint:
    """What one start took until its words had been received; `cpu_seconds` is 0 where the system does not tell."""

    seconds: float
    cpu_seconds: float
    received_bytes: int


def measure_first_paint(program: Program, site: Site, rounds: int = PAINT_ROUNDS) -> None:
    """Print how long the first paint takes, of the program and of a minimal Textual app."""
    for size in SIZES:
        starts = _starts(program, site, size)
        paints = _in_turns(starts, rounds, lambda start: _first_paint(start, program.home))
        lines = [_paint_line(start, paints[start.name], paints[starts[0].name]) for start in starts]
        head = ("first paint", "median", "ratio", "CPU", "ratio", "bytes", "")
        print_table(f"First paint at {size[0]}x{size[1]}, {rounds} rounds", head, lines)


def measure_version(program: Program) -> None:
    """Print how long `--version` takes, and an interpreter that does nothing."""
    commands = {"python -c pass": [sys.executable, "-c", "pass"], "--version": [*program.command, "--version"]}
    took: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(VERSION_ROUNDS + 1):
        for name, command in commands.items():
            began = time.perf_counter()
            subprocess.run(command, env=program.environment, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - ours
            took[name].append(time.perf_counter() - began)
    times = {name: median(seconds[1:]) for name, seconds in took.items()}
    ratio = times["--version"] / times["python -c pass"]
    lines = [
        ("python -c pass", _milliseconds(times["python -c pass"]), "1.00x", ""),
        ("snum-tui --version", _milliseconds(times["--version"]), f"{ratio:.2f}x", verdict(ratio, VERSION_GOAL)),
    ]
    print_table(f"--version, {VERSION_ROUNDS} rounds", ("start", "median", "ratio", ""), lines)


def _starts(program: Program, site: Site, size: tuple[int, int]) -> list[Start]:
    own, real = program.environment, {**program.environment, **site.environment}
    # A demo that is killed leaves its folder; without a state directory of its own it makes one there.
    demo = {name: text for name, text in own.items() if name != "SNUM_TUI_STATE_DIR"}
    demo["TMPDIR"] = str(program.home)
    return [
        Start("minimal Textual app", [sys.executable, str(MINIMAL_APP)], own, FIRST_WORDS, size),
        Start("snum-tui, empty frame", program.command, real, FRAME_CORNER, size),
        Start("snum-tui, words", program.command, real, FIRST_WORDS, size),
        *(
            [Start("snum-tui demo, words", [*program.command, "demo"], demo, FIRST_WORDS, size)]
            if size == SIZES[0]
            else []
        ),
    ]


def _in_turns(starts: Sequence[Start], rounds: int, run: Callable[[Start], Paint]) -> dict[str, list[Paint]]:
    """Run each in turn, and forget the first round, which warms up."""
    paints: dict[str, list[Paint]] = {start.name: [] for start in starts}
    for _ in range(rounds + 1):
        for start in starts:
            paints[start.name].append(run(start))
    return {name: all_of_it[1:] for name, all_of_it in paints.items()}


def _first_paint(start: Start, home: Path) -> Paint:
    began = time.perf_counter()
    terminal = Terminal(start.command, start.environment, size=start.size, cwd=home)
    try:
        terminal.until_received(start.words.encode())
        took = time.perf_counter() - began
        return Paint(took, _cpu_seconds(terminal.process.pid), len(terminal.received))
    finally:
        terminal.close()


def _cpu_seconds(pid: int) -> float:
    """Return the CPU time of all of a process's threads."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
    except OSError:
        return 0.0


def _paint_line(start: Start, paints: list[Paint], least: list[Paint]) -> Line:
    seconds, least_seconds = (median(paint.seconds for paint in some) for some in (paints, least))
    cpu, least_cpu = (median(paint.cpu_seconds for paint in some) for some in (paints, least))
    ratio = seconds / least_seconds
    return (
        start.name,
        _milliseconds(seconds),
        f"{ratio:.2f}x",
        _milliseconds(cpu),
        f"{cpu / least_cpu:.2f}x" if least_cpu else "-",
        str(int(median(paint.received_bytes for paint in paints))),
        verdict(ratio, PAINT_GOAL) if start.words == FIRST_WORDS and paints is not least else "",
    )


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
