"""Calls the person back to the terminal when there is news, in the ways that they want and the terminal knows."""

import os
from itertools import takewhile

from snum_tui.domain.text import clean_text
from snum_tui.engine.snapshot import Event, Snapshot
from snum_tui.ui.desk import Desk
from snum_tui.ui.outside.errands import Errands
from snum_tui.ui.outside.outlet import Outlet
from snum_tui.ui.outside.passing import BELL
from snum_tui.ui.outside.surroundings import Multiplexer, Terminal, look_around
from snum_tui.ui.outside.tmux import ask_tmux
from snum_tui.ui.telling.notification import choose_dialect, notification
from snum_tui.ui.telling.title_words import title_words

LONGEST = 200
NO_TITLE = frozenset({Terminal.CONSOLE, Terminal.PLAIN})


class Teller:
    """Follows the engine's snapshots. What comes together is told once: one bell, the newest as a notification.

    The title holds the newest news until a key or a click shows that the person is here.
    """

    def __init__(self, desk: Desk, outlet: Outlet, errands: Errands) -> None:
        self._desk = desk
        self._outlet = outlet
        self._errands = errands
        self._around = look_around(os.environ)
        self._told_serial = 0
        self._newest: Event | None = None

    def follow(self, snapshot: Snapshot) -> None:
        """Tell what is new in a snapshot."""
        fresh = list(takewhile(lambda event: event.serial > self._told_serial, reversed(snapshot.events)))
        self._told_serial = snapshot.events[-1].serial if snapshot.events else 0
        news = [event for event in fresh if event.news is not None]
        if news:
            self._newest = news[0]
            self._ring(news)
            self._notify(news[0])
        self._show_title(snapshot)

    def person_is_here(self) -> None:
        """The person did something here: what is in the title has been seen."""
        if self._newest is not None:
            self._newest = None
            self._show_title(self._desk.snapshot)

    def _ring(self, news: list[Event]) -> None:
        if any(event.news in self._desk.wishes.bell for event in news):
            self._outlet.write(BELL)

    def _show_title(self, snapshot: Snapshot) -> None:
        if self._desk.wishes.title and self._around.terminal not in NO_TITLE:
            self._outlet.show_title(title_words(snapshot, self._newest, self._desk))

    def _notify(self, event: Event) -> None:
        words = clean_text(self._desk.render(event.sentence), LONGEST)
        if self._desk.wishes.notify == "off":
            return
        if self._around.multiplexer is Multiplexer.TMUX:
            self._errands.run(lambda: self._notify_through_tmux(words))
        else:
            self._send(words, self._around.terminal)

    def _notify_through_tmux(self, words: str) -> None:
        """Runs on the errands' thread. Each time anew: a session is attached now here, now there."""
        tmux = ask_tmux(os.environ)
        if tmux is not None and tmux.passes:
            self._outlet.hand_over(lambda: self._send(words, tmux.terminal))

    def _send(self, words: str, terminal: Terminal) -> None:
        dialect = choose_dialect(self._desk.wishes.notify, terminal)
        if dialect is not None:
            self._outlet.write(notification(words, dialect, self._around.multiplexer))
