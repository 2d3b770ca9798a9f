"""Themes: which one a terminal gets, and switching them while the program runs."""

from typing import get_args

import pytest
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment

from snum_tui.settings.config_model import ConfigTable
from snum_tui.ui.themes import choose_theme, has_few_colours, theme_names
from tests.ui.session import OpenDesk, Session, presses

NAMES = ("snum-dark", "snum-light", "ansi-dark", "ansi-light")


def kinds(session: Session) -> set[str]:
    """How the colours on the screen are written: `truecolor`, `standard` (of the palette), `default`."""
    strips = session.app.screen._compositor.render_strips()
    segments: list[Segment] = [segment for strip in strips for segment in strip]
    styles = [segment.style for segment in segments if segment.style is not None]
    return {
        color.type.name.lower() for style in styles for color in (style.color, style.bgcolor) if color is not None
    }


def test_config_toml_knows_exactly_the_themes_that_there_are() -> None:
    literal, _none = get_args(ConfigTable.model_fields["theme"].annotation)
    assert get_args(literal) == theme_names() == NAMES


@presses("app.theme")
async def test_a_key_goes_through_the_themes_and_says_how_to_keep_one(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        for name in (*NAMES[1:], NAMES[0]):
            await session.press("T")
            await session.pilot.pause()
            assert session.app.theme == name
            assert f'To keep them, write theme = "{name}" into config.toml.' in session.message
            own = {"truecolor"}
            assert (kinds(session) <= own) == name.startswith("snum")


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_an_ansi_theme_uses_the_terminals_own_palette_alone(desk: OpenDesk, theme: str) -> None:
    async with desk(theme=theme) as session:
        await session.ready()
        for keys in (["2", "f"], ["enter"], ["n", "question_mark"], ["escape", "slash", "a"], ["escape", "H"]):
            await session.press(*keys)
            assert kinds(session) <= {"standard", "default"}, keys


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_in_the_terminals_palette_the_cursor_is_reversed_and_the_resting_one_marked(
    desk: OpenDesk, theme: str
) -> None:
    """Nothing can be mixed there, and no colour of a palette is known to go with another."""
    async with desk(theme=theme) as session:
        await session.ready()
        await session.press("2")
        lit, resting = session.rows("services"), session.rows("tree")
        style = lit.render_line(lit.cursor_index - lit.scroll_offset.y)._segments[0].style
        assert style is not None
        assert style.reverse
        assert lit.render_line(lit.cursor_index).text.startswith("▸ ")
        assert resting.render_line(resting.cursor_index).text.startswith("▹ ")


async def test_under_no_color_the_key_says_that_there_is_nothing_to_switch(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with desk(theme="ansi-dark") as session:
        await session.ready()
        await session.press("T")
        assert session.app.theme == "ansi-dark"
        assert "NO_COLOR is set" in session.message
        assert kinds(session) <= {"default"}


@pytest.mark.parametrize(
    ("configured", "environment", "theme"),
    [
        (None, {"TERM": "xterm-256color"}, "snum-dark"),
        (None, {"TERM": "xterm", "COLORTERM": "truecolor"}, "snum-dark"),
        (None, {"TERM": "xterm-kitty"}, "snum-dark"),
        (None, {"TERM": "xterm"}, "ansi-dark"),
        (None, {"TERM": "linux"}, "ansi-dark"),
        (None, {"TERM": "screen"}, "ansi-dark"),
        (None, {"TERM": "xterm-256color", "COLORFGBG": "0;15"}, "snum-light"),
        (None, {"TERM": "xterm-256color", "COLORFGBG": "0;default;15"}, "snum-light"),
        (None, {"TERM": "xterm-256color", "COLORFGBG": "15;0"}, "snum-dark"),
        ("snum-light", {"TERM": "linux"}, "snum-light"),
        ("ansi-light", {"TERM": "xterm-256color"}, "ansi-light"),
        ("snum-light", {"TERM": "xterm-256color", "NO_COLOR": "1"}, "ansi-dark"),
    ],
)
def test_the_theme_is_the_persons_else_what_the_terminal_can_show(
    configured: str | None, environment: dict[str, str], theme: str
) -> None:
    assert choose_theme(configured, environment) == theme


@pytest.mark.parametrize(
    "environment",
    [
        {"TERM": "xterm"},
        {"TERM": "xterm-256color"},
        {"TERM": "tmux-256color"},
        {"TERM": "screen"},
        {"TERM": "linux"},
        {"TERM": "xterm-kitty"},
        {"TERM": "xterm-16color"},
        {"TERM": "xterm", "COLORTERM": "truecolor"},
        {"TERM": "xterm", "COLORTERM": "24bit"},
        {"TERM": "xterm", "COLORTERM": "yes"},
    ],
)
def test_few_colours_are_where_rich_sends_sixteen(environment: dict[str, str]) -> None:
    sent = Console(force_terminal=True, _environ=environment)._color_system
    assert has_few_colours(environment) is (sent is ColorSystem.STANDARD)
