"""A site per test on a free port, engines on it, time that moves when told to, and waits that never sleep."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from snum_tui.domain.clock import Clock, Instant
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.policy import Freshness, Policy, Politeness, PollSchedule
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.engine.commands import PlaceOrder
from snum_tui.engine.snapshot import Snapshot
from snum_tui.engine.thread import Engine, EngineSettings
from snum_tui.locale import Speaker
from snum_tui.provider.timeouts import Timeouts
from snum_tui.sandbox.options import SandboxOptions
from snum_tui.sandbox.server import SandboxServer

NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
PATIENCE_SECONDS = 20.0
"""How long a condition may take on a busy machine before the test fails; nothing waits for it to pass."""

QUICK = Policy(
    polls=PollSchedule(first_seconds=0.02, second_seconds=0.04, last_seconds=0.04),
    politeness=Politeness(
        burst=1000,
        requests_per_second=1000,
        read_retries=1,
        retry_base_seconds=0.005,
        retry_cap_seconds=0.01,
        probe_seconds=0.03,
    ),
    freshness=Freshness(),
)


class Hands:
    """A clock whose hands the test moves; the site reads the same one."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.when_read: Callable[[], object] = lambda: None

    def now(self) -> Instant:
        return Instant(NOON + timedelta(seconds=self.seconds), 1000.0 + self.seconds, "boot")

    def read(self) -> float:
        self.when_read()
        return self.seconds

    def move(self, seconds: float) -> None:
        self.seconds += seconds


class JumpingLoop(asyncio.SelectorEventLoop):
    """Waits for nothing: where nobody is ready, it is at once as late as the next timer says."""

    late = 0.0

    def time(self) -> float:
        return self.late

    def _run_once(self) -> None:
        """Do what CPython's loop does in one round, after the jump."""
        timers = [timer.when() for timer in self._scheduled if not timer.cancelled()]  # type: ignore[attr-defined]
        if timers and not self._ready:  # type: ignore[attr-defined]  # CPython's own names
            self.late = max(self.late, min(timers))
        super()._run_once()  # type: ignore[misc]


@pytest.fixture(scope="session")
def jump() -> Callable[[Coroutine[Any, Any, None]], None]:
    """Run a coroutine that only waits for time to its end, in no time."""

    def run(work: Coroutine[Any, Any, None]) -> None:
        with asyncio.Runner(loop_factory=JumpingLoop) as runner:
            runner.run(asyncio.wait_for(work, 3600))

    return run


@pytest.fixture
def hands() -> Hands:
    """The one clock of a test."""
    return Hands()


@pytest.fixture
def clock(hands: Hands) -> Clock:
    """The clock as the engine reads it."""
    return hands


@pytest.fixture
def pass_seconds(hands: Hands) -> Callable[[float], None]:
    """Let this much time pass for the engine and the site."""
    return hands.move


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """The state directory."""
    return tmp_path / "state"


@pytest.fixture
def policy() -> Policy:
    """Rules that make no test wait; the balance is read only when something asks for it."""
    return QUICK


@pytest.fixture
def open_site(hands: Hands) -> Iterator[Callable[..., SandboxServer]]:
    """Start a site with these options: rows 1 to 5 cost 2.00 and are in stock, and no code comes by itself."""
    with ExitStack() as stack:

        def start(**options: Any) -> SandboxServer:  # Any: each option has its own type, checked by the dataclass
            quiet = {
                "port": 0,
                "code_share": 0.0,
                "no_number_share": 0.0,
                "expire_seconds": 0.0,
                "drip_seconds": 0.002,
            }
            site = stack.enter_context(SandboxServer(SandboxOptions(**{**quiet, **options}), time=hands.read))
            stack.callback(_meet_everybody, site)
            for row in range(1, 6):
                site.set_price(row, "2.00")
                site.set_stock(row, 50)
            return site

        yield start


@pytest.fixture(scope="session")
def close_site() -> Callable[[SandboxServer], None]:
    """Stop a site before the test ends."""

    def close(site: SandboxServer) -> None:
        _meet_everybody(site)
        site.stop()

    return close


def _meet_everybody(site: SandboxServer) -> None:
    """Let the site greet whoever still stands at its door: an engine that ended may have left in mid-connect.

    A connection that asyncio is just taking in when its server closes is never closed (CPython 3.11).
    """
    with suppress(OSError), closing(HTTPConnection(site.url.removeprefix("http://"), timeout=5)) as last_in_line:
        last_in_line.request("GET", "/sandbox/ledger")
        last_in_line.getresponse().read()


@pytest.fixture
def site_options() -> dict[str, object]:
    """How the test's site differs from the plain one; a test sets it by parametrize."""
    return {}


@pytest.fixture
def site(open_site: Callable[..., SandboxServer], site_options: dict[str, object]) -> SandboxServer:
    """The site of the test."""
    return open_site(**site_options)


@pytest.fixture
def amid(site: SandboxServer, hands: Hands) -> Callable[[str, Callable[[], object]], list[object]]:
    """Do something amid the next such call: the site has been asked, has done nothing and answered nothing yet.

    Returns a list that will hold what came of it. (The site looks at its clock then, and the clock is ours.)
    """

    def arrange(call: str, do: Callable[[], object]) -> list[object]:
        asked, results = site.requests[call], list[object]()

        def look() -> None:
            if site.requests[call] > asked:
                hands.when_read = lambda: None
                results.append(do())

        hands.when_read = look
        return results

    return arrange


