"""The line of a filter: keys that come in one burst, and letters that come before it has been laid out."""

import pytest
from textual import events

from snum_tui.ui.widgets.filter_line import FilterLine
from tests.ui.session import OpenDesk, Session


def burst(session: Session, *keys: str) -> None:
    """Have keys arrive together, as over a slow line."""
    for key in keys:
        session.app.post_message(events.Key(key, key if len(key) == 1 else None))


@pytest.mark.parametrize(("leaving", "kept"), [("enter", "alm"), ("down", "alm"), ("escape", "")])
async def test_what_follows_the_end_of_a_filter_in_one_burst_is_for_the_list(
    desk: OpenDesk, leaving: str, kept: str
) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.press("2", "/")
        rows = session.rows("services")
        before = rows.keys
        burst(session, "a", "l", "m", leaving, "j", "j")
        await session.until(lambda: session.app.focused is rows and rows.cursor_index >= 2)
        assert session.pane("services").wanted == kept
        best = rows.keys[rows.cursor_index - 2]  # where the cursor stood as the line was left
        assert best in (before if leaving == "escape" else rows.keys[:1])
        assert (rows.keys == before) == (leaving == "escape")


async def test_letters_from_before_the_line_had_a_width_can_be_seen(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.press("2")
        pane = session.pane("services")
        pane.open_filter()
        line = pane.query_one(FilterLine)
        assert not line.size.width
        line.insert_text_at_cursor("alm")
        await session.until(lambda: "▌ alm" in session.screen_text())
