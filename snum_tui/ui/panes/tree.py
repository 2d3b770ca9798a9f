"""The category tree."""

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message
from textual.timer import Timer

from snum_tui.domain.sentence import N_
from snum_tui.engine.snapshot import Loading, Snapshot
from snum_tui.ui.actions import Place, bindings_for
from snum_tui.ui.desk import Desk
from snum_tui.ui.panes.base import ListPane
from snum_tui.ui.tables.tree import COLUMNS, tree_rows
from snum_tui.ui.widgets.row_list import RowList

REST_SECONDS = 0.15
"""A category is opened once the cursor rests on it, so that running past forty asks the site for one."""


class TreePane(ListPane):
    """Favourites, recents and categories; what the cursor rests on is shown beside it."""

    PLACE = Place.TREE
    HAS_HEADER = False
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.TREE)

    class Rested(Message):
        """The cursor rests on a row; `entered` where the person opened it with a key."""

        def __init__(self, key: str, *, entered: bool) -> None:
            super().__init__()
            self.key = key
            self.entered = entered

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._desk = desk
        self._timer: Timer | None = None
        self._moved_to_first = False

    def paint(self, snapshot: Snapshot) -> None:
        """Show the categories of a snapshot."""
        self.show(COLUMNS, tree_rows(snapshot, self.wanted, self._desk.speaker), self._hint(snapshot))
        if snapshot.categories and not self._moved_to_first:
            self._moved_to_first = True
            first_category = 0 if snapshot.favourites else 2
            self.list.move_to(first_category)

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if (key := self.list.cursor_key) is not None:
            self._stop_waiting()
            self.post_message(self.Rested(key, entered=True))

    @on(RowList.CursorMoved)
    def _moved(self, event: RowList.CursorMoved) -> None:
        event.stop()
        self._stop_waiting()
        if event.key is not None:
            self._timer = self.set_timer(REST_SECONDS, self._rest)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_open()

    def _rest(self) -> None:
        if (key := self.list.cursor_key) is not None:
            self.post_message(self.Rested(key, entered=False))

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.stop()

    def _hint(self, snapshot: Snapshot) -> str:
        if snapshot.categories_problem is not None and snapshot.categories_loading is Loading.FAILED:
            return self._desk.render(snapshot.categories_problem)
        return self._desk.text(N_("No category matches.")) if self.wanted else self._desk.text(N_("Loading…"))
