"""The pen: writes orders into the journal, and keeps what the journal would not take until it does."""

from collections.abc import Callable
from typing import NamedTuple

from snum_tui.domain.orders import Order, merged
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.engine.board import Board
from snum_tui.engine.snapshot import Weight
from snum_tui.journal.errors import JournalError, NumberKnown, Overtaken
from snum_tui.journal.orders import Journal

WRITTEN_AFTER_ALL = say(N_("Everything is written down after all; ordering goes on."))

SECOND_NUMBER = N_(
    "{service}: number {number}, id {number_id} came as well, but this order has another one already. "
    "Note it yourself."
)


class _Entry(NamedTuple):
    base: Order
    order: Order
    event: str
    raw: bytes | None


class Pen:
    """Writes in the order in which things happened. While anything is unwritten, ordering is stopped.

    An outcome that the journal refuses is never dropped: it is tried again before whatever comes next, so that an
    older state of an order cannot be written over a newer one. What another program has changed meanwhile stays,
    and ours is put onto it; `tell` is called with each order as it was written. `off` says why ordering is stopped
    whatever becomes of the writing.
    """

    def __init__(
        self, journal: Journal, board: Board, tell: Callable[[Order], None], off: Sentence | None = None
    ) -> None:
        self._journal = journal
        self._board = board
        self._tell = tell
        self._off = off
        self._unwritten: list[_Entry] = []
        board.change(ordering_stopped=off)

    def write(self, base: Order, order: Order, event: str, raw: bytes | None) -> Sentence | None:
        """Write an order, changed from `base`. Returns what keeps it from the disk; None once it is there.

        Raises NumberKnown where it has the number id of another order; then it is not kept here either.
        """
        entry = _Entry(base, order, event, raw)
        self._unwritten.append(entry)
        self._write_all(newest=entry)
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

    def _write_all(self, newest: _Entry | None = None) -> None:
        waiting, self._unwritten = self._unwritten, []
        problem: Sentence | None = None
        taken: NumberKnown | None = None
        whole_file = False
        while waiting:
            entry = waiting.pop(0)
            # What is wrong with the file would only be wrong again; a busy one takes seconds to say so.
            if whole_file or self.owes(entry.order.id):
                self._unwritten.append(entry)
                continue
            written = self._try(entry)
            if isinstance(written, Order):
                waiting = _onto(written, waiting)
            elif isinstance(written, NumberKnown) and entry is newest:
                taken = written
            else:
                self._unwritten.append(entry)
                problem = problem or _sentence_of(written)
                whole_file = not isinstance(written, NumberKnown)
        stopped = self._off or problem
        if stopped is None and self._stopped is not None:
            self._board.announce(Weight.GOOD, WRITTEN_AFTER_ALL)
        owed = {entry.order.id: entry.order for entry in self._unwritten}
        self._board.change(ordering_stopped=stopped, unwritten=tuple(owed.values()))
        if taken is not None:
            raise taken

    def _try(self, entry: _Entry) -> Order | Exception:
        """Write one entry. Returns the order as it now stands in the file, or what kept it from there."""
        order = entry.order
        try:
            while True:
                try:
                    self._journal.record(order, entry.event, raw=entry.raw)
                except Overtaken:
                    order = merged(entry.base, entry.order, self._journal.order(order.id) or order)
                else:
                    break
        except Exception as error:  # noqa: BLE001 - whatever keeps a paid number from the disk, it is shown and kept
            return error
        self._tell(order)
        if entry.order.number_id not in {None, order.number_id}:
            self._tell_of_second(entry.order)
        return order

    def _tell_of_second(self, order: Order) -> None:
        """Two numbers came for one order, as where it was settled by hand while its reply was still to come."""
        values = {"service": order.service, "number": order.number or "?", "number_id": order.number_id or "?"}
        self._board.announce(Weight.ALARM, say(SECOND_NUMBER, **values))


def _onto(written: Order, waiting: list[_Entry]) -> list[_Entry]:
    """Put what is still to be written of an order onto it as it was written, one after the other."""
    entries = []
    for entry in waiting:
        if entry.order.id == written.id:
            order = merged(entry.base, entry.order, written)
            entries.append(entry._replace(base=written, order=order))
            written = order
        else:
            entries.append(entry)
    return entries


def _sentence_of(error: Exception) -> Sentence:
    if isinstance(error, JournalError):
        return error.sentence
    return say(N_("A mistake inside snum-tui ({kind}); please report it."), kind=type(error).__name__)
