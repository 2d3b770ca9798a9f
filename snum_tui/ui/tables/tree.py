"""The rows of the category tree."""

from snum_tui.domain.sentence import N_
from snum_tui.domain.text import fold
from snum_tui.engine.snapshot import Snapshot
from snum_tui.locale import Speaker
from snum_tui.ui.cells import Cell, Column, Row, Tone
from snum_tui.ui.signs import drawn

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
    """Favourites and recents first, then the site's categories in its own order; only what matches `wanted`."""
    rows = [] if wanted else list(_own_rows(snapshot, speaker))
    folded = fold(wanted)
    live = {order.category_id for order in snapshot.open_numbers}
    for category in snapshot.categories:
        if folded in fold(category.name):
            mark = Cell(drawn("●") if category.id in live else "", Tone.GOOD)
            rows.append(Row(category_key(category.id), (Cell(category.name), mark)))
    return tuple(rows)


def _own_rows(snapshot: Snapshot, speaker: Speaker) -> tuple[Row, ...]:
    return (
        _own_row(FAVOURITES, drawn("★ ") + speaker.text(N_("Favourites")), len(snapshot.favourites)),
        _own_row(RECENT, drawn("↺ ") + speaker.text(N_("Recent")), len(snapshot.recents)),
    )


def _own_row(key: str, name: str, count: int) -> Row:
    return Row(key, (Cell(name, Tone.STRONG if count else Tone.DIM), Cell(str(count) if count else "", Tone.DIM)))
