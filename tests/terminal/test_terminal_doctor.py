"""`snum-tui doctor`, the real program: in a terminal, in a pipe, and where nobody reads."""

import json
import re
import subprocess

import pytest

from tests.terminal.other_process import Program, Site
from tests.terminal.pty_terminal import OpenTerminal, Terminal
from tests.terminal.watching import rent

STYLE = re.compile(r"\x1b\[[0-9;]*m")


def shown(terminal: Terminal) -> list[str]:
    """Return the lines that were written, without their colours."""
    return STYLE.sub("", terminal.received.decode()).split("\r\n")[:-1]


def line_of(terminal: Terminal, check: str) -> str:
    """Return the first line of a check."""
    return next(line for line in shown(terminal) if f"  {check} " in line)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (42, 14)])
def test_in_a_terminal_all_is_told_within_its_width(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site, size: tuple[int, int]
) -> None:
    terminal = open_terminal("doctor", size=size, environment=quiet_site.environment)
    assert terminal.wait() == 0
    too_long = [line for line in shown(terminal) if len(line.rstrip()) > size[0]]
    assert all(str(program.home) in line and len(line.rpartition("  ")[2].split()) == 1 for line in too_long), (
        "a path is not broken"
    )
    assert f"xterm-256color, {size[0]}x{size[1]}" in " ".join(shown(terminal))
    assert b"\x1b[32mok" in terminal.received
    assert b"\x1b[31m" not in terminal.received
    assert quiet_site.key.encode() not in terminal.received
    assert terminal.is_as_before
    assert not program.state.exists()
    assert not program.config_file.parent.exists()


def test_without_colours_the_words_alone_tell(open_terminal: OpenTerminal, quiet_site: Site) -> None:
    environment = {**quiet_site.environment, "NO_COLOR": "1", "SNUM_TUI_API_KEY": "somebody-elses"}
    terminal = open_terminal("doctor", environment=environment)
    assert terminal.wait() == 1
    assert b"\x1b" not in terminal.received
    assert {line.split()[0] for line in shown(terminal) if line[0] != " "} == {"ok", "warning", "error"}
    assert "somebody" not in terminal.received.decode()


def test_a_terminal_that_cannot_show_the_app_is_an_error_and_a_small_one_a_warning(
    open_terminal: OpenTerminal,
) -> None:
    dumb = open_terminal("doctor", environment={"TERM": "dumb"})
    assert dumb.wait() == 1
    assert line_of(dumb, "terminal").startswith("error ")
    assert b"\x1b" not in dumb.received
    for size, said in (((39, 24), "warning"), ((80, 11), "warning"), ((40, 12), "ok")):
        terminal = open_terminal("doctor", "--json", size=size)
        terminal.wait()
        words = f'"check": "terminal", "status": "{said}", "detail": "xterm-256color, {size[0]}x{size[1]}'
        assert words.encode() in terminal.received


@pytest.mark.parametrize(
    ("term", "said"), [("xterm", "tells of it"), ("vt100", "a key"), ("no-such-terminal", "a key")]
)
def test_whether_there_is_a_mouse_is_what_terminfo_knows(open_terminal: OpenTerminal, term: str, said: str) -> None:
    terminal = open_terminal("doctor", size=(200, 40), environment={"TERM": term})
    assert terminal.wait() == 0
    assert said in line_of(terminal, "mouse")


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"COLORTERM": "truecolor"}, "16 million"),
        ({}, "256 (TERM=xterm-256color)"),
        ({"TERM": "xterm"}, "16 (TERM=xterm)"),
        ({"NO_COLOR": "1"}, "none, as NO_COLOR asks"),
    ],
)
def test_the_colours_are_those_that_the_app_would_use(
    open_terminal: OpenTerminal, environment: dict[str, str], said: str
) -> None:
    terminal = open_terminal("doctor", environment=environment)
    assert terminal.wait() == 0
    assert said in line_of(terminal, "colours")


def test_beside_the_running_app_it_counts_it_and_its_open_number(
    program: Program, open_terminal: OpenTerminal, quiet_site: Site
) -> None:
    rent(program, quiet_site)
    app = open_terminal(environment=quiet_site.environment)
    app.until(lambda screen: "connected" in screen)
    done = program.run("doctor", "--json", environment=quiet_site.environment)
    found = {record["check"]: record for record in map(json.loads, done.stdout.splitlines())}
    assert f"process {app.process.pid} asks for the codes" in found["running"]["detail"]
    assert "1 order, 1 of them open" in found["orders"]["detail"]
    assert done.returncode == 0


def test_a_reader_that_goes_away_ends_it_quietly(program: Program) -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        ["/bin/sh", "-c", f"{' '.join(program.command)} doctor | head -1"],
        env=program.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (len(done.stdout.splitlines()), done.stderr) == (1, "")


def test_letters_that_the_locale_cannot_write_are_no_crash(program: Program) -> None:
    latin = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    done = program.run("doctor", "--language", "tr", environment=latin)
    assert (done.returncode, done.stderr) == (0, "")
    as_json = program.run("doctor", "--language", "tr", "--json", environment=latin)
    assert as_json.stdout.isascii()
    assert [json.loads(line)["status"] for line in as_json.stdout.splitlines()].count("error") == 0
