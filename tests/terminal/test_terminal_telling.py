"""Called back to the terminal: bell, title and notification, on the real program."""

import re
import signal
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.terminal.desk_steps import agree, asked, order, reach_services
from tests.terminal.multiplexers import TmuxServer
from tests.terminal.other_process import OpenSite, Program, Site
from tests.terminal.pty_terminal import OpenTerminal, Terminal
from tests.terminal.pty_text import after_the_screen
from tests.terminal.test_terminal_crash import CRASHING

BELL = b"\x07"
KEEP, PUT_BACK = b"\x1b[22;0t", b"\x1b[23;0t"
OSC = re.compile(rb"\x1b\](\d+);([^\x07\x1b]*)(?:\x07|\x1b\\)")
NOTHING = '[tell]\nbell = []\ntitle = false\nnotify = "off"\n'
SOON = ("--code-share", "1", "--code-after", "1-2", "--no-number-share", "0")
FAST = "[polls]\nfirst_seconds = 1\n"


def commands(received: bytes, number: int) -> list[str]:
    """Return what was said by one operating system command, the first one first."""
    return [match[2].decode() for match in OSC.finditer(received) if int(match[1]) == number]


def titles(terminal: Terminal) -> list[str]:
    return commands(terminal.received, 2)


def bells(terminal: Terminal) -> int:
    """Count the bells; one at the end of a command is none."""
    return OSC.sub(b"", terminal.received).count(BELL)


def receive_a_code(terminal: Terminal) -> str:
    """Order, and return the code once it is told."""
    reach_services(terminal)
    order(terminal)
    screen = terminal.until(lambda screen: "Press y to copy it" in screen)
    told = screen.find(r"Code (\w+) for")
    assert told is not None
    return told[1]


