"""A profile is renamed, saved as it is, or removed: its place, its numbers and the rest of the file stay."""

import tomllib
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from snum_tui.ui.screens.profile_form import ProfileForm
from snum_tui.ui.screens.profiles import ProfilesScreen
from tests.ui.profiles import (
    add,
    agree,
    changing,
    connected,
    listed,
    listed_anew,
    order,
    profiles_of,
    under_cursor,
    unmoved,
)
from tests.ui.session import presses

Open = Callable[..., AbstractAsyncContextManager[Any]]


@presses("profiles.change")
async def test_a_profile_with_an_open_number_is_renamed_and_keeps_it(at_work: Open) -> None:
    async with at_work() as session:
        await order(session)
        form = await changing(session)
        assert session.site.key not in session.screen_text()
        form._fill(form.name_field, "work")
        form.go_to(form.save)
        await session.press("enter")
        await listed_anew(session, "work")
        await session.press("escape")
        await connected(session, "work")
        await session.until(lambda: session.app.desk.snapshot.open_numbers)
        assert profiles_of(session) == {"work": {**profiles_of(session)["work"], "orders_as": "default"}}
        assert "another profile" not in session.words()


async def test_a_renamed_profile_stays_in_its_place_and_under_the_cursor_of_the_list(at_work: Open) -> None:
    async with at_work() as session:
        await add(session, "home")
        asked = session.site.requests["getBalance"]
        for name, now, steps in (("work", ["work", "home"], ("k",)), ("flat", ["work", "flat"], ("j",))):
            await session.press(*steps)
            form = await changing(session)
            form._fill(form.name_field, name)
            form.go_to(form.save)
            await session.press("enter")
            await session.until(lambda now=now: list(profiles_of(session)) == now)
            await session.until(lambda: isinstance(session.app.screen, ProfilesScreen))
            await session.until(
                lambda name=name: session.app.screen.rows.rows and under_cursor(session.app.screen) == name
            )
        assert profiles_of(session)["work"] == {
            "site": session.site.url,
            "api_key": session.site.key,
            "orders_as": "default",
        }
        assert session.app.desk.snapshot.profile == "work"
        assert len(session.app.screen_stack) == 2
        assert session.site.requests["getBalance"] <= asked + 1  # the new engine's


async def test_a_profile_saved_as_it_is_leaves_file_and_engine_alone(at_work: Open) -> None:
    async with at_work() as session:
        file = session.paths.config_file
        file.write_text(f"# by hand\n{file.read_text()}")
        before, engine = unmoved(file), session.app.desk.engine._now
        form = await changing(session)
        form.go_to(form.save)
        await session.press("enter")
        await session.until(lambda: isinstance(session.app.screen, ProfilesScreen))
        assert unmoved(file) == before
        assert session.app.desk.engine._now is engine


async def test_comments_that_a_change_drops_are_kept_and_that_is_said(at_work: Open) -> None:
    async with at_work(size=(120, 24)) as session:
        file = session.paths.config_file
        by_hand = f"# by hand\n{file.read_text()}"
        file.write_text(by_hand)
        form = await changing(session)
        form._fill(form.name_field, "work")
        form.go_to(form.save)
        await session.press("enter")
        await listed_anew(session, "work")
        assert file.with_name("config.toml.bak").read_text() == by_hand
        await session.press("escape", "l")
        await session.until(lambda: "config.toml has lost its comments" in session.words())


async def test_a_currency_that_was_written_by_hand_keeps_nobody_from_a_rename(at_work: Open) -> None:
    async with at_work() as session:
        file = session.paths.config_file
        file.write_text(f"{file.read_text()}currency = 'kr.'\n")
        form = await changing(session)
        form._fill(form.name_field, "work")
        form.go_to(form.save)
        await session.press("enter")
        await listed_anew(session, "work")
        assert profiles_of(session)["work"]["currency"] == "kr."


@presses("profiles.remove", "profiles.start_with")
async def test_a_profile_is_removed_after_a_question_and_its_open_numbers_stay_listed(at_work: Open) -> None:
    async with at_work() as session:
        await add(session, "home")
        await session.press("k", "x")
        assert "Switch to another one first" in session.words()
        await session.press("escape")
        await order(session)
        await listed(session)
        await session.press("j", "s")
        await session.until(lambda: tomllib.loads(session.paths.config_file.read_text()).get("profile") == "home")
        await session.press("enter")
        await agree(session)
        await connected(session, "home")
        screen = await listed(session)
        await session.press("k", "x")
        await session.until(lambda: session.app.screen.query("#question"))
        assert "1 number is still open" in session.words()
        assert "▸[Keep it (n)]" in session.screen_text()  # what Enter answers: the key goes for good
        await agree(session)
        await session.until(lambda: list(profiles_of(session)) == ["home"])
        await session.until(lambda: "not in config.toml" in session.words())
        screen.rows.move_to(1)
        await session.press("enter")
        await session.until(lambda: isinstance(session.app.screen, ProfileForm))
        assert session.app.screen.address.line.value == session.site.url
        assert session.app.screen.name_field.line.value == "default"
