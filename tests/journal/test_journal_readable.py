"""A journal that cannot be written, or is damaged, is shown as far as it can be read; nothing is bought on it."""

import os
import platform
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from snum_tui.domain.orders import Order, OrderState, advance
from snum_tui.journal import schema
from snum_tui.journal.company import Company
from snum_tui.journal.errors import Damaged, JournalError, NewerVersion, NoLocks, ReadOnly, Vanished
from snum_tui.journal.orders import Favourite, Journal
from snum_tui.journal.schema import MIGRATIONS
from tests.journal.test_journal_durability import KILL_WITH_HALF_A_TRANSACTION_IN_THE_FILE
from tests.rights import closed, obeying_permissions

NewOrder = Callable[..., Order]
RunChild = Callable[..., "CompletedProcess[str]"]
Place = Callable[[Path], AbstractContextManager[None]]
OPENERS = pytest.mark.parametrize("opener", [Journal.open_as_far_as_possible, Journal.open_for_reading])


@pytest.fixture
def waiting(state: Path, new_order: NewOrder) -> Order:
    """A live number in a journal that is closed."""
    with closing(Journal.open(state)) as journal:
        journal.write_intent(order := new_order())
        journal.record(waiting := advance(order, OrderState.WAITING, number_id="75"), "ordered")
        journal.set_favourite("example.com", Favourite("12", "Almanya", "1", "Google"), on=True)
    return waiting


@pytest.fixture
def nowhere_to_write(state: Path, waiting: Order) -> Iterator[Order]:
    """The same, in a folder where nobody may write."""
    with closed(state):
        yield waiting


def test_what_stands_in_a_folder_that_cannot_be_written_is_read(state: Path, nowhere_to_write: Order) -> None:
    before = (state / "orders.db").read_bytes()
    with closing(Journal.open_as_far_as_possible(state)) as journal:
        assert isinstance(journal.unwritable, ReadOnly)
        assert "Make it writable" in str(journal.unwritable)
        assert journal.all_orders() == (nowhere_to_write,)
        assert len(journal.favourites("example.com")) == 1
        assert journal.news(journal.news(None)).order_ids == ()
    assert (state / "orders.db").read_bytes() == before


def test_nothing_is_ordered_or_recorded_there(state: Path, nowhere_to_write: Order, new_order: NewOrder) -> None:
    with closing(Journal.open_as_far_as_possible(state)) as journal:
        with pytest.raises(ReadOnly):
            journal.write_intent(new_order())
        with pytest.raises(ReadOnly):
            journal.record(advance(nowhere_to_write, OrderState.RECEIVED), "code received")
        assert journal.all_orders() == (nowhere_to_write,)


def test_a_file_of_another_user_is_read(state: Path, waiting: Order) -> None:
    """Made by a start as root, say: SQLite itself would open it and fail at the first order."""
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    os.chown(state / "orders.db", 12345, 12345)
    (state / "orders.db").chmod(0o644)
    with obeying_permissions(), closing(Journal.open_as_far_as_possible(state)) as journal:
        assert isinstance(journal.unwritable, ReadOnly)
        assert str(state / "orders.db") in str(journal.unwritable)
        assert journal.all_orders() == (waiting,)


@OPENERS
def test_a_killed_transaction_hides_no_order_where_it_cannot_be_undone(
    state: Path, run_child: RunChild, opener: Callable[[Path], Journal]
) -> None:
    """A power cut is what both leaves half a transaction and mounts a disk read-only."""
    run_child(KILL_WITH_HALF_A_TRANSACTION_IN_THE_FILE, state)
    before = (state / "orders.db-journal").read_bytes()
    with closed(state), closing(opener(state)) as journal:
        assert [order.service for order in journal.all_orders()] == ["Almanya"]
        assert (state / "orders.db-journal").read_bytes() == before
        with pytest.raises(ReadOnly):
            journal.record(journal.all_orders()[0], "looked")


@OPENERS
def test_an_older_journal_is_read_where_it_cannot_be_brought_up(
    state: Path, nowhere_to_write: Order, monkeypatch: pytest.MonkeyPatch, opener: Callable[[Path], Journal]
) -> None:
    steps = (*MIGRATIONS, ("ALTER TABLE orders ADD COLUMN added TEXT",))
    monkeypatch.setattr(schema, "MIGRATIONS", steps)
    monkeypatch.setattr(schema.migrate, "__defaults__", (steps,))
    with closing(opener(state)) as journal:
        assert journal.all_orders() == (nowhere_to_write,)


@pytest.mark.parametrize(
    ("prepare", "problem"),
    [
        (lambda path: path.unlink(), Vanished),
        (lambda path: os.truncate(path, 0), Vanished),
        (lambda path: path.write_bytes(b"somebody's notes " * 500), Damaged),
        (lambda path: _alter(path, f"PRAGMA user_version = {len(MIGRATIONS) + 1}"), NewerVersion),
    ],
    ids=["deleted", "emptied", "another program's", "newer"],
)
@OPENERS
def test_where_nothing_can_be_read_the_program_does_not_start(
    state: Path,
    waiting: Order,
    prepare: Callable[[Path], None],
    problem: type[JournalError],
    opener: Callable[[Path], Journal],
) -> None:
    """Writable or not."""
    assert waiting.is_open
    prepare(state / "orders.db")
    with pytest.raises(problem):
        opener(state)
    with closed(state), pytest.raises(problem):
        opener(state)


def test_a_folder_that_never_had_a_journal_and_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    with closed(tmp_path / "state"), pytest.raises(ReadOnly):
        Journal.open_as_far_as_possible(tmp_path / "state")


