"""A day in tmux and GNU screen: start, resize, detach, attach elsewhere, click; and what every ending leaves."""

import os
import re
import shlex
import signal
import sys
import termios
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.terminal.desk_steps import agree, asked, order, reach_services, seconds_left
from tests.terminal.multiplexers import ScreenSession, TmuxServer
from tests.terminal.other_process import Program, Site
from tests.terminal.processes import child_of, end_all_of, living_of
from tests.terminal.pty_terminal import OpenTerminal, Picture, Terminal
from tests.terminal.pty_text import left_on

CRASHING = [sys.executable, str(Path(__file__).with_name("crashing_program.py"))]
SIZES = [(120, 40), (50, 15), (30, 8), (80, 24)]
OTHER_SIZE = (100, 30)
PROMPT = "shell> "
SHELL = ["env", f"PS1={PROMPT}", "sh"]
BEFORE = "what stood here before"
DETACH_FROM_TMUX, DETACH_FROM_SCREEN = "\x02d", "\x01d"
AWAY_SECONDS = 15
"""More than a detach and an attach take."""
FLAGS = "alternate #{alternate_on} cursor #{cursor_flag} mouse #{mouse_any_flag} keypad #{keypad_flag}"
FLAGS_OF_A_SHELL = "alternate 0 cursor 1 mouse 0 keypad 0"
FLAGS_OF_THE_PROGRAM = "alternate 1 cursor 0 mouse 1 keypad 0"

Ending = Callable[[Terminal, TmuxServer], None]


def fills(screen: Picture, columns: int, lines: int) -> bool:
    """Tell whether the program fills a window of this size, or says that it is too small."""
    fits = (len(screen.lines[0]), len(screen.lines)) == (columns, lines) and screen.is_framed
    return fits or f"window is {columns}x{lines}." in screen


def counts_down(screen: Picture, number: str) -> bool:
    """Tell whether a number shows with its countdown in a whole frame."""
    return screen.is_framed and number in screen and bool(seconds_left(screen))


