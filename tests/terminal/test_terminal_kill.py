"""Killed on the spot, the program loses neither a number nor money: the next start knows."""

import re
import time

from tests.terminal.desk_steps import order, reach_services, seconds_left, send_order
from tests.terminal.other_process import OpenSite, Program
from tests.terminal.pty_terminal import OpenTerminal

QUICK_POLLS = "[polls]\nfirst_seconds = 1\n"


def test_after_a_kill_an_open_number_comes_back_with_its_countdown_going_on_and_gets_its_code(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    program.configure(QUICK_POLLS)
    site = open_sandbox("--code-share", "1", "--code-after", "8", "--no-number-share", "0")
    killed = open_terminal(environment=site.environment)
    reach_services(killed)
    number = order(killed)
    # Old enough that a countdown that began anew would stand out.
    before = seconds_left(killed.until(lambda screen: (seconds_left(screen) or 600) <= 597)) or 0
    seen_at = time.monotonic()
    killed.kill()

    back = open_terminal(environment=site.environment)
    after = seconds_left(back.until(lambda screen: number in screen and seconds_left(screen)))
    assert after is not None
    assert abs((before - after) - (time.monotonic() - seen_at)) < 5
    received = back.until(lambda screen: screen.find(rf"received +\d+ +{re.escape(number)}"))
    truth = site.truth()
    assert truth["orders"][0]["codes"][0] in received
    assert (truth["requests"]["getNumber"], len(truth["entries"])) == (1, 1)


def test_after_a_kill_in_the_middle_of_an_order_its_outcome_is_unknown_and_nothing_is_sent_again(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    site = open_sandbox("--fault", "getNumber:stall@1")
    killed = open_terminal(environment=site.environment)
    reach_services(killed)
    send_order(killed)
    killed.until(lambda screen: "sending" in screen and site.asked("getNumber") == 1)
    assert [record["state"] for record in program.orders()] == ["sending"]
    killed.kill()

    back = open_terminal(environment=site.environment)
    back.until(lambda screen: screen.find(r"– +unknown") and "1 unknown" in screen and "connected" in screen)
    reach_services(back)
    [record] = program.orders("--open")
    assert (record["state"], record["number_id"], record["number"]) == ("unknown", None, None)
    truth = site.truth()
    assert len(truth["orders"]) == 1
    assert [entry["number_id"] for entry in truth["entries"]] == [truth["orders"][0]["number_id"]]
    assert truth["requests"]["getNumber"] == 1
    assert truth["orders"][0]["price"] == record["price"]