@OPENERS
def test_a_folder_that_cannot_even_be_looked_into_is_told(
    state: Path, waiting: Order, opener: Callable[[Path], Journal]
) -> None:
    assert waiting.is_open
    state.chmod(0)
    try:
        with obeying_permissions(), pytest.raises(JournalError) as caught:
            opener(state)
    finally:
        state.chmod(0o700)
    assert str(state) in str(caught.value)


@OPENERS
@pytest.mark.parametrize("place", [nullcontext, closed], ids=["writable", "closed"])
def test_orders_of_a_damaged_journal_are_read_from_both_ends(
    state: Path, new_order: NewOrder, opener: Callable[[Path], Journal], place: Place
) -> None:
    """The newest are the ones with money out."""
    with closing(Journal.open(state)) as journal:
        written = [new_order(service=f"{number} " + "x" * 300) for number in range(60)]
        for order in written:
            journal.write_intent(order)
    file = state / "orders.db"
    _spoil(file, _page_with(file, b"30 xxx"))
    spoilt = file.read_bytes()
    with pytest.raises(Damaged):
        Journal.open(state)
    with place(state), closing(opener(state)) as journal:
        read = {order.id for order in journal.all_orders()}
        assert isinstance(journal.unwritable, Damaged)
        with pytest.raises(JournalError):
            journal.record(journal.all_orders()[0], "looked")
        with pytest.raises(JournalError):
            journal.write_intent(new_order())
    assert {written[0].id, written[-1].id} < read
    assert written[30].id not in read
    assert 30 < len(read) < 60
    assert file.read_bytes() == spoilt


def test_a_row_that_makes_no_sense_hides_no_other(state: Path, new_order: NewOrder) -> None:
    with closing(Journal.open(state)) as journal:
        bad, good = new_order(), new_order()
        journal.write_intent(bad)
        journal.write_intent(good)
    _alter(state / "orders.db", "UPDATE orders SET price = 'a lot' WHERE rank = 1")
    _spoil(state / "orders.db", _page_with(state / "orders.db", b"intentsending"))
    with closing(Journal.open_for_reading(state)) as journal:
        assert journal.all_orders() == (good,)


# Lets every lock fail in this process as on a network home without a lock daemon.
WITHOUT_LOCKS = """
import ctypes, errno, platform, struct
FCNTL, FLOCK = {"x86_64": (72, 73), "aarch64": (25, 32)}[platform.machine()]
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
program = [
    (LOAD, 0, 0, 0),
    (EQUAL, 5, 0, FLOCK),
    (EQUAL, 0, 5, FCNTL),
    (LOAD, 0, 0, 24),
    (EQUAL, 2, 0, 5),
    (EQUAL, 1, 0, 6),
    (EQUAL, 0, 1, 7),
    (RETURN, 0, 0, 0x00050000 | errno.ENOLCK),
    (RETURN, 0, 0, 0x7FFF0000),
]
code = b"".join(struct.pack("HBBI", *one) for one in program)
buffer = ctypes.create_string_buffer(code)
class Filter(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]
filter = Filter(len(program), ctypes.addressof(buffer))
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0
if libc.prctl(22, 2, ctypes.byref(filter), 0, 0): print("skip"); sys.exit()
"""


@pytest.mark.parametrize("name", ["open_as_far_as_possible", "open_for_reading"])
def test_a_network_home_without_locks_is_read_and_nothing_is_ordered_there(
    state: Path, waiting: Order, run_child: RunChild, name: str
) -> None:
    """SQLite itself takes a lock that cannot be had for one that another program has."""
    if platform.machine() not in {"x86_64", "aarch64"}:
        pytest.skip("the numbers of the calls are not known here")
    script = """
try: Journal.open(state)
except JournalError as error: print(type(error).__name__)
journal = getattr(Journal, sys.argv[2])(state)
print([one.id for one in journal.all_orders()])
try: journal.write_intent(order)
except JournalError as error: print(type(error).__name__)
"""
    done = run_child(WITHOUT_LOCKS + script, state, name)
    if done.stdout == "skip\n":
        pytest.skip("calls cannot be filtered here")
    assert done.stdout.splitlines() == ["NoLocks", f"['{waiting.id}']", "ReadOnly"], done.stderr


def test_the_place_where_there_are_no_locks_is_told(
    state: Path, waiting: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.lockf", refuse)
    with closing(Journal.open_as_far_as_possible(state)) as journal:
        assert isinstance(journal.unwritable, NoLocks)
        assert "Set SNUM_TUI_STATE_DIR to a folder on a local disk." in str(journal.unwritable)
        assert journal.all_orders() == (waiting,)


def test_a_program_of_another_user_is_not_taken_for_dead(state: Path) -> None:
    """Its order would be called lost while it is being sent."""
    theirs, ours = (Company(state, "https://example.com", "default") for _ in range(2))
    theirs.join()
    ours.join()
    [file] = [path for path in state.rglob("*.alive") if path.stem == theirs.name]
    file.chmod(0)
    with obeying_permissions():
        assert ours.is_alive(theirs.name)
    file.chmod(0o600)
    theirs.leave()
    assert not ours.is_alive(theirs.name)
    ours.leave()


def _alter(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)


def _page_with(path: Path, words: bytes) -> int:
    return path.read_bytes().index(words) // 4096


def _spoil(path: Path, page: int) -> None:
    content = bytearray(path.read_bytes())
    content[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
    path.write_bytes(content)
