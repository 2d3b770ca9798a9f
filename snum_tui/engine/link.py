"""The link to the site: how it answers, when it counts as down, and how it comes back."""

import asyncio
import math
from collections.abc import Callable

from snum_tui.domain.policy import Politeness
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.engine.board import Board
from snum_tui.engine.snapshot import Link, Weight
from snum_tui.provider.errors import Busy, KeyRejected, NotReached, Refused, SiteError, Unreadable

RELAPSE_SECONDS = 60.0
"""A site that is down again so soon has not come back: perhaps it answers some calls, and others never."""


class SiteDown(Exception):  # noqa: N818 - reads as what it says
    """The site counts as down: nothing was sent. `sentence` says so to the person."""

    sentence: Sentence = say(N_("The site does not answer. It is tried again by itself; open numbers are kept."))


class LinkKeeper:
    """Counts failures in a row; after `down_after_failures` only the probe may ask, until it gets an answer.

    A site that asks for patience has answered.
    """

    def __init__(self, board: Board, politeness: Politeness) -> None:
        self._board = board
        self._limit = politeness.down_after_failures
        self._failures = 0
        self._up_at = -math.inf
        self._is_relapse = False
        self._told: list[Sentence] = []
        self._key_problem: Sentence | None = None
        self._patience: Sentence | None = None
        self._patience_until = -math.inf
        self._up = asyncio.Event()
        self._up.set()
        self._on_down: Callable[[], None] = lambda: None
        self._on_up: Callable[[], None] = lambda: None

    def when_down(self, tell: Callable[[], None]) -> None:
        """Call `tell` at the moment the site begins to count as down."""
        self._on_down = tell

    def when_up(self, tell: Callable[[], None]) -> None:
        """Call `tell` at the moment the site no longer counts as down, but for what is within a relapse."""
        self._on_up = tell

    @property
    def is_down(self) -> bool:
        """Whether the site counts as down."""
        return not self._up.is_set()

    async def wait_until_up(self) -> None:
        """Return once the site does not count as down."""
        await self._up.wait()

    def answered(self, *, keyed: bool) -> None:
        """The site gave a good answer. Only a call that carries the key proves that the key is good."""
        if self.is_down and not self._is_relapse:
            self._board.announce(Weight.GOOD, say(N_("The site answers again.")), while_down=False)
        self._reached()
        if keyed:
            self._key_problem = None
        if self._key_problem is not None:
            self._board.change(link=Link.KEY_REJECTED, link_problem=self._key_problem)
        elif self.why_reads_wait(asyncio.get_running_loop().time()) is not None:
            self._board.change(link=Link.BUSY, link_problem=self._patience)
        else:
            self._board.change(link=Link.UP, link_problem=None)

    def reads_wait(self, until: float, error: Busy) -> None:
        """Reads wait until then, in seconds of the loop: what else is answered meanwhile does not end that."""
        self._patience, self._patience_until = error.sentence, max(self._patience_until, until)

    def why_reads_wait(self, at: float) -> Sentence | None:
        """Say why reads will still be waiting then, in seconds of the loop; None where they will not."""
        return self._patience if at < self._patience_until else None

    def failed(self, error: SiteError, *, keyed: bool) -> None:
        """A call ended in an error; some errors are answers like any other."""
        if isinstance(error, Refused):
            self.answered(keyed=keyed)
        elif isinstance(error, KeyRejected):
            self._key_rejected(error)
        elif isinstance(error, Busy):
            self._asked_for_patience(error)
        elif is_passing(error):
            self._count(error)
        else:
            self._strange(error)

    def _strange(self, error: SiteError) -> None:
        """It answers, but not as this API does: the wrong address, or a page in place of an answer.

        Told once for each sentence: a site that does so for every row must not fill the message line.
        """
        self._reached()
        self._board.change(link=Link.STRANGE, link_problem=error.sentence)
        if error.sentence not in self._told:
            self._told.append(error.sentence)
            self._board.announce(Weight.WARNING, error.sentence)

    def _asked_for_patience(self, error: Busy) -> None:
        """It answers, and wants to be asked less. Reads wait; that is no failure, and orders and cancels go on."""
        if self.is_down and not self._is_relapse:
            self._board.announce(Weight.WARNING, error.sentence, while_down=False)
        self._reached()
        self._board.change(link=Link.BUSY, link_problem=error.sentence)

    def _key_rejected(self, error: KeyRejected) -> None:
        if self._key_problem is None:
            self._board.announce(Weight.ALARM, error.sentence)
        self._reached()
        self._key_problem = error.sentence
        self._board.change(link=Link.KEY_REJECTED, link_problem=error.sentence)

    def _reached(self) -> None:
        self._failures = 0
        if self.is_down:
            self._up.set()
            self._board.change(down=None)
            self._up_at = asyncio.get_running_loop().time()
            if not self._is_relapse:
                self._on_up()

    def _count(self, error: SiteError) -> None:
        self._failures += 1
        if self._failures >= self._limit and not self.is_down:
            self._up.clear()
            self._is_relapse = asyncio.get_running_loop().time() - self._up_at < RELAPSE_SECONDS
            if not self._is_relapse:
                self._board.announce(Weight.WARNING, error.sentence, while_down=True)
            self._board.change(down=SiteDown.sentence)
            self._on_down()
        state = Link.DOWN if self.is_down or isinstance(error, NotReached) else Link.BUSY
        self._board.change(link=state, link_problem=error.sentence)


def is_passing(error: SiteError) -> bool:
    """Tell whether the same question may well be answered a little later."""
    if isinstance(error, NotReached | Busy):
        return True
    status = error.evidence.status
    return isinstance(error, Unreadable) and status is not None and status >= 500
