"""A terminal that takes nothing, as after Ctrl-S or behind a sleeping laptop: the program goes on, and may end."""

import signal

import pytest

from tests.terminal.desk_steps import order, reach_services
from tests.terminal.other_process import Program, Site
from tests.terminal.pty_terminal import ESCAPE, PATIENCE_SECONDS, OpenTerminal
from tests.terminal.pty_text import after_the_screen, left_on

SIZE = (160, 45)


def test_a_frozen_terminal_shows_on_its_thaw_all_of_what_stands_there_by_then(
    open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    terminal = open_terminal(environment=quiet_site.environment, size=SIZE)
    reach_services(terminal)
    terminal.send("L?")
    terminal.until(lambda screen: "╭─ Tuşlar" in screen)
    whole = terminal.repainted(lambda screen: "╭─ Tuşlar" in screen)
    terminal.send(ESCAPE)
    terminal.until(lambda screen: "╭─ Tuşlar" not in screen)
    terminal.send("L")
    terminal.until(lambda screen: "Numbers" in screen)
    terminal.flood()
    terminal.resize(*SIZE)
    terminal.send("L?")
    terminal.until(lambda screen: screen.text == whole.text)


def test_a_key_ends_the_program_on_a_frozen_terminal_and_the_thaw_finds_it_clean(
    open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    terminal = open_terminal(environment=quiet_site.environment, size=SIZE)
    reach_services(terminal)
    terminal.flood()
    terminal.send("q")
    assert terminal.process.wait(PATIENCE_SECONDS) == 0
    assert terminal.is_as_before
    terminal.wait()
    assert left_on(terminal.received) == set()
    assert after_the_screen(terminal.received) == ""


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_the_program_on_a_frozen_terminal_and_the_thaw_finds_it_clean_with_the_goodbye(
    ending: signal.Signals, open_terminal: OpenTerminal, quiet_site: Site, program: Program
) -> None:
    terminal = open_terminal(environment=quiet_site.environment, size=SIZE)
    reach_services(terminal)
    number = order(terminal)
    terminal.flood()
    terminal.signal(ending)
    assert terminal.process.wait(PATIENCE_SECONDS) == 0
    assert terminal.is_as_before
    terminal.wait()
    assert left_on(terminal.received) == set()
    assert "1 number is still open" in after_the_screen(terminal.received)
    assert [record["number"] for record in program.orders("--open")] == [number]
