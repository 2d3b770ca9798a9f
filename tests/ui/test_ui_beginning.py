"""The first start: address and key, each error beside its field, tried out, written down, and on to the work."""

import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events

from snum_tui.domain.sentence import Sentence
from snum_tui.ui.actions import ACTIONS
from snum_tui.ui.dialogs.help import HelpScreen
from tests.ui.beginning import Beginning, first_start
from tests.ui.session import presses

Open = Callable[..., AbstractAsyncContextManager[Any]]
NOBODYS_KEY = "5ec0e7dae537467c10656909073a2ab4"


@pytest.fixture
def begin(tmp_path: Path) -> Open:
    """Open the first screen in a size."""

    @asynccontextmanager
    async def open_it(size: tuple[int, int] = (80, 24), **options: Any) -> AsyncIterator[Beginning]:
        with first_start(tmp_path, **options) as made:
            async with made.app.run_test(size=size) as pilot:
                session = made.session(pilot)
                await session.until(lambda: made.app.screen_stack and made.app.focused)
                yield session

    return open_it


def english(problem: Sentence | None) -> str:
    return "" if problem is None else problem.template


def burst(session: Beginning, *keys: str) -> None:
    """Send keys as a bad line does: all at once."""
    for key in keys:
        session.app.post_message(events.Key(key, key if len(key) == 1 else None))


async def paste(session: Beginning, text: str) -> None:
    session.app.post_message(events.Paste(text))
    await session.pilot.pause()


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


async def test_address_and_key_are_typed_one_after_the_other_in_one_burst(begin: Open) -> None:
    """As a paste comes from a terminal that does not frame it: the letters after the Enter are the key's."""
    async with begin() as session:
        burst(session, *session.site.url, "enter", *session.site.key, "enter")
        await session.until(lambda: "100.00" in session.words())
        assert session.form.address.line.value == session.site.url


async def test_corrections_in_one_burst_count_where_they_were_typed(begin: Open) -> None:
    """As over a slow line: a Backspace takes the letter before it, and a Tab leads on before the next letter."""
    async with begin() as session:
        site, key = session.site.url, session.site.key
        burst(session, *site[1:], "home", site[0], "x", "backspace", "end", "y", "backspace", "tab")
        burst(session, "z", *key, "up", "home", "right", "a", "backspace", "down", "q", "ctrl+u")
        burst(session, *key, "q", "backspace", "enter")
        await session.until(lambda: "100.00" in session.words())
        assert session.form.address.line.value == site
        assert session.form.key.line.key.reveal() == key


async def test_what_is_pasted_after_an_enter_in_the_same_burst_is_the_next_fields(begin: Open) -> None:
    """Else the key would stand in the address, for all to read."""
    async with begin() as session:
        for text in (session.site.url, session.site.key):
            session.app.post_message(events.Paste(text))
            burst(session, "enter")
        await session.until(lambda: "100.00" in session.words())
        assert session.form.address.line.value == session.site.url


@pytest.mark.parametrize("is_pasted", [True, False])
async def test_a_key_in_the_addresss_place_goes_into_its_own_and_is_never_sent_or_shown(
    begin: Open, *, is_pasted: bool
) -> None:
    """Whatever stands in the address is looked up by name, by whoever answers for names."""
    async with begin() as session:
        key = session.site.key
        if is_pasted:
            await paste(session, f"{key}\n")
        else:
            burst(session, *key, "left", "right")
            await session.until(lambda: key == session.form.address.line.value)
            assert key not in session.screen_text()
            await session.press("enter")
        await session.until(lambda: "own field" in session.words())
        assert session.app.focused is session.form.address.line
        assert not session.form.address.line.value
        assert session.form.key.line.key.reveal() == key
        await paste(session, session.site.url)
        assert session.form.address.problem is None
        await session.press("enter", "enter")
        await session.until(lambda: "100.00" in session.words())


async def test_a_key_that_is_pasted_after_the_address_leaves_the_address_alone(begin: Open) -> None:
    async with begin() as session:
        await paste(session, session.site.url)
        await paste(session, session.site.key)
        await session.until(lambda: session.app.focused is session.form.test)
        assert session.form.address.line.value == session.site.url
        assert session.form.key.line.key.reveal() == session.site.key


async def test_a_key_typed_within_an_address_is_masked_and_taken_out_of_it(begin: Open) -> None:
    async with begin() as session:
        for letter in f"{session.site.url}/api/{session.site.key}/getBalance":
            session.app.post_message(events.Key(letter, letter))
        await session.until(lambda: session.form.address.line.value.endswith("getBalance"))
        assert session.site.key not in session.screen_text()
        await session.press("enter")
        assert session.form.address.line.value == session.site.url
        assert session.form.key.line.key.reveal() == session.site.key


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://", "is not a site"),
        ("ftp://x", "must begin"),
        ("http://numara.example", "allows it"),
    ],
)
async def test_an_address_that_cannot_be_used_is_told_beside_it_and_nothing_is_sent(
    begin: Open, address: str, said: str
) -> None:
    async with begin() as session:
        await session.fill_in(address, session.site.key)
        await session.press("enter")
        assert said in session.words()
        assert session.app.focused is session.form.address.line
        assert session.form.key.problem is None
        assert session.site.requests["getBalance"] == 0


