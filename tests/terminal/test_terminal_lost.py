"""The terminal is gone, as when an SSH line drops: open numbers are watched on until they are settled."""

import os
import signal
import time
from collections.abc import Callable

import pytest

from tests.terminal.desk_steps import order, reach_services, send_order
from tests.terminal.other_process import OpenSite, Program, Site
from tests.terminal.processes import child_of, cpu_seconds, open_files
from tests.terminal.pty_terminal import PATIENCE_SECONDS, OpenTerminal, Terminal

QUICK_POLLS = "[polls]\nfirst_seconds = 1\n"
SLOW_REPLY = ("--no-number-share", "0", "--fault", "getNumber:drip@1", "--drip-seconds", "0.02")
LOOK_SECONDS = 3.0


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def pause_for_messages(site: Site, count: int) -> None:
    """Wait until so many more messages have been asked for, once a second each."""
    asked = site.asked("getMessage")
    until(lambda: site.asked("getMessage") >= asked + count)


def asked_during_messages(site: Site, count: int) -> set[str]:
    """Return which calls are asked while so many more messages are."""
    before = site.truth()["requests"]
    pause_for_messages(site, count)
    after = site.truth()["requests"]
    return {call for call in after if after[call] != before[call]}


def states(program: Program) -> list[str]:
    return [record["state"] for record in program.orders()]


@pytest.fixture
def lost(program: Program, open_terminal: OpenTerminal, quiet_site: Site) -> Terminal:
    """A program with an open number that has lost its terminal and watches on."""
    program.configure(QUICK_POLLS)
    terminal = open_terminal(environment=quiet_site.environment)
    reach_services(terminal)
    order(terminal)
    terminal.hang_up()
    until(lambda: open_files(terminal.process.pid)[0] == os.devnull)
    return terminal


