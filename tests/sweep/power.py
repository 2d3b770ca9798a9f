"""Power cuts: at any step of a life, what the next start would find on the disk."""

import json
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from snum_tui.domain.orders import Order
from snum_tui.journal.errors import JournalError
from snum_tui.journal.orders import Journal
from tests.sweep.disk import EVERYTHING, NOTHING, ONLY_CONTENT, ONLY_NAMES, Disk, Survival, Tree, build, by_chance
from tests.sweep.faults import Effect, Kind
from tests.sweep.steps import Step

ORDERS = "state/snum-tui/orders.db"
MARKER = f"{ORDERS}.exists"

_COURSE = ("sending", "waiting", "cancelling", "cancelled")
"""The states of the order of a life in which nothing goes wrong."""


@dataclass(slots=True)
class Owed:
    """What must be on the disk by now, because somebody acts on it: the site was asked, or the person was told."""

    order_sent: bool = False
    cancel_sent: bool = False
    told: list[Mapping[str, Any]] = field(default_factory=list)

    def note(self, step: Step) -> None:
        """Take what this step gives away. A send owes from the moment before it."""
        if step.kind is Kind.SEND:
            self.order_sent = self.order_sent or step.name == "getNumber"
            self.cancel_sent = self.cancel_sent or step.name == "cancelNumber"
        if step.kind is Kind.MARK and step.text.startswith("told "):
            self.told.append(json.loads(step.text.removeprefix("told ")))


class PowerCuts:
    """Cuts the power in a life again and again, and counts how often."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen = set[tuple[int, str]]()
        self.cuts = 0
        self.kinds = set[Kind]()

    @property
    def disks(self) -> int:
        """How many different disks there were to look at."""
        return len(self._seen)

    def complaints(self, steps: Sequence[Step], seeds: int, *, everywhere: bool = False) -> Iterator[str]:
        """Yield all that does not hold after a cut before a step that syncs, sends or tells, or before any."""
        disk, owed = Disk(), Owed()
        for place, step in enumerate(steps):
            owed.note(step)
            if everywhere or step.kind in {Kind.SYNC, Kind.TRUNCATE, Kind.SEND, Kind.MARK}:
                for name, survival in _survivals(place, seeds):
                    where = f"cut before step {place}, {step.kind.name.lower()} {step.name} {step.data[:60]!r}"
                    for complaint in self._after_cut(disk.after_cut(survival), owed):
                        yield f"{where}, {name} of the unsynced survives: {complaint}"
                self.kinds.add(step.kind)
            disk.follow([step])

    def _after_cut(self, tree: Tree, owed: Owed) -> Iterator[str]:
        # A disk that was looked at already, with no more owed than then, tells nothing new.
        facts = json.dumps([owed.order_sent, owed.cancel_sent, owed.told])
        key = (hash(tuple(sorted(tree.items(), key=lambda item: item[0]))), facts)
        self.cuts += 1
        if key in self._seen:
            return
        self._seen.add(key)
        home = self._folder / f"cut-{self.cuts}"
        build(tree, home)
        try:
            yield from _look(home / ORDERS, owed)
        finally:
            shutil.rmtree(home)


def _survivals(place: int, seeds: int) -> Iterator[tuple[str, Survival]]:
    yield "nothing", NOTHING
    yield "everything", EVERYTHING
    yield "every name", ONLY_NAMES
    yield "all content", ONLY_CONTENT
    for seed in range(seeds):
        yield f"choice {seed}", by_chance(1000 * place + seed)


def _look(file: Path, owed: Owed) -> Iterator[str]:
    try:
        with closing(Journal.open(file.parent)) as journal:
            orders = journal.all_orders()
    except JournalError as error:
        yield f"the journal does not open: {error}"
        return
    if owed.order_sent and not orders:
        yield "an order was sent, and no intent is there"
    if owed.cancel_sent and not any(_has_come_to(order, "cancelling") for order in orders):
        yield f"a cancel was sent, and the journal says {[order.state.value for order in orders]}"
    by_id = {order.id: order for order in orders}
    for told in owed.told:
        yield from _compare(told, by_id.get(told["id"]), file)


def _compare(told: Mapping[str, Any], order: Order | None, file: Path) -> Iterator[str]:
    """What the person was told of an order is there; the journal may know more by then."""
    if order is None:
        yield f"the person was told {told}, and there is no such order"
        return
    if not _has_come_to(order, told["state"]):
        yield f"the person was told {told['state']}, the journal says {order.state.value}"
    for name in ("number_id", "number", "message"):
        if told[name] is not None and getattr(order, name) != told[name]:
            yield f"the person was told {name} {told[name]}, the journal says {getattr(order, name)}"
    if told["number_id"] is not None and not _has_reply(file, told["number_id"]):
        yield f"the reply that brought number id {told['number_id']} is not there"


def _has_come_to(order: Order, state: str) -> bool:
    """Tell whether the order is in the state, or in one that comes later in this life."""
    return order.state in _COURSE and _COURSE.index(order.state) >= _COURSE.index(state)


def _has_reply(file: Path, number_id: str) -> bool:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        replies = connection.execute("SELECT raw FROM events WHERE raw IS NOT NULL").fetchall()
    return any(number_id.encode() in raw for (raw,) in replies)


def overbooked(steps: Sequence[Step]) -> Iterator[str]:
    """Yield each sync after which a disk that became full in this life would have to hold more than it can.

    Room is free on the disk only when the deleted name is surely gone: until then a power cut brings it back.
    """
    if not any(step.effect is Effect.FULL for step in steps):
        return
    disk, capacity = Disk(), None
    for place, step in enumerate(steps):
        if step.kind is Kind.MARK and step.text == "leave":
            return
        if step.effect is Effect.FULL:
            capacity = disk.held_bytes(EVERYTHING)
        disk.follow([step])
        if capacity is not None and step.kind is Kind.SYNC and (held := disk.held_bytes(NOTHING)) > capacity:
            yield f"after step {place}, sync {step.name}: {held} bytes on a disk of {capacity}"
