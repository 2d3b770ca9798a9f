"""A screen that nobody touches wakes up no more often than it has something to say."""

import pytest
from textual.message_pump import MessagePump
from textual.timer import Timer

from tests.ui.session import OpenDesk, Session

WIDE, BESIDE_THE_TREE, NARROW = (120, 40), (80, 24), (58, 24)


def timers(session: Session) -> list[Timer]:
    """Every timer that will wake the screen: of the app, its screens, and all widgets in them."""
    pumps: list[MessagePump] = [session.app]
    for screen in session.app.screen_stack:
        pumps += [screen, *screen.query("*")]
    every = [timer for pump in pumps for timer in pump._timers]
    return [one for one in every if one._task is not None and not one._task.done() and one._active.is_set()]


def seconds_between(timers: list[Timer]) -> list[float]:
    """How far apart the wakes of those are that go on for ever."""
    return [timer._interval for timer in timers if timer._repeat is None]


async def until_it_rests(session: Session) -> None:
    """Wait until every paint, every look at where the person is, and every resting place is done with."""
    await session.ready()
    await session.until(lambda: all(timer._interval >= 1 for timer in timers(session)))


async def test_nothing_wakes_the_screen_where_nothing_counts_down_and_no_price_is_shown(desk: OpenDesk) -> None:
    async with desk(size=WIDE) as session:
        await until_it_rests(session)
        await session.press("1", "g")
        await session.until(lambda: "No favourites yet" in session.screen_text())
        await session.until(lambda: timers(session) == [])


@pytest.mark.parametrize("size", [WIDE, BESIDE_THE_TREE])
async def test_an_age_on_the_screen_wakes_it_once_when_it_grows_and_never_by_the_clock(
    desk: OpenDesk, size: tuple[int, int]
) -> None:
    async with desk(size=size) as session:
        await until_it_rests(session)
        assert seconds_between(timers(session)) == []
        await session.until(lambda: len(timers(session)) == 1)  # where the person is has been kept
        [until_older] = timers(session)
        assert until_older._interval > 1


@pytest.mark.parametrize("calm", [True, False])
@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_open_numbers_wake_the_screen_once_a_second_and_nothing_does_more_often(
    desk: OpenDesk, size: tuple[int, int], *, calm: bool
) -> None:
    async with desk(size=size) as session:
        session.app.desk.calm = calm
        await session.ready()
        await session.order(0)
        await session.order(1)
        await until_it_rests(session)
        assert seconds_between(timers(session)) == [1.0]


@pytest.mark.parametrize("keys", ["/", ":", "?", "H", "2 d", "2 enter"])
async def test_a_line_or_a_dialog_that_is_open_brings_no_clock_of_its_own(desk: OpenDesk, keys: str) -> None:
    async with desk(size=WIDE) as session:
        await session.ready()
        await session.press(*keys.split())
        await session.until(lambda: seconds_between(timers(session)) == [])
        await session.until(lambda: all(timer._interval >= 1 for timer in timers(session)))
