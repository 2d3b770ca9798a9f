"""Every way out: nothing in flight is lost, the terminal is left as it was, and what is still open is said."""

import signal

import pytest

from tests.terminal.desk_steps import agree, asked, order, reach_services, send_order
from tests.terminal.other_process import OpenSite, Program, Site
from tests.terminal.pty_terminal import ENTERING, OpenTerminal, Terminal
from tests.terminal.pty_text import after_the_screen, left_on

ENDING = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]
CTRL_C = "\x03"
SLOW_REPLY = ("--fault", "getNumber:drip@1", "--drip-seconds", "0.015")
"""More than a second from the first to the last byte of the order's reply."""


def assert_left_clean(terminal: Terminal) -> None:
    assert left_on(terminal.received) == set()
    assert terminal.is_as_before


def send_slow_order(terminal: Terminal, site: Site) -> None:
    """Order, and return while the reply is on its way."""
    reach_services(terminal)
    send_order(terminal)
    terminal.until(lambda screen: "sending" in screen and site.asked("getNumber") == 1)


def test_leaving_with_an_open_number_asks_and_then_says_so_in_one_sentence(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    terminal = open_terminal(environment=quiet_site.environment)
    reach_services(terminal)
    number = order(terminal)
    terminal.send("q")
    asked(terminal, "Leave while numbers are open?")
    terminal.send("n")
    terminal.until(lambda screen: "Leave while" not in screen)
    terminal.send("q")
    asked(terminal, "Leave while numbers are open?")
    agree(terminal)
    assert terminal.wait() == 0
    assert_left_clean(terminal)
    [sentence] = after_the_screen(terminal.received).splitlines()
    assert sentence.startswith("1 number is still open, refund window until ")
    assert [record["number"] for record in program.orders("--open")] == [number]


@pytest.mark.parametrize("ending", ENDING)
def test_a_signal_lets_an_order_in_flight_be_recorded_and_then_ends_the_program_cleanly(
    ending: signal.Signals, program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    site = open_sandbox("--no-number-share", "0", *SLOW_REPLY)
    terminal = open_terminal(environment=site.environment)
    send_slow_order(terminal, site)
    terminal.signal(ending)
    assert terminal.wait() == 0
    assert_left_clean(terminal)
    [known] = site.truth()["orders"]
    [record] = program.orders("--open")
    assert (record["state"], record["number_id"], record["number"]) == (
        "waiting",
        known["number_id"],
        known["number"],
    )
    assert "still open" in after_the_screen(terminal.received)


def test_signals_that_come_again_and_again_end_no_order_in_flight(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    site = open_sandbox("--no-number-share", "0", "--fault", "getNumber:drip@1", "--drip-seconds", "0.03")
    terminal = open_terminal(environment=site.environment)
    send_slow_order(terminal, site)
    terminal.signal(signal.SIGTERM)
    terminal.until(lambda screen: "still under way. Waiting" in screen)
    for ending in (signal.SIGTERM, signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
        terminal.signal(ending)
    terminal.until(lambda screen: "again to leave all the same" in screen)
    assert [record["state"] for record in program.orders()] == ["sending"]
    assert terminal.wait() == 0
    assert_left_clean(terminal)
    [known] = site.truth()["orders"]
    [record] = program.orders("--open")
    assert (record["state"], record["number_id"]) == ("waiting", known["number_id"])


def test_a_second_ctrl_c_leaves_all_the_same_and_the_order_becomes_an_open_question(
    open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    site = open_sandbox("--fault", "getNumber:stall@1")
    terminal = open_terminal(environment=site.environment)
    send_slow_order(terminal, site)
    terminal.signal(signal.SIGTERM)
    terminal.until(lambda screen: "still under way. Waiting" in screen)
    terminal.send(CTRL_C)
    terminal.until(lambda screen: "again to leave all the same" in screen)
    terminal.send(CTRL_C)
    assert terminal.wait() == 130
    assert_left_clean(terminal)
    back = open_terminal(environment=site.environment)
    back.until(lambda screen: "1 unknown" in screen)
    assert site.asked("getNumber") == 1


def test_ctrl_c_is_a_key_while_the_screen_is_up(open_terminal: OpenTerminal, quiet_site: Site) -> None:
    terminal = open_terminal(environment=quiet_site.environment)
    reach_services(terminal)
    terminal.send(CTRL_C)
    terminal.until(lambda screen: "Press q to leave." in screen)


def test_a_lost_line_ends_an_idle_program_soon(open_terminal: OpenTerminal, quiet_site: Site) -> None:
    terminal = open_terminal(environment=quiet_site.environment)
    terminal.until(lambda screen: "connected" in screen)
    terminal.hang_up()
    terminal.wait()


def test_a_signal_before_the_first_frame_ends_the_program_cleanly(
    open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    terminal = open_terminal(environment=quiet_site.environment)
    terminal.until_received(ENTERING)
    terminal.signal(signal.SIGTERM)
    assert terminal.wait() == 0
    assert_left_clean(terminal)


@pytest.mark.parametrize("ending", [signal.SIGTERM, None], ids=["TERM", "lost line"])
def test_a_terminal_that_reads_no_more_keeps_no_order_from_being_recorded_and_no_program_from_ending(
    ending: signal.Signals | None, program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    program.configure("watch_on_minutes = 0\n")
    site = open_sandbox("--no-number-share", "0", *SLOW_REPLY[:-1], "0.04")
    terminal = open_terminal(environment=site.environment, size=(160, 45))
    send_slow_order(terminal, site)
    terminal.flood()
    if ending is None:
        terminal.hang_up()
    else:
        terminal.signal(ending)
    assert terminal.process.wait(20) == 0
    [known] = site.truth()["orders"]
    [record] = program.orders("--open")
    assert (record["state"], record["number_id"]) == ("waiting", known["number_id"])
