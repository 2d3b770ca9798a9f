"""Two lives of the program on one state directory: the first orders and cancels, the second finds what is left.

Both run in processes of their own and report in lines of JSON.
"""

import json
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.policy import Policy, Politeness, PollSchedule
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.engine.commands import CancelNumber, PlaceOrder
from snum_tui.engine.snapshot import Link, Snapshot
from snum_tui.engine.system_clock import SystemClock
from snum_tui.engine.thread import Engine, EngineSettings
from snum_tui.journal.orders import Journal
from snum_tui.provider.timeouts import Timeouts
from tests.sweep.faults import Fault
from tests.sweep.shim import Shim

PATIENCE_SECONDS = 20.0
"""How long a condition may take on a busy machine before a life counts as stuck; nothing waits for it to pass."""

POLITENESS = Politeness(
    burst=1000,
    requests_per_second=1000,
    read_retries=1,
    retry_base_seconds=0.005,
    retry_cap_seconds=0.01,
    probe_seconds=0.03,
)
WISH = PlaceOrder("1", "Almanya", "1", "Google", Decimal("2.00"))
NOT_ORDERED = "Nothing was ordered: {reason}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a life takes place. `home` is the watched folder; what is about it lies beside."""

    folder: Path
    address: str
    key: str

    @property
    def home(self) -> Path:
        """What the shim watches."""
        return self.folder / "home"

    @property
    def state(self) -> Path:
        """The state directory, which the first life makes, two levels of it."""
        return self.home / "state" / "snum-tui"

    @property
    def log(self) -> Path:
        """The steps of the first life."""
        return self.folder / "steps"

    def report(self, life: str) -> Path:
        """Where a life (`first`, `second`) tells how it went."""
        return self.folder / f"{life}.jsonl"

    @property
    def port(self) -> int:
        """The site's port."""
        return int(self.address.rpartition(":")[2])


class Life:
    """An engine in this process, what it shows, and the report about it."""

    def __init__(self, place: Place, name: str, polls: PollSchedule) -> None:
        self._report = place.report(name)
        self._changed = threading.Condition()
        self.when_shown: Callable[[Snapshot], None] = lambda _seen: None
        self.engine = Engine(
            EngineSettings(
                address=SiteAddress(place.address),
                key=ApiKey(place.key),
                profile="default",
                state_directory=place.state,
                cache_directory=place.home / "cache",
                policy=Policy(polls=polls, politeness=POLITENESS),
                timeouts=Timeouts(
                    connect_seconds=5, read_deadline_seconds=30, money_deadline_seconds=30, tick_seconds=0.02
                ),
            ),
            SystemClock(),
        )
        self.engine.when_changed(self._wake)

    def until(self, holds: Callable[[Snapshot], bool], stage: str) -> Snapshot:
        """Wait until a snapshot is as wished, and report it."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        with self._changed:
            while not holds(seen := self.engine.latest):
                if not self._changed.wait(max(0.0, deadline - time.monotonic())):
                    self.tell(stage="stuck", at=stage, **as_record(seen))
                    os._exit(1)
        self.tell(stage=stage, **as_record(seen))
        return seen

    def end(self) -> None:
        """Stop the engine as a person does who leaves."""
        ended = self.engine.stop(PATIENCE_SECONDS)
        self.tell(stage="ended" if ended else "stuck", at="ended", **as_record(self.engine.latest))

    def tell(self, **what: object) -> None:
        """Add a line to the report."""
        with self._report.open("a") as report:
            report.write(json.dumps(what) + "\n")

    def _wake(self) -> None:
        self.when_shown(self.engine.latest)
        with self._changed:
            self._changed.notify_all()


def as_record(seen: Snapshot) -> dict[str, object]:
    """Write down what a snapshot shows of orders."""
    return {
        "orders": [order_record(order) for order in seen.orders],
        "unwritten": [order.id for order in seen.unwritten],
        "stopped": seen.ordering_stopped is not None,
        "told": [event.sentence.template for event in seen.events],
    }


def order_record(order: Order) -> dict[str, object]:
    """Write down what must never be lost of an order."""
    after = order.balance_after
    return {
        "id": order.id,
        "state": order.state.value,
        "number_id": order.number_id,
        "number": order.number,
        "message": order.message,
        "balance_after": None if after is None else str(after),
    }


def first_life(place: Place, fault: Fault | None) -> NoReturn:
    """Start for the first time, order one number, cancel it, leave."""
    shim = Shim()
    shim.begin(place.home, place.port, place.log)
    if fault is not None:
        shim.plan(fault)
    life = Life(place, "first", PollSchedule())
    life.when_shown = _mark_what_is_told(shim)
    cut = fault is not None and fault.cuts_line
    shim.mark("start")
    life.engine.start()
    started = life.until(lambda seen: _is_up(seen) or (cut and seen.link is Link.DOWN), "started")
    if _is_up(started) and started.ordering_stopped is None:
        _spend(life, shim, fault)
    if fault is not None and not fault.heals:
        os.kill(os.getpid(), signal.SIGKILL)
    shim.mark("leave")
    shim.heal()
    life.end()
    os._exit(0)


def second_life(place: Place, expected: dict[str, str]) -> NoReturn:
    """Start again, and wait until nothing is in flight and the site's numbers are in the expected states."""
    # Nothing goes wrong here; but the shim spares the disk.
    Shim().begin(place.home, place.port, place.folder / "steps of the second life")
    life = Life(place, "second", PollSchedule(first_seconds=0.02))
    life.tell(stage="found", orders=_written(place))
    life.engine.start()

    def is_settled(seen: Snapshot) -> bool:
        in_flight = {OrderState.SENDING, OrderState.CANCELLING}
        if seen.balance is None or any(order.state in in_flight for order in seen.orders):
            return False
        return all(order.state == expected.get(order.number_id or "", order.state) for order in seen.orders)

    life.until(lambda seen: is_settled(seen) or seen.ordering_stopped is not None, "settled")
    life.end()
    life.tell(stage="kept", orders=_written(place))
    os._exit(0)


