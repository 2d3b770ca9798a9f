"""The palette on the real app: what is typed finds actions, categories and services; nothing is ordered by it."""

import re

import pytest
from textual.events import Key

from snum_tui.engine.commands import Find, PlaceOrder
from snum_tui.ui.cells import Tone
from snum_tui.ui.dialogs.help import HelpScreen
from snum_tui.ui.dialogs.question import Question
from snum_tui.ui.palette import PaletteScreen
from snum_tui.ui.screens.history import HistoryScreen
from snum_tui.ui.tables.tree import FAVOURITES, category_key
from snum_tui.ui.widgets.guided_list import GuidedList
from tests.ui.session import OpenDesk, Session, presses


def palette(session: Session) -> PaletteScreen:
    screen = session.app.screen
    assert isinstance(screen, PaletteScreen), session.screen_text()
    return screen


def rows_of(session: Session) -> GuidedList:
    return palette(session).query_one(GuidedList)


def found(session: Session) -> list[str]:
    """What is listed, by its first column."""
    return [row.cells[0].text for row in rows_of(session).rows]


def burst(session: Session, *keys: str) -> None:
    """Send keys as a bad line does: all at once, to whatever has the focus before the first."""
    for key in keys:
        letter = {"colon": ":", "space": " "}.get(key, key)
        session.app.post_message(Key(key, letter if len(letter) == 1 else None))


async def open_palette(session: Session, typed: str = "") -> None:
    """Open it, type, and wait until the services have been looked through."""
    burst(session, "colon", *typed)
    await session.until(lambda: isinstance(session.app.screen, PaletteScreen))
    await answered(session, typed)


async def answered(session: Session, typed: str) -> None:
    await session.until(lambda: palette(session).line.value == typed)
    await session.until(lambda: session.snapshot.found is not None and session.snapshot.found.text == typed)
    await session.until(lambda: palette(session)._shown[-1] == session.snapshot.found)


async def enter(session: Session) -> None:
    """Choose, and wait until that shows on the main screen."""
    await session.press("enter")
    await session.until(lambda: not isinstance(session.app.screen, PaletteScreen))


async def look_at(session: Session, category_id: str) -> None:
    session.rows("tree").move_to_key(category_key(category_id))
    await session.until(lambda: session.snapshot.listing.category_id == category_id)
    await session.until(lambda: session.snapshot.listing.services)


def category_named(session: Session, name: str) -> str:
    return next(one.id for one in session.snapshot.categories if one.name == name)


def ordered(session: Session) -> list[PlaceOrder]:
    return [one for one in session.door.submitted if isinstance(one, PlaceOrder)]