@pytest.fixture
def changed() -> threading.Condition:
    """Notified with every new snapshot of any engine in the test."""
    return threading.Condition()


@pytest.fixture
def new_engine(
    site: SandboxServer, state: Path, tmp_path: Path, policy: Policy, clock: Clock, changed: threading.Condition
) -> Iterator[Callable[..., Engine]]:
    """Make an engine on the site, or with other settings; all on the same directories, all ended with the test."""
    with ExitStack() as stack:

        def wake() -> None:
            with changed:
                changed.notify_all()

        def make(**settings: Any) -> Engine:  # Any: each setting has its own type
            deadlines = Timeouts(
                connect_seconds=5,
                read_deadline_seconds=settings.pop("read_seconds", 30.0),
                money_deadline_seconds=settings.pop("money_seconds", 30.0),
                tick_seconds=0.02,
            )
            whole = EngineSettings(
                address=SiteAddress(site.url),
                key=ApiKey(site.key),
                profile="default",
                state_directory=state,
                cache_directory=tmp_path / "cache",
                policy=policy,
                timeouts=deadlines,
            )
            engine = Engine(replace(whole, **settings), clock)
            engine.when_changed(wake)
            stack.callback(_end, engine)
            return engine

        yield make


def _end(engine: Engine) -> None:
    assert engine.stop(PATIENCE_SECONDS), "the engine did not end"


@pytest.fixture
def start(new_engine: Callable[..., Engine], until: Callable[..., Snapshot]) -> Callable[..., Engine]:
    """Start an engine and wait until the site has told it the balance."""

    def started(**settings: Any) -> Engine:
        engine = new_engine(**settings)
        engine.start()
        until(engine, lambda seen: seen.balance is not None)
        return engine

    return started


@pytest.fixture
def engine(start: Callable[..., Engine]) -> Engine:
    """An engine that has the balance."""
    return start()


@pytest.fixture
def until(changed: threading.Condition) -> Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]:
    """Wait until a snapshot (or the site, which wakes nobody) is as wished, and return that snapshot."""

    def wait(engine: Engine, holds: Callable[[Snapshot], bool]) -> Snapshot:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            with changed:
                seen = engine.latest
                if holds(seen):
                    return seen
                changed.wait(0.005)
            assert time.monotonic() < deadline, _describe(seen)

    return wait


def _describe(seen: Snapshot) -> str:
    orders = [(order.state.value, order.number_id, order.note and _english(order.note)) for order in seen.orders]
    lines = [f"never seen; the last was: link {seen.link}, balance {seen.balance}, listing {seen.listing.loading}"]
    lines += [_english(seen.link_problem)] if seen.link_problem else []
    lines += [f"order {order}" for order in orders]
    lines += [f"{event.weight}: {_english(event.sentence)}" for event in seen.events]
    return "\n".join(lines)


_english = Speaker("en").render


@pytest.fixture
def told() -> Callable[[Snapshot], list[str]]:
    """Write out what a snapshot's events tell the person, `weight: words`, the first one first."""

    def write(seen: Snapshot) -> list[str]:
        return [f"{event.weight}: {_english(event.sentence)}" for event in seen.events]

    return write


@pytest.fixture
def note_of() -> Callable[[Order], str]:
    """Write out the note of an order; empty where it has none."""

    def write(order: Order) -> str:
        return "" if order.note is None else _english(order.note)

    return write


@pytest.fixture
def wish() -> PlaceOrder:
    """One number of the row that costs 2.00."""
    return PlaceOrder("1", "Almanya", "1", "Google", Decimal("2.00"))


@pytest.fixture
def place(until: Callable[..., Snapshot], wish: PlaceOrder) -> Callable[..., Order]:
    """Order one number, and return the order once its outcome and the balance after it are known."""

    def order(engine: Engine, **changes: Any) -> Order:
        known = {order.id for order in engine.latest.orders}
        engine.submit(replace(wish, **changes))

        def fresh(seen: Snapshot) -> list[Order]:
            return [order for order in seen.orders if order.id not in known]

        def done(order: Order) -> bool:
            return order.state is not OrderState.SENDING and order.balance_after is not None

        return fresh(until(engine, lambda seen: any(map(done, fresh(seen)))))[0]

    return order


@pytest.fixture
def now() -> Callable[[Engine, Order], Order]:
    """Return an order as the newest snapshot has it."""

    def look(engine: Engine, order: Order) -> Order:
        return next(found for found in engine.latest.orders if found.id == order.id)

    return look


@pytest.fixture
def until_state(until: Callable[..., Snapshot]) -> Callable[..., Order]:
    """Wait until an order is in a state, and return it as it is then."""

    def wait(engine: Engine, order: Order, state: OrderState) -> Order:
        def found(seen: Snapshot) -> list[Order]:
            return [one for one in seen.orders if one.id == order.id and one.state is state]

        return found(until(engine, lambda seen: bool(found(seen))))[0]

    return wait


@pytest.fixture
def rows(state: Path) -> Callable[..., list[tuple[Any, ...]]]:
    """Ask orders.db by a connection of one's own, as another program would."""

    def ask(statement: str, *values: object) -> list[tuple[Any, ...]]:  # Any: whatever SQLite holds
        with closing(sqlite3.connect(f"file:{state / 'orders.db'}?mode=ro", uri=True)) as connection:
            return connection.execute(statement, values).fetchall()

    return ask
