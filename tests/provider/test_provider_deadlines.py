"""A call ends when its time is up, and not a moment before: a reply that is already here is never thrown away."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from snum_tui.provider.client import SiteClient, Timeouts
from snum_tui.provider.errors import NotReached, Reason
from snum_tui.provider.exchange import wait_in_ticks

NewClient = Callable[..., SiteClient]
Http = Callable[..., bytes]
ORDERED = b'{"success":true,"title":"","message":"","number_id":75,"number":"+77073076157"}'
TIMEOUTS = Timeouts(connect_seconds=5, read_deadline_seconds=0.3, money_deadline_seconds=0.6, tick_seconds=0.01)


@pytest.mark.parametrize(
    "steps",
    [
        ["hang"],
        [(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 999, 0.02)],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n", (b" " * 999, 0.02)],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", (b"1\r\n \r\n" * 99, 0.02)],
        [b"HTTP/1.1 100 Continue\r\n\r\n" * 9, 0.1] * 99,
    ],
    ids=["silence", "dripping headers", "dripping body", "dripping chunks", "endless preludes"],
)
async def test_no_server_outlives_the_deadline(
    new_client: NewClient, script: list[object], steps: list[object]
) -> None:
    """FACTS: with timeouts per read, a dripping server held a call for 21 s at 1 s."""
    script[:] = steps
    client = new_client(timeouts=TIMEOUTS)
    for ask, deadline in ((client.balance, 0.3), (client.categories, 0.3)):
        started = time.monotonic()
        with pytest.raises(NotReached) as caught:
            await ask()
        assert deadline <= time.monotonic() - started < 9, "as long as the server goes on"
        assert caught.value.reason is Reason.TIMEOUT


async def test_an_order_and_a_cancel_have_a_longer_deadline_than_a_read(
    new_client: NewClient, script: list[object], http: Http
) -> None:
    """Giving up on money early makes an open question of it."""
    script[:] = [1.0, http(ORDERED)]
    client = new_client(timeouts=replace(TIMEOUTS, money_deadline_seconds=30))
    assert (await client.order("32")).number_id == "75"
    await client.cancel("75")
    with pytest.raises(NotReached):
        await client.balance()


async def test_a_slow_but_steady_reply_within_the_deadline_is_read(
    new_client: NewClient, script: list[object], http: Http
) -> None:
    """Ticks that pass cost nothing."""
    script[:] = [(http(ORDERED), 0.002)]
    assert (await new_client(timeouts=replace(TIMEOUTS, money_deadline_seconds=5)).order("32")).number_id == "75"


async def test_a_reply_that_came_while_the_program_stood_still_is_read(
    new_client: NewClient, script: list[object], http: Http, until_seen: Callable[..., Awaitable[None]]
) -> None:
    """FACTS: a suspended process lost a reply that sat in its socket 4 times of 4."""
    script[:] = [http(ORDERED)]
    client = new_client(timeouts=TIMEOUTS)
    task = asyncio.create_task(client.order("32"))
    await until_seen(1)
    # Blocks the whole loop, the server included, for longer than the deadline, as a suspend does.
    time.sleep(TIMEOUTS.money_deadline_seconds + 0.2)  # noqa: ASYNC251 - standing still is what is tested
    assert (await task).number_id == "75"


async def test_ticks_are_counted_and_the_task_is_ended() -> None:
    """The deadline is so many ticks, not a time."""
    task: asyncio.Task[None] = asyncio.create_task(asyncio.sleep(60))
    started = time.monotonic()
    await wait_in_ticks(task, 4, 0.05)
    assert 0.2 <= time.monotonic() - started < 30
    assert task.cancelled()


async def test_a_task_that_does_not_heed_its_end_holds_nobody_up() -> None:
    """One tick is all it gets; what it may have sent counts as sent."""
    release = asyncio.Event()

    async def stubborn() -> None:
        while not release.is_set():
            try:
                await release.wait()
            except asyncio.CancelledError:
                continue

    task = asyncio.create_task(stubborn())
    await wait_in_ticks(task, 1, 0.05)
    assert not task.done()
    release.set()
    await task


async def test_an_order_that_cannot_be_stopped_in_time_counts_as_sent(new_client: NewClient) -> None:
    """Nobody knows what a task that still runs will send."""
    hurried = Timeouts(money_deadline_seconds=1e-9, tick_seconds=1e-9)
    with pytest.raises(NotReached) as caught:
        await new_client(timeouts=hurried).order("32")
    assert caught.value.evidence.request_sent is True
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.wait(others, timeout=1)


@pytest.mark.parametrize(
    ("deadline", "tick", "ticks"), [(15.0, 1.0, 15), (60.0, 1.0, 60), (0.5, 1.0, 1), (1.0, 0.3, 4), (0.0, 1.0, 1)]
)
def test_a_deadline_is_at_least_as_long_as_it_says(deadline: float, tick: float, ticks: int) -> None:
    """Rounded up to whole ticks, never to none."""
    timeouts = Timeouts(read_deadline_seconds=deadline, money_deadline_seconds=deadline, tick_seconds=tick)
    assert timeouts.ticks(money=True) == timeouts.ticks(money=False) == ticks


def test_the_deadlines_are_the_designed_ones() -> None:
    """Ten seconds to connect, fifteen to read, sixty where money is at stake."""
    assert (Timeouts().connect_seconds, Timeouts().ticks(money=False), Timeouts().ticks(money=True)) == (10, 15, 60)
