"""All that is known of one service, for as long as the person looks at it."""

from dataclasses import replace

from snum_tui.domain.catalogue import KnownQuote
from snum_tui.domain.history import Stretch, with_reading
from snum_tui.domain.own_orders import OwnOrders
from snum_tui.engine.context import Context
from snum_tui.engine.snapshot import Study
from snum_tui.journal.errors import JournalError


class Studies:
    """Puts price and stock over time, and what one's own orders say, on the board; one service at a time."""

    def __init__(self, context: Context) -> None:
        self._site = context.site
        self._board = context.board
        self._journal = context.journal
        self._cache = context.cache

    def show(self, service_id: str) -> None:
        """Show this service; none where the id is empty."""
        if not service_id:
            self._board.change(study=None)
            return
        study = Study(service_id, self._points(service_id), OwnOrders())
        self._board.change(study=replace(study, own=self._own(study)))

    def add(self, known: KnownQuote) -> None:
        """A quote was read: a new point, if it is of the service on show."""
        study = self._board.now.study
        if study is not None and study.service_id == known.quote.service_id:
            self._board.change(study=replace(study, points=with_reading(study.points, known)))

    def look_again(self) -> None:
        """Orders have changed: count those of the service on show anew."""
        study = self._board.now.study
        if study is not None:
            self._board.change(study=replace(study, own=self._own(study)))

    def _points(self, service_id: str) -> tuple[Stretch, ...]:
        """Return what the cache has and, for that is written in batches, the last reading."""
        kept = self._cache.history(self._site, service_id)
        known = self._board.now.quotes.get(service_id)
        return kept if known is None else with_reading(kept, known)

    def _own(self, study: Study) -> OwnOrders:
        """Count one's own orders; what was known stays where the journal cannot be read just now, as others say."""
        try:
            return self._journal.own_orders(self._site, study.service_id)
        except JournalError:
            return study.own
