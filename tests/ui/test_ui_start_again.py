"""A new start goes back to where the last one ended."""

from dataclasses import replace
from pathlib import Path

import pytest

from snum_tui.engine.commands import ShowCategory
from snum_tui.engine.snapshot import Snapshot
from snum_tui.ui.panes.services import ServicesPane
from tests.ui.session import NamedDoor, Session, stage


async def left_at_third_category(directory: Path) -> tuple[str, int]:
    """Sort, filter, put the cursor somewhere in a category and leave; return the service's id, and the port."""
    with stage(directory) as made:
        async with made.app.run_test(size=(120, 40)) as pilot:
            return await leave_at_third_category(made.session(pilot)), int(made.site.url.rpartition(":")[2])


async def leave_at_third_category(session: Session) -> str:
    """Do so in one run."""
    await session.ready()
    await session.press("down", "down", "enter")
    await session.until(lambda: session.snapshot.listing.category_id == "3" and session.rows("services").keys)
    await session.press("s", "slash", *"tur", "enter", "down", "down")
    service = session.rows("services").cursor_key
    assert service is not None
    session.app.exit()
    return service


async def test_category_cursor_filter_sort_and_pane_are_as_they_were_left(tmp_path: Path) -> None:
    service, port = await left_at_third_category(tmp_path)
    with stage(tmp_path, port=port) as made:
        async with made.app.run_test(size=(120, 40)) as pilot:
            session = made.session(pilot)
            await session.until(lambda: session.app.screen_stack and session.snapshot.categories)
            await session.until(lambda: session.app.main.place == "services")
            await session.until(lambda: session.rows("services").cursor_key == service)
            assert session.snapshot.listing.category_id == "3"
            assert session.pane("services").wanted == "tur"
            assert session.app.main.query_one(ServicesPane).sort == "name"
            assert session.rows("tree").cursor_key == "category:3"
            assert [one for one in session.door.submitted if isinstance(one, ShowCategory)] == [
                ShowCategory("3", 0)
            ]
            await session.press("escape")
            assert session.rows("services").cursor_key == service


async def test_a_category_that_the_site_no_longer_has_is_not_waited_for(tmp_path: Path) -> None:
    _, port = await left_at_third_category(tmp_path)
    with stage(tmp_path, port=port) as made:
        made.site._site.catalogue.__dict__["categories"] = made.site._site.catalogue.categories[:2]
        async with made.app.run_test(size=(120, 40)) as pilot:
            session = made.session(pilot)
            await session.until(lambda: session.app.screen_stack and len(session.snapshot.categories) == 2)
            assert session.snapshot.view is not None
            assert session.snapshot.view.tree_key == "category:3"
            await session.press("1")
            await session.press("G", "enter")
            await session.until(
                lambda: session.snapshot.listing.category_id == "2" and session.rows("services").keys
            )


async def test_whoever_has_gone_somewhere_already_is_not_sent_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person is faster than the cache: what it tells comes when the cursor stands elsewhere already."""
    _, port = await left_at_third_category(tmp_path)
    whole = vars(NamedDoor)["latest"].fget
    is_late = True

    def latest(door: NamedDoor) -> Snapshot:
        seen: Snapshot = whole(door)
        return replace(seen, view=None) if is_late else seen

    monkeypatch.setattr(NamedDoor, "latest", property(latest))
    with stage(tmp_path, port=port) as made:
        async with made.app.run_test(size=(120, 40)) as pilot:
            session = made.session(pilot)
            await session.until(lambda: session.app.screen_stack and session.snapshot.categories)
            await session.press("3")
            is_late = False
            await session.until(lambda: session.snapshot.view is not None)
            session.app.main.paint()
            await session.pilot.pause()
            assert session.app.main.place == "numbers"
            assert session.pane("services").wanted == ""


async def test_the_filter_of_the_tree_is_as_it_was_left(tmp_path: Path) -> None:
    with stage(tmp_path) as made:
        port = int(made.site.url.rpartition(":")[2])
        async with made.app.run_test(size=(120, 40)) as pilot:
            session = made.session(pilot)
            await session.ready()
            await session.press("1", "slash", *"goo", "enter")
            kept = session.rows("tree").keys
            session.app.exit()
    with stage(tmp_path, port=port) as made:
        async with made.app.run_test(size=(120, 40)) as pilot:
            session = made.session(pilot)
            await session.until(lambda: session.app.screen_stack and session.snapshot.categories)
            await session.until(lambda: session.pane("tree").wanted == "goo")
            await session.until(lambda: session.rows("tree").keys == kept)
            assert 0 < len(kept) < len(session.snapshot.categories)
