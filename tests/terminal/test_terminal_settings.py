"""Settings in a real terminal: `snum-tui config` within its width, and a change in the palette that lasts."""

import re

import pytest

from tests.terminal.other_process import Program, Site
from tests.terminal.pty_terminal import ENTER, ENTERING, OpenTerminal, Picture, Terminal

CONFIG = """colour = "blue"
[profiles.work]
site = "{url}"
api_key = "{key}"
refund_rule = "The site pays back within ten minutes where no code came, and after that never, as they say there."
"""
TITLE_BACK = b"\x1b[23;0t"
MOUSE_ON, MOUSE_OFF = b"\x1b[?1000h", b"\x1b[?1000l"


def is_ready(screen: Picture) -> bool:
    return "connected" in screen and "· work" in screen.lines[0]


def look_for(terminal: Terminal, typed: str, row: str) -> None:
    """Find a setting in the palette."""
    terminal.send(":")
    terminal.until(lambda screen: "─ Find" in screen)
    terminal.send(typed)
    terminal.until(lambda screen: row in screen)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 12)])
def test_config_is_told_within_the_terminals_width(
    program: Program, open_terminal: OpenTerminal, size: tuple[int, int]
) -> None:
    program.configure(CONFIG.format(url="https://one.example", key="nobody-may-see-this"))
    terminal = open_terminal("config", "--language", "en", size=size)
    assert terminal.wait() == 0
    lines = terminal.received.decode().split("\r\n")
    too_long = [line for line in lines if len(line) > size[0] and str(program.home) not in line]
    assert too_long == [], "only a path is not broken"
    words = re.sub(r"\s+", " ", terminal.received.decode())
    for part in ("refund_seconds 600 default", "after that never, as they say there.", "api_key set, not shown"):
        assert part in words or size[0] == 80, part
    assert b"nobody-may" not in terminal.received
    assert terminal.is_as_before


def test_a_change_counts_at_once_and_at_the_next_start(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    # In the terminal's own colours a dialog dims nothing behind it: what must be sent again is not by chance.
    program.configure('theme = "ansi-dark"\n' + CONFIG.format(url=quiet_site.url, key=quiet_site.key))
    terminal = open_terminal()
    terminal.until(lambda screen: is_ready(screen) and "⁴" in screen)
    look_for(terminal, "mouse", "mouse = true")
    sent = len(terminal.received)
    terminal.send(ENTER)
    terminal.until(lambda screen: "Kept: mouse = false. It counts from now on." in screen)
    assert MOUSE_OFF in terminal.received[sent:]
    sent = len(terminal.received)
    look_for(terminal, "tell title", "tell.title = true")
    terminal.send(ENTER)
    terminal.until(lambda screen: "Kept: tell.title = false. It counts from now on." in screen)
    assert TITLE_BACK in terminal.received[sent:]
    look_for(terminal, "ascii", "ascii = false")
    terminal.send(ENTER)
    terminal.until(lambda screen: "╭─ ascii" in screen and "not set" in screen)
    terminal.send("g" + ENTER)
    terminal.until(lambda screen: "Kept: ascii = true" in screen and screen.lines[0].startswith("+- "))
    terminal.until(lambda screen: screen.text.isascii())
    terminal.send("q")
    assert terminal.wait() == 0
    text = program.config_file.read_text()
    assert 'colour = "blue"' in text
    assert "mouse = false" in text
    terminal = open_terminal()
    terminal.until(lambda screen: "connected" in screen and screen.lines[0].startswith("+- "))
    assert MOUSE_ON not in terminal.received
    terminal.send(":")
    terminal.until(lambda screen: "- Find" in screen)
    terminal.send("mouse")
    terminal.until(lambda screen: "mouse = false" in screen)
    terminal.send(ENTER)
    terminal.until_received(MOUSE_ON)


def test_the_demo_starts_over_a_broken_config_toml_and_says_so(
    program: Program, open_terminal: OpenTerminal
) -> None:
    program.configure('language = "en"\ncalm = 3\n')
    terminal = open_terminal("demo", size=(200, 50))
    terminal.until(lambda screen: "connected" in screen and "calm must be true or false" in screen)
    first, second = terminal.received.partition(ENTERING)[0].decode().splitlines()
    assert first == f"snum-tui: {program.config_file}, line 2: calm must be true or false."
    assert second.startswith("snum-tui: The demo starts all the same")


def test_the_demo_keeps_a_setting_of_the_terminal(program: Program, open_terminal: OpenTerminal) -> None:
    terminal = open_terminal("demo")
    terminal.until(lambda screen: "connected" in screen)
    look_for(terminal, "language", "language = en")
    terminal.send(ENTER)
    terminal.until(lambda screen: "╭─ language" in screen)
    terminal.send("g" + ENTER)
    terminal.until(lambda screen: "bağlı" in screen)
    terminal.send("q")
    assert terminal.wait() == 0
    assert program.config_file.read_text() == 'language = "tr"\n'
    terminal = open_terminal("demo")
    terminal.until(lambda screen: "bağlı" in screen)
