"""A price that rises between the yes and the order: asked again, by a question that no stray key agrees to."""

import asyncio
from decimal import Decimal

import pytest

from snum_tui.domain.policy import SiteRules
from snum_tui.engine.commands import PlaceOrder
from snum_tui.ui.dialogs.help import HelpScreen
from snum_tui.ui.dialogs.question import UNASKED_SECONDS, Question
from snum_tui.ui.screens.unknown import UnknownScreen
from snum_tui.ui.widgets.filter_line import FilterLine
from tests.ui.session import OpenDesk, Session


async def agree_to_the_old_price(session: Session, price: str = "9.50") -> str:
    """Agree to an order whose price has risen since the row was read; return the service's id."""
    await session.ready()
    service = session.snapshot.listing.services[0]
    await session.press("2", "enter")
    session.site.set_price(service.id, price)
    await agree(session)
    return service.id


async def agree(session: Session) -> None:
    """Say yes to a question that was asked for; what opens after it may come at once."""
    await asyncio.sleep(0.31)  # the question's own deaf time is what is waited for
    await session.press("y")


async def the_question(session: Session, price: str = "₺9.50") -> Question:
    """Wait for the question that opens by itself, and return it once a person has seen it."""
    await session.until(lambda: "The price rose" in session.screen_text() and price in session.screen_text())
    await asyncio.sleep(UNASKED_SECONDS + 0.05)  # the question's own sleep is what is waited for
    question = session.app.screen
    assert isinstance(question, Question)
    return question


def orders_agreed_to(session: Session) -> list[Decimal]:
    return [one.price for one in session.door.submitted if isinstance(one, PlaceOrder)]


