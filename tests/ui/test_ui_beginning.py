"""The first start: tried out, written down, and on to the work; left, or begun with the demo; in every size."""

import tomllib
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from snum_tui.ui.actions import ACTIONS
from snum_tui.ui.dialogs.help import HelpScreen
from tests.ui.beginning import english, paste
from tests.ui.session import presses

Open = Callable[..., AbstractAsyncContextManager[Any]]


@presses("form.next")
async def test_a_pasted_call_is_tried_saved_and_leads_to_the_main_screen(begin: Open) -> None:
    async with begin() as session:
        await paste(session, f"\r\n{session.site.url}/api/{session.site.key}/getBalance\r\n")
        await session.until(lambda: session.app.focused is session.form.test)
        assert session.site.key not in session.screen_text()
        await session.press("enter")
        await session.until(lambda: "100.00" in session.words())
        assert session.app.focused is session.form.save
        assert session.site.requests["getBalance"] == 1
        assert not session.paths.config_file.exists()
        await session.press("enter")
        await session.until(lambda: session.app.is_at_work)
        await session.until(lambda: session.app.desk.snapshot.balance is not None)
        await session.until(lambda: "connected" in session.words())
        file = session.paths.config_file
        assert file.stat().st_mode & 0o777 == 0o600
        written = tomllib.loads(file.read_text())
        assert written == {"profiles": {"default": {"site": session.site.url, "api_key": session.site.key}}}
        assert session.site.requests["getNumber"] == 0


async def test_one_enter_on_save_tries_it_out_saves_it_and_begins(begin: Open) -> None:
    async with begin() as session:
        await session.fill_in(session.site.url, session.site.key)
        session.form.go_to(session.form.save)
        await session.press("enter")
        await session.until(lambda: session.app.is_at_work)
        await session.until(lambda: "connected" in session.words())
        assert session.site.requests["getNumber"] == 0


@presses("app.language")
async def test_the_language_is_switched_while_the_address_is_empty_and_is_kept(begin: Open) -> None:
    async with begin() as session:
        await session.press("L")
        assert "English" in session.screen_text().splitlines()[0]
        await session.press("x", "L")
        assert session.form.address.line.value == "xL"
        await session.fill_in(session.site.url, session.site.key)
        await session.press("enter")
        await session.until(lambda: session.app.focused is session.form.save)
        await session.press("enter")
        await session.until(lambda: session.app.is_at_work)
        assert tomllib.loads(session.paths.config_file.read_text())["language"] == "tr"


async def test_the_demo_starts_from_here_and_writes_no_settings(begin: Open) -> None:
    async with begin() as session:
        session.form.go_to(session.form.demo)
        await session.press("enter")
        await session.until(lambda: session.app.is_at_work)
        await session.until(lambda: session.app.desk.snapshot.balance is not None)
        assert session.app.desk.snapshot.profile == "demo"
        assert not session.app.desk.keeps_orders
        assert not session.paths.config_file.exists()
        assert not session.paths.state_directory.exists()


@presses("form.down", "form.up", "form.page_down", "form.page_up")
@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_every_field_can_be_reached_and_is_seen_then(
    begin: Open, size: tuple[int, int], language: str
) -> None:
    async with begin(size=size, language=language) as session:
        stops = session.form.stops
        for stop in [*stops[1:], stops[0]]:
            await session.press("down")
            assert session.app.focused is stop
            await session.until(lambda stop=stop: stop.region in session.form.query_one("#form").region)
        await session.press("up")
        assert session.app.focused is stops[0]
        await session.press(*["down"] * (len(stops) - 1))
        assert session.app.focused is stops[-1]
        await session.press("pagedown", "pagedown", "pagedown")
        form = session.form.query_one("#form")
        await session.until(lambda: form.scroll_offset.y == form.max_scroll_y)
        await session.press("pageup", "pageup", "pageup", "pageup", "pageup")
        await session.until(lambda: form.scroll_offset.y == 0)


@presses("form.up")
@pytest.mark.parametrize("key", ["up", "shift+tab"])
async def test_a_stray_key_upward_and_an_enter_start_nothing(begin: Open, key: str) -> None:
    """The last thing to press is the demo."""
    async with begin() as session:
        await session.press(key, "enter")
        assert session.app.focused is session.form.address.line
        assert session.form._busy is None
        assert "first" in english(session.form.address.problem)


@presses("form.close")
@pytest.mark.parametrize("typed", [("x", ""), ("", "x")])
async def test_esc_leaves_what_was_filled_in_at_the_second_time_only(begin: Open, typed: tuple[str, str]) -> None:
    async with begin() as session:
        form = session.form
        form.address.line.value = typed[0]
        form.go_to(form.key.line)
        await session.press(*typed[1])
        await session.press("escape")
        assert session.app.is_running
        assert "not kept. Esc once more leaves." in session.words()
        await session.press("y")
        await session.until(lambda: "once more" not in session.words())
        await session.press("escape")
        assert session.app.is_running
        await session.press("escape")
        await session.until(lambda: not session.app.is_running)


@presses("form.close")
async def test_esc_leaves(begin: Open) -> None:
    async with begin() as session:
        assert "Esc leave" in session.words()
        await session.press("escape")
        await session.until(lambda: not session.app.is_running)
        assert session.app.failure is None


async def test_no_key_of_other_screens_does_anything_on_a_button_but_say_where_it_works(begin: Open) -> None:
    keys = sorted({key for one in ACTIONS for key in one.keys if len(key) == 1} - {"L", "T", "q", ":"})
    async with begin() as session:
        first = session.app.screen
        session.app.screen.set_focus(session.form.test)
        for key in keys:
            await session.press(key)
            assert session.app.screen is first, key
        await session.press("c")
        assert "c (cancel) works on the main screen only." in session.words()


@pytest.mark.parametrize("language", ["en", "tr"])
async def test_the_smallest_window_shows_all_of_the_first_form_that_can_be_done(begin: Open, language: str) -> None:
    """Title, fields, what to press, and the keys, whatever has the focus."""
    async with begin(size=(40, 12), language=language) as session:
        form, text = session.form, session.app.desk.text
        await session.until(lambda: text("leave") in session.words())
        for _ in form.stops:
            screen = session.screen_text()
            top, *_, foot = screen.splitlines()
            assert form.heading() in top
            assert top.endswith(("L Türkçe ┐", "L EN ┐"))
            assert foot.startswith(f"└─ Enter {text('go on')}  Esc {text('leave')}  ")
            assert foot.rstrip("─┘").endswith(f" F1 {text('more')} ")
            assert all(stop.region in form.query_one("#form").region for stop in form.stops)
            assert all(words in screen for words in form.labels().values())
            if session.app.focused is not form.key.line:
                assert f" {text('not shown here')} " in screen
            await session.press("down")


async def test_a_form_shows_its_keys_by_the_help_key_that_is_no_letter(begin: Open) -> None:
    async with begin() as session:
        await session.press("f1")
        assert isinstance(session.app.screen, HelpScreen)
        assert "In a form" in session.screen_text()
        await session.press("escape")
        assert session.form.address.line.has_focus
