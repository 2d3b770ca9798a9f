"""A calm screen: countdowns in minutes while there is time, in seconds where they matter."""

from tests.ui.session import OpenDesk, Session


def countdowns(session: Session) -> list[str]:
    """What the panel says of each number's window, newest first."""
    return [row.cells[0].text for row in session.rows("numbers").rows]


async def test_only_the_number_under_the_cursor_counts_in_seconds_until_three_minutes_are_left(
    desk: OpenDesk,
) -> None:
    async with desk() as session:
        await session.ready()
        await session.order(0)
        session.clock.advance(30)
        await session.order(1)
        session.clock.advance(5)
        session.app.main.paint()
        assert countdowns(session) == ["9:55", "9m"]
        await session.press("3", "down")
        assert countdowns(session) == ["9m", "9:25"]
        session.clock.advance(9 * 60 + 25 - 180)
        session.app.main.paint()
        assert countdowns(session) == ["3m", "3:00"], "more than three minutes are left: a whole minute says enough"
        session.clock.advance(30)
        session.app.main.paint()
        assert countdowns(session) == ["3:00", "2:30"]


async def test_without_calm_all_count_in_seconds(desk: OpenDesk) -> None:
    async with desk() as session:
        session.app.desk.calm = False
        await session.ready()
        await session.order(0)
        session.clock.advance(30)
        await session.order(1)
        session.app.main.paint()
        assert countdowns(session) == ["10:00", "9:30"]


async def test_nothing_ticks_when_no_window_is_open(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        ticking = session.app.main._ticking
        assert not ticking._active.is_set()
        await session.order(0)
        await session.until(ticking._active.is_set)
        session.clock.advance(600)
        session.app.main.paint()
        assert countdowns(session) == ["0:00"]
        assert not ticking._active.is_set(), "the code is still waited for, but nothing counts down any more"


async def test_what_is_painted_between_two_ticks_leaves_the_countdowns_to_the_next(desk: OpenDesk) -> None:
    """All that go on at once are one piece; each alone would have its place and its colour sent."""
    async with desk() as session:
        session.app.desk.calm = False
        await session.ready()
        await session.order(0)
        session.clock.advance(0.4)
        await session.order(1)
        main = session.app.main
        main._ticking.stop()
        main._tick()
        assert countdowns(session) == ["10:00", "10:00"]
        session.clock.advance(1.2)
        main.paint()
        await session.press("3", "down", "up")
        assert countdowns(session) == ["10:00", "10:00"]
        main._tick()
        assert countdowns(session) == ["9:59", "9:59"]


async def test_a_countdown_that_no_tick_came_for_is_painted_as_it_stands(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.order(0)
        session.app.main._ticking.stop()
        session.clock.advance(30)
        session.app.main.paint()
        assert countdowns(session) == ["9:30"]


async def test_the_last_second_needs_no_further_tick(desk: OpenDesk) -> None:
    async with desk() as session:
        await session.ready()
        await session.order(0)
        main = session.app.main
        main._ticking.stop()
        session.clock.advance(599.5)
        main._tick()
        assert countdowns(session) == ["0:01"]
        session.clock.advance(0.6)
        main.paint()
        assert countdowns(session) == ["0:00"]
