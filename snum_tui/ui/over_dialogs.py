"""Which keys for everywhere are meant in a dialog, which hears its own keys alone."""

from collections.abc import Sequence
from typing import Any

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from snum_tui.domain.keys import is_typed
from snum_tui.ui.dialogs.dialog import Dialog
from snum_tui.ui.keyboard import Keyboard
from snum_tui.ui.repaints import Repaints


def meant_over_dialog(
    key: str, keyboard: Keyboard, screens: Sequence[Screen[Any]], focused: Widget | None
) -> str | None:
    """Return the app's action that a key which nobody took is meant for; None where it is for nothing.

    The help is shown over every dialog; in a line no letter asks for it. What changes all that is seen works over a
    sheet, and only where all below it can follow.
    """
    if not isinstance(screens[-1], Dialog):
        return None
    is_line = isinstance(focused, Input)
    can_follow = not is_line and all(isinstance(screen, Repaints) for screen in screens[1:])
    names = ("help",) * (not (is_line and is_typed(key))) + ("language", "theme") * can_follow
    return next((name for name in names if key in keyboard.keys_of(f"app.{name}")), None)
