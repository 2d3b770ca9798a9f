"""The daily backup goes on beside everything else, made by the program that leads, and its failure is told once."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from snum_tui.domain.clock import Clock
from snum_tui.domain.orders import Order
from snum_tui.engine import backup
from snum_tui.engine.backup import BackupKeeper
from snum_tui.engine.snapshot import Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.journal import backups
from snum_tui.journal.backups import back_up
from snum_tui.journal.company import Company
from snum_tui.sandbox.server import SandboxServer
from tests.engine.conftest import Hands

Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]
DAY_SECONDS = 86_400


@pytest.fixture(autouse=True)
def _look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup is looked for at once and every 20 ms, also after a failure."""
    for name in ("FIRST_LOOK_SECONDS", "LOOK_SECONDS", "AGAIN_SECONDS"):
        monkeypatch.setattr(backup, name, 0.02)


@pytest.fixture
def copies(state: Path) -> Callable[[], list[str]]:
    """List the backups."""
    return lambda: sorted(path.name for path in state.glob("backups/orders-*.db"))


@pytest.fixture
def copy_today(clock: Clock) -> Callable[[], str]:
    """Name the backup of today."""
    return lambda: f"orders-{clock.now().wall.astimezone().date().isoformat()}.db"


def test_a_day_begins_with_a_backup_and_so_does_the_next_one(
    engine: Engine,
    place: Callable[..., Order],
    until: Until,
    pass_seconds: Callable[[float], None],
    copies: Callable[[], list[str]],
    copy_today: Callable[[], str],
) -> None:
    assert copies() == [], "there was no order to keep"
    place(engine)
    first = copy_today()
    until(engine, lambda _: copies() == [first])
    pass_seconds(DAY_SECONDS)
    until(engine, lambda _: copies() == [first, copy_today()])
    assert len(set(copies())) == 2


def test_the_day_is_the_persons_own(
    engine: Engine, place: Callable[..., Order], until: Until, hands: Hands, copies: Callable[[], list[str]]
) -> None:
    here = hands.now().wall.astimezone()
    before_midnight = here.replace(hour=23, minute=59) - here
    hands.move(before_midnight.total_seconds())
    place(engine)
    until(engine, lambda _: copies() == [f"orders-{here.date().isoformat()}.db"])
    hands.move(120)
    tomorrow = f"orders-{(here + timedelta(days=1)).date().isoformat()}.db"
    until(engine, lambda _: tomorrow in copies())


def test_only_the_program_that_leads_makes_it(
    start: Callable[..., Engine],
    site: SandboxServer,
    state: Path,
    place: Callable[..., Order],
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
    copies: Callable[[], list[str]],
    copy_today: Callable[[], str],
) -> None:
    looks: list[bool] = []
    real = BackupKeeper._look

    async def look(keeper: BackupKeeper) -> bool:
        looks.append(keeper._board.now.leads)
        return await real(keeper)

    monkeypatch.setattr(BackupKeeper, "_look", look)
    leader = Company(state, site.url, "default")
    leader.join()
    assert leader.try_to_lead()
    engine = start()
    place(engine)
    seen_before = len(looks)
    until(engine, lambda _: len(looks) > seen_before + 3)
    assert not any(looks)
    assert copies() == []
    leader.leave()
    until(engine, lambda seen: seen.leads and copies() == [copy_today()])


def test_what_keeps_it_from_being_made_is_told_once_and_stops_nothing(
    engine: Engine,
    place: Callable[..., Order],
    until: Until,
    told: Callable[[Snapshot], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    copies: Callable[[], list[str]],
    copy_today: Callable[[], str],
) -> None:
    tries: list[Path] = []

    def count(directory: Path, day: date, goes_on: Callable[[], bool]) -> bool:
        tries.append(directory)
        return back_up(directory, day, goes_on)

    monkeypatch.setattr(backup, "back_up", count)
    monkeypatch.setattr(backups, "ROOM_LEFT_BYTES", 1 << 62)
    place(engine)
    seen = until(engine, lambda _: len(tries) > 5)
    warnings = [line for line in told(seen) if "Your orders of today have no backup yet." in line]
    assert len(warnings) == 1
    assert warnings[0].startswith("warning: ")
    assert warnings[0].endswith("the disk is full, or over quota. Free some space, then try again.")
    place(engine)
    monkeypatch.setattr(backups, "ROOM_LEFT_BYTES", 0)
    until(engine, lambda _: copies() == [copy_today()])


def test_the_end_of_the_program_waits_for_no_backup(
    engine: Engine, place: Callable[..., Order], until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = threading.Event(), threading.Event()
    asked: list[bool] = []

    def dawdle(_directory: Path, _day: date, goes_on: Callable[[], bool]) -> bool:
        begun.set()
        may_end.wait(60)
        asked.append(goes_on())
        return False

    monkeypatch.setattr(backup, "back_up", dawdle)
    place(engine)
    until(engine, lambda _: begun.is_set())
    place(engine)
    threads = [thread for thread in threading.enumerate() if thread.name == "backup"]
    assert engine.stop(10)
    may_end.set()
    for thread in threads:
        thread.join(10)
    assert asked == [False], "it is told to break off"
