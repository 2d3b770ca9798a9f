"""A site that counts as down: what is said instead of a question, and which sentences are no longer true."""

import pytest

from snum_tui.engine.commands import Refresh
from snum_tui.engine.snapshot import Link
from tests.ui.session import OpenDesk, Session

REFUSED = "Nothing was ordered: The site does not answer. It is tried again by itself; open numbers are kept."


async def go_down(session: Session) -> None:
    session.site.add_fault("*:500-before")
    session.door.submit(Refresh())
    await session.until(lambda: session.snapshot.down is not None)


async def come_back(session: Session) -> None:
    session.site.clear_faults()
    session.door.submit(Refresh())
    await session.until(lambda: session.snapshot.link is Link.UP)


async def test_an_order_is_refused_at_once_while_the_site_is_down_and_a_cancel_is_asked_about(
    desk: OpenDesk,
) -> None:
    async with desk() as session:
        await session.ready()
        await session.order(0)
        await go_down(session)
        await session.press("2", "down", "enter")
        assert session.app.screen is session.app.main, "there is nothing to agree to"
        await session.until(lambda: REFUSED in session.message)
        cancels = session.site.requests["cancelNumber"]
        await session.press("3", "c")
        await session.agree()
        await session.until(lambda: session.site.requests["cancelNumber"] > cancels)
        await come_back(session)
        await session.press("2", "enter")
        assert session.app.screen is not session.app.main
        await session.press("n")


async def test_a_question_that_was_open_when_the_site_went_down_is_refused_at_its_answer(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("2", "enter")
        await go_down(session)
        await session.agree()
        await session.until(lambda: REFUSED in session.message)
        assert session.site.requests["getNumber"] == 0


@pytest.mark.parametrize("newer", ["", "Sorted by name."])
async def test_that_the_site_answers_again_is_not_said_while_it_is_down_again(desk: OpenDesk, newer: str) -> None:
    async with desk() as session:
        await session.ready()
        await go_down(session)
        await come_back(session)
        await session.until(lambda: "The site answers again." in session.message)
        if newer:
            await session.press("2", "s")
        told = len(session.snapshot.events)
        await go_down(session)
        await session.until(lambda: session.message == newer)
        await session.press("L", "L")
        assert "answers again" not in session.message, "nor in another language"
        assert len(session.snapshot.events) == told, "a relapse is told by the link's own word"


async def test_what_is_no_longer_so_does_not_come_back_from_under_the_answer_to_a_key(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await go_down(session)
        await come_back(session)
        await session.until(lambda: "The site answers again." in session.message)
        await session.press("x")
        await go_down(session)
        session.app.main.paint()
        assert "works in the unknown orders" in session.message
        await session.press("down")
        assert session.message == ""
