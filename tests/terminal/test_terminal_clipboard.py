"""The way of a copy in real surroundings: plain, over SSH, in tmux, in GNU screen, with a tool at hand."""

import base64
import os
import re

from snum_tui.ui.outside.passing import PIECE
from tests.terminal.desk_steps import order, reach_services, send_order
from tests.terminal.multiplexers import CONNECTION, ScreenSession, TmuxServer
from tests.terminal.other_process import OpenSite, Program, Site
from tests.terminal.pty_terminal import OpenTerminal

TO_CLIPBOARD = re.compile(rb"\x1b\]52;c?;([A-Za-z0-9+/=]+)\x07")


def copied(received: bytes) -> list[str]:
    """Return what reached the terminal's clipboard, whoever sent it."""
    return [base64.b64decode(match[1]).decode() for match in TO_CLIPBOARD.finditer(received)]


def osc52(text: str) -> bytes:
    return b"\x1b]52;c;" + base64.b64encode(text.encode()) + b"\x07"


def through_tmux(sequence: bytes) -> bytes:
    return b"\x1bPtmux;" + sequence.replace(b"\x1b", b"\x1b\x1b") + b"\x1b\\"


def test_over_ssh_the_number_goes_through_the_terminal_alone(open_terminal: OpenTerminal, quiet_site: Site) -> None:
    terminal = open_terminal(environment={**quiet_site.environment, **CONNECTION, "DISPLAY": "localhost:10.0"})
    reach_services(terminal)
    number = order(terminal)
    terminal.send("N")
    terminal.until(lambda screen: f"{number[1:]} was sent to the terminal's clipboard." in screen)
    assert terminal.clipboard == [number[1:]]
    assert osc52(number[1:]) in terminal.received
    assert b"\x1bP" not in terminal.received


def test_a_tmux_that_cannot_be_asked_is_sent_both_forms(open_terminal: OpenTerminal, quiet_site: Site) -> None:
    """As in a container, where the socket is not."""
    lost = {"TMUX": "/nowhere/tmux,1,0", "TERM": "xterm-256color"}
    terminal = open_terminal(environment={**quiet_site.environment, **CONNECTION, **lost})
    reach_services(terminal)
    number = order(terminal)
    terminal.send("y")
    terminal.until(lambda screen: f"{number} was sent to the terminal's clipboard." in screen)
    assert osc52(number) + through_tmux(osc52(number)) in terminal.received


def test_in_tmux_over_ssh_the_number_is_in_its_buffer_and_in_the_terminals_clipboard(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site, tmux: TmuxServer
) -> None:
    terminal = open_terminal(
        command=tmux.running(program.command), environment={**quiet_site.environment, **CONNECTION}
    )
    reach_services(terminal)
    number = order(terminal)
    terminal.send("Y")
    terminal.until(lambda screen: "was copied into tmux, and sent to the terminal's clipboard" in screen)
    national = tmux.ask("show-buffer")
    assert number.endswith(national)
    assert len(national) < len(number) - 1
    # By tmux's own hand; it drops what it is not told to hand on.
    assert copied(terminal.received) == [national]


def test_in_tmux_with_passthrough_the_wrapped_form_reaches_the_terminal_too(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site, tmux: TmuxServer
) -> None:
    program.configure('clipboard = "osc52"\n')
    terminal = open_terminal(
        command=tmux.running(program.command, "allow-passthrough on"),
        environment={**quiet_site.environment, **CONNECTION},
    )
    reach_services(terminal)
    number = order(terminal)
    terminal.send("n")
    terminal.until(lambda screen: f"{number} was sent to the terminal's clipboard." in screen)
    terminal.until(lambda _: copied(terminal.received) == [number])
    assert tmux.ask("list-buffers") == ""


def test_in_gnu_screen_a_long_text_reaches_the_terminal_in_pieces(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite, gnu_screen: ScreenSession
) -> None:
    site = open_sandbox("--no-number-share", "0", "--fault", "getNumber:drop-reply@1")
    terminal = open_terminal(
        command=gnu_screen.running(program.command),
        environment={**site.environment, **CONNECTION, **gnu_screen.environment},
    )
    reach_services(terminal)
    send_order(terminal)
    terminal.until(lambda screen: "1 unknown" in screen)
    terminal.send("u")
    terminal.until(lambda screen: "Evidence" in screen)
    terminal.send("y")
    terminal.until(lambda screen: "was sent to the terminal's clipboard." in screen)
    terminal.until(lambda _: copied(terminal.received))
    [report] = copied(terminal.received)
    assert report.startswith("I ordered a number, and no number reached me.")
    assert len(base64.b64encode(report.encode())) > PIECE
    assert report.splitlines()[-1].startswith("What happened: ")


def test_a_tool_at_ones_own_desk_has_the_number_and_the_terminal_hears_nothing(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    tool = program.home / "bin" / "wl-copy"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\ncat > '{program.home}/copied'\n")
    tool.chmod(0o755)
    path = f"{tool.parent}{os.pathsep}{program.environment['PATH']}"
    terminal = open_terminal(environment={**quiet_site.environment, "PATH": path, "WAYLAND_DISPLAY": "wayland-9"})
    reach_services(terminal)
    number = order(terminal)
    terminal.send("y")
    terminal.until(lambda screen: f"{number} was copied." in screen)
    assert (program.home / "copied").read_text() == number
    assert terminal.clipboard == []


def test_copying_that_is_off_sends_nothing(program: Program, open_terminal: OpenTerminal, quiet_site: Site) -> None:
    program.configure('clipboard = "off"\n')
    terminal = open_terminal(environment=quiet_site.environment)
    reach_services(terminal)
    number = order(terminal)
    terminal.send("y")
    terminal.until(lambda screen: f"{number} was not copied. Copying is off" in screen)
    assert terminal.clipboard == []


AFAR = ["env", "-u", "TMUX", "-u", "STY"]
"""As over SSH or sudo: only TERM tells what is around."""


def test_a_tmux_afar_hands_the_number_on(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site, tmux: TmuxServer
) -> None:
    terminal = open_terminal(
        command=tmux.running([*AFAR, *program.command], "set-clipboard on"),
        environment={**quiet_site.environment, **CONNECTION},
    )
    reach_services(terminal)
    number = order(terminal)
    terminal.send("y")
    terminal.until(lambda screen: f"{number} was sent to the terminal's clipboard." in screen)
    terminal.until(lambda _: copied(terminal.received) == [number])
    assert tmux.ask("show-buffer") == number


def test_a_gnu_screen_afar_hands_the_number_on_and_prints_none_of_it(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site, gnu_screen: ScreenSession
) -> None:
    terminal = open_terminal(
        command=gnu_screen.running([*AFAR, *program.command]),
        environment={**quiet_site.environment, **CONNECTION, **gnu_screen.environment},
    )
    reach_services(terminal)
    number = order(terminal)
    terminal.send("y")
    terminal.until(lambda screen: f"{number} was sent to the terminal's clipboard." in screen)
    terminal.until(lambda _: copied(terminal.received) == [number])
    assert "52;" not in terminal.picture
