"""The services of a category, with live price and stock."""

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.timer import Timer

from snum_tui.domain.catalogue import Service
from snum_tui.domain.sentence import N_
from snum_tui.engine.commands import SetFavourite, WatchRows
from snum_tui.engine.snapshot import Loading, Snapshot
from snum_tui.ui.actions import Place, bindings_for
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.panes.base import ListPane
from snum_tui.ui.tables.services import SORT_WORDS, ServicesView, columns, next_sort, service_rows
from snum_tui.ui.tables.tree import FAVOURITES, RECENT
from snum_tui.ui.widgets.row_list import RowList
from snum_tui.ui.wording import full_name

SETTLE_SECONDS = 0.1
"""Rows that only scroll past are not asked for."""


class ServicesPane(ListPane):
    """Rows to order from. Tells the engine which of them can be seen, so that their quotes stay fresh."""

    PLACE = Place.SERVICES
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(Place.SERVICES)

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._desk = desk
        self._view = ServicesView()
        self._timer: Timer | None = None
        self.shown_key = ""
        """The tree row whose services these are."""

    def paint(self, snapshot: Snapshot) -> None:
        """Show the listing of a snapshot."""
        view = replace(self._view, wanted=self.wanted)
        width, speaker = self.size.width, self._desk.speaker
        rows = service_rows(snapshot, view, width, speaker, self._desk.now.wall)
        title = self._title(snapshot, len(rows))
        self.show(columns(title, view, width, speaker), rows, self._hint(snapshot))

    def selected(self) -> Service | None:
        """Return the service under the cursor."""
        key = self.list.cursor_key
        return next((service for service in self._desk.snapshot.listing.services if service.id == key), None)

    def category_name(self, service: Service, snapshot: Snapshot) -> str:
        """Return the name of a service's category."""
        known = (category.name for category in snapshot.categories if category.id == service.category_id)
        kept = (
            chosen.category
            for chosen in (*snapshot.favourites, *snapshot.recents)
            if chosen.category_id == service.category_id
        )
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

    def action_sort(self) -> None:
        """Sort by the next order; the cursor stays on its service."""
        self._view = replace(self._view, sort=next_sort(self._view.sort))
        self.paint(self._desk.snapshot)
        order = self._desk.text(SORT_WORDS[self._view.sort])
        self._desk.tell(self._desk.text(N_("Sorted by {order}."), order=order), Tone.PLAIN)

    @on(RowList.VisibleRowsChanged)
    def _look(self, event: RowList.VisibleRowsChanged) -> None:
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SETTLE_SECONDS, self._watch)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_order()

    def _watch(self) -> None:
        self._desk.engine.submit(WatchRows(self.list.visible_keys))

    def _title(self, snapshot: Snapshot, shown: int) -> str:
        listing = snapshot.listing
        if self.shown_key == FAVOURITES:
            name = self._desk.text(N_("Favourites"))
        elif self.shown_key == RECENT:
            name = self._desk.text(N_("Recent"))
        else:
            name = next((one.name for one in snapshot.categories if one.id == listing.category_id), "")
        total = len(listing.services)
        if not total:
            return name
        return full_name(name, f"{shown}/{total}" if shown != total else str(total))

    def _hint(self, snapshot: Snapshot) -> str:
        listing, desk = snapshot.listing, self._desk
        problem = listing.problem or (None if snapshot.categories else snapshot.categories_problem)
        if problem is not None:
            return desk.render(problem)
        if listing.services and self.wanted:
            return desk.text(N_("No service matches. {key} shows all again."), key=desk.key("pane.clear_filter"))
        if self.shown_key == FAVOURITES:
            words = N_("No favourites yet. Press {key} on a service to keep it here.")
            return desk.text(words, key=desk.key("services.favourite"))
        if self.shown_key == RECENT:
            return desk.text(N_("Nothing ordered yet. Services that you order stay here."))
        if Loading.LOADING in {listing.loading, snapshot.categories_loading}:
            return desk.text(N_("Loading…"))
        return desk.text(N_("Choose a category with {key}."), key=desk.key("tree.open"))
