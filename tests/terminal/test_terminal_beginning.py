"""The first start in a real terminal: an address and a key in every way they may come, or the demo, or neither."""

import re

from tests.terminal.desk_steps import PRICED, order, reach_services
from tests.terminal.multiplexers import TmuxServer
from tests.terminal.newcomer import CODE, PASTE, PASTED
from tests.terminal.other_process import OpenSite, Program, Site
from tests.terminal.pty_terminal import DOWN, ENTER, ESCAPE, OpenTerminal, Terminal
from tests.terminal.pty_text import after_the_screen


def on_first_screen(terminal: Terminal) -> None:
    terminal.until(lambda screen: "snum-tui" in screen.lines[0] and screen.lines[-1][0] in "└+")


def test_what_was_saved_and_received_is_there_at_the_next_start(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    site = open_sandbox("--code-share", "1", "--code-after", "1-2", "--no-number-share", "0")
    terminal = open_terminal()
    on_first_screen(terminal)
    terminal.send(f"{PASTE}{site.url}/api/{site.key}/getBalance\r{PASTED}")
    terminal.until(lambda screen: site.url in screen)
    terminal.send(ENTER)
    terminal.until(lambda screen: screen.find(r"₺100\.00"))
    terminal.send(ENTER)
    reach_services(terminal)
    number = order(terminal)
    code = terminal.until(lambda screen: screen.find(CODE)).find(CODE)
    assert code is not None
    terminal.send("q")
    assert terminal.wait() == 0
    assert [(one["profile"], one["code"]) for one in program.orders()] == [("default", code[1])]

    again = open_terminal()
    again.until(lambda screen: site.url.removeprefix("http://") in screen.lines[0])
    again.until(lambda screen: "connected" in screen and code[1] in screen and number in screen)


def test_from_nothing_by_typing_without_a_framed_paste(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    terminal = open_terminal()
    on_first_screen(terminal)
    terminal.send(f"{quiet_site.url}\r{quiet_site.key}\r")
    terminal.until(lambda screen: re.search(r"₺\d+", screen.text))
    assert quiet_site.key.encode() not in terminal.received
    terminal.send(ENTER)
    terminal.until(lambda screen: "connected" in screen and screen.find(PRICED))
    assert quiet_site.key in program.config_file.read_text()


def test_from_nothing_in_tmux_by_its_own_paste(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site, tmux: TmuxServer
) -> None:
    terminal = open_terminal(command=tmux.running(program.command))
    terminal.until(lambda screen: "snum-tui" in screen)
    tmux.ask("set-buffer", f"{quiet_site.url}/api/{quiet_site.key}/getBalance\n")
    tmux.ask("paste-buffer", "-p")
    terminal.until(lambda screen: quiet_site.url in screen)
    terminal.send(ENTER)
    terminal.until(lambda screen: re.search(r"₺\d+", screen.text))
    terminal.send(ENTER)
    terminal.until(lambda screen: "connected" in screen)
    assert quiet_site.key not in tmux.ask("capture-pane", "-p")


def test_the_demo_is_tried_without_a_site_and_leaves_nothing_behind(
    program: Program, open_terminal: OpenTerminal
) -> None:
    terminal = open_terminal()
    on_first_screen(terminal)
    for _ in range(4):
        terminal.send(DOWN)
    terminal.until(lambda screen: "▸[" in screen.line("demo"))
    terminal.send(ENTER)
    terminal.until(lambda screen: "demo" in screen.lines[0] and "connected" in screen)
    terminal.send("q")
    assert terminal.wait() == 0
    assert not program.config_file.exists()
    assert not program.state.exists()


def test_esc_leaves_a_terminal_as_it_was(open_terminal: OpenTerminal) -> None:
    terminal = open_terminal()
    on_first_screen(terminal)
    terminal.send(ESCAPE)
    assert terminal.wait() == 0
    assert after_the_screen(terminal.received) == ""
    assert terminal.is_as_before


def test_without_a_terminal_the_sentence_stays(program: Program) -> None:
    done = program.run()
    assert done.returncode == 1
    assert "SNUM_TUI_SITE" in done.stderr
    assert "snum-tui demo" in done.stderr
