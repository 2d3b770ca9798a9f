"""Several accounts in one program: added, switched, renamed, removed, and no number forgotten."""

import asyncio
import sqlite3
import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from snum_tui.domain.site import ApiKey
from snum_tui.engine.commands import PlaceOrder
from snum_tui.journal import store
from snum_tui.settings.save import write_config
from snum_tui.ui.accounts import Opened
from snum_tui.ui.screens.form import FormBox
from snum_tui.ui.screens.main import MainScreen
from snum_tui.ui.screens.profile_form import ProfileForm
from snum_tui.ui.screens.profiles import ProfilesScreen
from tests.ui.beginning import Beginning, first_start
from tests.ui.session import presses

Open = Callable[..., AbstractAsyncContextManager[Any]]


@pytest.fixture
def at_work(tmp_path: Path) -> Open:
    """Open the app, and save the first account as a person does; the main screen stands then."""

    @asynccontextmanager
    async def open_it(size: tuple[int, int] = (80, 24), **options: Any) -> AsyncIterator[Beginning]:
        with first_start(tmp_path, **options) as made:
            async with made.app.run_test(size=size) as pilot:
                session = made.session(pilot)
                await session.until(lambda: made.app.screen_stack and made.app.focused)
                await session.fill_in(made.site.url, made.site.key)
                await session.press("enter")
                await session.until(lambda: session.app.focused is session.form.save)
                await session.press("enter")
                await connected(session)
                yield session

    return open_it


async def connected(session: Beginning, profile: str = "default") -> None:
    await session.until(lambda: session.app.is_at_work and isinstance(session.app.screen, MainScreen))
    await session.until(lambda: session.app.desk.snapshot.profile == profile)
    await session.until(lambda: session.app.desk.snapshot.balance is not None)


def profiles_of(session: Beginning) -> dict[str, Any]:
    tables: dict[str, Any] = tomllib.loads(session.paths.config_file.read_text())["profiles"]
    return tables


async def listed(session: Beginning) -> ProfilesScreen:
    """Go to the list, and wait for its rows."""
    if not isinstance(session.app.screen, ProfilesScreen):
        await session.press("P")
    screen = session.app.screen
    assert isinstance(screen, ProfilesScreen)
    await session.until(lambda: screen.rows.rows)
    return screen


def unmoved(file: Path) -> tuple[int, int, int]:
    """What changes where a file is written."""
    return file.stat().st_ino, file.stat().st_mtime_ns, file.stat().st_mode


async def listed_anew(session: Beginning, profile: str) -> ProfilesScreen:
    """Wait for the list that stands after the profile at work was changed, on an engine of its own."""
    await session.until(lambda: session.app.desk.snapshot.profile == profile)
    await session.until(lambda: isinstance(session.app.screen, ProfilesScreen) and session.app.screen.rows.rows)
    screen = session.app.screen
    assert isinstance(screen, ProfilesScreen)
    await session.until(lambda: under_cursor(screen) == profile)
    return screen


def under_cursor(screen: ProfilesScreen) -> str:
    return screen.rows.rows[screen.rows.cursor_index].cells[2].text


async def changing(session: Beginning) -> Any:
    """Open the form of the profile under the list's cursor."""
    await listed(session)
    await session.press("e")
    await session.until(lambda: isinstance(session.app.screen, ProfileForm) and session.app.focused)
    return session.app.screen


async def add(session: Beginning, name: str, address: str | None = None) -> None:
    """Add a profile on the same sandbox, by another of its names."""
    await listed(session)
    await session.press("a")
    await session.until(lambda: isinstance(session.app.screen, ProfileForm) and session.app.focused)
    form = session.app.screen
    assert isinstance(form, ProfileForm)
    form._fill(form.name_field, name)
    form._fill(form.address, address or session.site.url.replace("127.0.0.1", "localhost"))
    form.key.line.take(type(form.key.line.key)(session.site.key))  # type: ignore[attr-defined]
    form.go_to(form.test)
    await session.press("enter")
    await session.until(lambda: session.app.focused is form.save)
    await session.press("enter")
    await session.until(lambda: isinstance(session.app.screen, ProfilesScreen))
    await session.until(lambda: name in session.screen_text())


async def wished(session: Beginning) -> PlaceOrder:
    """Wait for a service with its price, and return an order of it."""
    desk = session.app.desk
    await session.until(lambda: desk.snapshot.listing.services and desk.snapshot.quotes)
    service = next(one for one in desk.snapshot.listing.services if one.id in desk.snapshot.quotes)
    price = desk.snapshot.quotes[service.id].quote.price
    return PlaceOrder(service.id, service.name, service.category_id, "Google", price)


async def order(session: Beginning) -> None:
    """Order a number in the profile of now."""
    desk = session.app.desk
    desk.engine.submit(await wished(session))
    await session.until(lambda: [one for one in desk.snapshot.open_numbers if one.number])


async def agree(session: Beginning) -> None:
    await session.until(lambda: session.app.screen.query("#question"))
    await asyncio.sleep(0.31)  # the question's own deaf time is what is waited for
    await session.press("y")


@presses("main.profiles", "profiles.add", "profiles.switch")
async def test_a_balance_is_told_in_the_currency_of_its_own_form(at_work: Open) -> None:
    async with at_work() as session:
        form = await changing(session)
        form._fill(form.currency, "TL")
        form.go_to(form.test)
        await session.press("enter")
        await session.until(lambda: "your balance there is TL" in session.screen_text())


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


async def test_the_list_begins_at_the_profile_that_is_worked_with(at_work: Open) -> None:
    async with at_work() as session:
        await add(session, "home")
        await session.press("j", "enter")
        await connected(session, "home")
        screen = await listed(session)
        await session.until(lambda: under_cursor(screen) == "home")


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


async def test_a_form_whose_first_field_takes_every_letter_promises_nothing_for_one(at_work: Open) -> None:
    async with at_work() as session:
        await listed(session)
        await session.press("a")
        await session.until(lambda: isinstance(session.app.screen, ProfileForm) and session.app.focused)
        assert " L Türkçe " not in session.screen_text()
        await session.press("L")
        assert session.app.screen.name_field.line.value == "L"
        assert session.app.desk.speaker.language == "en"


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


async def test_the_demo_of_the_command_line_has_no_profiles_and_says_so(desk: Open) -> None:
    async with desk() as session:
        await session.ready()
        await session.press("P")
        assert session.app.screen is session.app.main
        assert "no profiles" in session.message
