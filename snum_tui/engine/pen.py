"""The pen: writes orders into the journal, and keeps what the journal would not take until it does."""

from typing import NamedTuple

from snum_tui.domain.orders import Order
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.engine.board import Board
from snum_tui.engine.snapshot import Weight
from snum_tui.journal.errors import JournalError, NumberKnown
from snum_tui.journal.orders import Journal

WRITTEN_AFTER_ALL = say(N_("Everything is written down after all; ordering goes on."))


class _Entry(NamedTuple):
    order: Order
    event: str
    raw: bytes | None


class Pen:
    """Writes in the order in which things happened. While anything is unwritten, ordering is stopped.

    An outcome that the journal refuses is never dropped: it is tried again before whatever comes next, so that an
    older state of an order cannot be written over a newer one.
    """

    def __init__(self, journal: Journal, board: Board) -> None:
        self._journal = journal
        self._board = board
        self._unwritten: list[_Entry] = []

    def write(self, order: Order, event: str, raw: bytes | None) -> Sentence | None:
        """Write an order as it now stands. Returns what keeps it from the disk; None once it is there."""
        self._unwritten.append(_Entry(order, event, raw))
        self._write_all()
        return self._stopped if self.owes(order.id) else None

    def catch_up(self) -> Sentence | None:
        """Try again to write what is unwritten. Returns what still keeps it from the disk."""
        if self._unwritten:
            self._write_all()
        return self._stopped

    def owes(self, order_id: str) -> bool:
        """Tell whether anything of this order is not on the disk yet."""
        return any(entry.order.id == order_id for entry in self._unwritten)

    @property
    def _stopped(self) -> Sentence | None:
        return self._board.now.ordering_stopped

    def _write_all(self) -> None:
        waiting, self._unwritten = self._unwritten, []
        problem: Sentence | None = None
        whole_file = False
        for entry in waiting:
            # What is wrong with the file would only be wrong again; a busy one takes seconds to say so.
            if whole_file or self.owes(entry.order.id):
                self._unwritten.append(entry)
                continue
            failure = self._try(entry)
            if failure is not None:
                self._unwritten.append(entry)
                problem = problem or _sentence_of(failure)
                whole_file = not isinstance(failure, NumberKnown)
        if problem is None and self._stopped is not None:
            self._board.announce(Weight.GOOD, WRITTEN_AFTER_ALL)
        owed = {entry.order.id: entry.order for entry in self._unwritten}
        self._board.change(ordering_stopped=problem, unwritten=tuple(owed.values()))

    def _try(self, entry: _Entry) -> Exception | None:
        try:
            self._journal.record(entry.order, entry.event, raw=entry.raw)
        except Exception as error:  # noqa: BLE001 - whatever keeps a paid number from the disk, it is shown and kept
            return error
        return None


def _sentence_of(error: Exception) -> Sentence:
    if isinstance(error, JournalError):
        return error.sentence
    return say(N_("A mistake inside snum-tui ({kind}); please report it."), kind=type(error).__name__)
