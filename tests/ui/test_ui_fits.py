"""Nothing of the program's own is cut at 80x24, in either language."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from rich.cells import cell_len
from textual.containers import VerticalScroll

from snum_tui.domain.orders import OrderState
from snum_tui.domain.policy import SiteRules
from snum_tui.domain.state_words import STATE_WORDS
from snum_tui.engine.snapshot import Link
from snum_tui.locale import Speaker
from snum_tui.ui.dialogs.help import HelpScreen
from snum_tui.ui.dialogs.question import Question
from snum_tui.ui.screens.history import HistoryScreen
from snum_tui.ui.status import status
from snum_tui.ui.tables.numbers import columns
from snum_tui.ui.widgets.toned import length
from tests.ui.pictures.cut import cut_words
from tests.ui.session import OpenDesk, Session

LANGUAGES = ("en", "tr")
REFUNDS = ((OrderState.CANCELLED, Decimal(0)), (OrderState.CANCELLED, Decimal(2)))


def nothing_is_cut(session: Session) -> None:
    """The screen shows every word whole, and a dialog its whole content without scrolling."""
    assert cut_words(session.screen_text()) == [], session.screen_text()
    if not isinstance(session.app.screen, HelpScreen):
        for box in session.app.screen.query(VerticalScroll):
            assert box.max_scroll_y == 0, session.screen_text()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_lists_and_questions_with_the_limit_of_a_day(desk: OpenDesk, language: str) -> None:
    """Without one, every scene of the pictures is looked at (test_ui_pictures)."""
    async with desk(size=(80, 24), language=language, rules=SiteRules(day_limit=Decimal(10))) as session:
        await session.ready()
        nothing_is_cut(session)
        await session.order(0)
        session.clock.advance(61)
        for keys in (("3", "c"), ("n", "enter"), ("escape", "q"), ("n", "a"), ("u",), ("question_mark",)):
            await session.press(*keys)
            nothing_is_cut(session)
        await session.press("escape")
        session.site.add_fault("getNumber:drop-reply@1")
        await session.order(0)
        await session.until(lambda: session.snapshot.orders[0].balance_after is not None)
        session.site.set_price(session.snapshot.orders[0].service_id, "9.50")
        for keys in (
            ("1",),
            ("2",),
            ("3", "q"),
            ("n", "u"),
            ("i",),
            ("escape", "l"),
            ("escape", "x"),
            ("escape", "o"),
        ):
            await session.press(*keys)
            nothing_is_cut(session)
        await asyncio.sleep(0.31)  # the question's deaf time
        await session.press("y")
        await session.until(lambda: session.snapshot.price_rise is not None)
        await session.until(lambda: session.app.screen.query("#question"))
        nothing_is_cut(session)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_became_of_the_numbers(desk: OpenDesk, language: str) -> None:
    async with desk(size=(80, 24), language=language) as session:
        await session.ready()
        for seconds in (200, 700):
            await session.order(0)
            await session.until(lambda: session.snapshot.orders[0].balance_after is not None)
            session.clock.advance(seconds)
            await session.press("c")
            nothing_is_cut(session)
            await session.agree()
            await session.until(lambda: session.snapshot.orders[0].refunded is not None)
            nothing_is_cut(session)
            await session.press("H")
            nothing_is_cut(session)
            await session.press("enter")
            nothing_is_cut(session)
            await session.press("escape", "escape")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [52, 78])
def test_every_state_fits_its_column(language: str, width: int) -> None:
    """52 cells are left to the panel while the categories stand beside it."""
    speaker = Speaker(language)
    state = columns(width, speaker)[1]
    words = {speaker.text(word) for word in (*STATE_WORDS.values(), "refunded", "not refunded", "wait·auto")}
    assert [word for word in words if cell_len(word) > state.width] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_history_shows_every_outcome_and_its_titles_whole(
    desk: OpenDesk, language: str, size: tuple[int, int]
) -> None:
    async with desk(size=size, language=language) as session:
        await session.ready()
        await session.order(0)
        one = session.snapshot.orders[0]
        await session.press("H")
        screen = session.app.screen
        assert isinstance(screen, HistoryScreen)
        for state, refunded in (*((state, None) for state in OrderState), *REFUNDS):
            row = screen._row(replace(one, state=state, refunded=refunded))
            shown = zip(screen._columns(), row.cells, strict=True)
            assert [cell.text for column, cell in shown if 0 < column.width < cell_len(cell.text)] == []
        assert [column.title for column in screen._columns() if 0 < column.width < cell_len(column.title)] == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_frame_keeps_balance_unknown_orders_and_link_on_narrow_terminals(
    desk: OpenDesk, language: str
) -> None:
    async with desk(size=(80, 24), language=language) as session:
        await session.ready()
        session.site.add_fault("getNumber:drop-reply@1")
        await session.order(0)
        rules = SiteRules(day_limit=Decimal(5000))
        money = replace(session.snapshot, rules=rules, balance=Decimal("12345.67"), spent_today=Decimal("4321.09"))
        for known, (width, whole) in product(
            [replace(money, link=link) for link in Link], [(200, True), (80, False), (60, False)]
        ):
            left, right = status(known, session.app.desk, width)
            said = "".join(words for words, _ in right)
            assert all(word in said for word in ("345", "(u)", "●"))
            assert length(left) + length(right) <= width - 5
            assert bool(left and "000" in said) == whole


@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_the_smallest_window_an_order_is_asked_for_with_price_and_refund_rule_in_sight(
    desk: OpenDesk, language: str
) -> None:
    """Whatever else there is to say, and however long it is; also where the window became that small meanwhile."""
    rules = SiteRules(day_limit=Decimal(1), refund_rule="only for numbers that never got a code " * 4)
    async with desk(size=(80, 24), language=language, rules=rules) as session:
        await session.ready()
        await session.press("2", "enter")
        await session.pilot.resize_terminal(40, 12)
        for again in ((), ("n", "enter")):
            await session.press(*again)
            await session.until(lambda: cell_len(session.screen_text().splitlines()[0]) <= 40)
            box = session.app.screen.query_one(VerticalScroll)
            assert (box.scroll_offset.y, box.max_scroll_y > 0) == (0, True)
            words = session.words()
            amount = session.visible_quotes()[0].quote.price
            assert session.app.desk.amount(amount) in words
            assert "10 min" in words or "10 dk" in words


@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_the_smallest_window_an_order_is_asked_for_without_scrolling(
    desk: OpenDesk, language: str
) -> None:
    async with desk(size=(40, 12), language=language) as session:
        await session.ready()
        await session.press("2")
        await session.ready()  # only now can the services be seen, and have their prices read first
        await session.press("enter")
        await session.until(lambda: isinstance(session.app.screen, Question))
        nothing_is_cut(session)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
async def test_the_lines_of_a_sheet_are_folded_once_to_the_room_that_its_scroll_bar_leaves(
    desk: OpenDesk, language: str, size: tuple[int, int]
) -> None:
    """Of a number with its message, and of an event."""
    async with desk(size=size, language=language) as session:
        await session.ready()
        ordered = await session.order(0)
        session.site.deliver(ordered.number_id or "", "a message of so many short words that they fill lines " * 9)
        await session.until(lambda: session.snapshot.orders[0].state is OrderState.RECEIVED)
        for keys in (("3", "enter"), ("escape", "l", "enter")):
            await session.press(*keys)
            box = session.app.screen.query_one("#sheet")
            lines = "".join(words for words, _ in session.app.screen.content()).splitlines()
            assert max(map(cell_len, lines)) <= box.scrollable_content_region.width
            assert box.virtual_size.height <= len(lines)
