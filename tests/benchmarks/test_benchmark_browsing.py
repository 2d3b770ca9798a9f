"""The promise to the sites: who browses asks for what shows, and not for what there is."""

from pathlib import Path

from tests.benchmarks.browsing import GOAL, SPEED, VISITS, browse
from tests.terminal.other_process import Program

CATEGORIES = 3


def test_browsing_asks_for_each_row_that_shows_as_often_as_it_is_due_and_for_no_other(tmp_path: Path) -> None:
    browsed = browse(Program(tmp_path), categories=CATEGORIES, speed=SPEED)
    one_screenful = browsed.shown / (VISITS * CATEGORIES)
    prices = browsed.asked["getServiceDetails"]
    assert browsed.shown / VISITS <= prices <= browsed.due + one_screenful, "the start shows one, too"
    assert browsed.ratio <= GOAL
