"""A notification of the desktop, shown by the terminal: three dialects, and who speaks which."""

from collections.abc import Callable
from enum import StrEnum

from snum_tui.domain.wishes import NotifyWay
from snum_tui.ui.outside.passing import command, through_screen, through_tmux
from snum_tui.ui.outside.surroundings import Multiplexer, Terminal

TITLE = "snum-tui"


class Dialect(StrEnum):
    """The number of the command; the values are those of config.toml."""

    OSC9 = "osc9"
    OSC777 = "osc777"
    OSC99 = "osc99"


_SPOKEN = {
    Terminal.ITERM: Dialect.OSC9,
    Terminal.WARP: Dialect.OSC9,
    Terminal.FOOT: Dialect.OSC777,
    Terminal.GHOSTTY: Dialect.OSC777,
    Terminal.WEZTERM: Dialect.OSC777,
    Terminal.KITTY: Dialect.OSC99,
}
"""All others know none, or mean something else by it: ConEmu and Windows Terminal a progress bar by OSC 9."""

_WRITTEN: dict[Multiplexer, Callable[[str], str]] = {
    Multiplexer.NONE: command,
    Multiplexer.TMUX: through_tmux,
    Multiplexer.TMUX_AFAR: through_tmux,
    Multiplexer.SCREEN: through_screen,
    Multiplexer.SCREEN_AFAR: through_screen,
}


def choose_dialect(way: NotifyWay, terminal: Terminal) -> Dialect | None:
    """Return the dialect that the person wants, or by itself the terminal's; None where none is known."""
    if way == "auto":
        return _SPOKEN.get(terminal)
    return None if way == "off" else Dialect(way)


def notification(words: str, dialect: Dialect, multiplexer: Multiplexer) -> str:
    """Return the commands that show `words`, which hold no control characters."""
    return "".join(_WRITTEN[multiplexer](body) for body in _bodies(words, dialect))


def _bodies(words: str, dialect: Dialect) -> tuple[str, ...]:
    match dialect:
        case Dialect.OSC9:
            return (f"9;{TITLE}: {words}",)
        case Dialect.OSC777:
            return (f"777;notify;{TITLE};{words.replace(';', ',')}",)
        case Dialect.OSC99:
            # One name: a newer one takes the place of the older. Only while the person looks elsewhere.
            return f"99;i={TITLE}:d=0:o=unfocused;{TITLE}", f"99;i={TITLE}:p=body;{words}"
