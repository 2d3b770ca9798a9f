"""A journal that is not what it was is told, never silently taken for an empty one."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from snum_tui.domain.orders import Order, OrderState, advance
from snum_tui.journal.errors import Damaged, JournalError, NewerVersion, ReadOnly, Vanished
from snum_tui.journal.orders import Favourite, Journal
from snum_tui.journal.schema import APPLICATION_ID, MIGRATIONS

NewOrder = Callable[..., Order]
OPENERS = pytest.mark.parametrize("opener", [Journal.open, Journal.open_for_reading])


@pytest.fixture
def filled(state: Path, new_order: NewOrder) -> Path:
    """The file of a journal with one order in it, closed."""
    journal = Journal.open(state)
    journal.write_intent(new_order())
    journal.close()
    return state / "orders.db"


def alter(path: Path, *statements: str) -> None:
    """Change a database past the journal."""
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


@OPENERS
def test_a_truncated_journal_is_not_taken_for_a_new_one(filled: Path, opener: Callable[[Path], Journal]) -> None:
    """FACTS: a zero-byte file opens as an empty database."""
    os.truncate(filled, 0)
    with pytest.raises(Vanished) as caught:
        opener(filled.parent)
    assert caught.value.sentence.values["path"] == str(filled)
    assert filled.stat().st_size == 0


@OPENERS
def test_a_missing_journal_is_not_replaced_in_silence(filled: Path, opener: Callable[[Path], Journal]) -> None:
    """The person may still put it back; the sentence says what to delete to begin anew."""
    filled.unlink()
    with pytest.raises(Vanished) as caught:
        opener(filled.parent)
    assert not filled.exists()
    (filled.parent / str(caught.value.sentence.values["marker"])).unlink()
    journal = Journal.open(filled.parent)
    assert journal.all_orders() == ()
    journal.close()


@OPENERS
def test_an_emptied_database_is_not_taken_for_a_new_one(filled: Path, opener: Callable[[Path], Journal]) -> None:
    """Not zero bytes, but nothing in it: somebody's tool made it."""
    filled.unlink()
    alter(filled, "VACUUM")
    with pytest.raises(Damaged):
        opener(filled.parent)


@OPENERS
@pytest.mark.parametrize("content", [b"not a database at all, but long enough to have a header" * 40, b"x"])
def test_a_file_that_is_no_database_is_told(
    filled: Path, opener: Callable[[Path], Journal], content: bytes
) -> None:
    """And it stays as it is: perhaps something can be saved from it."""
    filled.write_bytes(content)
    with pytest.raises(Damaged):
        opener(filled.parent)
    assert filled.read_bytes() == content


@OPENERS
def test_a_corrupt_page_is_found_on_opening(filled: Path, opener: Callable[[Path], Journal]) -> None:
    """Not when the number is looked for."""
    content = bytearray(filled.read_bytes())
    content[4096 : 3 * 4096] = os.urandom(2 * 4096)
    filled.write_bytes(content)
    with pytest.raises(Damaged):
        opener(filled.parent)


@OPENERS
def test_another_programs_database_is_left_alone(state: Path, opener: Callable[[Path], Journal]) -> None:
    """Not one byte of it changes, not even its journal mode."""
    state.mkdir()
    path = state / "orders.db"
    alter(path, "PRAGMA journal_mode = WAL", "CREATE TABLE theirs (x)")
    before = path.read_bytes()
    with pytest.raises(Damaged):
        opener(state)
    assert path.read_bytes() == before


@OPENERS
def test_a_newer_journal_is_left_alone(filled: Path, opener: Callable[[Path], Journal]) -> None:
    """A later program's orders must not be written over by this one."""
    alter(filled, f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = filled.read_bytes()
    with pytest.raises(NewerVersion):
        opener(filled.parent)
    assert filled.read_bytes() == before


def test_the_header_says_whose_file_it_is(filled: Path) -> None:
    """`file orders.db` and a backup tool can tell."""
    assert int.from_bytes(filled.read_bytes()[68:72], "big") == APPLICATION_ID


def test_nothing_is_ordered_when_the_file_is_deleted_under_us(
    journal: Journal, state: Path, new_order: NewOrder
) -> None:
    """FACTS: commits succeed into the void. And no open question may come back from there."""
    journal.write_intent(order := new_order())
    (state / "orders.db").unlink()
    with pytest.raises(Vanished):
        journal.write_intent(new_order())
    assert journal.all_orders() == (order,)
    with pytest.raises(Vanished):
        journal.set_favourite("example.com", Favourite("12", "Almanya", "1", "Google"), on=True)


def test_nothing_is_ordered_when_the_folder_is_deleted_under_us(
    journal: Journal, state: Path, new_order: NewOrder
) -> None:
    """And no new folder appears, in which the next start would find no orders."""
    shutil.rmtree(state)
    with pytest.raises(Vanished):
        journal.write_intent(new_order())
    assert not state.exists()


def test_nothing_is_ordered_when_the_file_goes_while_it_is_written(
    journal: Journal, state: Path, new_order: NewOrder
) -> None:
    """One look before the write is not enough."""

    def delete(statement: str) -> None:
        if statement == "COMMIT":
            (state / "orders.db").unlink()

    journal._store._connection.set_trace_callback(delete)
    with pytest.raises(Vanished):
        journal.write_intent(new_order())


def test_nothing_is_ordered_when_the_file_is_exchanged_under_us(
    journal: Journal, state: Path, new_order: NewOrder
) -> None:
    """A restored backup is another file, however alike."""
    journal.write_intent(new_order())
    shutil.copy(state / "orders.db", state / "backup")
    (state / "backup").rename(state / "orders.db")
    with pytest.raises(Vanished):
        journal.write_intent(new_order())


@pytest.mark.parametrize("loss", ["file", "folder"])
def test_an_outcome_brings_a_deleted_journal_back(
    journal: Journal, state: Path, new_order: NewOrder, loss: str
) -> None:
    """The number was paid for between two looks at the file: it and all before it are at the path again."""
    first, second = new_order(), new_order()
    journal.write_intent(first)
    journal.write_intent(second)
    shutil.rmtree(state) if loss == "folder" else (state / "orders.db").unlink()
    outcome = advance(second, OrderState.WAITING, number_id="75")
    journal.record(outcome, "ordered")
    journal.write_intent(third := new_order())
    journal.close()
    reopened = Journal.open(state)
    assert reopened.all_orders() == (third, outcome, first)
    assert (state / "orders.db").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in state.glob("orders.db.*")] == ["orders.db.exists"]
    reopened.close()


