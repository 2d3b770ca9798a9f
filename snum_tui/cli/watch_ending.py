"""How `snum-tui watch` ends: the last line, and the exit status that scripts go by. Pure."""

from collections.abc import Sequence
from datetime import datetime

from snum_tui.cli.watch_events import Kind, WatchEvent
from snum_tui.domain.keys import UNKNOWN
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import N_, NP_, Sentence, say, say_count

GOT_ALL = 0
PROBLEM = 1
WITHOUT_CODE = 3
UNKNOWN_LEFT = 4
NOTHING_OPEN = say(N_("No number is open."))

SIGNALLED = 128
"""The number of the signal is added, as shells do."""

_WITHOUT = frozenset({OrderState.CANCELLED, OrderState.EXPIRED, OrderState.WRITTEN_OFF})


class Ending:
    """What became of the orders that were watched. `signal` or `problem` is what ended it, if one did."""

    def __init__(
        self, watched: Sequence[Order], *, signal: int | None = None, problem: Sentence | None = None
    ) -> None:
        self._codes = sum(order.message is not None for order in watched)
        self._without = sum(order.message is None and order.state in _WITHOUT for order in watched)
        self._unknown = sum(order.state is OrderState.UNKNOWN for order in watched)
        self._live = [order for order in watched if order.is_open and order.state is not OrderState.UNKNOWN]
        self._signal = signal
        self._problem = problem

    @property
    def status(self) -> int:
        """The exit status; what needs the person most counts."""
        if self._problem is not None:
            return PROBLEM
        if self._live and self._signal is not None:
            return SIGNALLED + self._signal
        if self._unknown:
            return UNKNOWN_LEFT
        return WITHOUT_CODE if self._without else GOT_ALL

    @property
    def event(self) -> WatchEvent:
        """The last line."""
        facts = {
            "status": self.status,
            "open": len(self._live),
            "unknown": self._unknown,
            "problem": self._problem,
        }
        return WatchEvent(Kind.ENDED, _joined(self._sentences() or [self._problem or NOTHING_OPEN]), facts=facts)

    def _sentences(self) -> list[Sentence]:
        told = []
        if self._codes and not (self._without or self._live):
            told.append(
                say_count(NP_("{count} number got its code.", "All {count} numbers got their codes."), self._codes)
            )
        if self._without:
            templates = NP_("{count} number ended without a code.", "{count} numbers ended without a code.")
            told.append(say_count(templates, self._without))
        if self._live:
            templates = NP_(
                "{count} number is still open, refund until {time}: start snum-tui watch again to see its code.",
                "{count} numbers are still open, first refund until {time}: "
                "start snum-tui watch again to see them.",
            )
            told.append(say_count(templates, len(self._live), time=_first_refund(self._live)))
        if self._unknown:
            templates = NP_(
                "{count} order has an unknown outcome, which only you can settle: start snum-tui and press {key}.",
                "{count} orders have unknown outcomes, which only you can settle: start snum-tui and press {key}.",
            )
            told.append(say_count(templates, self._unknown, key=UNKNOWN))
        return told


def _joined(sentences: Sequence[Sentence]) -> Sentence:
    whole = sentences[0]
    for sentence in sentences[1:]:
        whole = say(N_("{what} {more}"), what=whole, more=sentence)
    return whole


def _first_refund(orders: Sequence[Order]) -> str:
    return local_time(min(order.refund_until for order in orders))


def local_time(moment: datetime) -> str:
    """Write a moment as the person's own clock shows it: `14:05:09`."""
    return moment.astimezone().strftime("%H:%M:%S")
