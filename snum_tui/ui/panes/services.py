"""The services of a category, with live price and stock."""

import time
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.timer import Timer

from snum_tui.domain.catalogue import Service
from snum_tui.domain.sentence import N_
from snum_tui.engine.commands import SetFavourite, WatchRows
from snum_tui.engine.snapshot import Loading, Snapshot
from snum_tui.ui.actions import Place
from snum_tui.ui.bindings import bindings_for
from snum_tui.ui.cells import Row, Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.later import after_refresh, call_later
from snum_tui.ui.panes.base import ListPane
from snum_tui.ui.panes.search_steps import SearchSteps
from snum_tui.ui.tables.service_order import BY_QUOTES, SORT_WORDS, ServiceOrder, ServicesView, Sort, next_sort
from snum_tui.ui.tables.service_title import service_title, told_as_of
from snum_tui.ui.tables.services import columns, service_row, title_room
from snum_tui.ui.tables.tree import FAVOURITES, RECENT, WATCHED
from snum_tui.ui.widgets.row_list import RowList
from snum_tui.ui.wording import seconds_until_older

SETTLE_SECONDS = 0.1
"""Rows that only scroll past are not asked for: after a first step, it is waited until the list stands still."""

_EMPTY = {
    FAVOURITES: (N_("No favourites yet. Press {key} on a service to keep it here."), "services.favourite"),
    RECENT: (N_("Nothing ordered yet. Services that you order stay here."), "services.order"),
    WATCHED: (
        N_("Nothing is watched. Press {key} on a service to be told of its stock or price."),
        "services.watch",
    ),
}
"""What the person's own lists say while nothing stands in them, and the action whose key they name."""


