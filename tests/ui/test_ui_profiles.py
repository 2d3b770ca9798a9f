"""Several accounts in one program: listed, added, switched, and no number forgotten."""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path
from typing import Any

import pytest

from snum_tui.journal import store
from snum_tui.settings.save import write_config
from snum_tui.ui.accounts import Opened
from snum_tui.ui.screens.profiles import ProfilesScreen
from tests.ui.profiles import (
    add,
    agree,
    connected,
    listed,
    order,
    profiles_of,
    under_cursor,
    wished,
)
from tests.ui.session import presses

Open = Callable[..., AbstractAsyncContextManager[Any]]


async def test_a_profile_is_added_and_worked_with_in_the_same_program(at_work: Open) -> None:
    async with at_work() as session:
        await add(session, "home")
        screen = await listed(session)
        assert [row.cells[2].text for row in screen.rows.rows] == ["default", "home"]
        assert profiles_of(session)["home"]["refund_seconds"] == 600
        await session.press("j", "enter")
        await connected(session, "home")
        assert session.app.failure is None
        assert "localhost" in session.screen_text().splitlines()[0]
        assert len(session.app.screen_stack) == 1


async def test_a_switch_asks_while_numbers_are_open_and_they_come_back_with_the_profile(at_work: Open) -> None:
    async with at_work() as session:
        await add(session, "home")
        await session.press("escape")
        await order(session)
        number = session.app.desk.snapshot.open_numbers[0].number
        await listed(session)
        await session.press("j", "enter")
        await session.until(lambda: session.app.screen.query("#question"))
        assert "Open 1" in session.words()
        assert "snum-tui --profile default watch" in session.words()
        await session.press("n")
        assert session.app.desk.snapshot.profile == "default"
        await session.press("enter")
        await agree(session)
        await connected(session, "home")
        await session.until(lambda: "another profile is open" in session.words())
        assert session.app.desk.snapshot.open_numbers == ()
        screen = await listed(session)
        assert [row.cells[1].text for row in screen.rows.rows] == ["1", ""]
        await session.press("k", "enter")
        await connected(session)
        assert [one.number for one in session.app.desk.snapshot.open_numbers] == [number]
        assert session.site.requests["getNumber"] == 1


async def test_the_list_begins_at_the_profile_that_is_worked_with(at_work: Open) -> None:
    async with at_work() as session:
        await add(session, "home")
        await session.press("j", "enter")
        await connected(session, "home")
        screen = await listed(session)
        await session.until(lambda: under_cursor(screen) == "home")


async def test_no_switch_leaves_behind_what_the_journal_has_not_taken(
    at_work: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.02)  # so soon a journal is given up that somebody else has locked
    async with at_work() as session:
        await add(session, "home")
        await session.press("escape")
        desk, wish = session.app.desk, await wished(session)
        session.site.set_latency(0.5)
        with closing(
            sqlite3.connect(session.paths.state_directory / store.FILE_NAME, isolation_level=None)
        ) as other:
            desk.engine.submit(wish)
            await session.until(lambda: session.site.requests["getNumber"])
            other.execute("BEGIN IMMEDIATE")
            await session.until(lambda: desk.snapshot.unwritten)
            screen = await listed(session)
            await session.press("j", "enter")
            await session.until(lambda: "The journal has not taken an order yet" in session.words())
            assert session.app.screen is screen
            other.execute("ROLLBACK")


async def test_while_a_switch_is_under_way_no_other_begins(
    at_work: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_work() as session:
        await add(session, "home")
        gate = tmp_path / "gate"
        command = f"sh -c 'while ! [ -e {gate} ]; do sleep 0.02; done; echo {session.site.key}'"
        write_config(session.paths, {"profiles": {"home": {"api_key": None, "api_key_command": command}}})
        accounts = session.app.desk.accounts
        opened, really_open = list[str](), accounts.open

        def open_it(name: str, tell: Callable[[Opened], None]) -> None:
            opened.append(name)
            really_open(name, tell)

        monkeypatch.setattr(accounts, "open", open_it)
        await session.press("j", "enter")
        await session.until(lambda: "switching to home" in session.words())
        await session.press("enter", "k", "enter")
        screen = session.app.screen
        assert isinstance(screen, ProfilesScreen)
        screen._edited("default", was_current=True)
        await session.pilot.pause()
        assert "switching to home" in session.words()
        gate.touch()
        await connected(session, "home")
        assert opened == ["home"]


async def test_a_profile_that_cannot_be_opened_costs_nothing_of_the_one_that_is(at_work: Open) -> None:
    async with at_work() as session:
        await add(session, "home")
        text = session.paths.config_file.read_text()
        session.paths.config_file.write_text(text.replace("localhost", "[broken"))
        await session.press("j", "enter")
        await session.until(lambda: "is not a site" in session.words())
        assert session.app.desk.snapshot.profile == "default"
        await session.press("escape")
        await order(session)


@presses("profiles.close")
@pytest.mark.parametrize("language", ["en", "tr"])
async def test_list_and_form_fit_small_windows(at_work: Open, language: str) -> None:
    async with at_work(size=(40, 12), language=language) as session:
        await listed(session)
        assert "Esc" in session.screen_text() or "q" in session.screen_text()
        await session.press("a")
        form = session.app.screen
        for stop in form.stops[1:]:
            await session.press("down")
            assert session.app.focused is stop
            await session.until(lambda stop=stop: stop.region in form.query_one("#form").region)
        await session.press("escape", "escape")
        await session.until(lambda: session.app.screen is session.app.main)


async def test_the_demo_of_the_command_line_has_no_profiles_and_says_so(desk: Open) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("P")
        assert session.app.screen is session.app.main
        assert "no profiles" in session.message
