"""The settings behind the screen: read from config.toml and written back, on threads of their own."""

import os
from collections.abc import Callable
from decimal import Decimal
from types import NoneType
from typing import TYPE_CHECKING, Literal, TypeVar, get_args, get_origin

from snum_tui.domain.sentence import Sentence
from snum_tui.domain.setting import Setting, SettingKind, Value
from snum_tui.settings.paths import Paths
from snum_tui.ui.outside.errands import Errands
from snum_tui.ui.preferences import Changed

if TYPE_CHECKING:
    from snum_tui.cli.config.effective import Arguments
    from snum_tui.settings.options import Option

_Told = TypeVar("_Told")

_OF_A_PROFILE = frozenset({"auto_cancel", "day_limit", "refund_seconds", "earliest_cancel_seconds"})
"""What of a profile can be changed here; its site and key are for its own form."""
_OF_THE_TERMINAL = frozenset({"language", "theme", "ascii", "mouse", "calm", "clipboard", "tell"})
"""What counts in a demo, too."""


class KeptPreferences:
    """Knows the settings that can be changed from inside; of a demo those of the terminal only (`is_demo`)."""

    def __init__(self, paths: Paths, arguments: "Arguments", *, is_demo: bool = False) -> None:
        self._paths = paths
        self._arguments = arguments
        self._is_demo = is_demo
        self._errands = Errands()  # one after the other: each reads the file and writes it whole

    def look(self, profile: str, tell: Callable[[tuple[Setting, ...]], None]) -> None:
        """List the settings; none where config.toml cannot be used."""
        self._run(lambda: self._listed(profile), lambda _problem: (), tell)

    def change(self, setting: Setting, value: Value, tell: Callable[[Changed], None]) -> None:
        """Write a setting into config.toml, and tell how it stands then."""
        self._run(lambda: self._changed(setting, value), lambda problem: Changed(problem=problem), tell)

    def _run(
        self, work: Callable[[], _Told], told_of: Callable[[Sentence], _Told], tell: Callable[[_Told], None]
    ) -> None:
        def run() -> None:
            from snum_tui.cli.beside import outcome  # noqa: PLC0415 - loads SQLite, which the first paint does without

            tell(outcome(work, told_of))

        self._errands.run(run)

    def _listed(self, profile: str) -> tuple[Setting, ...]:
        from snum_tui.settings.config import read_profile_names  # noqa: PLC0415 - at the first look, not at the start
        from snum_tui.settings.options import read_options  # noqa: PLC0415 - as above

        file = self._paths.config_file
        is_kept = not self._is_demo and profile in read_profile_names(file)
        options = read_options(file, profile if is_kept else None)
        return tuple(self._setting(option) for option in options if self._is_offered(option))

    def _changed(self, setting: Setting, value: Value) -> Changed:
        from snum_tui.settings.changing import as_typed, change_option  # noqa: PLC0415 - only where it is changed
        from snum_tui.settings.save import comments_are_in  # noqa: PLC0415 - as above

        kept: object = list(value) if isinstance(value, tuple) else value
        before = self._option(setting)
        if setting.kind is SettingKind.TYPED and isinstance(value, str) and before.field is not None:
            kept = as_typed(before.field, value)
        if _as_value(kept) == _as_value(before.value):
            return Changed(self._setting(before))  # it holds by itself, or stands there: nothing is written
        copy = change_option(self._paths, setting.keys, kept)
        remark = None if copy is None else comments_are_in(copy)
        return Changed(self._setting(self._option(setting)), remark=remark)

    def _option(self, setting: Setting) -> "Option":
        from snum_tui.settings.options import read_options  # noqa: PLC0415 - as above

        profile = setting.keys[1] if setting.keys[0] == "profiles" else None
        options = read_options(self._paths.config_file, profile)
        return next(option for option in options if option.keys == setting.keys)

    def _is_offered(self, option: "Option") -> bool:
        first, last = option.keys[0], option.keys[-1]
        if first == "profiles":
            return last in _OF_A_PROFILE
        return first in _OF_THE_TERMINAL or not (self._is_demo or first in {"keys", "profile"})

    def _setting(self, option: "Option") -> Setting:
        from snum_tui.cli.config.effective import Origin, of_file, weigh  # noqa: PLC0415 - as above
        from snum_tui.settings.config_check import A_TABLE  # noqa: PLC0415 - as above

        of_profile = option.keys[0] == "profiles"
        held = of_file(option) if of_profile else weigh(option, os.environ, self._arguments, None)
        is_overridden = held.origin in {Origin.ENVIRONMENT, Origin.COMMAND_LINE}
        kind, choices = _kind_of(option)
        return Setting(
            option.keys,
            kind,
            option.title,
            option.description,
            option.allowed or A_TABLE,
            _as_value(option.value),
            _as_value(held.value),
            choices,
            held.source if is_overridden else "",
        )


def _kind_of(option: "Option") -> tuple[SettingKind, tuple[Value, ...]]:
    """Tell how an option is changed, and what it may be."""
    annotation = None if option.field is None else option.field.annotation
    parts = get_args(annotation) or (annotation,)
    words = [word for part in (annotation, *parts) if get_origin(part) is Literal for word in get_args(part)]
    unset = (None,) if NoneType in parts else ()
    if words:
        is_list = get_origin(annotation) is list
        return (SettingKind.SEVERAL if is_list else SettingKind.CHOICE), (*words, *unset)
    if bool in parts:
        return (SettingKind.CHOICE, (True, False, None)) if unset else (SettingKind.SWITCH, (True, False))
    return SettingKind.TYPED, ()


def _as_value(value: object) -> Value:
    match value:
        case None | bool() | str():
            return value
        case list():
            return tuple(str(one) for one in value)
        case float():
            return f"{value:g}"
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)
