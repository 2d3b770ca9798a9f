"""What the program costs while it watches ten open numbers at the default pace, and its terminal is gone."""

import os
import time

from tests.benchmarks.table import Line, print_table
from tests.terminal.desk_steps import reach_services, send_order
from tests.terminal.other_process import PATIENCE_SECONDS, Program, Site
from tests.terminal.processes import cpu_seconds, open_files, threads_of
from tests.terminal.pty_terminal import Terminal

NUMBERS = 10
MEASURED_SECONDS = 30.0
GOAL_PERCENT = 1.0
SITE_OPTIONS = ("--code-share", "0", "--no-number-share", "0", "--balance", "1000")


def measure_alone(program: Program, site: Site) -> None:
    """Print the share of one core, with the screen for comparison."""
    terminal = Terminal(
        program.command, {**program.environment, **site.environment}, size=(80, 24), cwd=program.home
    )
    try:
        reach_services(terminal)
        for number in range(NUMBERS):
            send_order(terminal)
            terminal.until(lambda screen, count=number + 1: f"· {count} open" in screen)  # type: ignore[misc]
        terminal.listen(5.0)
        lines = [_line("with its terminal", terminal, site)]
        terminal.hang_up()
        _wait_until_alone(terminal)
        lines.append(_line("without a terminal", terminal, site))
    finally:
        terminal.close()
    head = ("program", "threads", "messages asked", "CPU of one core", "")
    print_table(f"{NUMBERS} open numbers, {MEASURED_SECONDS:g} s", head, lines)


def _wait_until_alone(terminal: Terminal) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while open_files(terminal.process.pid)[0] != os.devnull:
        assert time.monotonic() < deadline, "it does not let go of the terminal"
        time.sleep(0.1)
    time.sleep(2.0)  # the screen closes


def _line(name: str, terminal: Terminal, site: Site) -> Line:
    pid, asked = terminal.process.pid, site.asked("getMessage")
    before = cpu_seconds(pid)
    if name.startswith("without"):
        time.sleep(MEASURED_SECONDS)
        goal = GOAL_PERCENT
    else:
        terminal.listen(MEASURED_SECONDS)
        goal = 0.0
    percent = 100 * (cpu_seconds(pid) - before) / MEASURED_SECONDS
    told = f"goal {goal:g} % {'met' if percent <= goal else 'MISSED'}" if goal else ""
    return name, str(threads_of(pid)), str(site.asked("getMessage") - asked), f"{percent:.2f} %", told
