"""Giving the terminal back to the shell until `fg`. While that lasts, nobody asks for codes or minds a refund."""

from typing import Protocol

from snum_tui.domain.sentence import N_
from snum_tui.engine.commands import StandBy
from snum_tui.engine.snapshot import Snapshot
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk


class Stoppable(Protocol):
    """What can be stopped: the app in its terminal."""

    @property
    def has_shell(self) -> bool:
        """Whether a shell would bring it back."""
        ...

    def stop_for_shell(self) -> None:
        """Leave the screen, and stand still until the shell wakes it."""
        ...


class Suspension:
    """Suspends where nothing is lost by it, once the engine has let go of what another window needs to lead."""

    def __init__(self, stoppable: Stoppable, desk: Desk) -> None:
        self._stoppable = stoppable
        self._desk = desk
        self._is_wanted = False

    def ask(self) -> None:
        """Suspend as soon as the engine stands by; say why not where that cannot be."""
        words = self._why_not()
        if words is not None:
            self._desk.tell(self._desk.text(words, key=self._desk.key("app.quit")), Tone.WARNING)
        elif self._desk.is_begun:
            self._is_wanted = True
            self._desk.engine.submit(StandBy(on=True))
        else:
            self._stoppable.stop_for_shell()

    def follow(self, snapshot: Snapshot) -> None:
        """Suspend where that was waited for."""
        if self._is_wanted and snapshot.stands_by:
            self._is_wanted = False
            self._stoppable.stop_for_shell()

    def is_over(self) -> None:
        """The program goes on, whoever stopped it."""
        if self._desk.is_begun:
            self._desk.engine.submit(StandBy(on=False))

    def _why_not(self) -> str | None:
        snapshot = self._desk.snapshot
        if len(snapshot.open_numbers) > len(snapshot.unknown_orders):
            return N_("Not suspended: nobody would watch your open numbers. Press {key} to leave.")
        if not self._stoppable.has_shell:
            return N_("Not suspended: there is no shell here to bring it back. Press {key} to leave.")
        return None
