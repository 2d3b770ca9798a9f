"""The keys of what opens over the main screen: sheets scroll, questions scroll and switch, nothing is animated."""

import asyncio
import re
from typing import Any

import pytest
from textual.events import Key

from snum_tui.domain.policy import SiteRules
from snum_tui.engine.commands import PlaceOrder
from snum_tui.ui.cells import Tone
from snum_tui.ui.dialogs import question as question_dialog
from snum_tui.ui.dialogs.help import HelpScreen
from snum_tui.ui.dialogs.question import Question
from snum_tui.ui.widgets.reading_box import ReadingBox
from tests.ui.session import OpenDesk, Session, presses


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
    rules = SiteRules(refund_rule="only where no code came and the number was never used before")
    async with desk(size=(40, 12), rules=rules) as session:
        await session.ready()
        await session.press("2")
        await session.ready()  # only now can the services be seen, and have their prices read first
        await session.press("enter")
        await session.until(lambda: isinstance(session.app.screen, Question))
        question = session.app.screen
        assert isinstance(question, Question)
        box = question.query_one(ReadingBox)
        assert box.max_scroll_y > 0
        assert "used before" not in session.words()
        await session.press("down", "down", "down")
        assert box.scroll_offset.y == min(3, box.max_scroll_y)
        assert "used before" in session.words()
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


def sent_orders(session: Session) -> int:
    return sum(isinstance(one, PlaceOrder) for one in session.door.submitted)


def headings(session: Any) -> list[str]:
    return [words.strip() for words, tone in session.app.screen.content() if tone is Tone.BOLD]


@pytest.mark.parametrize(
    ("pane", "heading"), [("1", "In the categories"), ("2", "In the services"), ("3", "In your numbers")]
)
async def test_the_help_begins_with_this_pane_goes_on_with_what_is_heard_in_it_and_has_the_rest_below(
    desk: OpenDesk, pane: str, heading: str
) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.press(pane, "question_mark")
        general = ["On the main screen", "Everywhere", "Moving", "In a filter"]
        told = headings(session)
        assert sorted(told[1:5]) == sorted(general)
        assert told[0] == heading
        assert {"In the categories", "In the services", "In your numbers", "In a question"} <= set(told)
        assert heading in session.screen_text().splitlines()[2]


async def test_the_help_over_a_question_shows_its_keys_and_no_key_slips_through_to_agree(desk: OpenDesk) -> None:
    """Not in a burst, not while one is held that closes the help, and not one that came right before it."""
    async with desk() as session:
        await session.ready()
        await session.press("2", "o")
        question = session.app.screen
        await asyncio.sleep(0.31)  # the deaf time
        for keys in (("question_mark", "y", "y"), ("question_mark", "n"), ("enter", "question_mark", "escape")):
            for key in keys:
                session.app.post_message(Key(key, key if len(key) == 1 else None))
            await session.pilot.pause()
            await asyncio.sleep(0.4)
            await session.pilot.pause()
            if isinstance(session.app.screen, HelpScreen):
                assert headings(session)[0] == "In a question"
                await session.press("escape")
            assert session.app.screen is question
            await asyncio.sleep(0.31)
        await session.press("question_mark", "enter")
        assert session.app.screen is question
        await asyncio.sleep(0.5)
        for _ in range(5):
            question.post_message(Key("enter", None))
            await asyncio.sleep(0.03)
        question.post_message(Key("y", "y"))
        await session.pilot.pause()
        await asyncio.sleep(0.3)
        assert session.app.screen is question
        assert sent_orders(session) == 0
        await asyncio.sleep(0.31)
        await session.press("y")
        await session.until(lambda: session.app.screen is session.app.main)
        assert sent_orders(session) == 1


async def test_the_help_is_there_where_one_types_by_its_key_that_is_no_letter(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        for opening, heading in ((("2", "w"), "In a line to type"), (("colon",), "In the search for everything")):
            await session.press(*opening, "question_mark")
            assert not isinstance(session.app.screen, HelpScreen)
            await session.press("f1")
            assert headings(session)[0] == heading
            await session.press("escape", "escape")
            assert session.app.screen is session.app.main


async def test_the_line_of_keys_below_a_dialog_names_those_of_the_dialog(desk: OpenDesk) -> None:
    def below(session: Session) -> str:
        return str(session.screen_text().splitlines()[-1])

    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.press("2")
        own = below(session)
        await session.press("o")
        question = "└─ y yes  n no  Enter answer  ← other  ↑ up  ↓ down  ? more ─"
        assert below(session).startswith(question)
        await session.press("question_mark")
        assert below(session).startswith("└─ Esc back  ↑ up  ↓ down  ")
        await session.press("escape")
        assert below(session).startswith(question)
        await session.press("n")
        assert below(session) == own
        await session.press("w")
        assert below(session).startswith("└─ Enter answer  Esc back  F1 more ─")
        await session.press("enter")
        await session.until(lambda: session.snapshot.watches)
        await session.press("w")
        assert below(session).startswith("└─ Enter answer  Esc back  F8 end watch  F1 more ─")
        await session.press("escape", "H")
        own = below(session)
        await session.press("question_mark")
        assert below(session).startswith("└─ Esc back  ↑ up  ↓ down  ")
        await session.press("escape")
        assert below(session) == own


async def test_a_session_that_only_watches_names_no_key_that_orders_or_cancels(desk: OpenDesk) -> None:
    async with desk(size=(120, 40), read_only=True) as session:
        await session.ready()
        for pane in "123":
            await session.press(pane)
            names = session.screen_text().splitlines()[-1]
            assert "? more" in names
            assert not re.search(r"\border\b|cancel", names)


async def test_what_waited_to_be_an_answer_is_none_any_more_once_the_help_was_opened(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question_dialog, "SINGLE_SECONDS", 1.5)  # the machine may be slow
    async with desk() as session:
        await session.ready()
        await session.press("2", "o")
        await asyncio.sleep(0.31)  # the deaf time
        await session.press("enter", "question_mark", "escape")
        assert isinstance(session.app.screen, Question)
        await asyncio.sleep(1.6)
        await session.pilot.pause()
        assert isinstance(session.app.screen, Question)
        assert sent_orders(session) == 0


async def test_a_question_is_deaf_at_first_when_the_help_over_it_was_closed(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question_dialog, "DEAF_SECONDS", 60.0)  # the machine may be slow
    async with desk() as session:
        await session.ready()
        await session.press("2", "o")
        session.app.screen._last_key_at -= 100.0  # a person who reads for long
        await session.press("question_mark", "escape", "y", "y")
        assert isinstance(session.app.screen, Question)
        assert sent_orders(session) == 0


async def test_the_key_for_the_help_shows_the_keys_of_details_and_closes_itself_again(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.press("2", "d")
        details = session.app.screen
        assert details is not session.app.main
        footer = session.screen_text().splitlines()[-1]
        assert "? more" in footer
        await session.press("question_mark")
        assert isinstance(session.app.screen, HelpScreen)
        assert session.words().split("Keys ─")[1].lstrip("─╮ │▸").startswith("In the details")
        assert "? more" not in session.screen_text().splitlines()[-1]
        await session.press("question_mark")
        assert session.app.screen is details
        await session.press("f1", "f1", "escape")
        assert session.app.screen is session.app.main
