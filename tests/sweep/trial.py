"""One trial: a fresh site, a fresh folder, a first life with a fault, a second life without, and the verdict."""

import shutil
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from snum_tui.sandbox.options import SandboxOptions
from snum_tui.sandbox.server import SandboxServer
from tests.sweep.faults import Fault, Kind
from tests.sweep.life import PATIENCE_SECONDS, Place, read_report
from tests.sweep.nursery import Nursery
from tests.sweep.results import Result, result_of
from tests.sweep.shim import build_shim
from tests.sweep.steps import Step, read_steps
from tests.sweep.verdict import Evidence, complete_requests, judge

_SITE = SandboxOptions(port=0, code_share=0.0, no_number_share=0.0, expire_seconds=0.0)
"""Nothing happens on it by itself."""


class Bench:
    """Makes trials in a folder, one at a time. Raises NoShimError where that cannot be."""

    def __init__(self, folder: Path) -> None:
        # SQLite looks behind symbolic links, so the paths that are watched must have none.
        self._folder = folder.resolve()
        self._count = 0
        shim = build_shim(self._folder)
        with _site() as site:
            self._nursery = Nursery(shim, self._new_place(site))

    def run(self, fault: Fault | None) -> Evidence:
        """Make one trial: live with the fault, live again without, and bring what there is to judge."""
        with _site() as site:
            place = self._new_place(site)
            try:
                return self._live_twice(site, place, fault)
            finally:
                shutil.rmtree(place.folder)

    def undisturbed(self, fault: Fault | None = None) -> Evidence:
        """Make a trial with no fault, or with one that must change nothing. Raises AssertionError if it did."""
        evidence = self.run(fault)
        complaints = judge(evidence).complaints
        if complaints:
            raise AssertionError(f"{fault or 'without any fault'}: {complaints}")
        return evidence

    def chores(self) -> Sequence[Step]:
        """Let the journal's functions for files and folders work, and return their steps."""
        with _site() as site:
            place = self._new_place(site)
            try:
                status = self._nursery.chores(place)
                if status != 0:
                    raise AssertionError(_errors(place))
                return read_steps(place.log)
            finally:
                shutil.rmtree(place.folder)

    def sweep(
        self, faults: Iterable[Fault], tell: Callable[[Result], object] = lambda _result: None
    ) -> list[Result]:
        """Make all these trials, one after another; `tell` is called after each."""
        results = []
        for fault in faults:
            results.append(result_of(fault, self.run(fault)))
            tell(results[-1])
        return results

    def close(self) -> None:
        """End the processes."""
        self._nursery.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _live_twice(self, site: SandboxServer, place: Place, fault: Fault | None) -> Evidence:
        status = self._nursery.first(place, fault)
        steps = read_steps(place.log)
        _wait_for_what_is_on_its_way(site, steps)
        truth = site.orders
        # A number that nobody wanted to cancel proves that it is not lost by getting its code.
        if not any(step.kind is Kind.MARK and step.text == "cancel" for step in steps):
            for charged in (charged for charged in truth if charged.state == "waiting"):
                site.deliver(charged.number_id, "123456")
        expected = {charged.number_id: charged.state.value for charged in site.orders if charged.state != "waiting"}
        second_status = self._nursery.second(place, expected)
        return Evidence(
            fault=fault,
            status=status,
            steps=steps,
            first=read_report(place, "first"),
            second=read_report(place, "second"),
            second_status=second_status,
            truth=truth,
            final=site.orders,
            requests=site.requests,
            replies=_replies(place.state / "orders.db"),
            errors=_errors(place),
        )

    def _new_place(self, site: SandboxServer) -> Place:
        self._count += 1
        place = Place(self._folder / f"{self._count}", site.url, site.key)
        place.home.mkdir(parents=True)
        return place


@contextmanager
def _site() -> Iterator[SandboxServer]:
    with SandboxServer(_SITE) as site:
        site.set_price(1, "2.00")
        site.set_stock(1, 50)
        yield site


def _wait_for_what_is_on_its_way(site: SandboxServer, steps: Sequence[Step]) -> None:
    """Wait until the site has carried out what left the process: it may do so after the process is dead."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    for call in ("getNumber", "cancelNumber"):
        sent = complete_requests(steps, call)
        while site.requests[call] < sent and time.monotonic() < deadline:
            time.sleep(0.001)


def _errors(place: Place) -> str:
    """Read what went to stderr."""
    errors = place.folder / "errors"
    return errors.read_text() if errors.exists() else ""


def _replies(journal: Path) -> Mapping[str, Sequence[bytes]]:
    """Read past the journal which raw replies it holds, by the number id of their order."""
    replies = defaultdict[str, list[bytes]](list)
    statement = "SELECT number_id, raw FROM orders JOIN events ON order_id = orders.id WHERE number_id IS NOT NULL"
    with closing(sqlite3.connect(f"{journal.as_uri()}?mode=ro", uri=True)) as connection:
        for number_id, raw in connection.execute(statement):
            replies[number_id].append(raw or b"")
    return replies