def click(terminal: Terminal, words: str) -> None:
    """Click on the line with these words, as a terminal reports it."""
    row = next(at for at, line in enumerate(terminal.picture.lines, 1) if words in line)
    column = terminal.picture.lines[row - 1].index(words) + 1
    terminal.send(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")


def start_in_shell(terminal: Terminal, command: list[str]) -> None:
    """Start the program in the shell, by typing."""
    terminal.until(lambda screen: PROMPT in screen)
    terminal.send(f"echo {BEFORE}\r")
    terminal.until(lambda screen: screen.find(f"^{BEFORE}"))
    terminal.send(shlex.join(command) + "\r")


def quit_it(terminal: Terminal, _tmux: TmuxServer) -> None:
    terminal.send("q")
    asked(terminal, "Leave while numbers are open?")
    agree(terminal)


def terminate_it(_terminal: Terminal, tmux: TmuxServer) -> None:
    running = child_of(int(tmux.tell("pane_pid")))
    assert running is not None
    os.kill(running, signal.SIGTERM)


def crash_it(terminal: Terminal, _tmux: TmuxServer) -> None:
    terminal.send("r")


def test_in_tmux_a_number_counts_down_through_every_size_and_while_nobody_is_attached(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site, tmux: TmuxServer
) -> None:
    terminal = open_terminal(command=tmux.running(program.command), environment=quiet_site.environment)
    reach_services(terminal)
    number = order(terminal)
    for columns, lines in SIZES:
        terminal.resize(columns, lines)
        terminal.until(partial(fills, columns=columns, lines=lines))
    before = seconds_left(terminal.until(partial(counts_down, number=number)))
    terminal.send(DETACH_FROM_TMUX)
    assert terminal.wait() == 0
    assert left_on(terminal.received) == set()
    again = open_terminal(command=tmux.attaching(), environment=quiet_site.environment, size=OTHER_SIZE)
    again.until(partial(fills, columns=OTHER_SIZE[0], lines=OTHER_SIZE[1]))
    after = seconds_left(again.until(partial(counts_down, number=number)))
    assert before is not None
    assert after is not None
    assert before - AWAY_SECONDS < after <= before
    again.until(lambda screen: (seconds_left(screen) or after) < after)


def test_what_a_test_leaves_watching_when_tmux_is_gone_is_ended_with_the_test(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site, tmux: TmuxServer
) -> None:
    terminal = open_terminal(command=tmux.running(program.command), environment=quiet_site.environment)
    reach_services(terminal)
    order(terminal)
    running = int(tmux.tell("pane_pid"))
    tmux.close()
    terminal.wait()
    assert running in living_of(program.home)
    end_all_of(program.home)
    assert living_of(program.home) == []


def test_a_click_through_tmux_chooses_a_row(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site, tmux: TmuxServer
) -> None:
    command = tmux.running(program.command, "mouse on")
    terminal = open_terminal(command=command, environment=quiet_site.environment)
    names = re.findall(r"(\S+ \(\+\d+\)\*?)", reach_services(terminal).text)
    for name in (names[4], names[1]):
        assert "▸" not in terminal.picture.line(name)
        click(terminal, name)
        terminal.until(lambda screen, clicked=name: "▸" in screen.line(clicked))  # type: ignore[misc]


@pytest.mark.parametrize("ending", [quit_it, terminate_it, crash_it])
def test_every_ending_leaves_the_pane_of_tmux_as_the_shell_had_it(
    ending: Ending, program: Program, open_terminal: OpenTerminal, quiet_site: Site, tmux: TmuxServer
) -> None:
    written = program.home / "written"
    command = tmux.running(SHELL, "mouse on", record=written)
    terminal = open_terminal(command=command, environment=quiet_site.environment)
    start_in_shell(terminal, CRASHING)
    reach_services(terminal)
    order(terminal)
    assert tmux.ask("display-message", "-p", FLAGS) == FLAGS_OF_THE_PROGRAM
    ending(terminal, tmux)
    screen = terminal.until(lambda screen: screen.find(f"still open(?:.|\n)*^{PROMPT}"))
    assert BEFORE in screen.lines[1]
    assert "Success" not in screen
    assert tmux.ask("display-message", "-p", FLAGS) == FLAGS_OF_A_SHELL
    assert left_on(written.read_bytes()) == set()
    with Path(tmux.tell("pane_tty")).open("rb") as line:
        local_modes = termios.tcgetattr(line)[3]
    assert {mode for mode in (termios.ECHO, termios.ICANON, termios.ISIG) if not local_modes & mode} == set()


def test_in_gnu_screen_a_number_outlives_a_detach_and_the_shell_gets_an_empty_screen(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site, gnu_screen: ScreenSession
) -> None:
    environment = {**quiet_site.environment, **gnu_screen.environment}
    terminal = open_terminal(command=gnu_screen.running(SHELL), environment=environment)
    start_in_shell(terminal, program.command)
    reach_services(terminal)
    number = order(terminal)
    terminal.send(DETACH_FROM_SCREEN)
    assert terminal.wait() == 0
    assert left_on(terminal.received) == set()
    again = open_terminal(command=gnu_screen.attaching(), environment=environment, size=OTHER_SIZE)
    again.until(partial(fills, columns=OTHER_SIZE[0], lines=OTHER_SIZE[1]))
    again.until(partial(counts_down, number=number))
    again.send("q")
    asked(again, "Leave while numbers are open?")
    agree(again)
    screen = again.until(lambda screen: screen.find(f"still open(?:.|\n)*^{PROMPT}"))
    assert not screen.find("[│┌▸]")


def test_the_linux_console_which_has_no_second_screen_is_left_empty(
    open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    terminal = open_terminal(environment={**quiet_site.environment, "TERM": "linux"})
    terminal.until(lambda screen: "connected" in screen and "Enter open" in screen)
    terminal.send("q")
    assert terminal.wait() == 0
    assert left_on(terminal.received) == set()
    assert terminal.picture.text.strip() == ""  # the test's own screen is such a terminal
