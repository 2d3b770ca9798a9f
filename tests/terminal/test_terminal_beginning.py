"""From nothing to a received code, in a real terminal: a fresh home, an address, a key."""

import re
import stat

import pytest

from tests.terminal.desk_steps import DEAF_SECONDS, PRICED
from tests.terminal.multiplexers import TmuxServer
from tests.terminal.other_process import OpenSite, Program, Site
from tests.terminal.pty_terminal import DOWN, ENTER, ENTERING, ESCAPE, OpenTerminal, Terminal
from tests.terminal.pty_text import after_the_screen, left_on

PASTE, PASTED = "\x1b[200~", "\x1b[201~"
LANGUAGES = [("", "connected"), ("tr_TR.UTF-8", "bağlı"), ("en_US.UTF-8", "connected")]


def working_site(open_sandbox: OpenSite) -> Site:
    return open_sandbox("--code-share", "1", "--code-after", "1-2", "--no-number-share", "0")


def on_first_screen(terminal: Terminal) -> None:
    terminal.until(lambda screen: "snum-tui" in screen.lines[0] and screen.lines[-1][0] in "└+")


def balance_is_shown(terminal: Terminal) -> None:
    terminal.until(lambda screen: screen.find(r"100[.,]00"))


def receive_a_code(terminal: Terminal, connected: str) -> str:
    """Order the first service, and return the code that came."""
    price = r"(?:₺|TL)? ?\d+[.,]\d\d ?(?:₺|TL)? +[1-9]\d* "
    terminal.until(lambda screen: connected in screen and screen.find(price))
    terminal.send("2")
    terminal.until(lambda screen: "Enter" in screen.lines[-1])
    terminal.send(ENTER)
    terminal.until(lambda screen: "(n)]" in screen)
    terminal.listen(DEAF_SECONDS)
    terminal.send("y")
    arrived = terminal.until(lambda screen: screen.find(r" (\d{4,8}) +\+\d{9,15}"))
    code = arrived.find(r" (\d{4,8}) +\+\d{9,15}")
    assert code is not None
    return code[1]


@pytest.mark.parametrize(("locale", "connected"), LANGUAGES, ids=["none", "tr", "en"])
def test_from_nothing_to_a_code_by_pasting_a_call_of_the_document(
    program: Program,
    open_terminal: OpenTerminal,
    open_sandbox: OpenSite,
    locale: str,
    connected: str,
) -> None:
    program.environment["LANG"] = locale
    site = working_site(open_sandbox)
    terminal = open_terminal()
    on_first_screen(terminal)
    terminal.send(f"{PASTE}{site.url}/api/{site.key}/getBalance\r{PASTED}")
    terminal.until(lambda screen: site.url in screen)
    terminal.send(ENTER)
    balance_is_shown(terminal)
    terminal.send(ENTER)
    code = receive_a_code(terminal, connected)
    assert code in site.truth()["orders"][0]["codes"][0]
    assert site.asked("getNumber") == 1
    terminal.send("q")
    assert terminal.wait() == 0
    assert site.key.encode() not in terminal.received
    assert terminal.received.count(ENTERING) == 1, "the shell's screen came through in between"
    assert left_on(terminal.received) == set()
    assert terminal.is_as_before
    assert stat.S_IMODE(program.config_file.stat().st_mode) == 0o600
    assert [(one["profile"], one["code"]) for one in program.orders()] == [("default", code)]

    again = open_terminal()
    again.until(lambda screen: connected in screen and site.url.removeprefix("http://") in screen.lines[0])


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