def test_a_code_rings_the_bell_once_and_stands_in_the_title_until_a_key_is_pressed(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    program.configure(FAST)
    site = open_sandbox(*SOON)
    terminal = open_terminal(environment=site.environment)
    code = receive_a_code(terminal)
    rest = f"{site.url.removeprefix('http://')} · default · snum-tui"
    terminal.until(lambda _: titles(terminal)[-1:] == [f"{code} · {rest}"])
    assert titles(terminal)[:2] == [rest, f"1 open · {rest}"]
    assert bells(terminal) == 1
    terminal.send("3")
    terminal.until(lambda _: titles(terminal)[-1] == rest)
    # It is said again only when its words change, and to this terminal nothing else is said.
    said = titles(terminal)
    assert all(one != other for one, other in pairwise(said))
    assert {int(match[1]) for match in OSC.finditer(terminal.received)} == {2}


def test_who_wants_to_be_told_nothing_is_sent_nothing(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    program.configure(FAST + NOTHING)
    site = open_sandbox(*SOON)
    terminal = open_terminal(environment={**site.environment, "TERM": "xterm-kitty"})
    receive_a_code(terminal)
    terminal.send("q")
    assert terminal.wait() == 0
    assert BELL not in terminal.received
    assert b"\x1b]" not in terminal.received
    assert KEEP not in terminal.received
    assert PUT_BACK not in terminal.received


def test_an_unknown_order_stands_in_the_title_and_rings_where_it_is_wanted(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    program.configure('[tell]\nbell = ["unknown"]\n')
    site = open_sandbox("--no-number-share", "0", "--fault", "getNumber:drop-reply@1")
    terminal = open_terminal(environment=site.environment)
    reach_services(terminal)
    terminal.send("\r")
    asked(terminal, "Order a number?")
    agree(terminal)
    terminal.until(lambda _: titles(terminal)[-1].startswith("unknown order · 1 open · "))
    assert bells(terminal) == 1


@pytest.mark.parametrize(
    ("terminal_is", "number", "begins"),
    [
        ({"LC_TERMINAL": "iTerm2"}, 9, "snum-tui: Code "),
        ({"TERM": "xterm-kitty"}, 99, "i=snum-tui:p=body;Code "),
    ],
    ids=["iTerm2", "kitty"],
)
def test_a_terminal_that_is_known_to_show_notifications_is_told_in_its_own_way(
    program: Program,
    open_terminal: OpenTerminal,
    open_sandbox: OpenSite,
    terminal_is: dict[str, str],
    number: int,
    begins: str,
) -> None:
    program.configure(FAST)
    site = open_sandbox(*SOON)
    terminal = open_terminal(environment={**site.environment, **terminal_is})
    code = receive_a_code(terminal)
    assert commands(terminal.received, number)[-1].startswith(f"{begins}{code} for Google.")
    for other in {9, 99, 777} - {number}:
        assert commands(terminal.received, other) == []


@pytest.mark.parametrize("passes", ["on", "off"])
def test_in_tmux_a_notification_is_sent_only_where_tmux_passes_it_on(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite, tmux: TmuxServer, passes: str
) -> None:
    program.configure(FAST + '[tell]\nnotify = "osc777"\n')
    site = open_sandbox(*SOON)
    sent = Path(program.home / "sent")
    terminal = open_terminal(
        command=tmux.running(program.command, f"allow-passthrough {passes}", record=sent),
        environment=site.environment,
    )
    code = receive_a_code(terminal)
    told = f"notify;snum-tui;Code {code} for Google. Press y to copy it."
    if passes == "on":
        terminal.until(lambda _: commands(terminal.received, 777) == [told])
        assert f"\x1bPtmux;\x1b\x1b]777;{told}\x07\x1b\\".encode() in sent.read_bytes()
    else:
        terminal.send("?")
        terminal.until(lambda screen: "On the main screen" in screen)
        assert b"777;" not in sent.read_bytes()
    assert BELL in terminal.received
    assert f"{code} · " in "".join(commands(sent.read_bytes(), 2))


@pytest.mark.parametrize("ending", ["quit", "TERM", "crash"])
def test_the_title_before_is_put_back_however_it_ends(
    open_terminal: OpenTerminal, quiet_site: Site, ending: str
) -> None:
    command = [sys.executable, str(CRASHING)] if ending == "crash" else None
    terminal = open_terminal(command=command, environment=quiet_site.environment)
    reach_services(terminal)
    terminal.until(lambda _: titles(terminal))
    assert terminal.received.count(KEEP) == 1
    assert terminal.received.index(KEEP) < terminal.received.index(b"\x1b]2;")
    if ending == "TERM":
        terminal.signal(signal.SIGTERM)
    else:
        terminal.send("q" if ending == "quit" else "r")
    terminal.wait()
    assert terminal.received.count(PUT_BACK) == 1
    assert titles(terminal)
    assert b"\x1b]2;" not in terminal.received.partition(PUT_BACK)[2]
    assert after_the_screen(terminal.received).count("\n") == (1 if ending == "crash" else 0)


def test_a_program_that_is_stopped_gives_the_title_back_and_takes_it_again(
    open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    terminal = open_terminal(environment=quiet_site.environment)
    reach_services(terminal)
    [title] = titles(terminal)[-1:]
    terminal.stop(signal.SIGTSTP)
    before, _, after = terminal.received.partition(PUT_BACK)
    assert before.count(KEEP) == 1
    assert b"\x1b]2;" not in after
    terminal.signal(signal.SIGCONT)
    terminal.until(lambda _: terminal.received.count(KEEP) == 2)
    terminal.until(lambda _: commands(terminal.received.rpartition(KEEP)[2], 2) == [title])


@pytest.mark.parametrize("term", ["linux", "vt100"])
def test_a_terminal_without_a_title_is_sent_none(open_terminal: OpenTerminal, quiet_site: Site, term: str) -> None:
    terminal = open_terminal(environment={**quiet_site.environment, "TERM": term})
    terminal.until(lambda screen: "connected" in screen)
    terminal.send("q")
    terminal.wait()
    assert titles(terminal) == []
    assert KEEP not in terminal.received
    assert PUT_BACK not in terminal.received