@presses("palette", "palette.choose")
async def test_an_action_is_done_where_it_belongs_and_an_order_asks_first(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        for key in ("colon", "ctrl+p"):
            await session.press(key)
            assert isinstance(session.app.screen, PaletteScreen)
            burst(session, *"what they cost")
            await answered(session, "what they cost")
            assert found(session)[0] == "history – all orders, and what they cost"
            await enter(session)
            await session.until(lambda: isinstance(session.app.screen, HistoryScreen))
            await session.press("escape", "3")
        await open_palette(session, "sort")
        await enter(session)
        await session.until(lambda: "Sorted by name." in session.message)
        assert session.app.main.place == "services"
        await open_palette(session, "order a number")
        await enter(session)
        await session.until(lambda: isinstance(session.app.screen, Question))
        await session.press("n")
        await open_palette(session, "turkish")
        await enter(session)
        await session.until(lambda: "Numaralar" in session.screen_text())
        assert ordered(session) == []


@pytest.mark.parametrize(("size", "language"), [((40, 12), "en"), ((80, 24), "en"), ((120, 40), "tr")])
async def test_telegram_germany_finds_and_jumps(desk: OpenDesk, size: tuple[int, int], language: str) -> None:
    async with desk(size=size, language=language) as session:
        await session.until(lambda: session.snapshot.categories and session.snapshot.listing.services)
        telegram = category_named(session, "Telegram")
        await look_at(session, telegram)
        await look_at(session, session.snapshot.categories[0].id)
        await open_palette(session, "telegram germany")
        assert found(session)
        assert all(re.match(r"Telegram · Almanya", name) for name in found(session))
        await session.press("down")
        wanted = rows_of(session).cursor_key
        await enter(session)
        await session.until(lambda: f"service {session.rows('services').cursor_key}" == wanted)
        assert session.snapshot.listing.category_id == telegram
        assert session.app.main.place == "services"
        assert session.rows("services").cursor_key in session.rows("services").visible_keys
        assert session.rows("tree").cursor_key == category_key(telegram)
        assert ordered(session) == []


async def test_a_service_is_listed_with_price_stock_and_age_and_what_does_not_match_is_said(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        service = session.snapshot.listing.services[0]
        quote = session.snapshot.quotes[service.id].quote
        session.clock.advance(300)
        await open_palette(session, f"google {service.name}")
        cells = rows_of(session).rows[0].cells
        facts = [f"Google · {service.name}", f"₺{quote.price:.2f}", str(quote.stock), "5m"]
        assert [cell.text for cell in cells] == facts
        assert cells[1].tone is Tone.STRONG
        await session.press("escape")
        await open_palette(session, "xyzq")
        await session.until(lambda: found(session) == [])
        for said in (
            "Nothing matches.",
            "are not known yet.",
            "searching 393 services",
            "Enter choose",
            "Esc back",
        ):
            await session.until(lambda said=said: said in session.words())
        await session.press("enter")
        assert isinstance(session.app.screen, PaletteScreen)


@presses("palette.close")
async def test_it_opens_from_everywhere_and_goes_away_without_a_trace(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        asked = session.site.requests["getServices"]
        for keys in (("1",), ("2",), ("3",), ("2", "slash", "a", "enter"), ("H",)):
            await session.press(*keys)
            screen, place = session.app.screen, session.app.main.place
            await open_palette(session, "amerika")
            await session.press("escape")
            await session.until(lambda screen=screen: session.app.screen is screen)
            assert session.app.main.place == place
        assert session.site.requests["getServices"] == asked
        await open_palette(session, "discord")
        assert found(session)[0] == "Discord – category"
        await enter(session)
        discord = category_named(session, "Discord")
        await session.until(lambda: session.snapshot.listing.category_id == discord)
        assert session.app.screen is session.app.main
        assert session.app.main.place == "services"
        assert session.rows("tree").cursor_key == category_key(discord)


async def test_enter_before_there_is_a_place_for_the_rows_chooses_once_there_is(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        screen = PaletteScreen(session.app.desk)
        session.app.push_screen(screen, session.app._chose)
        screen.line.value = "history"
        screen.action_choose()
        await session.until(lambda: isinstance(session.app.screen, HistoryScreen))


async def test_letters_in_one_burst_reach_the_line_and_enter_the_row(desk: OpenDesk) -> None:
    """Most of these letters are keys of the list that had the focus."""
    async with desk() as session:
        await session.ready()
        await session.press("2")
        burst(session, "colon", *"fascg", *["backspace"] * 5, *"history", "enter")
        await session.until(lambda: isinstance(session.app.screen, HistoryScreen))
        await session.press("escape")
        await open_palette(session)
        palette(session).line.insert_text_at_cursor("show the keys")
        palette(session).action_choose()  # nobody has been told of the letters yet
        await session.until(lambda: isinstance(session.app.screen, HelpScreen))
        assert session.snapshot.favourites == ()
        assert ordered(session) == []


async def test_a_click_selects_a_second_one_runs_and_the_cursor_stays_where_it_was_put(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await open_palette(session)
        rows = rows_of(session)
        await session.press("down", "down", "up", "pagedown")
        assert rows.cursor_index == rows.size.height
        await session.press("pageup")
        assert rows.cursor_index == 1
        await session.pilot.click(GuidedList, offset=(5, 2))
        assert rows.cursor_index == 2 + rows.scroll_offset.y
        assert session.app.focused is palette(session).line
        key = rows.cursor_key
        session.door.submit(Find("something else"))  # the engine says something new
        await session.until(lambda: session.snapshot.found.text == "something else")
        await session.until(lambda: palette(session)._shown[-1] == session.snapshot.found)
        assert rows.cursor_key == key
        await session.press(*"go")
        assert rows.cursor_index == 0
        at = found(session).index("services – go to the services")
        await session.pilot.click(GuidedList, offset=(5, at), times=2)
        await session.until(lambda: session.app.screen is session.app.main)
        await session.until(lambda: session.app.main.place == "services")


async def test_a_category_that_was_never_opened_is_offered_where_its_services_would_match(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await open_palette(session, "telegram germany")
        await session.until(lambda: found(session)[:1] == ["Telegram – category"])
        await session.until(lambda: "Nothing matches all of it." in session.words())
        await enter(session)
        await session.until(lambda: session.snapshot.listing.category_id == category_named(session, "Telegram"))
        await open_palette(session, "telegram germany")
        await session.until(lambda: "Almanya" in found(session)[0])


async def test_it_says_that_no_service_is_known_yet(desk: OpenDesk) -> None:
    async with desk(faults=("getServices:refuse@1-99",)) as session:
        await session.until(lambda: session.snapshot.categories)
        await open_palette(session)
        assert "no services known yet" in session.screen_text()


async def test_a_service_that_comes_later_is_waited_for_but_not_by_who_goes_elsewhere(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        row = session.site._site.catalogue.services(category_named(session, "Discord"))[7]
        session.site.set_latency(0.2)
        session.app.main.show_service(row.category_id, row.id)
        assert session.rows("services").cursor_key != row.id
        await session.until(lambda: session.rows("services").cursor_key == row.id)

        row = session.site._site.catalogue.services(category_named(session, "Telegram"))[7]
        session.app.main.show_service(row.category_id, row.id)
        await session.press("1")
        session.rows("tree").move_to_key(FAVOURITES)
        await session.press("enter")
        await session.until(lambda: session.snapshot.listing.category_id is None)
        await look_at(session, row.category_id)
        await session.until(lambda: row.id in [one.key for one in session.rows("services").rows])
        assert session.rows("services").cursor_key != row.id


async def test_a_filter_does_not_hide_what_was_chosen(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        google, service = session.snapshot.categories[0], session.snapshot.listing.services[5]
        await session.press("1", "slash", *"dis", "enter", "2", "slash", *"xyz", "enter")
        assert session.rows("services").rows == ()
        await session.press("3")
        session.app.main.show_service(google.id, service.id)
        await session.until(lambda: session.rows("services").cursor_key == service.id)
        assert session.app.main.place == "services"
        assert session.rows("services").has_focus
        assert session.rows("tree").cursor_key == category_key(google.id)


async def test_it_speaks_the_persons_language(desk: OpenDesk) -> None:
    async with desk(language="tr", size=(80, 24)) as session:
        await session.ready()
        await open_palette(session, "geçmiş")
        assert found(session)[0] == "geçmiş – bütün siparişler ve tutarları"
        burst(session, *"xy")
        await session.until(lambda: found(session) == [])
        await session.until(lambda: "Eşleşen bir şey yok." in session.words())
        assert "393 servis" in session.words()


@pytest.mark.parametrize("screen", ["l", "H"])
async def test_what_is_said_after_a_jump_from_a_list_stands_on_the_main_screen(desk: OpenDesk, screen: str) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.press(screen, ":", *"google", "enter", "s")
        await session.until(lambda: session.app.screen is session.app.main and "Sorted by" in session.message)
        assert session.app.failure is None
