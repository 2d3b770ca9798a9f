"""The rows of the category tree."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from snum_tui.domain.catalogue import Category
from snum_tui.domain.sentence import N_
from snum_tui.engine.snapshot import Chosen, Snapshot
from snum_tui.locale import Speaker
from snum_tui.ui.cells import Cell, Column, Row, Tone
from snum_tui.ui.signs import drawn
from snum_tui.ui.tables.watches import WATCHING

if TYPE_CHECKING:
    from snum_tui.domain.search import Haystack

FAVOURITES = "favourites"
RECENT = "recent"
WATCHED = "watched"
_CATEGORY = "category:"

COLUMNS = (Column("", 0), Column("", 3, right=True))


def category_key(category_id: str) -> str:
    """Return the row key of a category."""
    return f"{_CATEGORY}{category_id}"


def category_of(key: str | None) -> str | None:
    """Return the category id of a row key; None for the rows that are no category."""
    return key.removeprefix(_CATEGORY) if key is not None and key.startswith(_CATEGORY) else None


def tree_rows(snapshot: Snapshot, wanted: str, speaker: Speaker, *, with_watched: bool = False) -> tuple[Row, ...]:
    """The person's own lists first, then the site's categories; of these what matches `wanted`, best first.

    The list of watches is there while there are any, or, for who is just looking at it, `with_watched`.
    """
    own = () if wanted else _own_rows(snapshot, speaker, with_watched=with_watched)
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


def _own_rows(snapshot: Snapshot, speaker: Speaker, *, with_watched: bool) -> tuple[Row, ...]:
    favourites = _own_row(FAVOURITES, drawn("★ ") + speaker.text(N_("Favourites")), len(snapshot.favourites))
    recent = _own_row(RECENT, drawn("↺ ") + speaker.text(N_("Recent")), len(snapshot.recents))
    if not (snapshot.watches or with_watched):
        return favourites, recent
    return (
        favourites,
        recent,
        _own_row(WATCHED, drawn(f"{WATCHING} ") + speaker.text(N_("Watched")), len(snapshot.watches)),
    )


def own_list(key: str, snapshot: Snapshot) -> tuple[Chosen, ...]:
    """Return what stands in the list of the person's own that a row key is for; nothing for all other rows."""
    lists: dict[str, tuple[Chosen, ...]] = {
        FAVOURITES: snapshot.favourites,
        RECENT: snapshot.recents,
        WATCHED: snapshot.watches,
    }
    return lists.get(key, ())


def _own_row(key: str, name: str, count: int) -> Row:
    return Row(key, (Cell(name, Tone.STRONG if count else Tone.DIM), Cell(str(count) if count else "", Tone.DIM)))
