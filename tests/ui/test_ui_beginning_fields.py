"""What is typed and pasted into the first form: address and key come apart, and no key is ever seen."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from textual import events

from tests.ui.beginning import burst, paste
from tests.ui.session import presses

Open = Callable[..., AbstractAsyncContextManager[Any]]
NOBODYS_KEY = "5ec0e7dae537467c10656909073a2ab4"


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


@pytest.mark.parametrize("written", ["api_key={key}", "API anahtarı: {key}", '"{key}"', "'{key}',"])
async def test_a_key_pasted_in_the_addresss_place_with_what_it_was_copied_with_goes_into_its_own(
    begin: Open, written: str
) -> None:
    async with begin() as session:
        await paste(session, written.format(key=session.site.key))
        await session.until(lambda: session.form.key.line.key.reveal() == session.site.key)
        assert session.form.address.line.value == ""


@pytest.mark.parametrize("path", ["/{key}", "/{key}/getBalance", "/API/{key}/getOthers", "?api_key={key}"])
async def test_a_key_behind_an_address_is_not_shown_and_not_taken_for_a_part_of_it(begin: Open, path: str) -> None:
    async with begin() as session:
        await paste(session, f"{session.site.url}{path.format(key=session.site.key)}")
        await session.until(lambda: session.site.url in session.form.address.line.value)
        await session.press("enter")
        await session.until(lambda: session.form.address.problem is not None)
        assert session.site.key not in session.screen_text()


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


@pytest.mark.parametrize("is_pasted", [True, False])
@pytest.mark.parametrize("written", ['"{site}"', "<{site}>", "Site adresimiz: {site}.", "{site},"])
async def test_an_address_is_taken_out_of_what_came_with_it(begin: Open, written: str, *, is_pasted: bool) -> None:
    async with begin() as session:
        form, text = session.form, written.format(site=session.site.url)
        if is_pasted:
            await paste(session, f"{text}\r\n")
            assert form.address.line.value == session.site.url
        else:
            burst(session, *text)
        await session.press("enter")
        await session.until(lambda: session.app.focused is form.key.line)
        assert form.address.line.value == session.site.url
        assert form.address.problem is None


async def test_of_a_pasted_mail_the_call_counts_wherever_it_stands(begin: Open) -> None:
    async with begin() as session:
        await paste(session, f"Merhaba,\r\n\r\n({session.site.url}/api/{session.site.key}/getBalance)\r\n")
        await session.until(lambda: session.app.focused is session.form.test)
        assert session.form.address.line.value == session.site.url
        assert session.form.key.line.key.reveal() == session.site.key


async def test_a_key_is_heard_behind_those_that_are_still_on_their_way_to_its_line(begin: Open) -> None:
    """They wait where the focus was: after an Enter, letters that came late would stand before those."""
    async with begin() as session:
        form = session.form
        form.go_to(form.key.line)
        form.address.line.post_message(events.Key("a", "a"))
        form.key.line._forward_event(events.Key("b", "b"))
        form.key.line._forward_event(events.Paste("c"))
        await session.until(lambda: form.key.line.key.reveal() == "c")
        form.address.line.post_message(events.Key("d", "d"))
        form.key.line._forward_event(events.Key("e", "e"))
        await session.until(lambda: len(form.key.line.key.reveal()) > 2)
        assert form.key.line.key.reveal() == "cde"
