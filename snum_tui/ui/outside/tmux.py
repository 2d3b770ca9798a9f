"""What tmux tells of itself and of the terminal outside."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from snum_tui.ui.outside.surroundings import Terminal, recognise

LIMIT_SECONDS = 2.0
_QUESTION = "#{allow-passthrough}\n#{set-clipboard}\n#{client_termname}\n#{client_termtype}"
_OFF = frozenset({"", "0", "off"})


@dataclass(frozen=True, slots=True)
class Tmux:
    """`passes` is allow-passthrough; `set_clipboard` is off, external or on; `terminal` is the one outside."""

    passes: bool
    set_clipboard: str
    terminal: Terminal


def ask_tmux(environment: Mapping[str, str]) -> Tmux | None:
    """Ask the tmux around this program; None where it does not answer. May take two seconds: never on a key."""
    try:
        answer = subprocess.run(  # noqa: S603 - nothing of it is anybody's input
            ("tmux", "display-message", "-p", _QUESTION),  # noqa: S607 - wherever the person has it
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LIMIT_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    passes, set_clipboard, name, kind, *_ = [*answer.stdout.decode("utf-8", "replace").split("\n"), "", "", ""]
    named, heard = recognise(name), recognise(kind)
    return Tmux(passes not in _OFF, set_clipboard, named if heard is Terminal.OTHER else heard)