async def test_a_price_that_rose_is_asked_about_with_both_prices_and_yes_orders_once(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await agree_to_the_old_price(session)
        await the_question(session)
        for fact in (
            "You agreed to ₺3.02",
            "Price now ₺9.50",
            "₺100.00, then ₺90.50",
            "within 10 minutes",
            "Stock",
        ):
            assert fact in session.words()
        assert session.site.requests["getNumber"] == 0
        await session.press("y")
        await session.until(lambda: session.snapshot.orders and session.snapshot.orders[0].state == "waiting")
        assert orders_agreed_to(session) == [Decimal("3.02"), Decimal("9.50")]
        assert session.snapshot.orders[0].price == Decimal("9.50")
        assert session.site.requests["getNumber"] == 1


@pytest.mark.parametrize("keys", [("enter",), ("n",), ("escape",), ("right", "left", "enter")])
async def test_enter_declines_and_nothing_is_sent(desk: OpenDesk, keys: tuple[str, ...]) -> None:
    async with desk() as session:
        await agree_to_the_old_price(session)
        await the_question(session)
        await session.press(*keys[:-1])
        await asyncio.sleep(0.31)  # the deaf time after the key before
        await session.press(keys[-1])
        await session.until(lambda: session.app.screen is session.app.main)
        assert len(orders_agreed_to(session)) == 1
        assert session.site.requests["getNumber"] == 0


async def test_keys_on_their_way_to_the_list_neither_answer_nor_mark(desk: OpenDesk) -> None:
    """Whoever goes on working when it opens agrees to nothing, marks nothing, and does not close it unseen."""
    async with desk() as session:
        await agree_to_the_old_price(session)
        await session.until(lambda: isinstance(session.app.screen, Question))
        for key in ("y", "tab", "enter", "y", "n", "escape", "right", "enter", "y"):
            await session.pilot.press(key)
            await asyncio.sleep(0.15)
        await asyncio.sleep(0.3)  # an Enter that counted would answer after staying alone for a quarter of a second
        await session.pilot.pause()
        question = session.app.screen
        assert isinstance(question, Question)
        assert not question._choices.agreeing
        assert len(orders_agreed_to(session)) == 1
        await the_question(session)
        await session.press("y")
        await session.until(lambda: session.site.requests["getNumber"] == 1)


async def test_a_price_that_rises_again_is_asked_about_again(desk: OpenDesk) -> None:
    async with desk() as session:
        service = await agree_to_the_old_price(session)
        await the_question(session)
        session.site.set_price(service, "9.75")
        await session.press("y")
        await the_question(session, "₺9.75")
        assert "You agreed to ₺9.50" in session.words()
        assert session.site.requests["getNumber"] == 0
        await session.press("y")
        await session.until(lambda: session.snapshot.orders and session.snapshot.orders[0].state == "waiting")
        assert session.snapshot.orders[0].price == Decimal("9.75")
        assert session.site.requests["getNumber"] == 1


async def test_a_rise_is_asked_about_once_whatever_the_language(desk: OpenDesk) -> None:
    async with desk() as session:
        await agree_to_the_old_price(session)
        await the_question(session)
        await session.press("n")
        for _ in range(2):
            await session.press("L")
            await session.until(lambda: session.app.screen is session.app.main)
        await session.press("r")
        await session.until(lambda: "being read again" in session.message)
        assert session.app.screen is session.app.main


async def test_it_opens_over_no_other_dialog(desk: OpenDesk) -> None:
    """Then it is told, and Enter on the row asks with the price of now."""
    async with desk() as session:
        session.site.set_latency(0.3)
        await agree_to_the_old_price(session)
        await session.press("question_mark")
        assert isinstance(session.app.screen, HelpScreen)
        await session.until(lambda: session.snapshot.price_rise is not None)
        session.site.set_latency(0)
        await session.until(lambda: "costs ₺9.50 now. Enter on its row" in session.message)
        assert isinstance(session.app.screen, HelpScreen)
        await session.press("escape")
        assert session.app.screen is session.app.main
        await session.press("2", "enter")
        assert "Price ₺9.50" in session.words()
        assert session.site.requests["getNumber"] == 0


async def test_it_does_not_take_the_letters_of_a_filter(desk: OpenDesk) -> None:
    async with desk() as session:
        session.site.set_latency(0.3)
        await agree_to_the_old_price(session)
        await session.press("slash", "r")
        await session.until(lambda: "Enter on its row" in session.message)
        await session.press("u", "s", "y")
        assert isinstance(session.app.focused, FilterLine)
        assert session.app.focused.value == "rusy"


async def test_it_opens_over_the_unknown_orders_from_where_one_orders_again(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        session.site.add_fault("getNumber:drop-reply@1")
        order = await session.order()
        await session.press("u", "o")
        session.site.set_price(order.service_id, "9.50")
        await agree(session)
        await the_question(session)
        assert "is still unknown; this would be another one" in session.words()
        await session.press("enter")
        await session.until(lambda: isinstance(session.app.screen, UnknownScreen))
        assert session.site.requests["getNumber"] == 1


async def test_a_service_that_is_sold_out_by_then_is_not_asked_about(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        service = session.snapshot.listing.services[0]
        await session.press("2", "enter")
        session.site.set_price(service.id, "9.50")
        session.site.set_stock(service.id, 0)
        await session.agree()
        await session.until(lambda: "out of stock" in session.message)
        assert session.app.screen is session.app.main


async def test_an_order_that_would_pass_the_limit_says_so_before_the_yes(desk: OpenDesk) -> None:
    rules = SiteRules(day_limit=Decimal(5))
    async with desk(size=(80, 24), rules=rules) as session:
        await session.ready()
        await session.press("2", "enter")
        assert "would be too much" not in session.words()
        await session.press("n")
        await session.order()
        await session.until(lambda: "today ₺3.02 of ₺5.00" in session.screen_text().splitlines()[0])
        await session.press("2", "enter")
        assert "₺3.02 of ₺5.00 are spent today: this order would be too much" in session.words()
        await session.agree()
        await session.until(lambda: "your limit of ₺5.00 a day" in session.message)
        assert session.site.requests["getNumber"] == 1
