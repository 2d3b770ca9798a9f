"""The engine's own thread and event loop.

A terminal that stops reading freezes the screen's loop within a minute (FACTS); numbers are asked for, recorded
and cancelled all the same. Commands come in, snapshots go out; nothing else is shared.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from snum_tui.domain.clock import Clock
from snum_tui.domain.policy import Policy
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.engine.board import Board
from snum_tui.engine.commands import Command
from snum_tui.engine.snapshot import Link, Snapshot
from snum_tui.provider.timeouts import Timeouts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from snum_tui.engine.parts import Parts
    from snum_tui.journal.company import Company
    from snum_tui.journal.errors import JournalError

FAILED = say(N_("snum-tui could not start its work ({kind}). Close it and start it again; your orders are kept."))
ORDERING_OFF = N_("Ordering is off until snum-tui is started anew. {problem}")


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """All that the engine is told at its start. The directories exist or can be made.

    `orders_as` is the name that the profile's orders stand under, where it has been renamed since.

    An engine that does not browse asks for open numbers and the balance alone.
    """

    address: SiteAddress
    key: ApiKey
    profile: str
    state_directory: Path
    cache_directory: Path
    policy: Policy
    proxy: str | None = None
    read_only: bool = False
    browses: bool = True
    orders_as: str | None = None
    timeouts: Timeouts = field(default_factory=Timeouts)


class Engine:
    """Runs the parts on a thread of its own. `submit` and `latest` may be used from any thread."""

    def __init__(self, settings: EngineSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._latest = Snapshot(settings.address.url, settings.profile, settings.policy.rules)
        self._wake: Callable[[], None] = lambda: None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._commands: asyncio.Queue[Command] | None = None
        self._early: list[Command] = []
        self._lock = threading.Lock()
        self._stopping: asyncio.Event | None = None
        self._stop_asked = False
        self._failure: Sentence | None = None
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)

    @property
    def latest(self) -> Snapshot:
        """The newest snapshot."""
        return self._latest

    @property
    def failure(self) -> Sentence | None:
        """What ended the work before its time; None while all is well."""
        return self._failure

    @property
    def clock(self) -> Clock:
        """The clock that deadlines are counted on."""
        return self._clock

    def when_changed(self, wake: Callable[[], None]) -> None:
        """Call `wake` from the engine's thread after each new snapshot. It must return at once."""
        self._wake = wake

    def start(self) -> None:
        """Start the thread; the heavy imports happen on it."""
        self._thread.start()

    def submit(self, command: Command) -> None:
        """Hand over a command; never blocks. What comes before the loop is up waits for it."""
        with self._lock:
            if self._loop is None or self._commands is None:
                self._early.append(command)
                return
            with contextlib.suppress(RuntimeError):  # the loop ended between the check and the call
                self._loop.call_soon_threadsafe(self._commands.put_nowait, command)

    def stop(self, timeout_seconds: float) -> bool:
        """Finish the order or cancel in flight, then end. Returns False if that took longer than allowed.

        Asked for before the loop is up, it ends as soon as it is; may be asked again.
        """
        with self._lock:
            self._stop_asked = True
            if self._loop is not None and self._stopping is not None:
                with contextlib.suppress(RuntimeError):
                    self._loop.call_soon_threadsafe(self._stopping.set)
        if self._thread.is_alive():
            self._thread.join(timeout_seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except Exception as error:  # noqa: BLE001 - a thread's exception would be lost; the screen says it instead
            sentence = getattr(error, "sentence", None) or say(FAILED.template, kind=type(error).__name__)
            self._failure = sentence
            # What is known stays on the screen: a number may be on it that found no place in the journal.
            self._publish(replace(self._latest, link=Link.DOWN, link_problem=sentence, ordering_stopped=sentence))

    async def _main(self) -> None:
        from snum_tui.engine.context import make_context  # noqa: PLC0415 - httpx and pydantic load beside the first paint
        from snum_tui.engine.parts import Parts  # noqa: PLC0415
        from snum_tui.journal.cache import Cache  # noqa: PLC0415
        from snum_tui.journal.company import Company  # noqa: PLC0415
        from snum_tui.journal.orders import Journal  # noqa: PLC0415
        from snum_tui.provider.client import SiteClient  # noqa: PLC0415

        settings = self._settings
        board = Board(self._latest, self._clock, self._publish)
        async with contextlib.AsyncExitStack() as opened:
            journal = Journal.open_as_far_as_possible(settings.state_directory)
            opened.callback(journal.close)
            kept_as = settings.orders_as or settings.profile
            company = Company(settings.state_directory, settings.address.url, kept_as)
            opened.callback(company.leave)
            problem = journal.unwritable or _join(company)
            cache = Cache.open(settings.cache_directory)
            opened.callback(cache.close)
            client = SiteClient(settings.address, settings.key, timeouts=settings.timeouts, proxy=settings.proxy)
            opened.push_async_callback(client.aclose)
            opened.callback(board.flush)
            context = make_context(
                client=client,
                journal=journal,
                company=company,
                cache=cache,
                board=board,
                clock=self._clock,
                policy=settings.policy,
                profile=kept_as,
                ordering_off=None if problem is None else say(ORDERING_OFF, problem=problem.sentence),
            )
            await self._serve(Parts(context, read_only=settings.read_only, browses=settings.browses))

    async def _serve(self, parts: Parts) -> None:
        stopping, commands = self._open_door()
        running = asyncio.create_task(parts.run())
        obeying = asyncio.create_task(_obey_all(parts, commands))
        await asyncio.wait({running, obeying, asyncio.create_task(stopping.wait())}, return_when="FIRST_COMPLETED")
        await parts.finish_money()
        for task in (running, obeying):
            task.cancel()
        outcomes = await asyncio.gather(running, obeying, return_exceptions=True)
        await parts.end_followers()
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome

    def _open_door(self) -> tuple[asyncio.Event, asyncio.Queue[Command]]:
        with self._lock:
            self._loop = asyncio.get_running_loop()
            self._stopping = asyncio.Event()
            self._commands = asyncio.Queue()
            for command in self._early:
                self._commands.put_nowait(command)
            self._early.clear()
            if self._stop_asked:
                self._stopping.set()
            return self._stopping, self._commands

    def _publish(self, snapshot: Snapshot) -> None:
        self._latest = snapshot
        # Whoever looks on may be gone, as a screen whose terminal died; the work goes on.
        with contextlib.suppress(Exception):
            self._wake()


def _join(company: Company) -> JournalError | None:
    """Join the other programs. Returns what keeps this one alone: they could take its orders for a dead one's."""
    from snum_tui.journal.errors import JournalError  # noqa: PLC0415 - as above

    try:
        company.join()
    except JournalError as error:
        return error
    return None


async def _obey_all(parts: Parts, commands: asyncio.Queue[Command]) -> None:
    while True:
        parts.obey(await commands.get())
