"""The lives of one person: one journal, one site, program after program or two at once, and the final account."""

import asyncio
import random
import shutil
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.lives.checker import Verdict, check
from tests.lives.commander import MORE_ORDERS, Commander, engine_command
from tests.lives.endings import End, end_life
from tests.lives.line import Line
from tests.lives.patience import wait_until
from tests.lives.person import Person
from tests.lives.plans import ChainPlan, Ending, Kind, LifePlan
from tests.lives.records import glance, live_orders, read_journal
from tests.lives.sites import LifeSite, Sites, python_environment
from tests.terminal.other_process import Program

SETTLE_SECONDS = 60.0
LINGER_SECONDS = 5.0
"""How long a program that lives on without its terminal may take to give way to a new one."""

CONFIG = """\
profile = "main"
[profiles.main]
site = "{url}"
api_key = "{key}"
refund_seconds = {refund_seconds}
auto_cancel = {auto_cancel}
[polls]
first_seconds = 2
[politeness]
burst = 500
requests_per_second = 50
in_flight = 50
retry_base_seconds = 0.1
down_after_failures = 50
probe_seconds = 1
[freshness]
quote_seconds = 600
"""


@dataclass(slots=True)
class ChainResult:
    """What became of one chain."""

    plan: ChainPlan
    folder: Path
    verdict: Verdict = field(default_factory=Verdict)
    lives: Counter[Ending] = field(default_factory=Counter)
    together: int = 0
    cut_off: Counter[Ending] = field(default_factory=Counter)
    """Ends that left an order or a cancel on its way, or a write unfinished."""
    in_a_write: int = 0
    killed_late: int = 0
    lingering: int = 0
    not_sent: int = 0
    settled_by_hand: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)
    """What else went wrong: crashes, ends that are none."""

    @property
    def is_well(self) -> bool:
        """Whether nothing at all went wrong."""
        return not (self.problems or self.verdict.problems)


