"""Looking at journal, cache and company without touching them, whatever state they are in."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from snum_tui.domain.orders import Order, OrderState, advance
from snum_tui.journal.cache import Cache
from snum_tui.journal.company import Company
from snum_tui.journal.errors import Busy, Damaged, NewerVersion, Vanished
from snum_tui.journal.examination import examine_journal, is_cache_whole, who_runs
from snum_tui.journal.orders import Journal
from snum_tui.journal.schema import MIGRATIONS
from snum_tui.journal.store import connect
from tests.journal.test_journal_durability import KILL_WITH_HALF_A_TRANSACTION_IN_THE_FILE
from tests.rights import closed

RunChild = Callable[..., "CompletedProcess[str]"]


@contextmanager
def unchanged(folder: Path) -> Iterator[None]:
    """Let no file be made, changed or taken away within the block."""
    before = all_files(folder)
    yield
    assert all_files(folder) == before


def all_files(folder: Path) -> dict[Path, tuple[int, bytes]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


@pytest.fixture
def written(state: Path, new_order: Callable[..., Order]) -> Path:
    """A journal with three orders, two of them open."""
    with closing(Journal.open(state)) as journal:
        for number in range(3):
            journal.write_intent(order := new_order())
            if number:
                journal.record(
                    advance(order, OrderState.REFUSED if number == 1 else OrderState.UNKNOWN), "so it is"
                )
    return state


def test_orders_are_counted(written: Path) -> None:
    with unchanged(written):
        health = examine_journal(written)
    assert health is not None
    assert (health.path, health.orders, health.open_orders) == (written / "orders.db", 3, 2)
    assert not health.is_unfinished


def test_the_newest_backup_is_named(written: Path) -> None:
    (written / "backups").mkdir()
    for day in (12, 13):
        (written / "backups" / f"orders-2026-03-{day}.db").touch()
    health = examine_journal(written)
    assert health is not None
    assert health.newest_backup == "backups/orders-2026-03-13.db"


def test_where_there_never_was_a_journal_there_is_none(state: Path) -> None:
    assert examine_journal(state) is None
    assert not state.exists()


def test_a_write_that_a_kill_broke_off_is_told_and_left_for_the_next_start(
    state: Path, run_child: RunChild
) -> None:
    run_child(KILL_WITH_HALF_A_TRANSACTION_IN_THE_FILE, state)
    with unchanged(state):
        health = examine_journal(state)
    assert health is not None
    assert health.is_unfinished


def test_it_needs_no_right_to_write(written: Path) -> None:
    with closed(written):
        health = examine_journal(written)
    assert health is not None
    assert health.orders == 3


def test_a_file_that_is_being_written_is_waited_for_a_second_at_most(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("snum_tui.journal.examination.PATIENCE_SECONDS", 0.05)
    with closing(connect(written / "orders.db", "rw")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Busy):
            examine_journal(written)


def damage(path: Path) -> None:
    """Spoil the index alone: every order can be read, and still it is not whole."""
    with closing(connect(path, "rw")) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'orders_by_service'").fetchone()[
            0
        ]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    content = bytearray(path.read_bytes())
    end = page * size
    content[end - 40 : end] = b"\xa5" * 40
    path.write_bytes(content)


def make_newer(path: Path) -> None:
    with closing(connect(path, "rw")) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")


@pytest.mark.parametrize(
    ("prepare", "problem"),
    [
        (lambda path: path.unlink(), Vanished),
        (lambda path: path.write_bytes(b""), Vanished),
        (lambda path: path.write_bytes(b"somebody's notes " * 500), Damaged),
        (lambda path: path.write_bytes(b"short"), Damaged),
        (damage, Damaged),
        (make_newer, NewerVersion),
    ],
    ids=["deleted", "emptied", "another program's", "short", "damaged index", "newer"],
)
def test_what_is_wrong_is_raised_as_everywhere(
    written: Path, prepare: Callable[[Path], object], problem: type[Exception]
) -> None:
    prepare(written / "orders.db")
    with unchanged(written), pytest.raises(problem):
        examine_journal(written)


def test_a_cache_is_whole_broken_or_not_there(tmp_path: Path) -> None:
    assert is_cache_whole(tmp_path / "cache") is None
    Cache.open(tmp_path / "cache").close()
    with unchanged(tmp_path):
        assert is_cache_whole(tmp_path / "cache") is True


@pytest.mark.parametrize("content", [b"", b"no cache at all " * 500])
def test_a_cache_that_would_be_made_anew_is_not_whole(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "cache.db").write_bytes(content)
    with unchanged(tmp_path):
        assert is_cache_whole(tmp_path) is False


@pytest.fixture
def companies(state: Path) -> Iterator[list[Company]]:
    """Three programs that run, two of them on one profile; the first leads. They leave in the end."""
    running = [Company(state, "example.com", profile) for profile in ("a", "a", "b")]
    for company in running:
        company.join()
    running[0].try_to_lead()
    yield running
    for company in running:
        company.leave()


def test_programs_of_all_profiles_are_counted_and_the_dead_are_not_cleared_away(
    state: Path, companies: list[Company]
) -> None:
    [place] = state.glob(f"*/*/{companies[0].name}.alive")
    place.with_name("dead.alive").touch()
    with unchanged(state):
        running = who_runs(state)
    assert (running.programs, running.leaders) == (3, (os.getpid(),))


def test_nobody_runs_where_nobody_ever_did(state: Path) -> None:
    running = who_runs(state)
    assert (running.programs, running.leaders) == (0, ())
