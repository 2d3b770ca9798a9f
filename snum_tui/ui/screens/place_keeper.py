"""Where the person is, kept for the next start: category, cursors, filters, sort, pane."""

from typing import TYPE_CHECKING

from textual.timer import Timer

from snum_tui.domain.view import View
from snum_tui.engine.commands import KeepView
from snum_tui.engine.snapshot import Snapshot
from snum_tui.ui.actions import Place
from snum_tui.ui.desk import Desk
from snum_tui.ui.later import after_refresh, call_later
from snum_tui.ui.panes.numbers import NumbersPane
from snum_tui.ui.panes.services import ServicesPane
from snum_tui.ui.panes.tree import TreePane
from snum_tui.ui.tables.service_order import sort_named
from snum_tui.ui.tables.tree import category_of

if TYPE_CHECKING:
    from snum_tui.ui.screens.main import MainScreen

KEEP_SECONDS = 1.0
"""Who moves on within this time is not written down in between."""

_PLACES = {place.value: place for place in (Place.TREE, Place.SERVICES, Place.NUMBERS)}


class PlaceKeeper:
    """Goes back, once, to where the last run ended; from then on notes where the person is."""

    def __init__(self, screen: "MainScreen", desk: Desk) -> None:
        self._screen = screen
        self._desk = desk
        self._restored = False
        self._kept: View | None = None
        self._timer: Timer | None = None

    def restore(self, snapshot: Snapshot) -> None:
        """Go back, as soon as it is known where to; not where the person has gone somewhere already."""
        if self._restored or snapshot.view is None or not snapshot.categories:
            return
        self._restored, self._kept = True, snapshot.view
        if self._screen.place is Place.TREE and not self._tree.wanted:
            self._go_back_to(snapshot.view)

    def note(self) -> None:
        """The person moved: write it down soon."""
        if self._restored and self._timer is None:
            self._timer = call_later(self._screen, KEEP_SECONDS, self.keep)

    def keep(self) -> None:
        """Have the engine keep where the person is, unless it has that already."""
        self._timer = None
        if not self._restored:
            return
        view = self._view()
        if view != self._kept:
            self._kept = view
            self._desk.engine.submit(KeepView(view))

    @property
    def _tree(self) -> TreePane:
        return self._screen.query_one(TreePane)

    @property
    def _services(self) -> ServicesPane:
        return self._screen.query_one(ServicesPane)

    @property
    def _numbers(self) -> NumbersPane:
        return self._screen.query_one(NumbersPane)

    def _go_back_to(self, view: View) -> None:
        self._services.sort_by(sort_named(view.sort))
        self._tree.set_filter(view.tree_filter)
        self._services.set_filter(view.services_filter)
        if view.service_id:
            self._screen.land_on(category_of(view.tree_key), view.service_id)
        if view.order_id:
            self._numbers.list.move_to_key(view.order_id)
        place = _PLACES.get(view.pane, Place.TREE)
        if place is not Place.TREE:
            # After the tree has been painted, and has opened its row.
            after_refresh(self._screen, lambda: self._screen.go(place))

    def _view(self) -> View:
        return View(
            tree_key=self._services.shown_key,
            service_id=self._services.list.cursor_key or "",
            order_id=self._numbers.list.cursor_key or "",
            pane=self._screen.place.value,
            sort=self._services.sort.value,
            tree_filter=self._tree.wanted,
            services_filter=self._services.wanted,
        )