def test_a_code_that_comes_when_the_terminal_is_gone_is_in_the_journal_and_then_the_program_ends(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    program.configure(QUICK_POLLS)
    site = open_sandbox("--code-share", "1", "--code-after", "6", "--no-number-share", "0")
    terminal = open_terminal(environment=site.environment)
    reach_services(terminal)
    number = order(terminal)
    terminal.hang_up()
    until(lambda: open_files(terminal.process.pid)[0] == os.devnull)
    assert states(program) == ["waiting"]
    assert terminal.wait() == 0
    [record] = program.orders()
    [known] = site.truth()["orders"]
    assert (record["number"], record["code"]) == (number, known["codes"][0])


def test_an_order_in_flight_is_recorded_and_its_number_watched(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    program.configure(QUICK_POLLS)
    site = open_sandbox("--code-share", "1", "--code-after", "4", *SLOW_REPLY)
    terminal = open_terminal(environment=site.environment)
    reach_services(terminal)
    send_order(terminal)
    terminal.until(lambda screen: "sending" in screen and site.asked("getNumber") == 1)
    terminal.hang_up()
    assert terminal.wait() == 0
    [record] = program.orders()
    [known] = site.truth()["orders"]
    assert (record["number_id"], record["code"]) == (known["number_id"], known["codes"][0])


def test_an_armed_number_is_cancelled_in_time_without_a_terminal(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    site = open_sandbox("--code-share", "0", "--no-number-share", "0", "--refund-seconds", "68")
    account = (
        f'[profiles.main]\nsite = "{site.url}"\napi_key = "{site.key}"\nrefund_seconds = 68\nauto_cancel = true\n'
    )
    program.configure('profile = "main"\n' + account)
    terminal = open_terminal()
    reach_services(terminal)
    send_order(terminal)
    terminal.until(lambda screen: "is yours" in screen)
    terminal.hang_up()
    assert site.asked("cancelNumber") == 0
    assert terminal.wait(30.0) == 0
    assert site.asked("cancelNumber") == 1
    assert states(program) == ["cancelled"]


def test_nothing_of_the_terminal_or_of_its_session_is_held_open(lost: Terminal) -> None:
    held = open_files(lost.process.pid)
    assert {held[0], held[1], held[2]} == {os.devnull}
    until(
        lambda: not any(name.startswith(("/dev/pts", "/dev/tty")) for name in open_files(lost.process.pid).values())
    )


def test_nobody_looks_so_no_list_and_no_price_is_asked_for(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    fresh = "quote_seconds = 1\nservices_seconds = 1\ncategories_seconds = 1\n"
    program.configure(f"{QUICK_POLLS}[freshness]\n{fresh}")
    terminal = open_terminal(environment=quiet_site.environment)
    reach_services(terminal)
    order(terminal)
    seen = quiet_site.truth()["requests"]
    terminal.until(lambda _screen: quiet_site.asked("getServiceDetails") > seen["getServiceDetails"])
    terminal.hang_up()
    until(lambda: open_files(terminal.process.pid)[0] == os.devnull)
    until(lambda: asked_during_messages(quiet_site, 3) <= {"getMessage", "getBalance"})


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGPIPE, signal.SIGTTOU, signal.SIGTTIN])
def test_what_a_lost_session_sends_later_ends_nothing(
    number: signal.Signals, lost: Terminal, quiet_site: Site
) -> None:
    lost.signal(number)
    pause_for_messages(quiet_site, 2)
    assert lost.process.poll() is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_watch_and_the_number_stays_open_in_the_journal(
    number: signal.Signals, lost: Terminal, program: Program
) -> None:
    lost.signal(number)
    assert lost.wait() == 0
    assert states(program) == ["waiting"]


def test_a_new_start_takes_over_and_gets_the_code(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    program.configure(QUICK_POLLS)
    site = open_sandbox("--code-share", "1", "--code-after", "14", "--no-number-share", "0")
    lost = open_terminal(environment=site.environment)
    reach_services(lost)
    number = order(lost)
    lost.hang_up()
    until(lambda: open_files(lost.process.pid)[0] == os.devnull)
    back = open_terminal(environment=site.environment)
    back.until(lambda screen: number in screen)
    assert lost.wait() == 0
    assert states(program) == ["waiting"]
    back.until(lambda screen: screen.find(rf"received +\d+ +\{number}"), 30.0)


def test_of_two_that_lose_their_terminals_at_once_one_stays(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    program.configure(QUICK_POLLS)
    both = [open_terminal(environment=quiet_site.environment) for _ in range(2)]
    for terminal in both:
        reach_services(terminal)
    number = order(both[0])
    both[1].until(lambda screen: number in screen)
    for terminal in both:
        terminal.hang_up()
    until(lambda: any(terminal.process.poll() is not None for terminal in both))
    [stays] = [terminal for terminal in both if terminal.process.poll() is None]
    time.sleep(2 * LOOK_SECONDS)  # longer than the leading one waits for the other
    pause_for_messages(quiet_site, 1)
    assert stays.process.poll() is None


@pytest.mark.parametrize("minutes", [0, 0.05])
def test_the_watch_is_as_long_as_the_settings_say(
    minutes: float, program: Program, open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    program.configure(f"watch_on_minutes = {minutes}\n")
    terminal = open_terminal(environment=quiet_site.environment)
    reach_services(terminal)
    order(terminal)
    terminal.hang_up()
    assert terminal.wait() == 0
    assert states(program) == ["waiting"]


def test_a_demo_ends_with_its_terminal(open_terminal: OpenTerminal) -> None:
    terminal = open_terminal("demo", "--code-share", "0", "--no-number-share", "0")
    reach_services(terminal)
    order(terminal)
    terminal.hang_up()
    assert terminal.wait() == 0


def test_a_terminal_whose_end_nobody_was_told_of_does_not_spin_and_its_number_is_watched(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    """The kernel tells the leader of the session alone; this one keeps it to itself."""
    program.configure(QUICK_POLLS)
    silent = ["sh", "-c", 'trap "" HUP; "$@"; exit', "sh", *program.command]
    terminal = open_terminal(command=silent, environment=quiet_site.environment)
    reach_services(terminal)
    order(terminal)
    pid = child_of(terminal.process.pid)
    assert pid is not None
    terminal.hang_up()
    try:
        until(lambda: open_files(pid)[0] == os.devnull)
        before = cpu_seconds(pid)
        time.sleep(LOOK_SECONDS)  # what is measured
        assert cpu_seconds(pid) - before < LOOK_SECONDS / 2
        pause_for_messages(quiet_site, 1)
    finally:
        os.kill(pid, signal.SIGTERM)
    assert terminal.wait() == 0