async def test_a_line_of_the_document_that_names_no_site_leads_back_to_the_address(begin: Open) -> None:
    async with begin() as session:
        await paste(session, "Request URL: https://domainadresiniz.com/api/api_key/getBalance")
        await paste(session, session.site.key)
        await session.press("enter")
        await session.until(lambda: "only stands for" in english(session.form.address.problem))
        assert session.app.focused is session.form.address.line
        assert session.form.key.line.key.reveal() == session.site.key


async def test_an_enter_before_there_is_an_address_asks_for_one(begin: Open) -> None:
    async with begin() as session:
        await session.press("enter")
        assert "first" in english(session.form.address.problem)


@presses("form.plain_http")
async def test_plain_http_is_allowed_for_the_address_that_stands_there_alone(begin: Open) -> None:
    async with begin() as session:
        await session.fill_in("http://numara.example", session.site.key)
        await session.press("enter")
        assert "allows it" in english(session.form.address.problem)
        await session.press("f4")
        assert session.form.address.problem is None
        await session.press("x", "enter")
        assert "allows it" in english(session.form.address.problem)


async def test_a_rejected_key_is_told_beside_the_key_and_can_be_kept_all_the_same(begin: Open) -> None:
    async with begin() as session:
        await session.fill_in(session.site.url, NOBODYS_KEY)
        await session.press("enter")
        await session.until(lambda: session.form.key.problem is not None)
        assert session.form.address.problem is None
        assert session.app.focused is session.form.key.line
        await session.press("a")
        assert session.form.key.problem is None
        await session.fill_in(session.site.url, NOBODYS_KEY)
        await session.press("down", "enter")
        await session.until(lambda: session.form.key.problem is not None)
        assert not session.paths.config_file.exists()
        session.form.go_to(session.form.save)
        await session.press("enter")
        await session.until(lambda: session.app.is_at_work)
        await session.until(lambda: "key rejected" in session.words())


async def test_one_enter_on_save_tries_it_out_saves_it_and_begins(begin: Open) -> None:
    async with begin() as session:
        await session.fill_in(session.site.url, session.site.key)
        session.form.go_to(session.form.save)
        await session.press("enter")
        await session.until(lambda: session.app.is_at_work)
        await session.until(lambda: "connected" in session.words())
        assert session.site.requests["getNumber"] == 0


async def test_what_the_test_refuses_is_not_saved_and_the_error_stands_beside_its_field(begin: Open) -> None:
    async with begin() as session:
        await session.fill_in(session.site.url, NOBODYS_KEY)
        session.form.go_to(session.form.save)
        await session.press("enter")
        await session.until(lambda: session.form.key.problem is not None)
        assert session.app.focused is session.form.key.line
        assert session.form._busy is None
        assert not session.paths.config_file.exists()
        assert "[Save all the same and begin]" in session.words()
        await session.press("backspace")
        assert "[Save and begin]" in session.words()


async def test_a_site_that_cannot_be_reached_is_said_and_one_more_enter_saves_untested(begin: Open) -> None:
    async with begin() as session:
        await session.fill_in("http://127.0.0.1:9", session.site.key)
        session.form.go_to(session.form.save)
        await session.press("enter")
        await session.until(lambda: session.form.address.problem is not None)
        assert session.app.focused is session.form.save
        assert "http://127.0.0.1:9 cannot be asked now, so nothing is saved yet" in session.words()
        assert "▸[Save all the same and begin]" in session.words()
        assert not session.paths.config_file.exists()
        await session.press("enter")
        await session.until(lambda: session.app.is_at_work)
        assert tomllib.loads(session.paths.config_file.read_text())["profiles"]["default"] == {
            "site": "http://127.0.0.1:9",
            "api_key": session.site.key,
        }


@pytest.mark.parametrize("fault", ["getBalance:429@1", "getBalance:500@1"])
async def test_a_site_in_trouble_is_one_that_cannot_be_asked_now(begin: Open, fault: str) -> None:
    async with begin() as session:
        session.site.add_fault(fault)
        await session.fill_in(session.site.url, session.site.key)
        session.form.go_to(session.form.save)
        await session.press("enter")
        await session.until(lambda: "cannot be asked now" in session.words())
        assert session.app.focused is session.form.save


async def test_who_goes_back_to_a_field_while_the_site_is_asked_has_nothing_saved(begin: Open) -> None:
    async with begin() as session:
        session.site.set_latency(0.5)
        await session.fill_in(session.site.url, session.site.key)
        session.form.go_to(session.form.save)
        await session.press("enter", "up")
        await session.until(lambda: "100.00" in session.words())
        await session.pilot.pause(0.1)
        assert session.form._busy is None
        assert not session.paths.config_file.exists()


