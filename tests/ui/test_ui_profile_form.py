"""The form of a profile: what it takes, what it tells beside each field, and what stays in sight."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from snum_tui.domain.site import ApiKey
from snum_tui.ui.screens.form import FormBox
from snum_tui.ui.screens.profile_form import ProfileForm
from snum_tui.ui.widgets.form_field import FormField
from tests.ui.profiles import add, changing, listed, listed_anew, order, profiles_of
from tests.ui.session import presses

Open = Callable[..., AbstractAsyncContextManager[Any]]


@presses("main.profiles", "profiles.add", "profiles.switch")
async def test_a_balance_is_told_in_the_currency_of_its_own_form(at_work: Open) -> None:
    async with at_work() as session:
        form = await changing(session)
        form._fill(form.currency, "TL")
        form.go_to(form.test)
        await session.press("enter")
        await session.until(lambda: "your balance there is TL" in session.screen_text())


async def test_a_new_profile_is_tried_and_saved_by_one_enter_once_all_of_it_can_be_used(at_work: Open) -> None:
    async with at_work() as session:
        await listed(session)
        asked = session.site.requests["getBalance"]
        await session.press("a")
        form = session.app.screen
        assert isinstance(form, ProfileForm)
        form._fill(form.address, session.site.url.replace("127.0.0.1", "localhost"))
        form.key.line.take(ApiKey(session.site.key))  # type: ignore[attr-defined]
        form.go_to(form.save)
        await session.press("enter")
        assert form.name_field.problem is not None
        assert session.site.requests["getBalance"] == asked
        form._fill(form.name_field, "home")
        form.go_to(form.save)
        await session.press("enter")
        await session.until(lambda: "home" in profiles_of(session))
        assert session.site.requests["getBalance"] == asked + 1


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_what_goes_on_and_what_comes_of_it_is_in_sight(
    at_work: Open, size: tuple[int, int], language: str
) -> None:
    async with at_work(size=size, language=language) as session:
        form = await changing(session)
        form.go_to(form.key.line)
        session.site.set_latency(0.7)
        await session.press("enter")
        box = form.query_one(FormBox)
        for is_busy in (True, False):
            await session.until(
                lambda is_busy=is_busy: (
                    (form._busy is not None) is is_busy
                    and form._result.said
                    and box.region.contains_region(form._result.region)
                )
            )
            assert box.region.contains_region(session.app.focused.region)
        assert "100" in form._result.said


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("$", True),
        ("€", True),
        ("TL", True),
        ("TRY", True),
        ("₺x", False),
        ("₺₺", False),
        ("T L", False),
        ("5", False),
    ],
)
async def test_a_currency_is_one_sign_or_letters_alone(at_work: Open, typed: str, *, is_one: bool) -> None:
    async with at_work() as session:
        form = await changing(session)
        form._fill(form.currency, typed)
        form.go_to(form.save)
        await session.press("enter")
        if is_one:
            await listed_anew(session, "default")
            assert profiles_of(session)["default"]["currency"] == typed
        else:
            assert "One sign like ₺" in session.words()
            assert session.app.focused is form.currency.line
            assert "currency" not in profiles_of(session)["default"]


@pytest.mark.parametrize(
    ("kept", "shown", "typed", "saved"),
    [
        (605, "10.08", None, 605),
        (601, "10.02", None, 601),
        (90, "1.5", None, 90),
        (86_399, "1439.98", None, 86_399),
        (600, "10", "10,08", 605),
        (605, "10.08", "10.0", 600),
    ],
)
async def test_a_saved_form_changes_no_seconds_but_those_that_were_typed(
    at_work: Open, kept: int, shown: str, typed: str | None, saved: int
) -> None:
    async with at_work() as session:
        file = session.paths.config_file
        file.write_text(f"{file.read_text()}refund_seconds = {kept}\nearliest_cancel_seconds = 77\n")
        form = await changing(session)
        assert form.refund.line.value == shown
        form._fill(form.name_field, "work")
        if typed is not None:
            form._fill(form.refund, typed)
        form.go_to(form.save)
        await session.press("enter")
        await session.until(lambda: "work" in profiles_of(session))
        work = profiles_of(session)["work"]
        assert (work["refund_seconds"], work["earliest_cancel_seconds"]) == (saved, 77)
        await listed_anew(session, "work")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("name_field", ""), ("refund", "soon"), ("refund", "-1"), ("earliest", "1e9"), ("currency", "")],
)
async def test_what_a_form_cannot_use_is_told_beside_its_field_and_nothing_is_written(
    at_work: Open, field: str, wrong: str
) -> None:
    async with at_work() as session:
        before = session.paths.config_file.read_bytes()
        form = await changing(session)
        form._fill(getattr(form, field), wrong)
        form.go_to(form.save)
        await session.press("enter")
        assert getattr(form, field).problem is not None
        assert session.app.focused is getattr(form, field).line
        assert session.paths.config_file.read_bytes() == before


async def test_a_kept_key_is_never_sent_to_another_site(at_work: Open) -> None:
    async with at_work() as session:
        form = await changing(session)
        form._fill(form.address, session.site.url.replace("127.0.0.1", "localhost"))
        asked = session.site.requests["getBalance"]
        for line in (form.test, form.save):
            form.go_to(line)
            await session.press("enter")
            assert form.key.problem is not None
        assert session.site.requests["getBalance"] == asked


@pytest.mark.parametrize(("taken", "said"), [("default", "already"), ("kept", "orders of profile")])
async def test_a_taken_name_is_told_beside_the_name_and_nothing_changes(
    at_work: Open, taken: str, said: str
) -> None:
    async with at_work(size=(40, 12)) as session:
        file = session.paths.config_file
        file.write_text(f"{file.read_text()}orders_as = 'kept'\n")
        await add(session, "home")
        before = file.read_bytes()
        await session.press("j")
        form = await changing(session)
        form._fill(form.name_field, taken)
        form.go_to(form.save)
        await session.press("enter")
        await session.until(lambda: said in session.words())
        assert session.app.focused is form.name_field.line
        assert form.name_field.problem is not None
        await session.until(lambda: form.name_field.line.region in form.query_one("#form").region)
        assert not form.query_one("#form-message").display
        assert file.read_bytes() == before
        await session.press("x")
        await session.until(lambda: said not in session.words())


async def test_a_profile_that_cannot_be_written_down_is_told_below_the_form(at_work: Open) -> None:
    async with at_work() as session:
        form = await changing(session)
        assert "Esc back" in session.words()
        session.paths.config_file.write_text("[profiles")
        form._fill(form.name_field, "work")
        form.go_to(form.save)
        await session.press("enter")
        await session.until(lambda: form.query_one("#form-message").display)
        assert form.name_field.problem is None
        assert session.app.screen is form


async def test_the_address_of_a_profile_with_an_open_number_cannot_become_another(at_work: Open) -> None:
    """The number would be kept for an address that nobody asks any more."""
    async with at_work() as session:
        await order(session)
        before = session.paths.config_file.read_bytes()
        form = await changing(session)
        form._fill(form.address, session.site.url.replace("127.0.0.1", "localhost"))
        form.key.line.take(ApiKey(session.site.key))
        form.go_to(form.test)
        await session.press("enter")
        await session.until(lambda: session.app.focused is form.save)
        await session.press("enter")
        await session.until(lambda: "1 number is open at 127.0.0.1" in session.words())
        assert session.app.focused is form.address.line
        assert session.paths.config_file.read_bytes() == before


async def test_a_form_whose_first_field_takes_every_letter_promises_nothing_for_one(at_work: Open) -> None:
    async with at_work() as session:
        await listed(session)
        await session.press("a")
        await session.until(lambda: isinstance(session.app.screen, ProfileForm) and session.app.focused)
        assert " L Türkçe " not in session.screen_text()
        await session.press("L")
        assert session.app.screen.name_field.line.value == "L"
        assert session.app.desk.speaker.language == "en"


async def test_a_window_that_changes_its_size_keeps_the_field_in_sight_and_lays_the_keys_out(at_work: Open) -> None:
    async with at_work(size=(80, 24)) as session:
        form = await changing(session)
        form.go_to(form.rule.line)
        await session.pilot.pause()
        wide = session.screen_text().splitlines()[-1]
        await session.pilot.resize_terminal(40, 12)
        box = form.query_one(FormBox)
        await session.until(
            lambda: "Its refund rule" in session.words() and box.region.contains_region(form.rule.line.region)
        )
        narrow = session.screen_text().splitlines()[-1]
        assert len(narrow) == 40
        assert "…" not in narrow
        assert "Esc back" in wide
        await session.pilot.resize_terminal(80, 24)
        await session.until(lambda: session.screen_text().splitlines()[-1] == wide)
        assert form.focused is form.rule.line
        assert box.region.contains_region(form.rule.line.region)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_an_empty_form_has_every_wrong_field_marked_at_once_and_the_first_in_sight(
    at_work: Open, size: tuple[int, int]
) -> None:
    async with at_work(size=size) as session:
        await listed(session)
        await session.press("a")
        await session.until(lambda: isinstance(session.app.screen, ProfileForm) and session.app.focused)
        form = session.app.screen
        assert isinstance(form, ProfileForm)
        form._fill(form.earliest, "soon")
        form._fill(form.currency, "5")
        form._fill(form.refund, "")
        asked = session.site.requests["getBalance"]
        form.go_to(form.save)
        await session.press("enter")
        fields = list(form.query(FormField))
        assert [field.problem is not None for field in fields] == [True] * 6 + [False]
        assert session.app.focused is form.name_field.line
        assert "Give the profile a name first" in session.words()
        await session.until(lambda: form.query_one(FormBox).region.contains_region(form.name_field.region))
        await session.press("h")
        assert [field.problem is not None for field in fields] == [False] + [True] * 5 + [False]
        form._fill(form.name_field, "")
        form.go_to(form.test)
        await session.press("enter")
        assert session.app.focused is form.address.line
        assert session.site.requests["getBalance"] == asked


async def test_what_is_wrong_with_a_kept_key_holds_for_one_address_alone(at_work: Open) -> None:
    async with at_work() as session:
        form = await changing(session)
        form._fill(form.address, session.site.url.replace("127.0.0.1", "localhost"))
        form.go_to(form.test)
        await session.press("enter")
        assert form.key.problem is not None
        form._fill(form.address, session.site.url)
        await session.until(lambda: form.key.problem is None)
