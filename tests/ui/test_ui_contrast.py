"""Everything can be read: each colour of letters on each that it can stand on, in the themes that are our own."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from textual.color import Color
from textual.theme import Theme

from snum_tui.ui.cells import Tone
from snum_tui.ui.themes import THEMES
from tests.ui.contrast import contrast, pairs, too_faint
from tests.ui.scenes import an_unknown_order, at_work
from tests.ui.session import OpenDesk, Session

OWN = [theme for theme in THEMES if not theme.ansi]
NAMES = [theme.name for theme in OWN]
TEXT_TONES = [tone for tone in Tone if tone is not Tone.FRAME]
COLOURS = {"truecolor": ColorSystem.TRUECOLOR, "256": ColorSystem.EIGHT_BIT}


def rows(session: Session) -> Iterator[Segment]:
    """A word in every tone, as a list paints it: beside the cursor, and under it with and without the focus."""
    for name in ("services", "tree"):
        for tone in TEXT_TONES:
            for on_cursor in (False, True):
                yield Segment(f"{name} {tone} {on_cursor}", session.rows(name)._style(tone, on_cursor=on_cursor))


def on_screen(session: Session) -> Iterator[Segment]:
    """All that is painted; of a dialog, what is in its box: what it covers is behind a veil."""
    screen = session.app.screen
    strips = screen._compositor.render_strips()
    if screen.is_modal:
        region = screen.query("#question, #sheet").first().region
        strips = [strip.crop(region.x, region.right) for strip in strips[region.y : region.bottom]]
    for strip in strips:
        yield from strip


@pytest.mark.parametrize("colours", COLOURS)
@pytest.mark.parametrize("theme", NAMES)
async def test_every_tone_can_be_read_in_every_state_of_a_row(desk: OpenDesk, theme: str, colours: str) -> None:
    async with desk(theme=theme) as session:
        await session.ready()
        await session.press("2")
        found = pairs(rows(session), colours=COLOURS[colours])
        assert len(found) > len(TEXT_TONES)
        assert too_faint(found) == {}


async def all_can_be_read(session: Session) -> None:
    """In both themes, on terminals with all colours and with 256."""
    for theme in NAMES:
        session.app.theme = theme
        await session.pilot.pause()
        await session.pilot.pause()
        segments = list(on_screen(session))
        for colours in COLOURS.values():
            assert too_faint(pairs(segments, colours=colours)) == {}, f"{theme}\n{session.screen_text()}"


async def test_all_that_is_painted_at_work_can_be_read(desk: OpenDesk) -> None:
    """The desk, a filter, a question, a number's details, help, history, log."""
    async with desk() as session:
        await at_work(session)
        await all_can_be_read(session)
        for there, back in (
            (["enter"], "n"),
            (["slash", *"alm"], "escape"),
            (["3", "G", "enter"], "escape"),
            (["question_mark"], "escape"),
            (["H"], "escape"),
            (["l"], "escape"),
        ):
            await session.press(*there)
            await all_can_be_read(session)
            await session.press(back)


async def test_all_that_is_painted_of_an_unknown_order_can_be_read(desk: OpenDesk) -> None:
    """Its row, its evidence, and the line that is typed into."""
    async with desk() as session:
        await an_unknown_order(session)
        await all_can_be_read(session)
        await session.press("u")
        await all_can_be_read(session)
        await session.press("i", *"7712")
        await all_can_be_read(session)


def paler(theme: Theme, name: str) -> Theme:
    """A theme with one of its colours halfway to the background."""
    ground = Color.parse(theme.background or "")
    if name in theme.variables:
        pale = Color.parse(theme.variables[name]).blend(ground, 0.5).hex
        return replace(theme, name="paler", variables={**theme.variables, name: pale})
    made = replace(theme, name="paler")
    setattr(made, name, Color.parse(getattr(theme, name)).blend(ground, 0.5).hex)
    return made


@pytest.mark.parametrize("theme", OWN, ids=NAMES)
async def test_a_paler_colour_would_be_noticed(desk: OpenDesk, theme: Theme) -> None:
    """Whichever it is."""
    async with desk(theme=theme.name) as session:
        await an_unknown_order(session)
        for name in ("foreground", "quiet", "success", "warning", "error", "primary"):
            session.app.theme = theme.name
            session.app.register_theme(paler(theme, name))
            session.app.theme = "paler"
            await session.pilot.pause()
            await session.pilot.pause()
            assert too_faint(pairs([*rows(session), *on_screen(session)])), name


def test_black_on_white_is_the_most_there_is() -> None:
    black, white = Color(0, 0, 0).rich_color.triplet, Color(255, 255, 255).rich_color.triplet
    assert black is not None
    assert white is not None
    assert contrast(black, white) == contrast(white, black) == 21
    assert contrast(white, white) == 1
