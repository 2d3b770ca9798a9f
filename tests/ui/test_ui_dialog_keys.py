"""The keys of what opens over the main screen: sheets scroll, questions scroll and switch, nothing is animated."""

import asyncio

import pytest

from snum_tui.ui.dialogs.help import HelpScreen
from snum_tui.ui.dialogs.question import Question
from snum_tui.ui.widgets.reading_box import ReadingBox
from tests.ui.session import OpenDesk, presses


@presses("sheet.up", "sheet.down", "sheet.page_up", "sheet.page_down", "sheet.first", "sheet.last")
async def test_a_sheet_scrolls_line_by_line_and_by_pages_at_once(desk: OpenDesk) -> None:
    """An animated page costs 200 kB over SSH (FACTS): after one press it stands where it is to stand."""
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.press("question_mark")
        box = session.app.screen.query_one(ReadingBox)
        for keys, at in [
            (["down", "j", "down"], 3),
            (["up", "k"], 1),
            (["pagedown"], 11),
            (["space"], 21),
            (["pageup"], 11),
            (["G"], box.max_scroll_y),
            (["g"], 0),
            (["end"], box.max_scroll_y),
            (["home"], 0),
        ]:
            session.app.simulate_key(keys[0])
            for key in keys[1:]:
                session.app.simulate_key(key)
            await session.pilot.pause()
            assert box.scroll_offset.y == at, keys


@presses("sheet.close")
@pytest.mark.parametrize("key", ["escape", "q", "enter", "question_mark", "f1"])
async def test_a_sheet_is_closed_by_the_key_that_opened_it_and_by_those_that_leave(
    desk: OpenDesk, key: str
) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("question_mark")
        assert isinstance(session.app.screen, HelpScreen)
        await session.press(key)
        assert session.app.screen is session.app.main


@presses("question.up", "question.down", "question.switch", "question.choose")
async def test_a_question_on_a_short_screen_scrolls_and_switches(desk: OpenDesk) -> None:
    async with desk(size=(40, 12)) as session:
        await session.ready()
        await session.press("2", "enter")
        question = session.app.screen
        assert isinstance(question, Question)
        box = question.query_one(ReadingBox)
        assert box.max_scroll_y > 0
        assert "comes back." not in session.words()
        await session.press("down", "down", "down")
        assert box.scroll_offset.y == min(3, box.max_scroll_y)
        assert "comes back." in session.words()
        await session.press("up", "k", "k")
        assert box.scroll_offset.y == 0
        for key in ("left", "right", "tab", "shift+tab", "h"):
            before = question._choices.agreeing
            await session.press(key)
            assert question._choices.agreeing is not before
        assert not question._choices.agreeing
        await asyncio.sleep(0.31)  # the deaf time
        await session.press("enter")
        await session.until(lambda: session.app.screen is session.app.main)
        assert session.site.requests["getNumber"] == 0
