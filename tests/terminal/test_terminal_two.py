"""Two terminals on one journal: both order, both see everything, and one takes over when the other is killed."""

from tests.terminal.desk_steps import order, reach_services
from tests.terminal.other_process import OpenSite, Program
from tests.terminal.pty_terminal import OpenTerminal


def test_both_terminals_show_each_others_numbers_and_a_killed_leaders_number_gets_its_code(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    program.configure("[polls]\nfirst_seconds = 1\n")
    site = open_sandbox("--code-share", "1", "--code-after", "12", "--no-number-share", "0")
    first = open_terminal(environment=site.environment)
    reach_services(first)
    second = open_terminal(environment=site.environment)
    reach_services(second)
    own = order(first)
    second.until(lambda screen: own in screen)
    other = order(second)
    first.until(lambda screen: other in screen)
    first.kill()
    for number in (own, other):
        second.until(lambda screen, number=number: screen.find(rf"received +\d+ +\{number}"), 30.0)  # type: ignore[misc]
    truth = site.truth()
    codes = {record["number"]: record["code"] for record in program.orders()}
    assert codes == {known["number"]: known["codes"][0] for known in truth["orders"]}
    assert len(truth["orders"]) == 2


def test_the_other_terminal_asks_for_messages_after_a_kill(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    program.configure("[polls]\nfirst_seconds = 1\n")
    site = open_sandbox("--code-share", "0", "--no-number-share", "0")
    first, second = (open_terminal(environment=site.environment) for _ in range(2))
    for terminal in (first, second):
        reach_services(terminal)
    number = order(first)
    second.until(lambda screen: number in screen)
    first.kill()
    asked = site.truth()["requests"]["getMessage"]
    second.until(lambda _screen: site.truth()["requests"]["getMessage"] > asked)
