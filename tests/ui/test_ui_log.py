"""The log: what happened in this run, the newest first, on every size of screen."""

import re

import pytest

from snum_tui.ui.dialogs.event import EventScreen
from snum_tui.ui.screens.log import LogScreen
from snum_tui.ui.widgets.row_list import RowList
from tests.ui.session import OpenDesk, Session, presses


def rows(session: Session) -> RowList:
    return session.app.screen.query_one(RowList)


def sentences(session: Session) -> list[str]:
    return [row.cells[2].text for row in rows(session).rows]


def said(session: Session) -> list[str]:
    """All that the engine told so far, the newest first."""
    return [session.app.desk.render(event.sentence) for event in reversed(session.snapshot.events)]


@presses("log", "log.close", "log.detail")
async def test_it_shows_what_happened_with_its_time_and_its_weight(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.press("l")
        assert "Nothing has happened yet." in session.screen_text()
        await session.press("l")
        assert session.app.screen is session.app.main
        first = await session.order()
        session.site.add_fault("getNumber:refuse@1")
        await session.order(1)
        await session.press("l")
        assert isinstance(session.app.screen, LogScreen)
        assert sentences(session) == said(session)
        newest, oldest = session.screen_text().splitlines()[2:4]
        assert re.match(r"│▸ 03-14 12:00  !   Not ordered: ", newest)
        assert f"03-14 12:00  ✓   {first.number} is yours. Waiting for its code." in oldest
        assert "2 events" in session.screen_text().splitlines()[0]


async def test_it_lives_on_while_it_is_open_and_follows_the_newest_only_from_the_top(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        first, second = await session.order(), await session.order(1)
        await session.press("l")
        session.site.deliver(first.number_id, "482915")
        await session.until(lambda: sentences(session)[0].startswith("Code 482915"))
        assert rows(session).cursor_index == 0
        await session.press("down")
        kept = rows(session).cursor_key
        session.site.deliver(second.number_id, "135790")
        await session.until(lambda: sentences(session)[0].startswith("Code 135790"))
        assert (rows(session).cursor_index, rows(session).cursor_key) == (2, kept)


async def test_another_language_words_all_of_it_anew(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.order()
        await session.press("l", "L")
        assert sentences(session) == said(session)
        assert "sizin. Kodu bekleniyor." in session.screen_text()
        assert "is yours" not in session.screen_text()


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_a_sentence_that_is_cut_is_whole_behind_enter(desk: OpenDesk, size: tuple[int, int]) -> None:
    async with desk(size=size) as session:
        await session.ready()
        session.site.add_fault("getNumber:drop-reply@1")
        await session.order()
        await session.press("l")
        lines = session.screen_text().splitlines()
        assert [lines[0][0], lines[0][-1], lines[-1][0], lines[-1][-1]] == ["┌", "┐", "└", "┘"]
        assert all(len(line) == size[0] for line in lines)
        assert "12:00" in lines[2]
        assert "!!" in lines[2]
        await session.press("end", "enter")
        assert isinstance(session.app.screen, EventScreen)
        assert "2026-03-14 12:00:00" in session.words()
        assert said(session)[-1] in " ".join("".join(words for words, _ in session.app.screen.content()).split())
        await session.press("G")
        assert said(session)[-1][-12:] in session.words()
        await session.press("escape", "escape")
        assert session.app.screen is session.app.main
