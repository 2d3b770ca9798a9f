"""OSC 52: the command that puts a text into the terminal's clipboard."""

import base64
from collections.abc import Sequence
from enum import StrEnum

from snum_tui.ui.outside.passing import BELL, command, through_screen, through_tmux
from snum_tui.ui.outside.surroundings import Multiplexer


class Form(StrEnum):
    """How the command is written."""

    PLAIN = "plain"
    THROUGH_TMUX = "through tmux"
    THROUGH_SCREEN = "through screen"


FORMS: dict[Multiplexer, tuple[Form, ...]] = {
    Multiplexer.NONE: (Form.PLAIN,),
    # tmux drops one or the other, by its set-clipboard and allow-passthrough (FACTS).
    Multiplexer.TMUX: (Form.PLAIN, Form.THROUGH_TMUX),
    Multiplexer.TMUX_AFAR: (Form.PLAIN, Form.THROUGH_TMUX),
    Multiplexer.SCREEN: (Form.THROUGH_SCREEN,),
    # tmux drops what is for screen, and screen the plain one; what is for tmux, screen would print.
    Multiplexer.SCREEN_AFAR: (Form.PLAIN, Form.THROUGH_SCREEN),
}
"""The forms of which the terminal may hear one."""


def osc52(text: str, forms: Sequence[Form]) -> str:
    """Return the command in these forms, one after the other."""
    body = f"52;c;{base64.b64encode(text.encode('utf-8')).decode('ascii')}"
    written = {
        Form.PLAIN: command(body, end=BELL),
        Form.THROUGH_TMUX: through_tmux(body),
        Form.THROUGH_SCREEN: through_screen(body),
    }
    return "".join(written[form] for form in forms)
