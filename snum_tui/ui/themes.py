"""The colours: one calm dark and one light theme of our own."""

from textual.theme import BUILTIN_THEMES, Theme

THEMES = (
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
        variables={"quiet": "#848d99", "line": "#3a4454"},
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
        variables={"quiet": "#59636e", "line": "#c2c9d1"},
    ),
)

FALLBACK_VARIABLES = {"quiet": "ansi_bright_black", "line": "ansi_bright_black"}
"""What themes that are not our own lack."""

DEFAULT = "snum-dark"
MONOCHROME = "ansi-dark"
"""Textual still sends greys under NO_COLOR; with this theme it sends no colour codes at all (FACTS)."""


def theme_names() -> tuple[str, ...]:
    """Return every theme there is, our own first."""
    return (*(theme.name for theme in THEMES), *BUILTIN_THEMES)


def choose_theme(configured: str | None, *, no_color: bool) -> str:
    """Return the theme to start with."""
    return MONOCHROME if no_color else configured or DEFAULT
