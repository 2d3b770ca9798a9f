"""In which order the changes of a frame are written."""

import re

from snum_tui.ui.terminal.pen import Look
from snum_tui.ui.terminal.strokes import Stroke, written

COLUMNS, LINES = 120, 60
PACKET_BYTES = 1400
WHITE, GREY, GREEN = (("38;2;230;230;230", "48;2;16;16;16"), ("38;2;120;120;120", "48;2;16;16;16"), ("32", "49"))


def rows(lines: int) -> list[Stroke]:
    """As another category's: a price, an age in another colour, a name."""
    strokes: list[Stroke] = []
    for line in range(lines):
        for column, (words, colour) in enumerate((("price", WHITE), ("age", GREY), ("the name", WHITE))):
            strokes.append((line, 20 * column, f"{words} {line:02}", Look("", *colour)))
    return strokes


def test_what_belongs_to_a_row_arrives_together() -> None:
    text = written(rows(LINES), COLUMNS)
    for line in range(LINES):
        places = [found.start() for found in re.finditer(rf" {line:02}(?!\d)", text)]
        assert len(places) == 3
        assert places[-1] - places[0] < PACKET_BYTES


def test_a_colour_is_turned_to_once_for_all_rows_that_arrive_together() -> None:
    grey = GREY[0]
    assert written(rows(10), COLUMNS).count(grey) == 1
    assert written(rows(LINES), COLUMNS).count(grey) < LINES / 10
