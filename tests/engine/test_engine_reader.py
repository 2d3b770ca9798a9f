"""Reads through the budget: repeated politely, never for ever, and never where it is no use."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from snum_tui.domain.clock import Clock
from snum_tui.domain.policy import Politeness, SiteRules
from snum_tui.domain.sentence import Sentence, say
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.engine.board import Board
from snum_tui.engine.budget import Budget, Priority
from snum_tui.engine.link import LinkKeeper, SiteDown
from snum_tui.engine.reader import Reader
from snum_tui.engine.snapshot import Link, Snapshot
from snum_tui.provider.client import SiteClient
from snum_tui.provider.errors import Busy, Evidence, NotReached, Refused, SiteError, Unreadable

Jump = Callable[[Coroutine[Any, Any, None]], None]

WORDS = say("…")
LOST = NotReached(WORDS, Evidence(request_sent=True, status=None, raw=b"", seconds=0))
BUSY = Busy(WORDS, Evidence(request_sent=True, status=429, raw=b"", seconds=0), 30.0)
BUSY_WITHOUT_A_TIME = Busy(WORDS, Evidence(request_sent=True, status=429, raw=b"", seconds=0))
ILL = Unreadable(WORDS, Evidence(request_sent=True, status=500, raw=b"", seconds=0))
PAGE = Unreadable(WORDS, Evidence(request_sent=True, status=200, raw=b"", seconds=0))
REFUSED = Refused(WORDS, Evidence(request_sent=True, status=200, raw=b"", seconds=0))


class Asked:
    """A question that fails as scripted, then is answered; it notes when it was put."""

    def __init__(self, *failures: SiteError) -> None:
        self.failures = list(failures)
        self.times: list[float] = []

    async def put(self, _client: SiteClient) -> str:
        self.times.append(asyncio.get_running_loop().time())
        if self.failures:
            raise self.failures.pop(0)
        return "answer"


@pytest.fixture
def reader(clock: Clock) -> Callable[..., tuple[Reader, Board]]:
    """Make a reader with its board, on the running loop."""

    def make(**politeness: Any) -> tuple[Reader, Board]:  # Any: each field its own type
        rules = Politeness(**politeness)
        board = Board(Snapshot("https://example.com", "default", SiteRules()), clock, lambda _: None)
        client = SiteClient(SiteAddress("https://example.com"), ApiKey("key"))
        made = Reader(client, Budget(rules), LinkKeeper(board, rules), rules)
        made._random = random.Random(7)  # noqa: S311 - repeatable on purpose
        return made, board

    return make


@pytest.mark.parametrize("failure", [LOST, ILL, BUSY_WITHOUT_A_TIME])
def test_what_failed_in_passing_is_asked_again_twice_with_a_growing_random_pause(
    failure: SiteError, reader: Callable[..., tuple[Reader, Board]], jump: Jump
) -> None:
    asked = Asked(failure, failure)

    async def work() -> None:
        answer = await reader(retry_base_seconds=1.0)[0].read(Priority.LIST, asked.put)
        assert answer == "answer"

    jump(work())
    first, second = asked.times[1] - asked.times[0], asked.times[2] - asked.times[1]
    assert 0 < first <= 1
    assert 0 < second <= 2


def test_pauses_before_a_repetition_are_spread_from_nothing_to_a_ceiling_that_doubles_up_to_the_longest(
    reader: Callable[..., tuple[Reader, Board]], jump: Jump
) -> None:
    every = [Asked(*[LOST] * 4) for _ in range(40)]

    async def work() -> None:
        rules = {"retry_base_seconds": 1.0, "retry_cap_seconds": 4.0, "read_retries": 4}
        one = reader(**rules, burst=500, down_after_failures=100)[0]
        for asked in every:
            await one.read(Priority.LIST, asked.put)

    jump(work())
    for attempt, ceiling in enumerate((1, 2, 4, 4)):
        pauses = [asked.times[attempt + 1] - asked.times[attempt] for asked in every]
        assert min(pauses) < 0.2 * ceiling
        assert 0.8 * ceiling < max(pauses) <= ceiling + 0.01


def test_after_the_last_repetition_the_failure_is_the_answer(
    reader: Callable[..., tuple[Reader, Board]], jump: Jump
) -> None:
    asked = Asked(*[LOST] * 10)

    async def work() -> None:
        with pytest.raises(NotReached):
            await reader()[0].read(Priority.LIST, asked.put)

    jump(work())
    assert len(asked.times) == 3


@pytest.mark.parametrize("failure", [PAGE, REFUSED])
def test_what_a_repetition_would_not_change_is_not_repeated(
    failure: SiteError, reader: Callable[..., tuple[Reader, Board]], jump: Jump
) -> None:
    asked = Asked(failure)

    async def work() -> None:
        with pytest.raises(SiteError):
            await reader()[0].read(Priority.LIST, asked.put)

    jump(work())
    assert len(asked.times) == 1


def test_a_site_that_asks_for_patience_is_given_it_by_every_read(
    reader: Callable[..., tuple[Reader, Board]], jump: Jump
) -> None:
    asked, other = Asked(BUSY), Asked()

    async def work() -> None:
        one = reader()[0]
        repeated = asyncio.create_task(one.read(Priority.LIST, asked.put))
        await asyncio.sleep(1)
        await one.read(Priority.MESSAGE, other.put)
        await repeated

    jump(work())
    assert 30 < asked.times[1] <= 31, "and not all in the moment in which that time is over"
    assert other.times == [30]


def test_a_site_that_is_busy_and_does_not_say_how_long_is_left_alone_for_a_first_pause(
    reader: Callable[..., tuple[Reader, Board]], jump: Jump
) -> None:
    asked, other = Asked(BUSY_WITHOUT_A_TIME), Asked()

    async def work() -> None:
        one = reader(retry_base_seconds=5.0)[0]
        repeated = asyncio.create_task(one.read(Priority.LIST, asked.put))
        await asyncio.sleep(1)
        await one.read(Priority.MESSAGE, other.put)
        await repeated

    jump(work())
    assert other.times == [5]


@pytest.mark.parametrize("failure", [BUSY, BUSY_WITHOUT_A_TIME])
def test_a_site_that_asks_for_patience_ever_again_is_busy_and_never_down(
    failure: SiteError, reader: Callable[..., tuple[Reader, Board]], jump: Jump
) -> None:
    seen = list[tuple[Link, bool]]()

    async def work() -> None:
        one, board = reader(read_retries=0, down_after_failures=2)
        for _ in range(6):
            with pytest.raises(Busy):
                await one.read(Priority.LIST, Asked(failure).put)
            seen.append((board.now.link, board.now.down is not None))
        await one.read(Priority.LIST, Asked().put)
        seen.append((board.now.link, board.now.down is not None))
        assert not board.now.events

    jump(work())
    assert seen == [(Link.BUSY, False)] * 6 + [(Link.UP, False)]


def test_while_reads_wait_the_link_says_so_whatever_else_is_answered_meanwhile(
    reader: Callable[..., tuple[Reader, Board]], jump: Jump
) -> None:
    async def slowly(_client: SiteClient) -> str:
        await asyncio.sleep(1)
        return "answer"

    async def work() -> None:
        one, board = reader(read_retries=0)
        under_way = asyncio.create_task(one.read(Priority.LIST, slowly))
        await asyncio.sleep(0.5)
        with pytest.raises(Busy):
            await one.read(Priority.LIST, Asked(BUSY).put)
        await under_way
        seen.append((board.now.link, board.now.link_problem))
        await one.read(Priority.LIST, Asked().put)
        seen.append((board.now.link, board.now.link_problem))

    seen = list[tuple[Link, Sentence | None]]()
    jump(work())
    assert seen == [(Link.BUSY, WORDS), (Link.UP, None)]


def test_a_site_that_was_down_and_asks_for_patience_is_so_no_longer(
    reader: Callable[..., tuple[Reader, Board]], jump: Jump
) -> None:
    async def work() -> None:
        one, board = reader(read_retries=0, down_after_failures=1)
        with pytest.raises(NotReached):
            await one.read(Priority.LIST, Asked(LOST).put)
        downs.append(board.now.down)
        assert board.now.events[-1].is_outdated(Link.BUSY)
        with pytest.raises(Busy):
            await one.read(Priority.BALANCE, Asked(BUSY).put, probe=True)
        downs.append(board.now.down)
        assert not board.now.events[-1].is_outdated(Link.BUSY), "the message line says what is so now"
        await one.read(Priority.LIST, Asked().put)

    downs = list[Sentence | None]()
    jump(work())
    assert downs == [SiteDown.sentence, None]


def test_a_site_that_asks_for_patience_and_never_for_how_long_is_given_twice_as_much_each_time(
    reader: Callable[..., tuple[Reader, Board]], jump: Jump
) -> None:
    asked = [Asked(BUSY_WITHOUT_A_TIME) for _ in range(4)]
    last, again, after = Asked(), Asked(BUSY_WITHOUT_A_TIME), Asked()

    async def busy_after_a_while(_client: SiteClient) -> str:
        await asyncio.sleep(0.5)
        raise BUSY_WITHOUT_A_TIME

    async def work() -> None:
        one, _ = reader(read_retries=0, retry_base_seconds=1.0, retry_cap_seconds=8.0)
        together = [one.read(Priority.LIST, busy_after_a_while) for _ in range(3)]
        assert {type(said) for said in await asyncio.gather(*together, return_exceptions=True)} == {Busy}
        for each in asked:
            with pytest.raises(Busy):
                await one.read(Priority.LIST, each.put)
        await one.read(Priority.LIST, last.put)
        with pytest.raises(Busy):
            await one.read(Priority.LIST, again.put)
        await one.read(Priority.LIST, after.put)

    jump(work())
    times = [each.times[0] for each in (*asked, last)]
    assert times == pytest.approx([1.5, 3.5, 7.5, 15.5, 23.5]), "three at once are one time, and 8 seconds the most"
    assert after.times[0] - again.times[0] == pytest.approx(1.0), "an answer ends it"


def test_after_so_many_failures_in_a_row_nothing_is_asked_but_the_probe(
    reader: Callable[..., tuple[Reader, Board]], jump: Jump
) -> None:
    asked, probe = Asked(*[LOST] * 5), Asked(LOST)

    async def work() -> None:
        one, board = reader(read_retries=4, down_after_failures=5)
        with pytest.raises(NotReached):
            await one.read(Priority.LIST, asked.put)
        with pytest.raises(SiteDown):
            await one.read(Priority.LIST, asked.put)
        assert len(asked.times) == 5
        with pytest.raises(NotReached):
            await one.read(Priority.BALANCE, probe.put, probe=True)
        assert len(probe.times) == 1, "a probe is not repeated"
        links.append(board.now.link)
        await one.read(Priority.BALANCE, probe.put, probe=True, keyed=True)
        await one.read(Priority.LIST, asked.put)
        links.append(board.now.link)

    links = list[Link]()
    jump(work())
    assert links == [Link.DOWN, Link.UP]
    assert len(asked.times) == 6


def test_a_success_between_them_starts_the_count_of_failures_anew(
    reader: Callable[..., tuple[Reader, Board]], jump: Jump
) -> None:
    async def work() -> None:
        one, board = reader(read_retries=3, down_after_failures=5)
        for _ in range(3):
            await one.read(Priority.LIST, Asked(LOST, LOST, LOST).put)
        assert not board.now.events

    jump(work())


def test_a_first_failure_shows_in_the_link_and_keeps_no_order_back(
    reader: Callable[..., tuple[Reader, Board]], jump: Jump
) -> None:
    async def work() -> None:
        one, board = reader(read_retries=0, down_after_failures=2)
        with pytest.raises(NotReached):
            await one.read(Priority.LIST, Asked(LOST).put)
        assert (board.now.link, board.now.down) == (Link.DOWN, None)

    jump(work())


def test_who_stands_in_the_queue_when_the_site_goes_down_is_sent_home(
    reader: Callable[..., tuple[Reader, Board]], jump: Jump
) -> None:
    queued = Asked()

    async def lost_after_a_while(_client: SiteClient) -> str:
        await asyncio.sleep(1)
        raise LOST

    async def work() -> None:
        one, _ = reader(in_flight=1, burst=2, requests_per_second=0.1, read_retries=0, down_after_failures=1)
        failing = asyncio.create_task(one.read(Priority.LIST, lost_after_a_while))
        waiting = asyncio.create_task(one.read(Priority.LIST, queued.put))
        outcomes = await asyncio.gather(failing, waiting, return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [NotReached, SiteDown]

    jump(work())
    assert queued.times == []
