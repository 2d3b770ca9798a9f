"""Only what is seen where something changed is rendered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region

from snum_tui.ui.terminal.compositor import Bare
from snum_tui.ui.widgets.row_list import RowList
from tests.ui.session import OpenDesk

REGIONS = st.builds(Region, st.integers(0, 9), st.integers(0, 5), st.integers(1, 6), st.integers(1, 4))


def cells_of(region: Region) -> set[tuple[int, int]]:
    return {(line, column) for line in region.line_range for column in region.column_range}


@given(st.lists(REGIONS, min_size=1, max_size=4), st.lists(REGIONS, max_size=8))
def test_what_is_painted_on_counts_cell_by_cell(changed: list[Region], painted: list[Region]) -> None:
    bare = Bare(changed)
    left = set[tuple[int, int]]().union(*map(cells_of, changed))
    for region in painted:
        assert bare.cover(region) == bool(left & cells_of(region))
        left -= cells_of(region)
        assert bare.is_gone == (not left)


async def test_of_two_cells_that_change_far_from_each_other_nothing_between_is_rendered(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(size=(120, 40)) as session:
        await session.ready()
        compositor = session.app.screen._compositor
        compositor.render_partial_update()
        with monkeypatch.context() as without_lists:
            without_lists.setattr(RowList, "render_lines", None)
            frame_and_message = {Region(3, 0, 1, 1), Region(3, 38, 1, 1)}
            compositor._dirty_regions.update(frame_and_message)
            frame = compositor.render_partial_update()
        assert frame is not None
        assert {line for line, *_ in frame.spans} == {0, 38}
        assert all(any(frame.chops[line].values()) for line in (0, 38))
