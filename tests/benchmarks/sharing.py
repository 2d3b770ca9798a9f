"""How soon one program sees what another did to the shared journal, and takes over from one that was killed."""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from statistics import median

from snum_tui.domain.policy import Policy, Politeness, PollSchedule
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.engine.commands import PlaceOrder
from snum_tui.engine.snapshot import Snapshot
from snum_tui.engine.system_clock import SystemClock
from snum_tui.engine.thread import Engine, EngineSettings
from snum_tui.sandbox.server import SandboxServer
from snum_tui.sandbox.site_options import SandboxOptions
from tests.benchmarks.table import print_table

ROUNDS = 5
PATIENCE_SECONDS = 20.0
SEEN_SECONDS = 1.0
"""The goal: both programs see every change within so long."""
TAKEN_OVER_SECONDS = 3.0
"""The goal: the other one asks for messages so soon after a kill."""

LEADER = """
import sys, time
from pathlib import Path
from tests.benchmarks.sharing import engine_on
engine = engine_on(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
engine.start()
while not engine.latest.leads:
    time.sleep(0.01)
print("leads", flush=True)
time.sleep(600)
"""


def measure_sharing() -> None:
    """Print both, each over a few rounds."""
    options = SandboxOptions(port=0, code_share=0.0, no_number_share=0.0, balance=Decimal(1000))
    with SandboxServer(options) as site:
        site.set_price(1, "2.00")
        site.set_stock(1, 1000)
        seen = [_seconds_until_seen(site) for _ in range(ROUNDS)]
        taken_over = [_seconds_until_taken_over(site) for _ in range(ROUNDS)]
    lines = [
        _line("an order is written until the other program shows it", seen, SEEN_SECONDS),
        _line("the leader is killed until the other one leads", taken_over, TAKEN_OVER_SECONDS),
    ]
    print_table(f"Two programs on one journal, {ROUNDS} rounds", ("what", "median s", "longest s", "goal s"), lines)


def engine_on(url: str, key: str, folder: Path) -> Engine:
    """Make an engine on a site; programs with the same folder share their journal."""
    policy = Policy(polls=PollSchedule(first_seconds=0.5), politeness=Politeness(burst=1000))
    address, secret = SiteAddress(url), ApiKey(key)
    settings = EngineSettings(address, secret, "default", folder / "state", folder / "cache", policy, browses=False)
    return Engine(settings, SystemClock())


def _seconds_until_seen(site: SandboxServer) -> float:
    with tempfile.TemporaryDirectory(prefix="snum-tui-sharing-") as folder:
        first, second = (engine_on(site.url, site.key, Path(folder)) for _ in range(2))
        written, shown = Moment(first), Moment(second)
        try:
            for engine in (first, second):
                engine.start()
            written.of(lambda snapshot: snapshot.balance is not None and snapshot.others == 1)
            shown.of(lambda snapshot: snapshot.balance is not None and snapshot.others == 1)
            first.submit(PlaceOrder("1", "Almanya", "1", "Google", Decimal("2.00")))
            began = written.of(lambda snapshot: bool(snapshot.orders))
            return shown.of(lambda snapshot: bool(snapshot.orders)) - began
        finally:
            for engine in (first, second):
                engine.stop(PATIENCE_SECONDS)


def _seconds_until_taken_over(site: SandboxServer) -> float:
    with tempfile.TemporaryDirectory(prefix="snum-tui-sharing-") as folder:
        command = [sys.executable, "-c", LEADER, site.url, site.key, folder]
        root = Path(__file__).resolve().parents[2]
        leader = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root)  # noqa: S603 - our own interpreter
        follower = engine_on(site.url, site.key, Path(folder))
        moment = Moment(follower)
        try:
            assert leader.stdout is not None
            leader.stdout.readline()
            follower.start()
            moment.of(lambda snapshot: snapshot.others == 1)
            began = time.monotonic()
            leader.kill()
            return moment.of(lambda snapshot: snapshot.leads) - began
        finally:
            leader.kill()
            leader.communicate()
            follower.stop(PATIENCE_SECONDS)


class Moment:
    """When a snapshot of an engine was first as wished, by the monotonic clock."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._changed = threading.Condition()
        self._came: list[tuple[float, Snapshot]] = []
        engine.when_changed(self._keep)

    def of(self, holds: Callable[[Snapshot], bool]) -> float:
        """Wait for it."""
        with self._changed:
            found = self._changed.wait_for(lambda: any(holds(one) for _, one in self._came), PATIENCE_SECONDS)
            assert found, "it never was"
            return next(at for at, one in self._came if holds(one))

    def _keep(self) -> None:
        with self._changed:
            self._came.append((time.monotonic(), self._engine.latest))
            self._changed.notify_all()


def _line(what: str, seconds: list[float], goal: float) -> tuple[str, str, str, str]:
    return what, f"{median(seconds):.2f}", f"{max(seconds):.2f}", f"{goal:g}"


if __name__ == "__main__":
    measure_sharing()
