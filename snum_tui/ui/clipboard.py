"""The way to the person's clipboard, through the terminal."""

import base64
import os

from textual.app import App


def send_to_clipboard(app: App[object], text: str) -> None:
    """Send OSC 52, and under tmux the same wrapped for it as well (FACTS: tmux drops one or the other)."""
    driver = app._driver  # noqa: SLF001 - Textual's own copy_to_clipboard writes no tmux form
    if driver is None:
        return
    for sequence in osc52(text, under_tmux=bool(os.environ.get("TMUX"))):
        driver.write(sequence)


def osc52(text: str, *, under_tmux: bool) -> tuple[str, ...]:
    """Return the sequences that put text into the terminal's clipboard."""
    encoded = base64.b64encode(text.encode("utf-8")).decode("ascii")
    plain = f"\x1b]52;c;{encoded}\x07"
    return (plain, f"\x1bPtmux;\x1b{plain}\x1b\\") if under_tmux else (plain,)
