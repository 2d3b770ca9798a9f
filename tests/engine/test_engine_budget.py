"""The budget of requests, on a loop whose time jumps to the next timer instead of waiting for it."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import nullcontext
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snum_tui.domain.policy import Politeness
from snum_tui.engine.budget import Budget, NotWanted, Priority

Jump = Callable[[Coroutine[Any, Any, None]], None]
Turns = list[tuple[float, str]]


@pytest.fixture
def turns() -> Turns:
    """Who had a turn, and in which second."""
    return []


@pytest.fixture
def ask(turns: Turns) -> Callable[..., Coroutine[Any, Any, None]]:
    """Have one turn, noted under a name, of so many seconds."""

    async def one(budget: Budget, priority: Priority, name: str = "", seconds: float = 0.0) -> None:
        async with budget.turn(priority):
            turns.append((round(asyncio.get_running_loop().time(), 3), name or priority.name))
            await asyncio.sleep(seconds)

    return one


def times(turns: Turns) -> list[float]:
    """Only the seconds."""
    return [at for at, _ in turns]


def test_a_screenful_goes_at_once_and_the_rest_at_the_steady_rate(
    ask: Callable[..., Coroutine[Any, Any, None]], turns: Turns, jump: Jump
) -> None:
    async def work() -> None:
        budget = Budget(Politeness(burst=30, requests_per_second=4, in_flight=100))
        await asyncio.gather(*(ask(budget, Priority.QUOTE) for _ in range(36)))

    jump(work())
    assert times(turns) == [*[0.0] * 30, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5]


def test_a_rest_fills_the_budget_up_to_the_burst_and_no_further(
    ask: Callable[..., Coroutine[Any, Any, None]], turns: Turns, jump: Jump
) -> None:
    async def work() -> None:
        budget = Budget(Politeness(burst=3, requests_per_second=1, in_flight=100))
        await asyncio.gather(*(ask(budget, Priority.QUOTE) for _ in range(3)))
        await asyncio.sleep(1000)
        await asyncio.gather(*(ask(budget, Priority.QUOTE) for _ in range(5)))

    jump(work())
    assert times(turns) == [0, 0, 0, 1000, 1000, 1000, 1001, 1002]


def test_no_more_reads_than_allowed_are_in_flight(
    ask: Callable[..., Coroutine[Any, Any, None]], turns: Turns, jump: Jump
) -> None:
    async def work() -> None:
        budget = Budget(Politeness(burst=100, requests_per_second=100, in_flight=2))
        await asyncio.gather(*(ask(budget, Priority.QUOTE, seconds=10) for _ in range(6)))

    jump(work())
    assert times(turns) == [0, 0, 10, 10, 20, 20]


def test_money_goes_at_once_however_long_the_queue_and_reads_pay_for_it(
    ask: Callable[..., Coroutine[Any, Any, None]], turns: Turns, jump: Jump
) -> None:
    async def work() -> None:
        budget = Budget(Politeness(burst=1, requests_per_second=1, in_flight=1))
        budget.pause(2)
        reads = [asyncio.create_task(ask(budget, Priority.MESSAGE)) for _ in range(2)]
        await asyncio.sleep(0)
        await asyncio.gather(*(ask(budget, Priority.MONEY, seconds=0.5) for _ in range(3)))
        await asyncio.gather(*reads)

    jump(work())
    # One token of three was there: two are owed, and a third is needed for the first read.
    assert turns == [(0, "MONEY"), (0, "MONEY"), (0, "MONEY"), (3, "MESSAGE"), (4, "MESSAGE")]


def test_where_nothing_but_messages_waits_they_go_together_once_a_second(
    ask: Callable[..., Coroutine[Any, Any, None]], turns: Turns, jump: Jump
) -> None:
    async def work() -> None:
        budget = Budget(Politeness(burst=4, requests_per_second=4, in_flight=6))
        await asyncio.gather(*(ask(budget, Priority.MESSAGE) for _ in range(14)))

    jump(work())
    # The last two need not wait for two more.
    assert times(turns) == [*[0.0] * 4, *[1.0] * 4, *[2.0] * 4, *[2.5] * 2]


def test_messages_go_in_no_greater_numbers_than_there_are_places_and_tokens(
    ask: Callable[..., Coroutine[Any, Any, None]], turns: Turns, jump: Jump
) -> None:
    async def work() -> None:
        few_places = Budget(Politeness(burst=2, requests_per_second=4, in_flight=3))
        few_tokens = Budget(Politeness(burst=2, requests_per_second=4, in_flight=6))
        slow = Budget(Politeness(burst=2, requests_per_second=0.5, in_flight=6))
        for budget in (few_places, few_tokens, slow):
            await asyncio.gather(*(ask(budget, Priority.MESSAGE) for _ in range(6)))

    jump(work())
    assert times(turns)[:6] == [0, 0, 0.5, 0.5, 1.0, 1.0]
    assert times(turns)[6:12] == [1, 1, 1.5, 1.5, 2, 2]
    assert times(turns)[12:] == [2, 2, 4, 6, 8, 10]


def test_an_orders_balance_and_a_list_wait_for_no_messages(
    ask: Callable[..., Coroutine[Any, Any, None]], turns: Turns, jump: Jump
) -> None:
    async def work() -> None:
        budget = Budget(Politeness(burst=4, requests_per_second=4, in_flight=6))
        messages = [asyncio.create_task(ask(budget, Priority.MESSAGE)) for _ in range(8)]
        await asyncio.sleep(0.1)
        await asyncio.gather(ask(budget, Priority.LIST), ask(budget, Priority.BALANCE), *messages)

    jump(work())
    assert turns[4:6] == [(0.25, "BALANCE"), (0.5, "LIST")]


def test_every_fourth_turn_is_a_quotes_where_messages_would_take_them_all(
    ask: Callable[..., Coroutine[Any, Any, None]], turns: Turns, jump: Jump
) -> None:
    async def work() -> None:
        budget = Budget(Politeness(burst=4, requests_per_second=4, in_flight=6))
        await asyncio.gather(*(ask(budget, Priority.MESSAGE) for _ in range(4)))
        quotes = (ask(budget, Priority.QUOTE, f"QUOTE {turn}") for turn in range(2))
        await asyncio.gather(*(ask(budget, Priority.MESSAGE) for _ in range(9)), *quotes)

    jump(work())
    names = ["QUOTE 0", *["MESSAGE"] * 3, "QUOTE 1", *["MESSAGE"] * 6]
    assert [name for _, name in turns[4:]] == names
    assert times(turns)[4:] == [*[1.0] * 4, *[2.0] * 4, *[2.75] * 3]


def test_of_those_who_wait_the_most_important_goes_first_then_the_oldest(
    ask: Callable[..., Coroutine[Any, Any, None]], turns: Turns, jump: Jump
) -> None:
    async def work() -> None:
        budget = Budget(Politeness(burst=1, requests_per_second=1, in_flight=5))
        names = ["QUOTE", "LIST", "BALANCE", "MESSAGE", "QUOTE", "MESSAGE"]
        asked = [ask(budget, Priority[name], f"{name} {turn}") for turn, name in enumerate(names)]
        await asyncio.gather(ask(budget, Priority.QUOTE, "first"), *asked)

    jump(work())
    assert [name for _, name in turns] == [
        "first",
        "BALANCE 2",
        "LIST 1",
        "MESSAGE 3",
        "MESSAGE 5",
        "QUOTE 0",
        "QUOTE 4",
    ]


def test_what_nobody_looks_at_leaves_half_of_the_burst_to_the_next_screenful(
    ask: Callable[..., Coroutine[Any, Any, None]], turns: Turns, jump: Jump
) -> None:
    async def work() -> None:
        budget = Budget(Politeness(burst=10, requests_per_second=1, in_flight=100))
        fills = [asyncio.create_task(ask(budget, Priority.FILL)) for _ in range(8)]
        await asyncio.sleep(0.5)
        await asyncio.gather(*(ask(budget, Priority.QUOTE) for _ in range(5)))
        await asyncio.gather(*fills)

    jump(work())
    assert [name for _, name in turns[:10]] == ["FILL"] * 5 + ["QUOTE"] * 5
    assert times(turns)[:10] == [0.0] * 5 + [0.5] * 5
    # The bucket fills up to the half again before anything more goes that nobody looks at.
    assert turns[10:] == [(6.0, "FILL"), (7.0, "FILL"), (8.0, "FILL")]


@pytest.mark.parametrize("burst", [1, 2, 3])
def test_the_smallest_burst_still_lets_go_what_nobody_looks_at(
    ask: Callable[..., Coroutine[Any, Any, None]], turns: Turns, jump: Jump, burst: int
) -> None:
    async def work() -> None:
        budget = Budget(Politeness(burst=burst, requests_per_second=1, in_flight=6))
        await asyncio.gather(*(ask(budget, Priority.KEPT) for _ in range(5)))

    jump(work())
    assert len(turns) == 5


def test_a_place_is_kept_for_messages_while_numbers_are_open(
    ask: Callable[..., Coroutine[Any, Any, None]], turns: Turns, jump: Jump
) -> None:
    async def work() -> None:
        budget = Budget(Politeness(burst=100, requests_per_second=100, in_flight=3))
        budget.keep_a_place(on=True)
        slow = [asyncio.create_task(ask(budget, Priority.QUOTE, seconds=10)) for _ in range(3)]
        await asyncio.sleep(1)
        await ask(budget, Priority.MESSAGE)
        budget.keep_a_place(on=False)
        await asyncio.gather(*slow)

    jump(work())
    assert turns == [(0, "QUOTE"), (0, "QUOTE"), (1, "MESSAGE"), (1, "QUOTE")]


def test_whoever_waits_for_what_nobody_wants_any_more_is_sent_away_and_costs_nothing(
    ask: Callable[..., Coroutine[Any, Any, None]], turns: Turns, jump: Jump
) -> None:
    wanted = {"old": True, "new": True}

    async def one(budget: Budget, name: str) -> None:
        with pytest.raises(NotWanted) if name == "old" else nullcontext():
            async with budget.turn(Priority.QUOTE, lambda: wanted[name]):
                turns.append((round(asyncio.get_running_loop().time(), 3), name))

    async def work() -> None:
        budget = Budget(Politeness(burst=1, requests_per_second=1, in_flight=6))
        await ask(budget, Priority.QUOTE, "first")
        waiting = [asyncio.create_task(one(budget, "old")) for _ in range(4)]
        await asyncio.sleep(0.1)
        wanted["old"] = False
        budget.look_again()
        await asyncio.gather(*waiting)
        assert asyncio.get_running_loop().time() == pytest.approx(0.1)
        await one(budget, "new")

    jump(work())
    assert turns == [(0, "first"), (1, "new")]


def test_a_pause_that_the_site_asked_for_keeps_reads_back_so_long(
    ask: Callable[..., Coroutine[Any, Any, None]], turns: Turns, jump: Jump
) -> None:
    async def work() -> None:
        budget = Budget(Politeness(burst=30, requests_per_second=4, in_flight=6))
        budget.pause(10)
        budget.pause(3)  # a shorter one takes nothing back
        await asyncio.gather(ask(budget, Priority.BALANCE), ask(budget, Priority.MESSAGE))

    jump(work())
    assert turns == [(10, "BALANCE"), (10, "MESSAGE")]


def test_a_failing_request_gives_its_place_back(
    ask: Callable[..., Coroutine[Any, Any, None]], turns: Turns, jump: Jump
) -> None:
    async def fail(budget: Budget) -> None:
        async with budget.turn(Priority.QUOTE):
            raise ValueError

    async def work() -> None:
        budget = Budget(Politeness(burst=9, requests_per_second=9, in_flight=1))
        await asyncio.gather(fail(budget), fail(budget), return_exceptions=True)
        await ask(budget, Priority.QUOTE)

    jump(work())
    assert turns == [(0, "QUOTE")]


def test_whoever_is_cancelled_in_the_moment_of_its_turn_gives_it_back(
    ask: Callable[..., Coroutine[Any, Any, None]], turns: Turns, jump: Jump
) -> None:
    async def work() -> None:
        budget = Budget(Politeness(burst=9, requests_per_second=9, in_flight=1))
        async with budget.turn(Priority.QUOTE):
            cancelled = asyncio.create_task(ask(budget, Priority.QUOTE, "cancelled"))
            await asyncio.sleep(0)
        cancelled.cancel()  # its turn has been given, but it has not run yet
        await ask(budget, Priority.QUOTE, "next")

    jump(work())
    assert turns == [(0, "next")]


@settings(max_examples=60, deadline=None)
@given(
    requests=st.lists(
        st.tuples(st.sampled_from(Priority), st.integers(0, 40), st.integers(0, 30), st.integers(0, 60)),
        max_size=25,
    ),
    in_flight=st.integers(1, 4),
    burst=st.integers(1, 6),
)
def test_whatever_is_cancelled_when_nobody_waits_for_ever_and_the_limits_hold(
    jump: Jump, requests: list[tuple[Priority, int, int, int]], in_flight: int, burst: int
) -> None:
    """Each request begins, lasts and is cancelled (perhaps after its end) at some tenth of a second."""
    reads, held = list[float](), list[int]()

    async def one(budget: Budget, priority: Priority, begins: int, lasts: int) -> None:
        await asyncio.sleep(begins / 10)
        async with budget.turn(priority):
            if priority is not Priority.MONEY:
                reads.append(asyncio.get_running_loop().time())
                held.append(1)
            try:
                assert len(held) <= in_flight
                await asyncio.sleep(lasts / 10)
            finally:
                if priority is not Priority.MONEY:
                    held.pop()

    async def work() -> None:
        budget = Budget(Politeness(burst=burst, requests_per_second=2, in_flight=in_flight))
        tasks = []
        for priority, begins, lasts, cancelled in requests:
            tasks.append(asyncio.create_task(one(budget, priority, begins, lasts)))
            asyncio.get_running_loop().call_later(cancelled / 10, tasks[-1].cancel)
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            assert outcome is None or isinstance(outcome, asyncio.CancelledError)
        assert budget._in_flight == 0
        await asyncio.sleep(100)
        await asyncio.gather(*(one(budget, Priority.QUOTE, 0, 0) for _ in range(burst)))

    jump(work())
    for start in reads:
        within = [at for at in reads if start <= at < start + 5]
        assert len(within) <= burst + 5 * 2 + 1
