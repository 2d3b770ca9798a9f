"""The way from a search to a row: the cursor waits for a listing that comes later."""

from dataclasses import dataclass

from snum_tui.engine.snapshot import Snapshot
from snum_tui.ui.widgets.row_list import RowList


@dataclass(slots=True)
class _Aim:
    """A service, and where the cursor stood when its category came up without it."""

    category_id: str | None
    service_id: str
    stands_on: str | None = None


class Landing:
    """Puts the cursor on a service as soon as its category is on show and has it, unless the person moves on."""

    def __init__(self) -> None:
        self._aim: _Aim | None = None

    def aim(self, category_id: str | None, service_id: str) -> None:
        """Land on this service; a category of None is a list of the person's own."""
        self._aim = _Aim(category_id, service_id)

    def turn_to(self, category_id: str | None) -> None:
        """Another list is to be seen: land nowhere, unless it is the one that was aimed at."""
        if self._aim is not None and self._aim.category_id != category_id:
            self._aim = None

    def follow(self, snapshot: Snapshot, rows: RowList) -> None:
        """Look whether the service is among the rows now. Call after they were painted."""
        aim = self._aim
        if aim is None or snapshot.listing.category_id != aim.category_id or rows.cursor_key is None:
            return
        rows.move_to_key(aim.service_id)
        if rows.cursor_key == aim.service_id or aim.stands_on not in {None, rows.cursor_key}:
            self._aim = None
        else:
            aim.stands_on = rows.cursor_key
