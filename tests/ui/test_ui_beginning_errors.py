"""What the first form cannot use, or a site does not accept: told beside its field, and nothing is lost."""

import tomllib
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from tests.ui.beginning import burst, english, paste
from tests.ui.session import presses

Open = Callable[..., AbstractAsyncContextManager[Any]]
NOBODYS_KEY = "5ec0e7dae537467c10656909073a2ab4"


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


async def test_plain_http_is_told_in_words_of_the_form_and_not_of_a_file(begin: Open) -> None:
    async with begin() as session:
        await session.fill_in("http://numara.example", session.site.key)
        await session.press("enter")
        assert "http://numara.example would send your key unencrypted" in session.words()
        assert "Write https:// instead; F4 allows it for this site." in session.words()
        assert "allow_plain_http" not in session.words()


async def test_all_that_is_missing_is_told_at_once_and_each_until_it_is_there(begin: Open) -> None:
    async with begin() as session:
        form = session.form
        form.go_to(form.save)
        await session.press("enter")
        assert "first" in english(form.address.problem)
        assert "first" in english(form.key.problem)
        assert session.app.focused is form.address.line
        await paste(session, session.site.url)
        assert form.address.problem is None
        assert form.key.problem is not None
        await session.press("down", "k")
        assert form.key.problem is None
        assert session.site.requests["getBalance"] == 0


@pytest.mark.parametrize("language", ["en", "tr"])
async def test_what_a_site_says_of_a_key_stands_in_one_place(begin: Open, language: str) -> None:
    """Beside the key; the button says that it can be saved all the same."""
    async with begin(language=language) as session:
        await session.fill_in(session.site.url, NOBODYS_KEY)
        await session.press("enter")
        await session.until(lambda: session.form.key.problem is not None and session.form._busy is None)
        assert session.form._result.said == ""
        assert session.app.desk.text("Save all the same and begin") in session.words()
