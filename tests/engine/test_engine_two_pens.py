"""Two programs write one order, each with its own view of it: the file holds what their moves in turn lead to."""

import asyncio
import itertools
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from snum_tui.domain.orders import Order, OrderState, advance, can_follow
from snum_tui.domain.policy import SiteRules
from snum_tui.engine.board import Board
from snum_tui.engine.pen import Pen
from snum_tui.engine.snapshot import Snapshot
from snum_tui.journal.orders import Journal
from tests.domain.test_domain_merging import INTENT, Move, Wish, draw_wish
from tests.engine.conftest import Hands

LOOK, LOCK, UNLOCK = "look", "lock", "unlock"
SEQUENCES = 400

Step = tuple[int, Wish | str]
"""Which program does what; locking is for both."""


class Program:
    """One program: a pen on a journal of its own, and the order as it was last seen here."""

    def __init__(self, journal: Journal, intent: Order) -> None:
        self.view = intent
        self.journal = journal
        self.board = Board(Snapshot("site", "default", SiteRules()), Hands(), lambda _: None)
        self.pen = Pen(journal, self.board, self._take)

    def _take(self, order: Order) -> None:
        self.view = order

    def do(self, wish: Wish) -> Move | None:
        """Do one of the moves that there are from what is seen here. Returns it, or None where nothing changes."""
        move = wish.on(self.view)
        order = move.of(self.view)
        if order == self.view:
            return None
        if self.pen.write(self.view, order, "move", None) is not None:
            self.view = order
        return move

    def look(self) -> None:
        """Take in what the other one wrote, as the book does."""
        order = None if self.pen.owes(self.view.id) else self.journal.order(self.view.id)
        self.view = order or self.view


class Turns:
    """What must come of it: each move done in its turn on the order as it then is, or what it brought added."""

    def __init__(self, intent: Order) -> None:
        self.order = intent
        self.waiting: tuple[list[Move], list[Move]] = ([], [])

    def do(self, program: int) -> None:
        """Do all that waits in a program."""
        for move in self.waiting[program]:
            self.order = self._after(move)
        self.waiting[program].clear()

    def _after(self, move: Move) -> Order:
        if move.state is None or can_follow(move.state, self.order.state):
            return move.of(self.order)
        if move.state is OrderState.WAITING and self.order.number_id is None:
            return replace(self.order, number_id=move.number_id, number=f"+49{move.number_id}")
        if move.state is OrderState.RECEIVED:
            return replace(self.order, message=_joined(self.order.message, move.message))
        return self.order


def _joined(earlier: str | None, later: str) -> str:
    if earlier is None or earlier in later:
        return later
    return earlier if later in earlier else f"{earlier}|{later}"


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One state directory; every sequence has an order and a site of its own in it."""
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="module")
def journals(state: Path) -> Iterator[tuple[Journal, Journal]]:
    """Two programs' journals on one file; one that is held is given up at once, and no power cut is feared."""
    with closing(Journal.open(state)) as one, closing(Journal.open(state)) as other:
        for journal in (one, other):
            journal._store._connection.execute("PRAGMA busy_timeout = 0")
            journal._store._connection.execute("PRAGMA synchronous = OFF")
        yield one, other


@pytest.fixture(scope="module")
def neighbour(state: Path, journals: tuple[Journal, Journal]) -> Iterator[sqlite3.Connection]:
    """A third program that may hold the file for a while."""
    assert len(journals) == 2
    with closing(sqlite3.connect(state / "orders.db", isolation_level=None)) as connection:
        yield connection


def draw_steps(chance: random.Random) -> list[Step]:
    """Draw what happens, mostly moves."""
    return [
        (chance.randrange(2), draw_wish(chance) if chance.random() < 0.6 else chance.choice([LOOK, LOCK, UNLOCK]))
        for _ in range(chance.randint(2, 16))
    ]


def test_two_programs_leave_what_their_moves_in_turn_lead_to(
    journals: tuple[Journal, Journal], neighbour: sqlite3.Connection
) -> None:
    for seed in range(SEQUENCES):
        intent = replace(INTENT, id=f"order {seed}", site=f"site {seed}")
        journals[0].write_intent(intent)
        assert journals[1].order(intent.id) == intent
        asyncio.run(play(journals, neighbour, intent, draw_steps(random.Random(seed))))  # noqa: S311 - draws a test
        written = neighbour.execute("SELECT state FROM events WHERE order_id = ? ORDER BY rank", (intent.id,))
        for before, after in itertools.pairwise(OrderState(state) for (state,) in written):
            assert before is after or can_follow(after, before), seed


async def play(
    journals: tuple[Journal, Journal], neighbour: sqlite3.Connection, intent: Order, steps: list[Step]
) -> None:
    """Take the steps, let both programs write what they owe, and compare; on a loop: the boards want one."""
    programs = [Program(journal, intent) for journal in journals]
    turns = Turns(intent)
    for at, step in (*steps, (0, UNLOCK)):
        if isinstance(step, Wish):
            turns.waiting[at].extend(filter(None, [programs[at].do(step)]))
            if not neighbour.in_transaction:
                turns.do(at)
        elif step == UNLOCK:
            let_go(neighbour, programs, turns)
        elif not neighbour.in_transaction:
            programs[at].look() if step == LOOK else neighbour.execute("BEGIN EXCLUSIVE")
    assert journals[0].order(intent.id) == turns.order, steps
    for program in programs:
        assert (program.board.now.ordering_stopped, program.board.now.unwritten) == (None, ())


def let_go(neighbour: sqlite3.Connection, programs: list[Program], turns: Turns) -> None:
    """Let go of the file, and let both write what they could not."""
    if neighbour.in_transaction:
        neighbour.execute("ROLLBACK")
    for at, program in enumerate(programs):
        program.pen.catch_up()
        turns.do(at)


def test_a_second_number_of_one_order_takes_no_number_away_and_is_read_out(
    journals: tuple[Journal, Journal], told: Callable[[Snapshot], list[str]]
) -> None:
    """A person typed one in while the reply with another was still to come."""
    intent = replace(INTENT, id="twice", site="twice")
    journals[0].write_intent(intent)
    assert journals[1].order("twice") == intent

    async def write() -> list[str]:
        sender, person = (Program(journal, intent) for journal in journals)
        for state, number in ((OrderState.UNKNOWN, {}), (OrderState.WAITING, {"number_id": "76"})):
            assert person.pen.write(person.view, advance(person.view, state, **number), "by hand", None) is None
        late = advance(intent, OrderState.WAITING, number_id="75", number="+4975")
        assert sender.pen.write(intent, late, "number received", b"{}") is None
        return told(sender.board.now)

    [line] = asyncio.run(write())
    assert line.startswith(
        "alarm: Almanya: number +4975, id 75 came as well, but this order has another one already."
    )
    kept = journals[0].order("twice")
    assert kept is not None
    assert (kept.state, kept.number_id) == (OrderState.WAITING, "76")
