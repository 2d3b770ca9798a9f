"""`snum-tui watch` beside a window: it tells what happens there, and goes on alone where the window is killed."""

import re

from tests.terminal.desk_steps import agree, asked, order, reach_services
from tests.terminal.other_process import OpenSite, Program
from tests.terminal.pty_terminal import DOWN, OpenTerminal
from tests.terminal.watching import OpenWatch

QUICK = "[polls]\nfirst_seconds = 1\n"
LONG_WAIT = ("--code-share", "1", "--code-after", "20", "--no-number-share", "0")


def test_it_tells_numbers_ordered_and_cancelled_in_the_window_that_leads(
    open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    site = open_sandbox("--code-share", "0", "--no-number-share", "0", "--earliest-cancel", "0")
    window = open_terminal(environment=site.environment)
    reach_services(window)
    first = order(window)
    watching = open_terminal("watch", environment=site.environment, size=(200, 24))
    watching.until(lambda screen: screen.find(rf"waiting, .* \{first}, "))
    second = order(window)
    watching.until(lambda screen: f"new number: {second}" in screen)
    window.send("3")
    for told in (1, 2):
        window.send("c")
        asked(window, "Cancel this number?")
        agree(window)
        window.until(lambda screen: "Cancel this number?" not in screen)
        watching.until(lambda screen, told=told: len(re.findall("cancelled, ", screen.text)) == told)  # type: ignore[misc]
        window.send(DOWN)
    assert watching.wait() == 3
    for number in (first, second):
        assert watching.picture.find(rf"cancelled, ₺\S+ refunded: \{number}, ")
    assert "2 numbers ended without a code." in watching.picture
    truth = site.truth()
    assert truth["requests"]["cancelNumber"] == truth["requests"]["getNumber"] == 2


def test_a_code_that_the_window_got_is_told_here_too(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite, open_watch: OpenWatch
) -> None:
    program.configure(QUICK)
    site = open_sandbox(*LONG_WAIT)
    window = open_terminal(environment=site.environment)
    reach_services(window)
    number = order(window)
    watching = open_watch(site)
    watching.until("waiting")
    window.until(lambda screen: screen.find(rf"received +\d+ +\{number}"), 40.0)
    assert watching.wait() == 0
    [code] = site.truth()["orders"][0]["codes"]
    assert f"{code}: code for {number}" in watching.lines[1]


def test_where_the_window_is_killed_it_goes_on_alone_and_gets_the_code(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite, open_watch: OpenWatch
) -> None:
    program.configure(QUICK)
    site = open_sandbox(*LONG_WAIT)
    window = open_terminal(environment=site.environment)
    reach_services(window)
    number = order(window)
    watching = open_watch(site)
    watching.until("waiting")
    window.kill()
    assert watching.wait() == 0
    [code] = site.truth()["orders"][0]["codes"]
    assert re.search(rf" {code}: code for \{number}, ", watching.lines[1])
    assert site.asked("getNumber") == 1
