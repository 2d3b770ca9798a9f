"""What the screen says of a cancel: before it, that the site may refuse yet; after it, what came back."""

from decimal import Decimal

import pytest

from snum_tui.domain.policy import SiteRules
from tests.ui.session import OpenDesk, Session

EARLY = "The site may refuse"


async def test_the_question_says_that_the_site_may_refuse_yet_and_the_key_works_anyway(
    desk: OpenDesk,
) -> None:
    async with desk(size=(80, 24), earliest_cancel_seconds=150.0) as session:
        await session.ready()
        order = await session.order()
        session.clock.advance(61)
        await session.press("c")
        assert "The site may refuse before 2:30; that is in 1:29." in session.words()
        await session.agree()
        await session.until(lambda: "Henüz iptal edilemez" in session.message)
        session.clock.advance(90)
        await session.press("c")
        assert EARLY not in session.words()
        await session.agree()
        await session.until(lambda: session.snapshot.orders[0].state == "cancelled")
        assert session.snapshot.orders[0].id == order.id


@pytest.mark.parametrize(
    ("rules", "seconds"), [(SiteRules(earliest_cancel_seconds=0), 0), (SiteRules(refund_seconds=60), 200)]
)
async def test_nothing_is_said_of_early_where_it_is_not(desk: OpenDesk, rules: SiteRules, seconds: int) -> None:
    """Switched off; and past the time, on a site whose refund window is shorter than that."""
    async with desk(rules=rules) as session:
        await session.ready()
        await session.order()
        session.clock.advance(seconds)
        await session.press("c")
        assert EARLY not in session.words()


async def cancelled(session: Session, *, after_seconds: float) -> None:
    """Order a number, and cancel it some time later."""
    before = session.site.requests["cancelNumber"]
    await session.ready()
    await session.order()
    await session.until(lambda: session.snapshot.orders[0].balance_after is not None)
    session.clock.advance(after_seconds)
    await session.press("c")
    await session.agree()
    await session.until(lambda: session.site.requests["cancelNumber"] > before)
    await session.until(lambda: session.snapshot.orders[0].refunded is not None)


@pytest.mark.parametrize(
    ("after_seconds", "word", "spent"), [(200, "refunded", Decimal(0)), (700, "not refunded", Decimal("3.02"))]
)
async def test_history_and_number_say_whether_the_price_came_back(
    desk: OpenDesk, after_seconds: float, word: str, spent: Decimal
) -> None:
    async with desk(size=(100, 24)) as session:
        await cancelled(session, after_seconds=after_seconds)
        await session.press("H")
        row = next(line for line in session.screen_text().splitlines() if "Rusya⁶" in line)
        assert f" cancelled, {word} " in row
        assert f"₺{spent:.2f} spent" in session.screen_text().splitlines()[0]
        await session.press("enter")
        assert f"State cancelled, {word} What happened" in session.words()
        assert f"Spent ₺{spent:.2f}" in session.words()


async def test_a_narrow_history_says_it_in_fewer_words(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await cancelled(session, after_seconds=700)
        await session.press("H")
        row = next(line for line in session.screen_text().splitlines() if "Rusya⁶" in line)
        assert "  not refunded  " in row
