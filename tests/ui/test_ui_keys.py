"""Every key of the registry, pressed on the real app over a real sandbox."""

import asyncio
import re
from decimal import Decimal
from pathlib import Path

import pytest
from textual.events import Key

from snum_tui.engine.commands import PlaceOrder, Refresh
from snum_tui.ui.actions import ACTIONS
from snum_tui.ui.dialogs.help import HelpScreen
from snum_tui.ui.dialogs.number import NumberScreen
from snum_tui.ui.dialogs.question import Question
from snum_tui.ui.screens.history import HistoryScreen
from snum_tui.ui.tables.tree import FAVOURITES
from tests.ui.session import OpenDesk, clipboard, presses


def test_every_action_of_the_registry_is_pressed_by_a_test() -> None:
    """Each test names the actions whose keys it presses."""
    named: set[str] = set()
    for path in Path(__file__).parent.glob("test_ui_*.py"):
        for call in re.findall(r"^@presses\(([^)]*)\)", path.read_text(encoding="utf-8"), re.MULTILINE):
            named.update(re.findall(r'"([\w.]+)"', call))
    assert [one.binding_id for one in ACTIONS if not {one.id, one.binding_id} & named] == []


@presses("cursor_up", "cursor_down", "page_up", "page_down", "first", "last")
async def test_the_cursor_moves_by_arrows_and_letters(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2")
        rows = session.rows("services")
        for keys, place in [
            (["down", "j", "down"], 3),
            (["up", "k"], 1),
            (["pagedown"], rows.size.height),
            (["pageup"], 1),
            (["G"], len(rows.rows) - 1),
            (["g"], 0),
            (["end"], len(rows.rows) - 1),
            (["home"], 0),
            (["up"], 0),
        ]:
            await session.press(*keys)
            assert rows.cursor_index == place, keys


@presses("go_tree", "go_services", "go_numbers", "go_next", "go_previous")
async def test_digits_and_tab_go_to_the_panes(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        for key, place in [
            ("2", "services"),
            ("3", "numbers"),
            ("1", "tree"),
            ("tab", "services"),
            ("tab", "numbers"),
        ]:
            await session.press(key)
            assert session.app.main.place == place
        for key, place in [("tab", "tree"), ("shift+tab", "numbers"), ("shift+tab", "services")]:
            await session.press(key)
            assert session.app.main.place == place


@presses("open")
async def test_resting_on_a_category_shows_it_and_enter_goes_there(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        assert session.app.main.place == "tree"
        await session.press("down")
        second = session.snapshot.categories[1]
        await session.until(lambda: session.snapshot.listing.category_id == second.id)
        assert session.app.main.place == "tree"
        await session.press("enter")
        assert session.app.main.place == "services"


async def test_running_past_categories_asks_the_site_for_the_last_one_only(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        asked = session.site.requests["getServices"]
        for _ in range(12):
            session.rows("tree").action_cursor_down()
        last = session.snapshot.categories[12]
        await session.until(lambda: session.snapshot.listing.category_id == last.id)
        assert session.site.requests["getServices"] == asked + 1


@presses("order")
@pytest.mark.parametrize("key", ["enter", "o"])
async def test_an_order_is_asked_for_with_price_balance_and_refund_rule(desk: OpenDesk, key: str) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2", key)
        assert isinstance(session.app.screen, Question)
        text = session.screen_text()
        service = session.snapshot.listing.services[0]
        price = session.snapshot.quotes[service.id].quote.price
        for fact in (service.name, f"₺{price:.2f}", "₺100.00", f"₺{100 - price:.2f}", "within 10 minutes"):
            assert fact in text
        assert session.site.requests["getNumber"] == 0
        await session.agree()
        await session.until(lambda: session.snapshot.orders and session.snapshot.orders[0].number)
        await session.until(lambda: session.snapshot.orders[0].number in session.screen_text())
        assert session.site.requests["getNumber"] == 1
        await session.until(lambda: session.snapshot.balance == 100 - price)


@pytest.mark.parametrize("key", ["n", "escape"])
async def test_a_declined_order_sends_nothing(desk: OpenDesk, key: str) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2", "enter")
        await session.press(key)
        assert session.app.screen is session.app.main
        assert not [one for one in session.door.submitted if isinstance(one, PlaceOrder)]


async def test_enter_on_the_other_answer_declines(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2", "enter")
        await asyncio.sleep(0.31)  # the deaf time
        await session.press("right", "enter")
        await session.until(lambda: session.app.screen is session.app.main)
        assert not [one for one in session.door.submitted if isinstance(one, PlaceOrder)]


async def test_a_held_key_never_agrees(desk: OpenDesk) -> None:
    """A held Enter opens the question and goes on repeating, well past the deaf time."""
    async with desk() as session:
        await session.ready()
        await session.press("2", "enter")
        question = session.app.screen
        for _ in range(25):
            await session.pilot.press("enter")
            await asyncio.sleep(0.03)
        assert session.app.screen is question
        assert not [one for one in session.door.submitted if isinstance(one, PlaceOrder)]


async def test_a_held_key_that_starts_to_repeat_late_never_agrees(desk: OpenDesk) -> None:
    """Keyboards repeat first after half a second, which is longer than the deaf time."""
    async with desk() as session:
        await session.ready()
        await session.press("2", "enter")
        question = session.app.screen
        await asyncio.sleep(0.5)
        for _ in range(10):
            question.post_message(Key("enter", None))
            await asyncio.sleep(0.03)
        await session.pilot.pause()
        assert session.app.screen is question
        assert not [one for one in session.door.submitted if isinstance(one, PlaceOrder)]


async def test_a_service_out_of_stock_is_not_asked_about(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        session.site.set_stock(session.snapshot.listing.services[0].id, 0)
        await session.press("r")
        first = session.snapshot.listing.services[0].id
        await session.until(lambda: session.snapshot.quotes[first].quote.stock == 0)
        await session.press("2", "enter")
        assert session.app.screen is session.app.main
        assert "out of stock" in session.message


@presses("cancel")
async def test_cancel_asks_then_brings_the_balance_back(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        order = await session.order()
        await session.press("c")
        assert isinstance(session.app.screen, Question)
        assert order.number in session.screen_text()
        await session.agree()
        await session.until(lambda: session.snapshot.orders[0].state == "cancelled")
        await session.until(lambda: session.snapshot.balance == Decimal(100))
        await session.until(lambda: "refunded" in session.message)
        assert session.site.requests["cancelNumber"] == 1


async def test_cancel_without_a_live_number_says_why_not(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("c")
        assert "no number to cancel" in session.message
        order = await session.order()
        session.site.deliver(order.number_id, "246810")
        await session.until(lambda: "246810" in session.message)
        await session.press("c")
        assert session.app.screen is session.app.main
        assert "can no longer be cancelled" in session.message


@presses("auto_cancel")
async def test_auto_cancel_is_armed_shown_and_taken_back(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("a")
        assert "Only a waiting number" in session.message
        await session.order()
        await session.press("a")
        await session.until(lambda: session.rows("numbers").rows[0].cells[1].text == "wait·auto")
        await session.press("a")
        await session.until(lambda: session.rows("numbers").rows[0].cells[1].text == "waiting")
        assert "no longer cancelled by itself" in session.message


@presses("copy")
async def test_copy_sends_the_number_then_the_code_to_the_clipboard(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk() as session:
        written: list[str] = []
        monkeypatch.setattr(session.app._driver, "write", written.append)
        await session.ready()
        await session.press("y")
        assert "nothing to copy" in session.message
        order = await session.order()
        await session.press("y")
        assert clipboard(written) == order.number
        session.site.deliver(order.number_id, "Your code is 246810. Do not share it.")
        await session.until(lambda: "246810" in session.message)
        await session.press("y")
        assert clipboard(written) == "246810"
        assert "sent to the terminal's clipboard" in session.message


@presses("filter")
async def test_filter_narrows_while_typing_and_escape_shows_all_again(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        every = len(session.rows("services").rows)
        await session.press("2", "slash", *"ALMANYA")
        names = [row.cells[3].text for row in session.rows("services").rows]
        assert names
        assert all("Almanya" in name for name in names)
        await session.press("enter")
        assert session.rows("services").has_focus
        assert len(session.rows("services").rows) == len(names)
        await session.press("escape")
        assert len(session.rows("services").rows) == every


async def test_letters_typed_in_one_burst_all_reach_the_filter(desk: OpenDesk) -> None:
    """Over a bad line keys arrive together."""
    async with desk() as session:
        await session.ready()
        for key in ("slash", *"tele"):
            session.app.post_message(Key(key, "/" if key == "slash" else key))
        await session.until(lambda: session.pane("tree").wanted == "tele")
        assert session.rows("tree").rows
        assert all("tele" in row.cells[0].text.lower() for row in session.rows("tree").rows)


async def test_the_filter_of_the_services_knows_the_turkish_letters(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2", "slash", *"italya")
        assert all("İtalya" in row.cells[3].text for row in session.rows("services").rows)
        assert session.rows("services").rows


@presses("sort")
async def test_sort_goes_through_the_orders_and_keeps_the_cursor_on_its_service(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2", "down", "down")
        rows = session.rows("services")
        key = rows.cursor_key
        await session.press("s")
        names = [row.cells[3].text for row in rows.rows]
        assert rows.cursor_key == key
        assert names != [service.name for service in session.snapshot.listing.services]
        await session.press("s")

        def prices() -> list[Decimal]:
            quotes = session.snapshot.quotes
            return [quotes[row.key].quote.price for row in rows.rows if row.key in quotes]

        await session.until(lambda: prices() == sorted(prices()))  # rows that come into view bring new prices
        assert rows.cursor_key == key
        await session.press("s", "s", "s")
        assert [row.key for row in rows.rows] == [service.id for service in session.snapshot.listing.services]


@presses("favourite")
async def test_a_favourite_stands_in_its_own_list(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2", "f")
        service = session.snapshot.listing.services[0]
        await session.until(lambda: session.snapshot.favourites)
        await session.until(lambda: session.rows("services").rows[0].cells[3].text.startswith("★"))
        await session.press("1")
        session.rows("tree").move_to_key(FAVOURITES)
        await session.press("enter")
        await session.until(lambda: [row.key for row in session.rows("services").rows] == [service.id])
        await session.press("f")
        await session.until(lambda: "No favourites yet" in session.screen_text())


async def test_what_was_ordered_stands_among_the_recent_and_can_be_ordered_again(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        first = await session.order()
        await session.press("1")
        session.rows("tree").move_to(1)
        await session.press("enter")
        await session.until(lambda: [row.key for row in session.rows("services").rows] == [first.service_id])
        again = await session.order()
        assert (again.service_id, again.category) == (first.service_id, first.category)


@presses("detail")
async def test_enter_on_a_number_shows_the_whole_message(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        order = await session.order()
        sms = "Your verification code is 135790. It is valid for ten minutes. Never give it to anybody else."
        session.site.deliver(order.number_id, sms)
        await session.until(lambda: session.snapshot.orders[0].message)
        await session.press("3", "enter")
        assert isinstance(session.app.screen, NumberScreen)
        shown = " ".join(session.screen_text().replace("│", " ").split())
        assert "It is valid for ten minutes." in shown
        assert "anybody else" in shown
        await session.press("escape")
        assert session.app.screen is session.app.main


@presses("refresh")
async def test_refresh_reads_everything_that_is_shown_again(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        before = session.site.requests
        await session.press("r")
        assert Refresh() in session.door.submitted
        shown = len(session.rows("services").visible_keys)
        for call, more in [
            ("getBalance", 1),
            ("getCategories", 1),
            ("getServices", 1),
            ("getServiceDetails", shown),
        ]:
            await session.until(lambda call=call, more=more: session.site.requests[call] >= before[call] + more)


@presses("history")
async def test_history_lists_every_order_with_what_it_cost(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        order = await session.order()
        await session.press("H")
        assert isinstance(session.app.screen, HistoryScreen)
        await session.until(lambda: order.service in session.screen_text())
        assert f"₺{order.price:.2f} spent" in session.screen_text()
        await session.press("enter")
        assert isinstance(session.app.screen, NumberScreen)
        await session.press("escape", "escape")
        assert session.app.screen is session.app.main


@presses("language")
async def test_language_switches_everything_at_once(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        assert "Numbers" in session.screen_text()
        await session.press("L")
        text = session.screen_text()
        assert "Numaralar" in text
        assert "100,00 ₺" in text
        assert "Numbers" not in text
        await session.press("L")
        assert "Numbers" in session.screen_text()


async def test_what_is_read_in_a_sheet_is_read_in_the_other_language_with_all_below_it(desk: OpenDesk) -> None:
    """The help names the key as one for everywhere."""
    async with desk() as session:
        await session.ready()
        theme = session.app.theme
        await session.press("H", "question_mark", "T")
        assert session.app.theme != theme
        await session.press("L")
        text = session.screen_text()
        assert "Geçmiş" in text.splitlines()[0]
        assert "─ Tuşlar ─" in text
        assert "Her yerde" in text
        assert "─ Keys ─" not in text
        await session.press("escape")
        assert isinstance(session.app.screen, HistoryScreen)
        assert "Geçmiş" in session.screen_text()
        await session.press("escape")
        assert "Numaralar" in session.screen_text()


async def test_the_help_over_a_question_keeps_the_language_the_question_is_asked_in(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2", "o", "question_mark", "L")
        assert "Keys" in session.screen_text()
        assert session.app.desk.speaker.language == "en"


@presses("help")
@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help_shows_this_panes_keys_first(desk: OpenDesk, key: str) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2", key)
        assert isinstance(session.app.screen, HelpScreen)
        content = " ".join("".join(words for words, _ in session.app.screen.content()).split())
        assert content.startswith("In the services")
        for action in ACTIONS:
            assert action.help in content
        await session.press("escape")
        assert session.app.screen is session.app.main


async def test_control_c_tells_how_to_leave(desk: OpenDesk) -> None:
    async with desk(language="tr") as session:
        await session.ready()
        await session.press("ctrl+c")
        assert session.message == "Çıkmak için q tuşuna basın."


@presses("app.paint_all")
async def test_the_key_that_paints_anew_works_over_a_question_and_answers_nothing(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.press("2", "enter")
        asked = session.app.screen
        session.app._shown._lines[0] = ("not", "so")
        await session.press("ctrl+l")
        assert session.app.screen is asked is not session.app.main
        assert not session.app._shown._lines


@presses("quit")
async def test_quit_leaves_at_once_without_open_numbers(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("q")
        assert session.app._exit


async def test_quit_asks_while_a_number_is_open(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.order()
        await session.press("q")
        assert isinstance(session.app.screen, Question)
        await session.press("n")
        assert not session.app._exit
        await session.press("q")
        await asyncio.sleep(0.31)  # the deaf time
        await session.press("y")
        await session.until(lambda: session.app._exit)
