"""The promise to the sites: who browses asks for what shows, and not for what there is."""

from pathlib import Path

from tests.benchmarks.browsing import GOAL, SPEED, browse
from tests.terminal.other_process import Program


def test_browsing_asks_at_most_a_fifth_of_what_every_row_once_a_visit_would(tmp_path: Path) -> None:
    browsed = browse(Program(tmp_path), categories=3, speed=SPEED)
    assert browsed.asked["getServiceDetails"] >= browsed.shown / 2, "rows that are seen twice get two prices or one"
    assert browsed.ratio <= GOAL
