"""Through mosh, which paints its own idea of the screen and has no second one: start, another size, a clean end."""

import re
import shlex
import shutil
import socket
import subprocess
from collections.abc import Callable

import pytest

from tests.terminal.other_process import PATIENCE_SECONDS, Program
from tests.terminal.pty_terminal import OpenTerminal, Terminal
from tests.terminal.pty_text import left_on

CONNECT = re.compile(r"MOSH CONNECT (\d+) (\S+)")
OTHER_SIZE = (100, 30)


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def over_mosh(program: Program, open_terminal: OpenTerminal) -> Callable[..., Terminal]:
    """Open a terminal in which mosh shows a command that runs on its server, without SSH."""
    if shutil.which("mosh-server") is None or shutil.which("mosh-client") is None:
        pytest.skip("mosh is not installed here: apt-get install mosh")

    def open_one(command: list[str]) -> Terminal:
        server = ["mosh-server", "new", "-i", "127.0.0.1", "-p", str(free_port()), "--", *command]
        started = subprocess.run(  # noqa: S603 - real mosh
            server,
            env={**program.environment, "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=True,
        )
        told = CONNECT.search(started.stdout)
        assert told is not None, started
        return open_terminal(
            command=["mosh-client", "127.0.0.1", told[1]],
            environment={"MOSH_KEY": told[2], "LANG": "C.UTF-8"},
        )

    return open_one


def test_the_demo_starts_follows_the_window_and_ends_cleanly(
    program: Program, over_mosh: Callable[..., Terminal]
) -> None:
    script = f"{shlex.join(program.command)} demo; echo left with $?; read end"
    terminal = over_mosh(["sh", "-c", script])
    terminal.until(lambda screen: screen.is_framed and "connected" in screen and "Enter open" in screen)
    terminal.resize(*OTHER_SIZE)
    terminal.until(lambda screen: screen.is_framed and (len(screen.lines[0]), len(screen.lines)) == OTHER_SIZE)
    terminal.send("?")
    terminal.until(lambda screen: "Keys" in screen)
    terminal.send("\x1b")
    terminal.until(lambda screen: "Keys" not in screen)
    terminal.send("q")
    screen = terminal.until(lambda screen: "left with 0" in screen)
    assert not screen.find("[│┌▸]")
    terminal.send("\r")
    assert terminal.wait() == 0
    assert left_on(terminal.received) == set()