async def test_a_page_of_the_site_is_told_beside_the_address_with_what_to_write(begin: Open) -> None:
    """The key stands on the profile page, whose address is at hand then."""
    async with begin() as session:
        await session.fill_in(f"{session.site.url}/profile", session.site.key)
        await session.press("enter")
        await session.until(lambda: session.form.address.problem is not None)
        assert f"Write only {session.site.url}, without the page" in session.words()
        assert session.app.focused is session.form.address.line
        await session.fill_in(session.site.url, NOBODYS_KEY)
        await session.press("enter")
        await session.until(lambda: session.form.key.problem is not None)
        assert "Write only" not in session.words()


async def test_an_enter_while_the_site_is_asked_asks_it_no_second_time(begin: Open) -> None:
    async with begin() as session:
        session.site.set_latency(0.5)
        await session.fill_in(session.site.url, session.site.key)
        burst(session, "enter", "enter")
        await session.until(lambda: session.form._busy is not None)
        await session.press("enter")
        await session.until(lambda: "100.00" in session.words())
        assert session.site.requests["getBalance"] == 1


async def test_an_answer_that_comes_after_the_key_was_changed_says_nothing(begin: Open) -> None:
    async with begin() as session:
        session.site.set_latency(0.5)
        await session.fill_in(session.site.url, NOBODYS_KEY)
        await session.press("enter")
        await session.press("up", "x")
        await session.until(lambda: session.site.requests["getBalance"] == 1 and session.form._busy is None)
        assert session.form.key.problem is None
        assert session.form._trial is None


async def test_the_key_is_in_no_picture_and_in_no_repr(begin: Open) -> None:
    async with begin() as session:
        session.form.go_to(session.form.key.line)
        for letter in NOBODYS_KEY:
            await session.press(letter)
        assert "•" * len(NOBODYS_KEY) in session.screen_text()
        for node in session.app.screen.walk_children():
            assert NOBODYS_KEY not in repr(node) + str(getattr(node, "value", ""))
            if node is not session.form.key.line:
                assert NOBODYS_KEY not in repr(vars(node))
        assert NOBODYS_KEY not in repr(vars(session.form.key.line))
        await session.press("backspace")
        assert session.form.key.line.key.reveal() == NOBODYS_KEY[:-1]
        await session.press("ctrl+u")
        assert not session.form.key.line.key


async def test_a_paste_takes_the_place_of_the_key_that_was_there(begin: Open) -> None:
    async with begin() as session:
        session.form.go_to(session.form.key.line)
        await paste(session, "half")
        await paste(session, f"{NOBODYS_KEY}\n")
        assert session.form.key.line.key.reveal() == NOBODYS_KEY


@pytest.mark.parametrize("is_pasted", [True, False])
@pytest.mark.parametrize("written", ["{site}/api/{key}", "api_key={key}", '"{key}"', 'api_key: "{key}",'])
async def test_a_key_is_taken_out_of_what_came_with_it_into_its_field(
    begin: Open, written: str, *, is_pasted: bool
) -> None:
    async with begin() as session:
        form, key = session.form, session.site.key
        form.address.line.value = session.site.url
        form.go_to(form.key.line)
        text = written.format(site=session.site.url, key=key)
        if is_pasted:
            await paste(session, text)
            await session.until(lambda: form.key.line.key.reveal() == key)
            form.go_to(form.key.line)
        else:
            burst(session, *text)
        await session.press("enter")
        await session.until(lambda: "100.00" in session.words())
        assert form.key.line.key.reveal() == key
        assert key not in session.screen_text()


@pytest.mark.parametrize("typed", ["https://numara.example", "https://numara.example/api/getBalance"])
async def test_an_address_in_the_keys_place_is_no_key_and_is_never_sent(begin: Open, typed: str) -> None:
    async with begin() as session:
        session.form.address.line.value = session.site.url
        session.form.go_to(session.form.key.line)
        await paste(session, typed)
        await session.press("enter")
        assert "That is an address" in session.words()
        assert session.app.focused is session.form.key.line
        assert session.site.requests["getBalance"] == 0


@presses("app.language")
async def test_the_hint_in_an_empty_key_field_is_said_in_the_language_of_now(begin: Open) -> None:
    async with begin() as session:
        assert "not shown here" in session.words()
        await session.press("L")
        await session.until(lambda: "burada gösterilmez" in session.words())
        assert "not shown here" not in session.words()


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


async def test_settings_that_cannot_be_written_are_told_and_nothing_is_opened(begin: Open) -> None:
    async with begin() as session:
        session.paths.config_directory.write_text("a file in the folder's place")
        await session.fill_in(session.site.url, session.site.key)
        await session.press("enter")
        await session.until(lambda: session.app.focused is session.form.save)
        await session.press("enter")
        await session.until(lambda: str(session.paths.config_directory.name) in session.words())
        await session.until(lambda: session.form._busy is None)
        assert not session.app.is_at_work


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


async def test_plain_http_is_told_in_words_of_the_form_and_not_of_a_file(begin: Open) -> None:
    async with begin() as session:
        await session.fill_in("http://numara.example", session.site.key)
        await session.press("enter")
        assert "http://numara.example would send your key unencrypted" in session.words()
        assert "Write https:// instead; F4 allows it for this site." in session.words()
        assert "allow_plain_http" not in session.words()


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