class Chain:
    """Runs one plan in a folder of its own."""

    def __init__(self, plan: ChainPlan, sites: Sites, folder: Path) -> None:
        self._plan = plan
        self._sites = sites
        self._folder = folder
        self._state = folder / "state"
        self._lingering: list[Line] = []
        self._lines: list[Line] = []
        self.result = ChainResult(plan, folder)

    async def run(self) -> ChainResult:
        """Live all lives, settle, compare. The folder is removed where all is well."""
        began = time.monotonic()
        self._folder.mkdir(parents=True)
        site = await self._sites.open(self._plan.site)
        program = self._program(site)
        try:
            for step in self._plan.steps:
                await self._live(step, program, site)
            await self._settle(program, site)
            await self._compare(site)
        except Exception as error:  # noqa: BLE001 - one chain that breaks must not end the others
            self.result.problems.append(f"the chain broke: {error!r}")
        finally:
            for line in self._lines:
                line.end()
            await site.close()
        self.result.problems += [
            f"a crash was reported: {path.read_text()}" for path in self._state.glob("*crash*")
        ]
        self.result.seconds = time.monotonic() - began
        self._keep_or_remove()
        return self.result

    def _program(self, site: LifeSite) -> Program:
        program = Program(self._folder)
        program.configure(
            CONFIG.format(
                url=site.url,
                key=site.key,
                refund_seconds=self._plan.refund_seconds,
                auto_cancel=str(self._plan.auto_cancel).lower(),
            )
        )
        return program

    async def _live(self, step: tuple[LifePlan, ...], program: Program, site: LifeSite) -> None:
        ends = await asyncio.gather(*(self._live_one(plan, program, site) for plan in step))
        self.result.together += len(step) if len(step) > 1 else 0
        if not any(end.lingers for end in ends):
            self._count_cut_off(step)

    async def _live_one(self, plan: LifePlan, program: Program, site: LifeSite) -> End:
        await asyncio.sleep(plan.starts_after_seconds)
        line = self._start(plan, program, site)
        resident = Person(line, plan) if plan.kind is Kind.TERMINAL else Commander(line, plan)
        async with asyncio.TaskGroup() as group:
            group.create_task(resident.live())
            if plan.outage_seconds:
                group.create_task(self._outage(site, plan))
        end = await end_life(line, resident, plan)
        self._note(plan, line, end)
        return end

    def _start(self, plan: LifePlan, program: Program, site: LifeSite) -> Line:
        if plan.kind is Kind.TERMINAL:
            colours = {"NO_COLOR": "1"} if plan.seed % 2 else {}
            line = Line(program.command, {**program.environment, **colours}, self._folder)
        else:
            orders = plan.orders + MORE_ORDERS if plan.orders else 0
            line = self._start_engine(site, orders=orders, seed=plan.seed)
        self._lines.append(line)
        return line

    def _start_engine(self, site: LifeSite, **told: object) -> Line:
        rules = {"refund_seconds": self._plan.refund_seconds, "auto_cancel": self._plan.auto_cancel}
        return Line(engine_command(site, self._folder, **rules, **told), python_environment(), self._folder)

    async def _outage(self, site: LifeSite, plan: LifePlan) -> None:
        await asyncio.sleep(random.Random(plan.seed).uniform(0.5, 5.0))  # noqa: S311 - repeatable on purpose
        await site.be_down(plan.outage_seconds)

    def _note(self, plan: LifePlan, line: Line, end: End) -> None:
        result = self.result
        result.lives[plan.ending] += 1
        result.killed_late += end.was_killed_late
        if end.lingers:
            result.lingering += 1
            self._lingering.append(line)
        if end.problem:
            self._problem(f"{end.problem} {plan}", line)
        # Before an engine's own process has begun, it is Python that answers an INT, not the program.
        has_begun = plan.kind is Kind.TERMINAL or plan.orders > 0
        if line.has_traceback and has_begun:
            self._problem(f"a traceback was on the screen {plan}", line)
        if not end.lingers:
            line.hang_up()

    def _count_cut_off(self, step: tuple[LifePlan, ...]) -> None:
        left = glance(self._state)
        self.result.in_a_write += left.in_a_write
        if left.in_flight:
            self.result.cut_off[step[-1].ending] += 1

    async def _settle(self, program: Program, site: LifeSite) -> None:
        """Start a last time, with nothing going wrong any more, until nothing is left to do; then leave."""
        await site.calm()
        plan = LifePlan(self._plan.kind, Ending.QUIT, orders=0, seed=0, after_seconds=0.0, patient=True)
        line = self._start(plan, program, site)
        await self._until_settled(line)
        await self._end_the_lingering()
        await self._until_settled(line)
        resident = Person(line, plan) if plan.kind is Kind.TERMINAL else Commander(line, plan)
        end = await end_life(line, resident, plan)
        if end.problem or line.has_traceback:
            self._problem(f"the settling start: {end}", line)

    async def _until_settled(self, line: Line) -> None:
        await wait_until(lambda: not (live_orders(self._state) and line.is_open), SETTLE_SECONDS)

    async def _end_the_lingering(self) -> None:
        """Programs without a terminal give way to the new one; one that does not is killed, so that it leads."""
        for line in self._lingering:
            if await line.wait(LINGER_SECONDS) is None:
                self.result.killed_late += 1
            line.end()
        if self._lingering:
            await asyncio.sleep(1.5)  # the new one looks every half second who is gone

    async def _compare(self, site: LifeSite) -> None:
        journal = read_journal(self._state)
        self.result.verdict = check(journal, await site.book())
        states = Counter(kept.order.state.value for kept in journal)
        self.result.not_sent = states["not_sent"]
        self.result.settled_by_hand = states["void"] + states["written_off"]

    def _problem(self, sentence: str, line: Line) -> None:
        place = self._folder / f"screen-{len(self.result.problems)}.txt"
        place.write_text(line.words())
        self.result.problems.append(f"{sentence}; what it wrote last: {place}")

    def _keep_or_remove(self) -> None:
        if self.result.is_well:
            shutil.rmtree(self._folder)
        else:
            said = "\n".join([repr(self._plan), *self.result.problems, *self.result.verdict.problems])
            (self._folder / "problems.txt").write_text(said + "\n")
