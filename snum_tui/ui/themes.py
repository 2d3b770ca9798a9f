"""The colours: one calm dark and one light theme of our own, and two that use the terminal's own palette."""

from collections.abc import Mapping
from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

_OWN = (
    Theme(
        name="snum-dark",
        primary="#7aa2f7",
        secondary="#5f87c7",
        accent="#7dcfff",
        foreground="#c9d1d9",
        background="#11151c",
        surface="#161b24",
        panel="#1d2430",
        success="#7ee787",
        warning="#e3b341",
        error="#ff7b72",
        dark=True,
        variables={"quiet": "#98a2b0", "line": "#3a4454", "cursor": "#1b2f63"},
    ),
    Theme(
        name="snum-light",
        primary="#0b57d0",
        secondary="#345995",
        accent="#005f87",
        foreground="#1f2328",
        background="#ffffff",
        surface="#f6f8fa",
        panel="#eaeef2",
        success="#116329",
        warning="#7d4e00",
        error="#b3261e",
        dark=False,
        variables={"quiet": "#59636e", "line": "#c2c9d1", "cursor": "#d2ecff"},
    ),
)
FALLBACK_VARIABLES = {"quiet": "ansi_default", "line": "ansi_bright_black", "cursor": "ansi_default"}
"""Our own names for colours, in the terminal's own palette. No palette promises that its grey can be read, so quiet
words are as loud as others there; the cursor's row is reversed."""

_ANSI = (
    # The blue of most palettes can hardly be read on black, nor can their yellow on white.
    replace(BUILTIN_THEMES["ansi-dark"], primary="ansi_cyan", error="ansi_bright_red"),
    replace(BUILTIN_THEMES["ansi-light"], warning="ansi_magenta"),
)
THEMES = (*_OWN, *_ANSI)
DEFAULT, LIGHT = "snum-dark", "snum-light"
SIXTEEN_COLOURS = "ansi-dark"
MONOCHROME = "ansi-dark"
"""Textual still sends greys under NO_COLOR; with this theme it sends no colour codes at all (FACTS)."""

_LIGHT_BACKGROUNDS = frozenset({"7", "15"})


def theme_names() -> tuple[str, ...]:
    """Return every theme there is, in the order in which one goes through them."""
    return tuple(theme.name for theme in THEMES)


def next_theme(name: str) -> str:
    """Return the theme after this one."""
    names = theme_names()
    return names[(names.index(name) + 1) % len(names)]


def choose_theme(configured: str | None, environment: Mapping[str, str]) -> str:
    """Return the theme to start with: the person's, else what the terminal says of itself."""
    if environment.get("NO_COLOR"):
        return MONOCHROME
    if configured is not None:
        return configured
    if has_few_colours(environment):
        return SIXTEEN_COLOURS
    # Some terminals name their colours, text first: "0;15" is black on white.
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT if background in _LIGHT_BACKGROUNDS else DEFAULT


def has_few_colours(environment: Mapping[str, str]) -> bool:
    """Tell whether the terminal gets 16 colours, to which our own themes cannot be brought down readably."""
    if environment.get("COLORTERM", "").strip().lower() in {"truecolor", "24bit"}:
        return False
    return environment.get("TERM", "").rpartition("-")[2] not in {"256color", "kitty"}
