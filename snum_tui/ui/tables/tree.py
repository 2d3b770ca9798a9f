"""The rows of the category tree."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from snum_tui.domain.catalogue import Category
from snum_tui.domain.sentence import N_
from snum_tui.engine.snapshot import Snapshot
from snum_tui.locale import Speaker
from snum_tui.ui.cells import Cell, Column, Row, Tone
from snum_tui.ui.signs import drawn

if TYPE_CHECKING:
    from snum_tui.domain.search import Haystack

FAVOURITES = "favourites"
RECENT = "recent"
_CATEGORY = "category:"

COLUMNS = (Column("", 0), Column("", 3, right=True))


def category_key(category_id: str) -> str:
    """Return the row key of a category."""
    return f"{_CATEGORY}{category_id}"


def category_of(key: str | None) -> str | None:
    """Return the category id of a row key; None for the rows that are no category."""
    return key.removeprefix(_CATEGORY) if key is not None and key.startswith(_CATEGORY) else None


def tree_rows(snapshot: Snapshot, wanted: str, speaker: Speaker) -> tuple[Row, ...]:
    """Favourites and recents first, then the site's categories; of these what matches `wanted`, best first."""
    own = () if wanted else _own_rows(snapshot, speaker)
    live = {order.category_id for order in snapshot.open_numbers}
    marks = {True: Cell(drawn("●"), Tone.GOOD), False: Cell("", Tone.GOOD)}
    return (
        *own,
        *(
            Row(category_key(category.id), (Cell(category.name), marks[category.id in live]))
            for category in matching_categories(snapshot.categories, wanted)
        ),
    )


def matching_categories(categories: tuple[Category, ...], wanted: str) -> tuple[Category, ...]:
    """Return the categories that match, best first; all of them, in the site's order, where nothing is wanted."""
    if not wanted:
        return categories
    places = _haystack(tuple(category.name for category in categories)).find(wanted)
    return tuple(categories[place] for place in places)


@lru_cache(maxsize=2)
def _haystack(names: tuple[str, ...]) -> Haystack:
    from snum_tui.domain.search import Haystack  # noqa: PLC0415 - not needed for the first paint

    return Haystack(names)


def _own_rows(snapshot: Snapshot, speaker: Speaker) -> tuple[Row, ...]:
    return (
        _own_row(FAVOURITES, drawn("★ ") + speaker.text(N_("Favourites")), len(snapshot.favourites)),
        _own_row(RECENT, drawn("↺ ") + speaker.text(N_("Recent")), len(snapshot.recents)),
    )


def _own_row(key: str, name: str, count: int) -> Row:
    return Row(key, (Cell(name, Tone.STRONG if count else Tone.DIM), Cell(str(count) if count else "", Tone.DIM)))