class ServicesPane(ListPane):
    """Rows to order from. Tells the engine which of them can be seen, so that their quotes stay fresh."""

    PLACE = Place.SERVICES
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.SERVICES)

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(desk, id=id)
        self._order = ServiceOrder()
        self._sort = Sort.SITE
        self._painted_category: str | None = None
        self._timer: Timer | None = None
        self._search = SearchSteps(self, self._order, lambda: desk.snapshot)
        self._looked_at = float("-inf")
        self.shown_key = ""
        """The tree row whose services these are."""

    @property
    def sort(self) -> Sort:
        """The order that the rows stand in."""
        return self._sort

    @property
    def first_rows(self) -> int:
        """How many rows of a list are seen at its top; 0 where filter or order may put others there."""
        return self.list.size.height if self._sort is Sort.SITE and not self.wanted else 0

    def sort_by(self, sort: Sort) -> None:
        """Put the rows into another order; the cursor stays on its service."""
        self._sort = sort
        self.paint(self._desk.snapshot)
        self._tell_engine()

    def paint(self, snapshot: Snapshot) -> None:
        """Show the listing of a snapshot."""
        view = ServicesView(self.wanted, self._sort)
        width, speaker, now = self.size.width, self._desk.speaker, self._desk.now.wall
        keys = self._order.keys(snapshot, view)

        def make_row(key: str) -> Row:
            return service_row(self._order.service(key), snapshot, view, width, speaker, now)

        room = title_room(view, width, speaker)
        title = service_title(snapshot, view, self.shown_key, len(keys), speaker, now, room)
        self.show_keys(columns(title, view, width, speaker), keys, make_row, self._hint(snapshot))
        self._begin_at_top(snapshot.listing.category_id)
        self.go_to_best()
        self._search.prepare()

    def open_filter(self) -> None:
        """Let the person type a filter; the first letter must not wait, either."""
        super().open_filter()
        self._search.look_ahead(self.wanted)

    def seconds_until_older(self, snapshot: Snapshot) -> float | None:
        """Return when the next age on the screen will read otherwise; None where no age is shown."""
        now, seen = self._desk.now.wall, self.list.visible_keys
        told = [known.read_at for key in seen if (known := snapshot.quotes.get(key)) is not None]
        if (as_of := told_as_of(snapshot)) is not None:
            told.append(as_of)
        return min((seconds_until_older(read_at, now) for read_at in told), default=None)

    def selected(self) -> Service | None:
        """Return the service under the cursor."""
        return self._order.find(self.list.cursor_key)

    def category_name(self, service: Service, snapshot: Snapshot) -> str:
        """Return the name of a service's category."""
        known = (category.name for category in snapshot.categories if category.id == service.category_id)
        kept = (chosen.category for chosen in snapshot.kept if chosen.category_id == service.category_id)
        return next(known, None) or next(kept, "")

    def action_order(self) -> None:
        """Ask whether to order the service under the cursor."""
        from snum_tui.ui.flows.order import ask_order  # noqa: PLC0415 - not needed for the first paint

        if (service := self.selected()) is not None:
            ask_order(self.app, self._desk, service, self.category_name(service, self._desk.snapshot))
        else:
            self.tell_why_no_row(self._desk)

    def action_favourite(self) -> None:
        """Keep the service under the cursor among the favourites, or no longer."""
        if (service := self.selected()) is None:
            self.tell_why_no_row(self._desk)
            return
        snapshot = self._desk.snapshot
        on_now = any(chosen.service_id == service.id for chosen in snapshot.favourites)
        category = self.category_name(service, snapshot)
        self._desk.engine.submit(
            SetFavourite(service.id, service.name, service.category_id, category, on=not on_now)
        )
        told = N_("{service} is no longer a favourite.") if on_now else N_("{service} is a favourite now.")
        self._desk.tell(self._desk.text(told, service=service.name), Tone.PLAIN)

    def action_watch(self) -> None:
        """Watch the service under the cursor for stock or a price, or no longer."""
        from snum_tui.ui.flows.watch import ask_watch  # noqa: PLC0415 - not needed for the first paint

        if (service := self.selected()) is not None:
            ask_watch(self.app, self._desk, service, self.category_name(service, self._desk.snapshot))

    def action_study(self) -> None:
        """Show all that is known of the service under the cursor."""
        from snum_tui.ui.flows.study import show_study  # noqa: PLC0415 - not needed for the first paint

        if (service := self.selected()) is not None:
            show_study(self.app, self._desk, service, self.category_name(service, self._desk.snapshot))

    def action_sort(self) -> None:
        """Sort by the next order."""
        self.sort_by(next_sort(self._sort))
        order = self._desk.text(SORT_WORDS[self._sort])
        self._desk.tell(self._desk.text(N_("Sorted by {order}."), order=order), Tone.PLAIN)

    @on(RowList.VisibleRowsChanged)
    def _look(self, event: RowList.VisibleRowsChanged) -> None:
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        now = time.monotonic()
        if not self.list.keys or now - self._looked_at > SETTLE_SECONDS:
            after_refresh(self, self._tell_engine)  # it would take the processor from the painting
        else:
            self._timer = call_later(self, SETTLE_SECONDS, self._tell_engine)
        if self.list.keys:  # an empty list, before its rows come, is no step of the person's
            self._looked_at = now

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_order()

    def _filter_typed(self) -> None:
        super()._filter_typed()
        if self.wanted:
            self._search.look_ahead(self.wanted)

    def _tell_engine(self) -> None:
        keys, fill = self.list.visible_keys, self._sort in BY_QUOTES
        if fill:
            # What gets its price moves away, and the cursor with it: the row under it is waited for most.
            line = self.list.cursor_index - self.list.scroll_offset.y
            keys = tuple(key for _, key in sorted(enumerate(keys), key=lambda one: abs(one[0] - line)))
        matching = self.list.keys if fill and self.wanted else ()
        self._desk.engine.submit(WatchRows(keys, fill=fill, matching=matching))

    def _begin_at_top(self, category_id: str | None) -> None:
        """Put the cursor on the first row of another list: where it stood in the one before means nothing there."""
        if category_id != self._painted_category:
            self._painted_category = category_id
            self._stood_on = None
            self.list.move_to(0)

    def _hint(self, snapshot: Snapshot) -> str:
        listing, desk = snapshot.listing, self._desk
        problem = listing.problem or (None if snapshot.categories else snapshot.categories_problem)
        if problem is not None:
            return desk.render(problem)
        if listing.services and self.wanted:
            return desk.text(N_("No service matches. {key} shows all again."), key=desk.key("pane.clear_filter"))
        if self.shown_key in _EMPTY:
            words, key = _EMPTY[self.shown_key]
            return desk.text(words, key=desk.key(key))
        if Loading.LOADING in {listing.loading, snapshot.categories_loading}:
            return desk.text(N_("Loading…"))
        return desk.text(N_("Choose a category with {key}."), key=desk.key("tree.open"))
