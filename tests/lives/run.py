"""Runs many chains at once, until there have been lives enough."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.lives.chain import Chain, ChainResult
from tests.lives.plans import BY_TURNS, SIZES, ChainPlan, Kind, Size, plan_chain
from tests.lives.sites import Sites, open_sites
from tests.lives.totals import Totals

SAY_SECONDS = 30.0
CHAINS_A_SITE_PROCESS = 6


@dataclass(frozen=True, slots=True)
class Run:
    """What is wanted. `jobs` chains go on at the same time; after `seconds` no new one begins."""

    seed: int
    lives: int
    folder: Path
    jobs: int = 8
    seconds: float | None = None
    kinds: tuple[Kind, ...] = BY_TURNS
    sizes: Mapping[Kind, Size] = field(default_factory=lambda: SIZES)
    only: int | None = None
    """The number of the one chain that is wanted."""


async def run_lives(wanted: Run, say: Callable[[str], None]) -> Totals:
    """Run it, tell how it goes on, and return the totals."""
    totals, began = Totals(), time.monotonic()
    said_at = began
    async for result in _results(wanted, began):
        totals.add(result)
        if not result.is_well:
            say(_bad(result, wanted))
        if time.monotonic() - said_at >= SAY_SECONDS:
            said_at = time.monotonic()
            say(totals.line(said_at - began))
    say(totals.line(time.monotonic() - began))
    return totals


async def _results(wanted: Run, began: float) -> AsyncIterator[ChainResult]:
    """Yield the chains as they end."""
    plans = _plans(wanted)
    async with AsyncExitStack() as opened:
        processes = -(-wanted.jobs // CHAINS_A_SITE_PROCESS)
        sites = [await opened.enter_async_context(open_sites()) for _ in range(processes)]
        running: set[asyncio.Task[ChainResult]] = set()
        for place, plan in enumerate(plans):
            if wanted.seconds is not None and time.monotonic() - began >= wanted.seconds:
                break
            running.add(asyncio.create_task(_chain(plan, sites[place % len(sites)], wanted).run()))
            if len(running) >= wanted.jobs:
                ended, running = await asyncio.wait(running, return_when="FIRST_COMPLETED")
                for task in ended:
                    yield task.result()
        for ending in asyncio.as_completed(running):
            yield await ending


def _plans(wanted: Run) -> Iterator[ChainPlan]:
    """Yield plans, the kinds by turns, until they hold lives enough."""
    lives, number = 0, 0
    while lives < wanted.lives:
        kind = wanted.kinds[number % len(wanted.kinds)]
        plan = plan_chain(wanted.seed, number, kind, wanted.sizes[kind])
        lives += plan.lives
        if wanted.only in {None, number}:
            yield plan
        number += 1


def _chain(plan: ChainPlan, sites: Sites, wanted: Run) -> Chain:
    return Chain(plan, sites, wanted.folder / f"chain-{plan.number}")


def _bad(result: ChainResult, wanted: Run) -> str:
    said = "\n  ".join([*result.problems, *result.verdict.problems])
    return (
        f"WRONG in chain {result.plan.number} ({result.plan.kind}) of seed {wanted.seed}, kept in {result.folder}; "
        f"again: --seed {wanted.seed} --chain {result.plan.number}{_kind(wanted)}\n  {said}"
    )


def _kind(wanted: Run) -> str:
    return f" --kind {wanted.kinds[0]}" if len(set(wanted.kinds)) == 1 else ""
