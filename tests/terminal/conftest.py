"""The installed program in a real pseudo-terminal, the site in another process, everything kept under tmp_path."""

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.multiplexers import ScreenSession, TmuxServer
from tests.terminal.other_process import OpenSite, Program, Site, open_site
from tests.terminal.processes import end_all_of
from tests.terminal.pty_terminal import OpenTerminal, Terminal
from tests.terminal.watching import OpenWatch, Watching


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """The program of this environment, with folders of its own and nothing of this machine's settings.

    Nothing that a test started outlives it, however it ends.
    """
    if importlib.util.find_spec("snum_tui") is None:
        pytest.skip("snum-tui is not installed here: pip install -e '.[test]'")
    yield Program(tmp_path)
    end_all_of(tmp_path)


@pytest.fixture
def open_terminal(program: Program) -> Iterator[OpenTerminal]:
    """Open terminals that run the program: `open_terminal("demo", size=(80, 24), environment={…})`.

    Whatever a test is about, no terminal may ever have shown a traceback.
    """
    opened: list[Terminal] = []

    def open_one(
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        command: list[str] | None = None,
        errors_apart: bool = False,
        before_exec: Callable[[], None] | None = None,
    ) -> Terminal:
        terminal = Terminal(
            [*(command or program.command), *arguments],
            {**program.environment, **(environment or {})},
            size=size,
            cwd=program.home,
            errors_apart=errors_apart,
            before_exec=before_exec,
        )
        opened.append(terminal)
        return terminal

    yield open_one
    for terminal in opened:
        terminal.close()
        assert b"Traceback" not in terminal.received


@pytest.fixture
def open_watch(program: Program) -> Iterator[OpenWatch]:
    """Start `snum-tui watch` in a pipe: `open_watch(site, "--json")`. It must never have shown a traceback."""
    opened: list[Watching] = []

    def open_one(site: Site, *arguments: str, **options: Any) -> Watching:  # Any: as Watching takes them
        opened.append(Watching(program, site, *arguments, **options))
        return opened[-1]

    yield open_one
    for watching in opened:
        assert "Traceback" not in watching.close()


@pytest.fixture(scope="session")
def quiet_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all tests that want nothing of it but numbers in stock, none of which gets a code."""
    home = tmp_path_factory.mktemp("quiet-site")
    site = open_site(Program(home), "--code-share", "0", "--no-number-share", "0", "--balance", "1000")
    yield site
    site.close()


@pytest.fixture
def open_sandbox(program: Program) -> Iterator[OpenSite]:
    """Open sites in processes of their own: `open_sandbox("--speed", "10")`."""
    opened: list[Site] = []

    def open_one(*options: str) -> Site:
        site = open_site(program, *options)
        opened.append(site)
        return site

    yield open_one
    for site in opened:
        site.close()


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[TmuxServer]:
    """A real tmux."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed here: apt-get install tmux")
    server = TmuxServer(f"snum-{os.getpid()}-{tmp_path.name[-12:]}")
    yield server
    server.close()


@pytest.fixture
def gnu_screen(tmp_path: Path) -> Iterator[ScreenSession]:
    """A real GNU screen."""
    if shutil.which("screen") is None:
        pytest.skip("GNU screen is not installed here: apt-get install screen")
    session = ScreenSession(tmp_path / "screen")
    yield session
    session.close()
