"""Where the program runs: in which terminal and multiplexer, over SSH or not, beside which clipboard tools."""

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Multiplexer(StrEnum):
    """What stands between the program and the terminal. AFAR is one that only TERM tells of, as over SSH or sudo.

    It cannot be asked. Where TERM begins with screen it may be tmux, too, which had no TERM of its own once.
    """

    NONE = "none"
    TMUX = "tmux"
    TMUX_AFAR = "tmux afar"
    SCREEN = "screen"
    SCREEN_AFAR = "screen afar"


class Terminal(StrEnum):
    """The terminals that differ in what they know; all others are OTHER."""

    OTHER = "other"
    APPLE = "apple"
    CONSOLE = "console"
    FOOT = "foot"
    GHOSTTY = "ghostty"
    ITERM = "iterm"
    KITTY = "kitty"
    PLAIN = "plain"
    WARP = "warp"
    WEZTERM = "wezterm"


_NAMES = (
    ("kitty", Terminal.KITTY),
    ("ghostty", Terminal.GHOSTTY),
    ("wezterm", Terminal.WEZTERM),
    ("foot", Terminal.FOOT),
    ("iterm", Terminal.ITERM),
    ("warpterminal", Terminal.WARP),
    ("apple_terminal", Terminal.APPLE),
)
_PLAIN = ("vt1", "vt2", "vt3", "vt4", "vt5", "ansi", "cons", "eterm", "sun", "wy")
"""What begins so in TERM knows no OSC, and may print it."""

TOOLS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("wl-copy", "WAYLAND_DISPLAY", ()),
    ("xclip", "DISPLAY", ("-selection", "clipboard", "-in")),
    ("xsel", "DISPLAY", ("--clipboard", "--input")),
)
"""The programs that fill a clipboard from their standard input, the display that each needs, and its arguments."""
MAC_TOOL = "pbcopy"
TOOL_NAMES = ", ".join([*(name for name, _, _ in TOOLS), MAC_TOOL])


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Inside a multiplexer `terminal` is OTHER: the variables are those of where it was started, maybe days ago."""

    terminal: Terminal
    multiplexer: Multiplexer
    over_ssh: bool
    tools: tuple[tuple[str, ...], ...]
    """The clipboard tools that are installed and whose display is there, as commands, the best first."""


def look_around(environment: Mapping[str, str], platform: str = sys.platform) -> Surroundings:
    """Read the surroundings from the environment's variables; looks for programs where there is a display."""
    multiplexer = multiplexer_of(environment)
    known = Terminal.OTHER if multiplexer is not Multiplexer.NONE else _terminal(environment)
    over_ssh = any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"))
    return Surroundings(known, multiplexer, over_ssh, _tools(environment, platform))


def multiplexer_of(environment: Mapping[str, str]) -> Multiplexer:
    """Tell what the program is inside of. With one in the other, tmux: it hears programs from anywhere in it."""
    if environment.get("TMUX"):
        return Multiplexer.TMUX
    if environment.get("STY"):
        return Multiplexer.SCREEN
    term = environment.get("TERM", "")
    if term.startswith("tmux"):
        return Multiplexer.TMUX_AFAR
    return Multiplexer.SCREEN_AFAR if term.startswith("screen") else Multiplexer.NONE


def recognise(name: str) -> Terminal:
    """Recognise a terminal by a name that it goes by: a TERM, a TERM_PROGRAM, or what tmux heard from it."""
    folded = name.lower()
    if folded == "linux":
        return Terminal.CONSOLE
    for part, terminal in _NAMES:
        if part in folded:
            return terminal
    return Terminal.PLAIN if folded.startswith(_PLAIN) else Terminal.OTHER


def _terminal(environment: Mapping[str, str]) -> Terminal:
    """TERM is the terminal's own word; the others are inherited, and may be those of another window."""
    for variable in ("TERM", "TERM_PROGRAM", "LC_TERMINAL"):
        known = recognise(environment.get(variable, ""))
        if known is not Terminal.OTHER:
            return known
    return Terminal.OTHER


def _tools(environment: Mapping[str, str], platform: str) -> tuple[tuple[str, ...], ...]:
    commands = [(name, *arguments) for name, display, arguments in TOOLS if environment.get(display)]
    if platform == "darwin":
        commands.append((MAC_TOOL,))
    path = environment.get("PATH", "")
    return tuple(command for command in commands if shutil.which(command[0], path=path))
