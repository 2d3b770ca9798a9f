"""A window that is too small says which size is needed, and gives way once it is large enough."""

import pytest

from snum_tui.ui.screens.too_small import TooSmallScreen
from tests.ui.session import OpenDesk


@pytest.mark.parametrize("size", [(39, 12), (40, 11), (10, 3)])
async def test_below_40x12_one_sentence_names_the_size_needed(desk: OpenDesk, size: tuple[int, int]) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.pilot.resize_terminal(*size)
        await session.until(lambda: isinstance(session.app.screen, TooSmallScreen))
        assert "40x12" in session.words() or size == (10, 3)
        await session.press("enter", "y", "c", "y")
        assert session.site.requests["getNumber"] == 0
        await session.pilot.resize_terminal(40, 12)
        await session.until(lambda: session.app.screen is session.app.main)
        await session.until(lambda: "┌" in session.screen_text())


async def test_a_start_in_a_small_window_works_on_behind_the_sentence(desk: OpenDesk) -> None:
    async with desk(size=(30, 8), language="tr") as session:
        await session.until(lambda: session.app.screen_stack and isinstance(session.app.screen, TooSmallScreen))
        assert "40x12 gerekir" in session.words()
        await session.until(lambda: session.snapshot.balance is not None)
        await session.pilot.resize_terminal(80, 24)
        await session.until(lambda: session.app.screen is session.app.main)
        await session.ready()
        assert session.app.main.classes >= {"-narrow", "-tall"}
        assert not session.app.main.classes & {"-tiny", "-short"}


async def test_a_question_that_was_open_is_there_again_when_there_is_room(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.press("2", "enter")
        question = session.app.screen
        await session.pilot.resize_terminal(30, 8)
        await session.until(lambda: isinstance(session.app.screen, TooSmallScreen))
        await session.pilot.resize_terminal(80, 24)
        await session.until(lambda: session.app.screen is question)
