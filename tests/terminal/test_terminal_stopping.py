"""Stopped and brought back, frozen and thawed: the screen is right again, and the work has gone on."""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from tests.terminal.desk_steps import order, reach_services, seconds_left, send_order
from tests.terminal.other_process import OpenSite, Program, Site
from tests.terminal.processes import child_of, is_stopped, threads_of
from tests.terminal.pty_terminal import PATIENCE_SECONDS, OpenTerminal, Picture, Terminal
from tests.terminal.pty_text import left_on

CYCLES = 4
ON = {"mouse", "focus reports", "alternate screen", "bracketed paste", "hidden cursor", "keyboard protocol"}
SLOW_REPLY = ("--no-number-share", "0", "--fault", "getNumber:drip@1", "--drip-seconds", "0.01")


def assert_left_clean(terminal: Terminal) -> None:
    assert left_on(terminal.received) == set()
    assert terminal.is_as_before


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_read(screen: Picture) -> bool:
    """Tell whether all of the services in sight have their price, in Turkish: the picture stays as it is then."""
    _, _, *services = screen.text.split("─ Numaralar ")[0].splitlines()[:-1] or ["", ""]
    return bool(services) and all("şimdi" in line for line in services)


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGTSTP])
def test_a_program_that_was_stopped_comes_back_to_the_same_screen_without_another_thread(
    number: signal.Signals, open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    terminal = open_terminal(environment=quiet_site.environment)
    reach_services(terminal)
    terminal.send("L")
    terminal.until(is_read)  # a key still on its way is lost when the screen is left
    before = terminal.repainted(lambda screen: "Numaralar" in screen).text
    threads = threads_of(terminal.process.pid)
    for _ in range(CYCLES):
        terminal.stop(number)
        if number is signal.SIGTSTP:
            assert_left_clean(terminal)
        seen = len(terminal.received)
        terminal.repainted(lambda screen: screen.text == before)
        assert left_on(terminal.received) == ON
        assert terminal.received.count(b"\x1b[?1049h", seen) == 1
    assert threads_of(terminal.process.pid) == threads
    terminal.send("L")
    terminal.until(lambda screen: "Numbers" in screen)
    terminal.send("q")
    assert terminal.wait() == 0
    assert_left_clean(terminal)


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGTSTP])
def test_an_order_whose_reply_came_while_the_program_was_stopped_is_taken_up(
    number: signal.Signals, program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    site = open_sandbox(*SLOW_REPLY)
    terminal = open_terminal(environment=site.environment)
    reach_services(terminal)
    send_order(terminal)
    terminal.until(lambda screen: "sending" in screen and site.asked("getNumber") == 1)
    terminal.stop(number)
    [known] = site.truth()["orders"]
    assert [record["state"] for record in program.orders()] == ["sending"]
    terminal.signal(signal.SIGCONT)
    terminal.until(lambda screen: known["number"] in screen and seconds_left(screen))
    [record] = program.orders("--open")
    assert (record["state"], record["number_id"]) == ("waiting", known["number_id"])


def test_a_program_that_is_stopped_and_ended_leaves_the_terminal_clean(
    open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    terminal = open_terminal(environment=quiet_site.environment)
    reach_services(terminal)
    terminal.stop(signal.SIGTSTP)
    terminal.signal(signal.SIGTERM)
    terminal.signal(signal.SIGCONT)
    assert terminal.wait() == 0
    assert_left_clean(terminal)


@pytest.fixture
def shell(open_terminal: OpenTerminal, quiet_site: Site, program: Program) -> Iterator[Terminal]:
    """A shell with job control that runs the program, and the program on its services."""
    program.configure("[polls]\nfirst_seconds = 1\n")
    environment = {**quiet_site.environment, "PS1": "ready> ", "ENV": ""}
    terminal = open_terminal(command=["sh", "-i"], environment=environment)
    terminal.until(lambda screen: "ready> " in screen)
    terminal.send(" ".join(program.command) + "\n")
    reach_services(terminal)
    pid = child_of(terminal.process.pid)
    yield terminal
    if pid is not None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)  # without its terminal it would watch its number on


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGTSTP])
def test_in_the_background_the_engine_works_and_fg_brings_the_screen_back(
    number: signal.Signals, shell: Terminal, quiet_site: Site
) -> None:
    phone = order(shell)
    pid = child_of(shell.process.pid)
    assert pid is not None
    os.kill(pid, number)
    until(lambda: is_stopped(pid))
    shell.send("bg\n")
    until(lambda: not is_stopped(pid))
    shell.send("echo the-$((40+2))-shell\n")
    shell.until(lambda screen: "the-42-shell" in screen)
    asked = quiet_site.asked("getMessage")
    until(lambda: quiet_site.asked("getMessage") > asked + 1)
    assert not is_stopped(pid)
    shell.send("fg\n")
    shell.until(lambda screen: phone in screen and screen.is_framed and "the-42" not in screen)
    shell.send("q")
    shell.until(lambda screen: "Leave while" in screen)


CTRL_Z = "\x1a"


def unchanging(screen: Picture) -> str:
    """Return what stays: frames, names and words, without figures, their marks and ages."""
    return re.sub(r"\d+ ?[smh]\b|now|[\d\s₺.…▲▼]", "", screen.text)


def test_ctrl_z_gives_the_shell_a_clean_terminal_and_fg_brings_every_cell_and_the_lead_back(
    shell: Terminal, quiet_site: Site
) -> None:
    before = unchanging(shell.until(lambda screen: "Success" in screen and " … " not in screen.text))
    seen = len(shell.received)
    shell.send(CTRL_Z)
    shell.until(lambda _: b"ready> " in shell.received[seen:])
    assert left_on(shell.received) == set()
    pid = child_of(shell.process.pid)
    assert pid is not None
    assert is_stopped(pid)
    shell.send("echo the-$((40+2))-shell\n")
    shell.until(lambda screen: "the-42-shell" in screen)
    shell.send("fg\n")
    shell.until(lambda screen: unchanging(screen) == before)
    assert left_on(shell.received) == ON
    order(shell)
    asked = quiet_site.asked("getMessage")
    until(lambda: quiet_site.asked("getMessage") > asked)


def test_ctrl_z_stops_nothing_while_a_number_is_open(shell: Terminal) -> None:
    phone = order(shell)
    shell.send(CTRL_Z)
    shell.until(lambda screen: "Not suspended: nobody would watch your open numbers" in screen and phone in screen)
    pid = child_of(shell.process.pid)
    assert pid is not None
    assert not is_stopped(pid)


def test_ctrl_z_stops_nothing_where_no_shell_would_bring_it_back(
    open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    terminal = open_terminal(environment=quiet_site.environment)
    reach_services(terminal)
    terminal.send(CTRL_Z)
    terminal.until(lambda screen: "Not suspended: there is no shell here" in screen)
    assert not is_stopped(terminal.process.pid)
