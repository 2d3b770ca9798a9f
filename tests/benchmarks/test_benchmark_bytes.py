"""The promise behind the row widget: a changed price costs a tenth of what Textual's own table sends, or less."""

from pathlib import Path

import pytest

from tests.benchmarks.cells import GOAL, sent_by
from tests.terminal.other_process import Program


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_changed_price_sends_at_most_a_tenth_of_what_a_data_table_sends(
    size: tuple[int, int], tmp_path: Path
) -> None:
    program = Program(tmp_path)
    table, rows = (sent_by(program, name, size).cell for name in ("table", "rows"))
    assert 0 < rows <= GOAL * table
