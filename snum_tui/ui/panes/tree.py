"""The category tree."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message
from textual.timer import Timer

from snum_tui.domain.sentence import N_
from snum_tui.engine.snapshot import Snapshot
from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.desk import Desk
from snum_tui.ui.later import call_later
from snum_tui.ui.panes.base import ListPane
from snum_tui.ui.tables.tree import COLUMNS, FAVOURITES, WATCHED, category_key, tree_rows
from snum_tui.ui.widgets.row_list import RowList

REST_SECONDS = 0.15
"""A category is opened once the cursor rests on it, so that running past forty asks the site for one."""


class TreePane(ListPane):
    """Favourites, recents and categories; what the cursor rests on is shown beside it."""

    PLACE = Place.TREE
    HAS_HEADER = False
    ALWAYS_HINTS = True
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.TREE)

    class Rested(Message):
        """The cursor rests on a row."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, desk: Desk, enter: Callable[[str], None], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(desk, id=id)
        self._enter = enter
        self._timer: Timer | None = None
        self._moved_to_first = False
        self._matches = 0

    def paint(self, snapshot: Snapshot) -> None:
        """Show the categories of a snapshot."""
        is_at_watched = self.list.cursor_key == WATCHED
        rows = tree_rows(snapshot, self.wanted, self._desk.speaker, with_watched=is_at_watched)
        self._matches = len(rows)
        self.show(COLUMNS, rows, self._hint(snapshot))
        self.go_to_best()
        if snapshot.categories and not self._moved_to_first:
            self._moved_to_first = True
            self._move_to_first(snapshot)

    def _move_to_first(self, snapshot: Snapshot) -> None:
        """Begin where the last run ended, else at what the person marked, else at the first category."""
        kept = "" if snapshot.view is None else snapshot.view.tree_key
        if kept in self.list.keys:
            self.list.move_to_key(kept)
            self._rest()
        else:
            first_category = category_key(snapshot.categories[0].id)
            self.list.move_to_key(FAVOURITES if snapshot.favourites else first_category)

    def action_open(self) -> None:
        """Open the row under the cursor.

        The screen is told at once, not by a message: keys typed right behind must find the services.
        """
        if (key := self.list.cursor_key) is not None:
            self._stop_waiting()
            self._enter(key)
        else:
            self.tell_why_no_row(self._desk)

    @on(RowList.CursorMoved)
    def _moved(self, event: RowList.CursorMoved) -> None:
        event.stop()
        self._stop_waiting()
        if event.key is not None:
            self._timer = call_later(self, REST_SECONDS, self._rest)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_open()

    def _rest(self) -> None:
        if (key := self.list.cursor_key) is not None:
            self.post_message(self.Rested(key))

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.stop()

    def _hint(self, snapshot: Snapshot) -> str:
        if snapshot.categories:
            if not self.wanted or self._matches:
                return ""
            words = N_("No category matches. {key} shows all again.")
            return self._desk.text(words, key=self._desk.key("pane.clear_filter"))
        if snapshot.categories_problem is not None:
            return self._desk.render(snapshot.categories_problem)
        return self._desk.text(N_("Loading…"))
