"""Which way a copy takes, from the environment alone; and that a program's word is its exit status."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from snum_tui.domain.wishes import ClipboardWay
from snum_tui.locale import Speaker
from snum_tui.ui.clipboard.osc52 import Form
from snum_tui.ui.clipboard.route import TMUX_PROGRAMS, Route, choose_route
from snum_tui.ui.outside.programs import takes
from snum_tui.ui.outside.surroundings import look_around

PLAIN, THROUGH_TMUX, THROUGH_SCREEN = Form.PLAIN, Form.THROUGH_TMUX, Form.THROUGH_SCREEN
SSH = {"SSH_CONNECTION": "10.0.0.1 50000 10.0.0.2 22"}
TMUX = {"TMUX": "/tmp/tmux-0/default,1,0", "TERM": "tmux-256color"}  # noqa: S108 - a name, nothing is opened
SCREEN = {"STY": "123.pts-0", "TERM": "screen"}
X11, WAYLAND = {"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}

Install = Callable[..., str]


@pytest.fixture
def install(tmp_path: Path) -> Install:
    """Install programs in a folder that is all of PATH; returns it."""

    def programs(*names: str) -> str:
        for name in names:
            program = tmp_path / name
            program.write_text("#!/bin/sh\n")
            program.chmod(0o755)
        return str(tmp_path)

    return programs


def route(way: ClipboardWay, path: str, *variables: dict[str, str], platform: str = "linux") -> Route:
    """Choose the route in an environment of these variables."""
    environment = {"TERM": "xterm-256color", "PATH": path}
    for some in variables:
        environment.update(some)
    return choose_route(way, look_around(environment, platform))


def programs(chosen: Route) -> list[str]:
    return [command[0] for command in (*chosen.tools, *chosen.tmux[:1])]


def why(chosen: Route) -> str:
    return Speaker("en").render(chosen.why)


def test_at_ones_own_desk_the_tools_come_first_that_are_installed_and_have_their_display(install: Install) -> None:
    path = install("wl-copy", "xclip", "xsel", "pbcopy")
    assert programs(route("auto", path, X11)) == ["xclip", "xsel"]
    assert programs(route("auto", path, X11, WAYLAND)) == ["wl-copy", "xclip", "xsel"]
    assert programs(route("auto", path, platform="darwin")) == ["pbcopy"]
    assert programs(route("auto", path)) == []
    assert programs(route("auto", "/nowhere", X11, WAYLAND, platform="darwin")) == []
    assert route("auto", path, X11).forms == (PLAIN,)
    said = "Copies go to this machine's clipboard by xclip; should it fail: "
    assert why(route("auto", path, X11)).startswith(said)


def test_over_ssh_the_tools_of_the_other_machine_are_left_alone(install: Install) -> None:
    path = install("wl-copy", "xclip")
    for variable in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"):
        chosen = route("auto", path, X11, WAYLAND, {variable: "something"})
        assert (programs(chosen), chosen.forms) == ([], (PLAIN,))
    assert "over SSH" in why(chosen)


def test_in_tmux_it_goes_by_tmux_and_in_both_forms(install: Install) -> None:
    over_ssh = route("auto", install("xclip"), X11, TMUX, SSH)
    assert (over_ssh.tools, over_ssh.tmux, over_ssh.forms) == ((), TMUX_PROGRAMS, (PLAIN, THROUGH_TMUX))
    here = route("auto", install("xclip"), X11, TMUX)
    assert (programs(here), here.forms) == (["xclip", "tmux"], (PLAIN, THROUGH_TMUX))
    assert "tmux's own buffer" in why(over_ssh)


def test_in_gnu_screen_it_goes_through_screen(install: Install) -> None:
    chosen = route("auto", install(), SCREEN, SSH)
    assert (programs(chosen), chosen.forms) == ([], (THROUGH_SCREEN,))
    assert "GNU screen" in why(chosen)


def test_a_multiplexer_on_the_other_side_is_known_by_term_and_sent_what_it_can_take(install: Install) -> None:
    """Who is in tmux at home and goes on by SSH has its TERM here, and nothing else of it."""
    tmux = route("auto", install(), SSH, {"TERM": "tmux-256color"})
    assert (programs(tmux), tmux.forms) == ([], (PLAIN, THROUGH_TMUX))
    screen = route("auto", install(), SSH, {"TERM": "screen.xterm-256color"})
    # Never the form for tmux: screen would print it.
    assert (programs(screen), screen.forms) == ([], (PLAIN, THROUGH_SCREEN))
    for chosen in (tmux, screen):
        assert "cannot be asked from here" in why(chosen)


@pytest.mark.parametrize(
    ("around", "said"),
    [
        ({"TERM_PROGRAM": "Apple_Terminal"}, "Apple's Terminal takes no copies from programs"),
        ({"TERM": "linux"}, "The Linux console has no clipboard"),
    ],
)
def test_a_terminal_that_is_known_to_take_no_copies_is_sent_none(
    install: Install, around: dict[str, str], said: str
) -> None:
    chosen = route("auto", install(), around)
    assert chosen.leads_nowhere
    assert why(chosen).startswith(said)
    assert route("osc52", install(), around).forms == (PLAIN,)
    # A multiplexer's variables are those of where it was started.
    assert route("auto", install(), around, {"STY": "1.a"}).forms == (THROUGH_SCREEN,)


def test_apples_terminal_has_a_tool_beside_it(install: Install) -> None:
    chosen = route("auto", install("pbcopy"), {"TERM_PROGRAM": "Apple_Terminal"}, platform="darwin")
    assert (programs(chosen), chosen.forms) == (["pbcopy"], ())


def test_the_setting_leaves_but_one_way(install: Install) -> None:
    path = install("xclip")
    everything = (X11, TMUX, SSH)
    assert route("off", path, *everything).leads_nowhere
    tool = route("tool", path, *everything)
    assert (programs(tool), tool.forms) == (["xclip"], ())
    tmux = route("tmux", path, *everything)
    assert (tmux.tools, tmux.tmux, tmux.forms) == ((), TMUX_PROGRAMS, ())
    osc52 = route("osc52", path, *everything)
    assert (programs(osc52), osc52.forms) == ([], (PLAIN, THROUGH_TMUX))


def test_a_way_that_is_set_and_not_there_says_what_to_do(install: Install) -> None:
    tool, tmux = route("tool", install(), X11), route("tmux", install())
    assert tool.leads_nowhere
    assert tmux.leads_nowhere
    for chosen in (tool, tmux):
        assert 'Install one, or write clipboard = "auto".' in why(chosen) or "but this is not tmux" in why(chosen)
        assert why(chosen).endswith('rite clipboard = "auto".')


def test_a_program_takes_the_text_if_it_ends_well(tmp_path: Path) -> None:
    path = tmp_path / "copied"
    assert takes(("sh", "-c", f"cat > '{path}'"), "Şifre 482915", os.environ)
    assert path.read_text(encoding="utf-8") == "Şifre 482915"
    assert not takes(("sh", "-c", "cat >/dev/null; exit 3"), "x", os.environ)
    assert not takes(("sh", "-c", "exit 1"), "x" * 4000, os.environ)
    assert not takes(("no-such-program",), "x", os.environ)


def test_a_program_that_hangs_is_ended(tmp_path: Path) -> None:
    began = time.monotonic()
    assert not takes(("sh", "-c", f"echo $$ > '{tmp_path}/id'; exec sleep 60"), "x", os.environ, limit_seconds=0.3)
    assert time.monotonic() - began < 10
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "id").read_text()), 0)


def test_what_a_tool_leaves_behind_lives_on_without_us_and_can_be_ended(tmp_path: Path) -> None:
    """As wl-copy and xclip do, which keep the text until somebody else copies. We block TERM; they must not."""
    told = tmp_path / "told"
    look = "len(signal.pthread_sigmask(signal.SIG_BLOCK, [])), os.getsid(0)"
    tool = f"import os, signal; print({look}, file=open({str(told)!r}, 'w'))"
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        assert takes((sys.executable, "-c", tool), "x", os.environ, limit_seconds=30)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
    blocked_there, session = told.read_text().split()
    assert int(blocked_there) == 0
    assert int(session) != os.getsid(0)
