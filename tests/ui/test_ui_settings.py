"""Settings are found in the palette, changed there, kept in config.toml, and count at once where they can."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from snum_tui.cli.bare import BareStart
from snum_tui.cli.preferences import KeptPreferences
from snum_tui.domain.setting import SettingKind
from snum_tui.settings.paths import Paths
from snum_tui.ui.dialogs.choice import ChoiceScreen
from snum_tui.ui.dialogs.typed_value import ValuePrompt
from snum_tui.ui.flows.settings import change_setting
from snum_tui.ui.palette import PaletteScreen
from snum_tui.ui.signs import draw_in_ascii, is_ascii
from snum_tui.ui.widgets.guided_list import GuidedList
from snum_tui.ui.widgets.reading_box import ReadingBox
from snum_tui.ui.widgets.row_list import RowList
from tests.ui.session import OpenDesk, Session

CONFIG = 'colour = "blue"\n\n[profiles.demo]\nsite = "https://one.example"\nnickname = "d"\n'


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """A config.toml with an option that nobody knows, and a profile of the name that the desk's has."""
    for name in ("SNUM_TUI_LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    folders = Paths(tmp_path / "config", tmp_path / "state", tmp_path / "cache")
    folders.config_directory.mkdir()
    folders.config_file.write_text(CONFIG)
    return folders


def kept(paths: Paths) -> dict[str, Any]:
    return tomllib.loads(paths.config_file.read_text(encoding="utf-8"))


async def find(session: Session, typed: str) -> list[str]:
    """Open the palette, type, and return the rows of settings."""
    await session.press("colon")
    await session.until(lambda: isinstance(session.app.screen, PaletteScreen))
    screen = session.app.screen
    assert isinstance(screen, PaletteScreen)
    screen.line.value = typed
    await session.until(lambda: [one for one in listed(session) if " = " in one])
    return [one for one in listed(session) if " = " in one]


def listed(session: Session) -> list[str]:
    return [row.cells[0].text for row in session.app.screen.query_one(GuidedList).rows]


async def begin(session: Session, paths: Paths, **asked: object) -> None:
    """Let the person's settings be changed; `asked` is what the command line says."""
    arguments = BareStart()
    for name, value in asked.items():
        setattr(arguments, name, value)
    session.app.desk.preferences = KeptPreferences(paths, arguments)
    await session.ready()


async def choose(session: Session, typed: str, holds: Callable[[], object]) -> None:
    """Choose the first setting that is found, and wait for what comes of it."""
    await find(session, typed)
    await session.press("enter")
    await session.until(holds)


def kept_words(session: Session) -> bool:
    """Whether the person is told that a setting was kept, in whatever language."""
    return any(words in session.message for words in ("Kept:", "Kaydedildi:"))


async def pick(session: Session, name: str, value: str) -> None:
    """Choose a setting's value from its list."""
    await choose(session, name, lambda: isinstance(session.app.screen, ChoiceScreen))
    rows = session.app.screen.query_one(RowList)
    rows.move_to([row.cells[1].text for row in rows.rows].index(value))
    await session.press("enter")
    await session.until(lambda: session.app.screen is session.app.main and kept_words(session))


async def test_settings_are_found_by_name_by_what_they_are_about_and_all_of_them_by_one_word(
    desk: OpenDesk, paths: Paths
) -> None:
    async with desk(size=(80, 24)) as session:
        await begin(session, paths)
        assert (await find(session, "quote seconds"))[0].startswith("freshness.quote_seconds = 30 – ")
        await session.press("escape")
        assert (await find(session, "countdowns"))[0] == "calm = true – countdowns in minutes while there is time"
        await session.press("escape")
        everyone = {one.split(" = ")[0] for one in await find(session, "setting")}
        assert {
            "language",
            "theme",
            "ascii",
            "mouse",
            "tell.notify",
            "polls.give_up_seconds",
            "day_limit",
        } <= everyone
        assert not everyone & {"site", "api_key", "api_key_command", "proxy", "orders_as", "profile"}


async def test_a_switch_turns_over_at_once_and_everything_else_in_the_file_stays(
    desk: OpenDesk, paths: Paths
) -> None:
    async with desk(size=(80, 24)) as session:
        await begin(session, paths)
        before = kept(paths)
        await choose(session, "calm", lambda: session.message == "Kept: calm = false. It counts from now on.")
        assert session.app.desk.calm is False
        assert kept(paths) == {**before, "calm": False}
        assert (await find(session, "calm"))[0].startswith("calm = false")
        await session.press("enter")
        await session.until(lambda: session.app.desk.calm)
        assert kept(paths) == {**before, "calm": True}


async def test_a_choice_offers_its_values_and_counts_at_once(desk: OpenDesk, paths: Paths) -> None:
    async with desk(size=(80, 24)) as session:
        await begin(session, paths)
        await pick(session, "theme", "snum-light")
        assert session.app.theme == "snum-light"
        await pick(session, "clipboard", "off")
        assert session.app.desk.wishes.clipboard == "off"
        await pick(session, "notify", "osc9")
        assert session.app.desk.wishes.notify == "osc9"
        await pick(session, "language", "tr")
        assert session.app.desk.speaker.language == "tr"
        assert kept(paths)["theme"] == "snum-light"
        await choose(session, "theme", lambda: isinstance(session.app.screen, ChoiceScreen))
        rows = session.app.screen.query_one(RowList)
        assert [row.cells[0].text for row in rows.rows] == ["", "●", "", "", ""]
        assert rows.cursor_index == 1
        await session.press("escape")
        assert session.app.screen is session.app.main


async def test_what_a_key_changed_is_shown_and_the_palette_is_where_it_is_kept(
    desk: OpenDesk, paths: Paths
) -> None:
    async with desk(size=(80, 24)) as session:
        await begin(session, paths)
        await session.press("T")
        assert "choose theme among the commands (:)" in " ".join(session.message.split())
        assert "theme" not in kept(paths)
        assert (await find(session, "theme"))[0] == "theme = snum-light – the colours"
        await session.press("escape")
        await choose(session, "theme =", lambda: isinstance(session.app.screen, ChoiceScreen))
        rows = session.app.screen.query_one(RowList)
        marked = [row.cells[1].text for row in rows.rows if row.cells[0].text]
        assert (marked, rows.cursor_index) == (["snum-light"], 1)
        await session.press("enter")
        await session.until(lambda: kept_words(session))
        assert kept(paths)["theme"] == "snum-light"


@pytest.mark.parametrize("name", ["theme", "language", "clipboard"])
async def test_choosing_what_is_marked_already_leaves_the_file_as_it_is(
    desk: OpenDesk, paths: Paths, name: str
) -> None:
    async with desk(size=(80, 24)) as session:
        await begin(session, paths)
        paths.config_file.write_text(f'# by hand\ntheme = "snum-dark"\n{CONFIG}')
        before = paths.config_file.stat()
        await choose(session, name, lambda: isinstance(session.app.screen, ChoiceScreen))
        await session.press("enter")
        await session.until(lambda: kept_words(session))
        now = paths.config_file.stat()
        assert (now.st_ino, now.st_mtime_ns, now.st_mode) == (before.st_ino, before.st_mtime_ns, before.st_mode)


async def test_where_comments_are_that_a_change_drops_is_said(desk: OpenDesk, paths: Paths) -> None:
    async with desk(size=(80, 24)) as session:
        await begin(session, paths)
        paths.config_file.write_text(f"# by hand\n{CONFIG}")
        await choose(session, "calm", lambda: kept_words(session))
        said = " ".join(session.message.split())
        assert said.startswith("Kept: calm = false. It counts from now on. config.toml has lost its comments.")
        assert paths.config_file.with_name("config.toml.bak").read_text() == f"# by hand\n{CONFIG}"


@pytest.mark.parametrize(("language", "theme", "tongue"), [("en", "theme", "language"), ("tr", "tema", "dil")])
async def test_theme_and_language_are_found_by_those_words_with_their_keys(
    desk: OpenDesk, paths: Paths, language: str, theme: str, tongue: str
) -> None:
    async with desk(size=(80, 24), language=language) as session:
        await begin(session, paths)
        for typed, name, action in ((theme, "theme", "app.theme"), (tongue, "language", "app.language")):
            assert any(row.startswith(f"{name} = ") for row in await find(session, typed))
            keys = [row.key for row in session.app.screen.query_one(GuidedList).rows]
            assert {f"action {action}", f"setting {name}"} <= set(keys[:4])
            await session.press("escape")


async def test_the_watch_without_a_terminal_lasts_as_long_as_is_set_now(desk: OpenDesk, paths: Paths) -> None:
    async with desk(size=(80, 24)) as session:
        await begin(session, paths)
        await choose(session, "watch_on", lambda: isinstance(session.app.screen, ValuePrompt))
        await session.press(*"1,5", "enter")
        await session.until(lambda: session.app.screen is session.app.main)
        assert session.app.desk.watch_on_seconds == 90
        assert kept(paths)["watch_on_minutes"] == 1.5


async def test_what_is_not_set_any_more_is_taken_out_and_what_that_comes_to_is_said(
    desk: OpenDesk, paths: Paths
) -> None:
    async with desk(size=(80, 24)) as session:
        await begin(session, paths)
        await pick(session, "theme", "ansi-light")
        await pick(session, "theme", "not set")
        assert "theme" not in kept(paths)
        assert session.app.theme == "snum-dark"
        assert "theme is not set, which comes to snum-dark" in session.message


async def test_of_several_values_any_are_marked_and_each_mark_is_kept(desk: OpenDesk, paths: Paths) -> None:
    async with desk(size=(80, 24)) as session:
        await begin(session, paths)
        await choose(session, "tell bell", lambda: isinstance(session.app.screen, ChoiceScreen))
        await session.press("enter", "G", "enter")
        await session.until(lambda: session.app.desk.wishes.bell == {"refund_closes", "stock", "unknown"})
        assert kept(paths)["tell"]["bell"] == ["refund_closes", "stock", "unknown"]
        await session.press("escape")
        assert session.message == "Kept: tell.bell = refund_closes, stock, unknown. It counts from now on."


async def test_a_number_is_typed_and_its_range_is_told_beside_the_field(desk: OpenDesk, paths: Paths) -> None:
    async with desk(size=(80, 24)) as session:
        await begin(session, paths)
        before = kept(paths)
        await choose(session, "burst", lambda: isinstance(session.app.screen, ValuePrompt))
        assert "May be: a whole number from 1 to 500" in session.words()
        await session.press(*"501", "enter")
        await session.until(lambda: "politeness.burst must be a whole number from 1 to 500." in session.words())
        assert kept(paths) == before
        await session.press(*["backspace"] * 3, *"50", "enter")
        await session.until(lambda: session.app.screen is session.app.main)
        assert kept(paths) == {**before, "politeness": {"burst": 50}}
        assert "It counts from the next start on" in session.message


async def test_a_limit_for_the_day_goes_to_the_profile_and_an_empty_line_takes_it_away(
    desk: OpenDesk, paths: Paths
) -> None:
    async with desk(size=(80, 24)) as session:
        await begin(session, paths)
        before = kept(paths)
        for typed, limit in (("49,90", {"day_limit": "49.90"}), ("", {})):
            await choose(session, "day_limit", lambda: isinstance(session.app.screen, ValuePrompt))
            await session.press("end", *["backspace"] * 6)
            await session.press(*typed, "enter")
            await session.until(lambda: session.app.screen is session.app.main)
            assert kept(paths)["profiles"]["demo"] == {**before["profiles"]["demo"], **limit}


async def test_what_the_command_line_or_the_environment_overrides_is_kept_and_said(
    desk: OpenDesk, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SNUM_TUI_LANGUAGE", "en")
    async with desk(size=(80, 24)) as session:
        await begin(session, paths, mouse=False)
        await pick(session, "language", "tr")
        assert session.app.desk.speaker.language == "en"
        assert kept(paths)["language"] == "tr"
        assert "But SNUM_TUI_LANGUAGE goes before config.toml" in session.message
        await choose(session, "mouse", lambda: "--no-mouse goes before config.toml" in session.message)
        assert "mouse" not in kept(paths)  # it is true by itself


async def test_ascii_draws_the_whole_screen_anew_and_back(desk: OpenDesk, paths: Paths) -> None:
    async with desk(size=(80, 24)) as session:
        await begin(session, paths)
        before = session.screen_text()
        try:
            await pick(session, "ascii", "true")
            assert is_ascii()
            await session.until(lambda: not set(session.screen_text()) & set("─│┌┐└┘├┤▸★●₺"))
            assert session.screen_text().count("TL ") == before.count("₺")
            assert "It counts from now on." in session.message
            await pick(session, "ascii", "false")
            frame = before.splitlines()[0]
            await session.until(lambda: session.screen_text().splitlines()[0] == frame)
            assert session.screen_text().count("₺") == before.count("₺") > 5
            assert session.app.charset == "utf-8"
        finally:
            draw_in_ascii(on=False)


async def test_a_file_that_cannot_be_used_changes_nothing_and_says_so(desk: OpenDesk, paths: Paths) -> None:
    async with desk(size=(80, 24)) as session:
        await begin(session, paths)
        await find(session, "calm")
        paths.config_file.write_text("[tell\n")
        await session.press("enter")
        await session.until(lambda: "this is not TOML" in " ".join(session.message.split()))
        assert session.app.desk.calm is True
        assert paths.config_file.read_text() == "[tell\n"


async def test_a_demo_offers_the_settings_of_the_terminal_alone(desk: OpenDesk, paths: Paths) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        session.app.desk.preferences = KeptPreferences(paths, BareStart(), is_demo=True)
        names = {one.split(" = ")[0] for one in await find(session, "setting")}
        assert names == {
            "language",
            "theme",
            "ascii",
            "mouse",
            "calm",
            "clipboard",
            "tell.bell",
            "tell.title",
            "tell.notify",
        }


@pytest.mark.parametrize("language", ["en", "tr"])
async def test_at_80_columns_each_setting_says_what_it_is_about(
    desk: OpenDesk, paths: Paths, language: str
) -> None:
    async with desk(size=(80, 24), language=language) as session:
        await begin(session, paths)
        await find(session, session.app.desk.text("setting"))
        assert [row for row in listed(session) if " = " in row and " – " not in row] == []


@pytest.mark.parametrize("language", ["en", "tr"])
async def test_every_dialog_of_a_setting_fits_into_80_columns_and_24_lines(
    desk: OpenDesk, paths: Paths, language: str
) -> None:
    async with desk(size=(80, 24), language=language) as session:
        await begin(session, paths)
        await find(session, session.app.desk.text("setting"))
        await session.press("escape")
        for setting in session.app.desk.settings:
            if setting.kind is not SettingKind.SWITCH:
                change_setting(session.app, session.app.desk, setting.name, session.app.repaint_all)
                await session.until(lambda: session.app.screen.query("#question"))
                box = session.app.screen.query_one("#question")
                assert session.app.screen.query_one(ReadingBox).max_scroll_y == 0, setting.name
                assert box.region.bottom <= 24, setting.name
                assert box.region.right <= 80, setting.name
                await session.press("escape")
