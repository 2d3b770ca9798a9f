"""A mistake of our own closes the screen with a sentence; nothing of the key, nothing of Python is shown."""

import sys
from pathlib import Path

from tests.terminal.desk_steps import order, reach_services
from tests.terminal.other_process import Program, Site
from tests.terminal.pty_terminal import OpenTerminal
from tests.terminal.pty_text import after_the_screen, left_on

CRASHING = Path(__file__).with_name("crashing_program.py")
MISSTYLED = Path(__file__).with_name("misstyled_program.py")


def test_a_crash_shows_no_traceback_and_no_key_and_leaves_number_and_terminal_in_order(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    terminal = open_terminal(command=[sys.executable, str(CRASHING)], environment=quiet_site.environment)
    reach_services(terminal)
    number = order(terminal)
    terminal.send("r")
    assert terminal.wait() == 1
    assert left_on(terminal.received) == set()
    assert terminal.is_as_before
    told = after_the_screen(terminal.received)
    assert len(told.splitlines()) == 2, "one sentence on the open number, one on the crash"
    assert "1 number is still open" in told
    assert "Your orders are in the journal; what went wrong is in" in told
    assert b"RuntimeError" not in terminal.received
    report = (program.state / "crash.log").read_text()
    assert "RuntimeError: a mistake of" in report
    for shown in (terminal.received.decode(), report):
        assert quiet_site.key not in shown
    assert [record["number"] for record in program.orders("--open")] == [number]


def test_a_mistake_in_a_style_sheet_is_one_sentence_too(program: Program, open_terminal: OpenTerminal) -> None:
    sheet = program.home / "bad.tcss"
    sheet.write_text("Screen { color: no-colour; widht: 3 }\n")
    command = [sys.executable, str(MISSTYLED)]
    terminal = open_terminal("demo", command=command, environment={"STYLE_SHEET": str(sheet)})
    assert terminal.wait() == 1
    assert left_on(terminal.received) == set()
    assert terminal.is_as_before
    told = terminal.received.decode().replace("\r\n", "\n")
    assert told.count("snum-tui: ") == told.count("\n") == 1
    assert "what went wrong is in" in told
    assert "no-colour" not in told
