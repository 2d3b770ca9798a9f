"""Surroundings that do not change: nothing of the machine's own shows on a screen, or is touched from it."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

OF_THIS_MACHINE = (
    *("TMUX", "STY", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"),
    *("DISPLAY", "WAYLAND_DISPLAY", "TERM_PROGRAM", "LC_TERMINAL"),
)
"""What a copy or a notification would go by."""
OF_THIS_TERMINAL = ("NO_COLOR", "COLORTERM", "TEXTUAL_ANIMATIONS")


@contextmanager
def frozen_surroundings() -> Iterator[None]:
    """Have UTC and a plain terminal of 256 colours, outside of any tmux."""
    with patch.dict(os.environ, {"TZ": "UTC", "TERM": "xterm-256color"}):
        for name in (*OF_THIS_MACHINE, *OF_THIS_TERMINAL):
            os.environ.pop(name, None)
        time.tzset()
        yield
    time.tzset()