def test_an_outcome_goes_into_the_backup_that_took_the_place(
    journal: Journal, state: Path, new_order: NewOrder
) -> None:
    """The next start reads the path, so the number must be there."""
    first = new_order()
    journal.write_intent(first)
    shutil.copy(state / "orders.db", state / "backup")
    second = new_order()
    journal.write_intent(second)
    (state / "backup").rename(state / "orders.db")
    outcome = advance(second, OrderState.WAITING, number_id="75")
    journal.record(outcome, "ordered")
    reader = Journal.open_for_reading(state)
    assert reader.all_orders() == (outcome, first)
    reader.close()


def test_an_outcome_that_finds_no_place_is_an_error(journal: Journal, state: Path, new_order: NewOrder) -> None:
    """So that the engine keeps it on the screen."""
    order = new_order()
    journal.write_intent(order)
    (state / "orders.db").unlink()
    (state / "orders.db").write_bytes(b"somebody's notes" * 100)
    with pytest.raises(Damaged):
        journal.record(advance(order, OrderState.UNKNOWN), "no answer")
    assert (state / "orders.db").read_bytes() == b"somebody's notes" * 100


def test_two_programs_bring_back_one_journal(journal: Journal, state: Path, new_order: NewOrder) -> None:
    """Neither writes its outcome into a file that the other has just put aside."""
    other = Journal.open(state)
    first, second = new_order(), new_order()
    journal.write_intent(first)
    other.write_intent(second)
    (state / "orders.db").unlink()
    one, two = (advance(order, OrderState.UNKNOWN) for order in (first, second))
    journal.record(one, "no answer")
    other.record(two, "no answer")
    other.close()
    assert journal.all_orders() == (two, one)


def test_files_and_folder_are_their_owners_alone(journal: Journal, state: Path, new_order: NewOrder) -> None:
    """Orders hold numbers and codes."""
    journal.write_intent(new_order())
    assert state.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in state.iterdir()}
    assert set(modes) == {"orders.db", "orders.db-journal", "orders.db.exists", "ballast"}
    assert set(modes.values()) == {0o600}


def test_wrong_modes_are_put_right(filled: Path) -> None:
    """A copy made with a loose umask is private again after the next start."""
    filled.chmod(0o644)
    Journal.open(filled.parent).close()
    assert filled.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    """It may be the person's home: closing that to others is not ours to do."""
    tmp_path.chmod(0o755)
    Journal.open(tmp_path).close()
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """The sentence names it and the setting that leads elsewhere."""
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    with pytest.raises(ReadOnly) as caught:
        Journal.open(folder)
    assert "SNUM_TUI_STATE_DIR" in caught.value.sentence.template
    with pytest.raises(ReadOnly):
        Journal.open(folder / "deeper")


def test_a_journal_that_turns_read_only_takes_no_intent(journal: Journal, new_order: NewOrder) -> None:
    """As after a remount: the order is not sent."""
    journal._store._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(ReadOnly):
        journal.write_intent(new_order())


def test_a_folder_where_the_file_should_be_is_told(state: Path) -> None:
    """Any nonsense in the way ends in a sentence, never in a traceback."""
    (state / "orders.db").mkdir(parents=True)
    with pytest.raises(JournalError):
        Journal.open(state)


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    """The same for the folder itself."""
    (tmp_path / "state").write_text("a file")
    with pytest.raises(JournalError):
        Journal.open(tmp_path / "state")


def test_an_odd_folder_name_is_only_a_name(tmp_path: Path, new_order: NewOrder) -> None:
    """SQLite reads the path as a URI: `?mode=memory` would lose every order."""
    state = tmp_path / "a?mode=memory#b %41 ğ"
    journal = Journal.open(state)
    order = new_order()
    journal.write_intent(order)
    journal.close()
    reopened = Journal.open(state)
    assert reopened.all_orders() == (order,)
    assert reopened.recent_orders(order.profile, order.site, 1) == (replace(order),)
    reopened.close()
