"""Which services are on show, and what the engine is asked for because of it."""

from snum_tui.engine.commands import ShowCategory, ShowServices
from snum_tui.engine.snapshot import Snapshot
from snum_tui.ui.desk import Desk
from snum_tui.ui.tables.tree import FAVOURITES, RECENT, WATCHED, category_of, own_list


class Chooser:
    """Follows the row of the tree that the person chose; a list of one's own grows while it is on show."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._key = ""
        self._asked: tuple[str, ...] = ()

    def choose(self, key: str, snapshot: Snapshot, first_rows: int) -> None:
        """Show what this row of the tree stands for; so many of a category's first services can be seen at once."""
        if key == self._key:
            return
        self._key = key
        category_id = category_of(key)
        if category_id is not None:
            self._desk.engine.submit(ShowCategory(category_id, first_rows))
        else:
            self._ask(self._own(snapshot))

    def follow(self, snapshot: Snapshot) -> None:
        """Show a list of the person's own as it has become."""
        if self._key in {FAVOURITES, RECENT, WATCHED} and self._own(snapshot) != self._asked:
            self._ask(self._own(snapshot))

    def _own(self, snapshot: Snapshot) -> tuple[str, ...]:
        return tuple(one.service_id for one in own_list(self._key, snapshot))

    def _ask(self, service_ids: tuple[str, ...]) -> None:
        self._asked = service_ids
        self._desk.engine.submit(ShowServices(service_ids))
