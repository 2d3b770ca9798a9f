"""Keys that come in one burst, as over a slow line, edit in the order in which they were pressed."""

import pytest
from textual.events import Key
from textual.widgets import Input

from tests.ui.session import OpenDesk, Session

BURST = (*"gogle", "left", "left", "left", "o", "end", "x", "backspace", *" pau", "backspace", "y")
EDITED = "google pay"


def burst(session: Session, *keys: str) -> None:
    """Send keys as a bad line does: all at once."""
    for key in keys:
        letter = {"space": " "}.get(key, key)
        session.app.post_message(Key(key, letter if len(letter) == 1 else None))


@pytest.mark.parametrize("opening", [("colon",), ("2", "slash"), ("2", "w")])
async def test_a_burst_of_letters_and_corrections_makes_what_was_meant(
    desk: OpenDesk, opening: tuple[str, ...]
) -> None:
    """In the palette, in a filter, in a prompt."""
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.press(*opening)
        line = session.app.focused
        assert isinstance(line, Input)
        burst(session, *BURST)
        await session.until(lambda: line.value.endswith("y"))
        assert line.value == EDITED


async def test_a_key_that_was_given_another_meaning_has_it_in_a_line_too(desk: OpenDesk) -> None:
    async with desk(size=(80, 24), keys={"filter.give_up": "Ctrl+e"}) as session:
        await session.ready()
        await session.press("2", "slash", *"tel")
        await session.press("ctrl+e")
        await session.until(lambda: not isinstance(session.app.focused, Input))