def rehearse(place: Place) -> None:
    """Let everything be imported and made ready that is so once a process."""
    life = Life(place, "rehearsal", PollSchedule())
    life.engine.start()
    life.until(_is_up, "started")
    life.end()


def _is_up(seen: Snapshot) -> bool:
    return seen.balance is not None or seen.ordering_stopped is not None


def _spend(life: Life, shim: Shim, fault: Fault | None) -> None:
    cut = fault is not None and fault.cuts_line
    shim.mark("order")
    life.engine.submit(WISH)
    ordered = life.until(lambda seen: _refusals(seen) > 0 or _is_ordered(seen, cut=cut), "ordered")
    if ordered.unwritten and fault is not None and fault.lasts:
        before = _refusals(ordered)
        life.engine.submit(WISH)
        life.until(lambda seen: _refusals(seen) > before, "not ordered")
    for order in ordered.orders:
        if order.state is OrderState.WAITING:
            shim.mark("cancel")
            life.engine.submit(CancelNumber(order.id))
            life.until(lambda seen: _is_cancelled(seen, cut=cut), "cancelled")


def _refusals(seen: Snapshot) -> int:
    return sum(event.sentence.template == NOT_ORDERED for event in seen.events)


def _is_ordered(seen: Snapshot, *, cut: bool) -> bool:
    """Tell whether all is known that will be: the outcome, and the balance after it where it can be read."""
    return any(
        order.state is not OrderState.SENDING and (cut or order.balance_after is not None) for order in seen.orders
    )


def _is_cancelled(seen: Snapshot, *, cut: bool) -> bool:
    """Tell whether a cancel is over: its last word is a note."""
    over = any(order.state is not OrderState.CANCELLING and order.note is not None for order in seen.orders)
    return over or (cut and seen.link is Link.DOWN)


def _mark_what_is_told(shim: Shim) -> Callable[[Snapshot], None]:
    """Mark in the log whatever a snapshot tells the person for the first time of orders that are written down."""
    told = list[dict[str, object]]()

    def mark(seen: Snapshot) -> None:
        for order in seen.orders:
            record = order_record(order)
            if record not in told and order not in seen.unwritten:
                told.append(record)
                shim.mark("told " + json.dumps(record))

    return mark


def _written(place: Place) -> list[dict[str, object]]:
    journal = Journal.open_for_reading(place.state)
    try:
        return [order_record(order) for order in journal.all_orders()]
    finally:
        journal.close()


def read_report(place: Place, life: str) -> list[dict[str, Any]]:
    """Read what a life has told so far, line by line."""
    report = place.report(life)
    return [json.loads(line) for line in report.read_text().splitlines()] if report.exists() else []
