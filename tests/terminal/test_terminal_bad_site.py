"""What the site does wrong is said inside the app, and the app goes on."""

import socket

from tests.terminal.desk_steps import PRICED, reach_services
from tests.terminal.other_process import OpenSite, Program
from tests.terminal.pty_terminal import DOWN, OpenTerminal


def a_closed_port() -> int:
    """Return a port of this machine on which nobody serves."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


def test_a_category_that_the_site_refuses_says_why_and_the_next_one_works(
    open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    terminal = open_terminal(environment=open_sandbox("--fault", "getServices:refuse@1").environment)
    refused = terminal.until(lambda screen: "The site says:" in screen and "connected" in screen)
    assert not refused.find(PRICED)
    terminal.send(DOWN)
    terminal.until(lambda screen: "▸ Discord" in screen and screen.find(PRICED))
    terminal.send("q")
    assert terminal.wait() == 0


def test_without_a_network_the_frame_says_so_and_everything_comes_by_itself_once_there_is_one(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    program.configure("[politeness]\nprobe_seconds = 1\n")
    port, key = str(a_closed_port()), "a1b2c3d4"
    environment = {"SNUM_TUI_SITE": f"http://127.0.0.1:{port}", "SNUM_TUI_API_KEY": key}
    terminal = open_terminal(environment=environment)
    terminal.until(lambda screen: "● no answer" in screen and "refused the connection" in screen)
    open_sandbox("--port", port, "--key", key)
    terminal.until(lambda screen: "● connected" in screen)
    reach_services(terminal)


def test_a_wrong_key_is_told_and_never_shown_and_the_catalogue_is_there_all_the_same(
    open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    site = open_sandbox()
    terminal = open_terminal(environment={**site.environment, "SNUM_TUI_API_KEY": "0ddba11"})
    screen = terminal.until(lambda screen: "● key rejected" in screen and screen.find(PRICED))
    assert "The site does not accept the API key" in screen
    assert b"0ddba11" not in terminal.received
    terminal.send("q")
    assert terminal.wait() == 0
