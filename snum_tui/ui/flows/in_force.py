"""Lets a setting that was changed count at once, where the running program can follow it."""

import os
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from snum_tui.domain.setting import Setting, Value
from snum_tui.domain.wishes import ClipboardWay, NewsName, NotifyWay, TerminalWishes
from snum_tui.ui.desk import Desk
from snum_tui.ui.signs import charset_of, draw_in_ascii
from snum_tui.ui.terminal.app import TerminalApp
from snum_tui.ui.widgets.scroll_bar import choose_scroll_bar

_MINUTE_SECONDS = 60


def held_now(theme: str, desk: Desk, setting: Setting) -> Value:
    """Return the value that holds at this moment: language and `theme` have keys, which keep nothing."""
    by_key: dict[str, Value] = {"language": desk.speaker.language, "theme": theme}
    return by_key.get(setting.name, setting.in_force)


def put_in_force(app: TerminalApp, desk: Desk, setting: Setting, repaint: Callable[[], None]) -> bool:
    """Let a setting count from now on. Returns False where that has to wait for the next start."""
    value = setting.in_force
    match setting.keys:
        case ("language",):
            desk.speaker.language = str(value)
        case ("theme",):
            app.theme = str(value)
        case ("ascii",):
            _draw_anew(app, setting)
        case ("mouse",):
            app.use_mouse(on=bool(value))
        case ("calm",):
            desk.calm = bool(value)
        case ("watch_on_minutes",):
            desk.watch_on_seconds = float(str(value)) * _MINUTE_SECONDS
        case ("clipboard",) | ("tell", _):
            desk.wishes = _with(desk.wishes, setting)
            if not desk.wishes.title:
                app.hide_title()
        case _:
            return False
    repaint()
    return True


def _with(wishes: TerminalWishes, setting: Setting) -> TerminalWishes:
    value = setting.in_force
    match setting.keys[-1]:
        case "bell":
            return replace(wishes, bell=frozenset(cast("tuple[NewsName, ...]", value or ())))
        case "notify":
            return replace(wishes, notify=cast("NotifyWay", value))
        case "title":
            return replace(wishes, title=bool(value))
        case _:
            return replace(wishes, clipboard=cast("ClipboardWay", value))


def _draw_anew(app: TerminalApp, setting: Setting) -> None:
    """Draw in ASCII, or no longer. Who sets false says that the terminal shows everything, whatever its locale."""
    draw_in_ascii(on=bool(setting.in_force))
    app.charset = "utf-8" if setting.value is False else charset_of(os.environ)
    choose_scroll_bar()
    app.refresh_css(animate=False)
    for screen in app.screen_stack:
        screen.refresh(layout=True)
        for widget in screen.query("*"):  # what says the same as before is drawn with other signs
            widget.refresh()
    app.paint_all()  # the same letters are sent as other bytes
