"""Unknown orders: shown with their evidence, and settled by the person alone."""

from decimal import Decimal

import pytest
from textual.events import Key

from snum_tui.domain.orders import Order
from snum_tui.engine.commands import Refresh
from snum_tui.ui.dialogs.prompt import Prompt
from snum_tui.ui.dialogs.question import Question
from snum_tui.ui.screens.unknown import UnknownScreen
from tests.ui.session import OpenDesk, Session, clipboard, presses


async def an_unknown_order(session: Session) -> Order:
    """Lose the reply to an order, and open the screen of unknown orders."""
    await session.ready()
    session.site.add_fault("getNumber:drop-reply@1")
    order = await session.order()
    assert order.state == "unknown"
    await session.until(lambda: session.snapshot.orders[0].balance_after is not None)
    await session.press("u")
    await session.until(lambda: isinstance(session.app.screen, UnknownScreen))
    return session.snapshot.orders[0]


@presses("unknown")
async def test_unknown_orders_are_counted_in_the_frame_and_shown_with_their_evidence(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.press("u")
        assert "no unknown orders" in session.message
        session.site.add_fault("getNumber:drop-reply@1")
        await session.order()
        await session.until(lambda: "1 unknown (u)" in session.screen_text().splitlines()[0])
        await session.press("u")
        await session.until(lambda: "₺96.98" in session.screen_text())
        for evidence in ("Google · Rusya⁶ (+7)", "₺3.02", "₺100.00", "was lost before the whole reply came"):
            assert evidence in session.words()
        assert session.site.requests["getNumber"] == 1


@presses("check_balance")
async def test_the_balance_is_read_again_and_says_what_it_looks_like(desk: OpenDesk) -> None:
    async with desk() as session:
        await an_unknown_order(session)
        before = session.site.requests["getBalance"]
        await session.press("b")
        await session.until(lambda: "most likely charged" in session.screen_text())
        assert session.site.requests["getBalance"] == before + 1


@presses("copy_report")
async def test_the_text_for_the_support_has_the_facts_and_never_the_key(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk() as session:
        written: list[str] = []
        monkeypatch.setattr(session.app._driver, "write", written.append)
        order = await an_unknown_order(session)
        await session.press("y")
        text = clipboard(written)
        for fact in (order.site, order.service_id, "2026-03-14 12:00:00 UTC", "₺3.02", "₺100.00", "₺96.98"):
            assert fact in text
        assert session.site.key not in text


@presses("adopt")
async def test_a_number_id_typed_in_is_asked_for_its_code(desk: OpenDesk) -> None:
    async with desk() as session:
        order = await an_unknown_order(session)
        [truth] = session.site.orders
        session.site.deliver(truth.number_id, "135790")
        await session.press("i")
        assert isinstance(session.app.screen, Prompt)
        await session.press(*truth.number_id, "enter")
        await session.until(lambda: session.snapshot.orders[0].state == "received")
        received = session.snapshot.orders[0]
        assert (received.id, received.number_id, received.message) == (order.id, truth.number_id, "135790")


async def test_a_mistyped_number_id_leaves_the_order_open_for_the_right_one(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await an_unknown_order(session)
        number_id = session.site.orders[0].number_id
        await session.press("i", *f"9{number_id}", "enter")
        await session.until(lambda: "so it was not taken" in session.words())
        assert isinstance(session.app.screen, UnknownScreen)
        assert session.snapshot.orders[0].state == "unknown"
        await session.press("i", *number_id, "enter")
        await session.until(lambda: session.snapshot.orders[0].state == "waiting")


async def test_what_a_key_said_stays_until_there_is_news(desk: OpenDesk) -> None:
    """Every balance that is read repaints the screen."""
    async with desk() as session:
        await an_unknown_order(session)
        await session.press("y")
        assert "was sent to the terminal's clipboard" in session.screen_text()
        asked = session.site.requests["getBalance"]
        session.door.submit(Refresh())
        await session.until(lambda: session.site.requests["getBalance"] > asked)
        session.app.screen.repaint()
        await session.pilot.pause()
        assert "was sent to the terminal's clipboard" in session.screen_text()


async def test_a_number_id_of_another_order_is_not_taken(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        first = await session.order(1)
        session.site.add_fault("getNumber:drop-reply@1")
        await session.order()
        await session.press("u")
        await session.press("i", *str(first.number_id), "enter")
        await session.until(lambda: "belongs to another order" in session.screen_text())
        assert session.snapshot.orders[0].state == "unknown"


@pytest.mark.parametrize("typed", [("full_stop", "full_stop"), ("7", "slash", "1"), ("7", "minus")])
async def test_what_cannot_be_an_id_is_not_taken(desk: OpenDesk, typed: tuple[str, ...]) -> None:
    async with desk() as session:
        await an_unknown_order(session)
        await session.press("i", *typed, "enter")
        await session.until(lambda: "cannot be a number id" in session.screen_text())
        assert session.snapshot.orders[0].state == "unknown"


@presses("write_off", "void")
@pytest.mark.parametrize(
    ("key", "state", "spent"), [("l", "written_off", Decimal("3.02")), ("x", "void", Decimal(0))]
)
async def test_the_person_settles_it_as_charged_or_not(
    desk: OpenDesk, key: str, state: str, spent: Decimal
) -> None:
    async with desk() as session:
        await an_unknown_order(session)
        await session.press(key)
        await session.press(*"asked", "enter")
        await session.until(lambda: session.snapshot.orders[0].state == state)
        assert session.snapshot.spent_today == spent
        assert session.snapshot.unknown_orders == ()
        note = session.snapshot.orders[0].note
        assert note is not None
        assert session.app.desk.render(note) == "Settled by you: asked"
        await session.press("escape")
        await session.until(lambda: "unknown" not in session.screen_text().splitlines()[0])


async def test_a_key_right_behind_the_one_that_shows_them_is_about_the_first(desk: OpenDesk) -> None:
    """As over a bad line, which brings both at once."""
    async with desk() as session:
        await an_unknown_order(session)
        await session.press("escape")
        for key in ("u", "x"):
            session.app.post_message(Key(key, key))
        await session.until(lambda: isinstance(session.app.screen, Prompt))


async def test_escape_settles_nothing(desk: OpenDesk) -> None:
    async with desk() as session:
        await an_unknown_order(session)
        await session.press("x", "escape")
        assert isinstance(session.app.screen, UnknownScreen)
        assert session.snapshot.orders[0].state == "unknown"


@presses("order_again")
async def test_ordering_again_names_the_open_question_and_asks(desk: OpenDesk) -> None:
    async with desk() as session:
        await an_unknown_order(session)
        await session.press("o")
        assert isinstance(session.app.screen, Question)
        assert "is still unknown; this would be another one" in session.words()
        assert session.site.requests["getNumber"] == 1
        await session.press("n")
        assert session.site.requests["getNumber"] == 1


async def test_the_other_language_is_no_news_where_nothing_has_happened_since_the_start(desk: OpenDesk) -> None:
    """As with an order that the program before left unknown."""
    async with desk() as session:
        await session.ready()
        assert not session.snapshot.events
        await session.app.push_screen(UnknownScreen(session.app.desk))
        await session.press("c", "L")
        assert "Belirsiz siparişler" in session.words()
        assert "works on" not in session.words()
