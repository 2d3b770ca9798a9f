"""A remark of the start stays on the message line until a key is pressed, and gives way to what matters more."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from snum_tui.domain.sentence import say
from snum_tui.engine.commands import READ_ONLY, PlaceOrder, Remark
from snum_tui.engine.snapshot import Event, News, Weight
from snum_tui.ui.newest_event import NewestEvent
from tests.ui.session import OpenDesk

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def event(serial: int, weight: Weight = Weight.INFO, news: News | None = None, *, until_key: bool = False) -> Event:
    return Event(serial, NOON, weight, say("event"), news, until_key)


REMARK = event(1, Weight.WARNING, until_key=True)


def test_what_comes_by_itself_does_not_cover_a_remark_that_nobody_read() -> None:
    newest, later = NewestEvent(), event(2, Weight.GOOD)
    assert newest.choose((REMARK,)) is REMARK
    assert newest.choose((REMARK, later)) is None
    newest.person_is_here()
    assert newest.choose((REMARK, later)) is later


def test_a_key_from_before_a_remark_was_shown_has_not_read_it() -> None:
    newest = NewestEvent()
    newest.person_is_here()
    assert newest.choose((REMARK, event(2))) is REMARK


@pytest.mark.parametrize("more", [event(2, Weight.ALARM), event(2, Weight.GOOD, News.CODE)])
def test_an_alarm_and_what_calls_a_person_back_stand_over_a_remark_and_later_news_over_those(more: Event) -> None:
    newest, last = NewestEvent(), event(3, Weight.GOOD)
    assert newest.choose((REMARK, more)) is more
    assert newest.choose((REMARK, more, last)) is last


def test_without_a_remark_the_newest_counts_and_is_told_once_more_after_the_line_was_cleared() -> None:
    newest, events = NewestEvent(), (event(1, Weight.ALARM), event(2))
    assert newest.choose(()) is None
    assert newest.choose(events) is events[1]
    assert newest.choose(events) is None
    newest.forget()
    assert newest.choose(events) is events[1]


async def test_a_remark_stands_on_the_main_screen_until_a_key_is_pressed_there(desk: OpenDesk) -> None:
    async with desk(read_only=True) as session:
        await session.ready()
        engine = session.app.desk.engine
        engine.submit(Remark(say("Something in config.toml does nothing.")))
        await session.until(lambda: "does nothing" in session.message)
        engine.submit(PlaceOrder("1", "Google", "1", "Google", Decimal(1)))
        await session.until(lambda: session.snapshot.events[-1].sentence == READ_ONLY)
        session.app.main.paint()
        assert "does nothing" in session.message
        await session.press("tab")
        await session.until(lambda: "does nothing" not in session.message)
        assert "read-only" in session.message
