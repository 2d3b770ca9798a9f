"""Changing a setting: turned over at once, chosen, or typed; then written into config.toml."""

from collections.abc import Callable
from functools import partial

from snum_tui.domain.sentence import N_
from snum_tui.domain.setting import Setting, SettingKind, Value
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.dialogs.choice import ChoiceScreen
from snum_tui.ui.dialogs.typed_value import ValuePrompt
from snum_tui.ui.flows.in_force import held_now, put_in_force
from snum_tui.ui.preferences import Changed
from snum_tui.ui.terminal.app import TerminalApp
from snum_tui.ui.wording import setting_words


def change_setting(app: TerminalApp, desk: Desk, name: str, repaint: Callable[[], None]) -> None:
    """Change the setting of this name; `repaint` says and draws everything anew."""
    setting = next((one for one in desk.settings if one.name == name), None)
    if setting is not None and desk.preferences is not None:
        _Change(app, desk, setting, repaint).begin()


class _Change:
    """One setting on its way: asked for, written by the one who knows the file, then put in force."""

    def __init__(self, app: TerminalApp, desk: Desk, setting: Setting, repaint: Callable[[], None]) -> None:
        self._app = app
        self._desk = desk
        self._setting = setting
        self._repaint = repaint
        self._prompt: ValuePrompt | None = None

    def begin(self) -> None:
        """Ask for the value, but for one that has only another one."""
        setting = self._setting
        if setting.kind is SettingKind.SWITCH:
            self._keep(not setting.in_force)
        elif setting.kind is SettingKind.TYPED:
            self._prompt = ValuePrompt(self._desk, setting, self._keep)
            self._app.push_screen(self._prompt)
        else:
            now = held_now(self._app.theme, self._desk, setting)
            marked = setting.value if now == setting.in_force else now
            self._app.push_screen(ChoiceScreen(self._desk, setting, marked, self._keep))

    def _keep(self, value: Value) -> None:
        if self._desk.preferences is not None:
            tell = partial(self._app.hand_over)
            self._desk.preferences.change(self._setting, value, lambda changed: tell(partial(self._kept, changed)))

    def _kept(self, changed: Changed) -> None:
        desk, setting = self._desk, changed.setting
        if setting is None:
            self._refused(changed)
            return
        if self._prompt is not None:
            self._prompt.accept()
        desk.settings = tuple(setting if one.keys == setting.keys else one for one in desk.settings)
        is_in_force = not setting.overridden_by and put_in_force(self._app, desk, setting, self._repaint)
        told = _told(desk, setting, is_in_force=is_in_force)
        if changed.remark is not None:
            told = f"{told} {desk.render(changed.remark)}"
        desk.tell(told, Tone.WARNING if setting.overridden_by else Tone.PLAIN)

    def _refused(self, changed: Changed) -> None:
        words = "" if changed.problem is None else self._desk.render(changed.problem)
        if self._prompt is None:
            self._desk.tell(words, Tone.BAD)
        else:
            self._prompt.refuse(words)


def _told(desk: Desk, setting: Setting, *, is_in_force: bool) -> str:
    """Say what is kept, and from when on it counts."""
    kept = _kept_words(desk, setting)
    if setting.overridden_by:
        words = N_("Kept: {setting}. But {source} goes before config.toml, so it does not count in this run.")
        return desk.text(words, setting=kept, source=setting.overridden_by)
    if not is_in_force:
        words = N_("Kept: {setting}. It counts from the next start on, or once you have switched profiles.")
        return desk.text(words, setting=kept)
    return desk.text(N_("Kept: {setting}. It counts from now on."), setting=kept)


def _kept_words(desk: Desk, setting: Setting) -> str:
    if setting.value is not None or setting.in_force is None:
        return f"{setting.name} = {setting_words(setting.value, desk.speaker)}"
    words = N_("{name} is not set, which comes to {value}")
    return desk.text(words, name=setting.name, value=setting_words(setting.in_force, desk.speaker))
