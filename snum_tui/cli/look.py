"""How the screen looks and is worked, beside its language: put together before there is one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from snum_tui.ui.signs import charset_of, draw_in_ascii, is_short_of_signs


class _Chosen(Protocol):
    """What config.toml says of it: a Config, or the Settings of a run."""

    @property
    def theme(self) -> str | None: ...
    @property
    def ascii(self) -> bool | None: ...
    @property
    def mouse(self) -> bool: ...
    @property
    def keys(self) -> Mapping[str, tuple[str, ...]]: ...


@dataclass(frozen=True, slots=True)
class Look:
    """What open_app is told.

    `theme` None is the terminal's best; `charset` is the terminal's, as Python calls it; `keys` are inner key names
    by action.
    """

    theme: str | None = None
    charset: str = "utf-8"
    mouse: bool = True
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def choose_look(chosen: _Chosen, environment: Mapping[str, str], *, mouse: bool) -> Look:
    """Put the look together, and have everything from here on drawn in ASCII where that is chosen, or needed.

    `mouse` is the command line's.
    """
    draw_in_ascii(on=is_short_of_signs(environment) if chosen.ascii is None else chosen.ascii)
    # Who sets ascii = false says that the terminal can show everything, whatever its locale says.
    charset = "utf-8" if chosen.ascii is False else charset_of(environment)
    return Look(theme=chosen.theme, charset=charset, mouse=mouse and chosen.mouse, keys=chosen.keys)
