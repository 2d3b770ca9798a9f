"""One option is changed in config.toml: all else stays, and nothing is written that could not be read again."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from snum_tui.domain.sentence import Sentence
from snum_tui.settings.changing import as_typed, change_option
from snum_tui.settings.config import read_config
from snum_tui.settings.config_model import ConfigTable, ProfileTable
from snum_tui.settings.config_tables import PolitenessTable, PollsTable
from snum_tui.settings.errors import ConfigInvalid, ConfigUnreadable, SettingsError, ValueMisfit
from snum_tui.settings.options import read_options
from snum_tui.settings.paths import Paths

Write = Callable[[str], Path]
Told = Callable[[SettingsError | Sentence], str]


def kept(paths: Paths) -> dict[str, object]:
    return tomllib.loads(paths.config_file.read_text(encoding="utf-8"))


def test_an_option_is_changed_and_everything_else_stays(paths: Paths, write: Write) -> None:
    write(
        """
        colour = "blue"
        [tell]
        title = false
        sound = "loud"
        [profiles.work]
        site = "https://one.example"
        api_key = "{secret}"
        nickname = "w"
        """
    )
    before = kept(paths)
    change_option(paths, ("tell", "bell"), ["code"])
    change_option(paths, ("mouse",), value=False)
    change_option(paths, ("profiles", "work", "day_limit"), "49.90")
    assert kept(paths) == {
        **before,
        "mouse": False,
        "tell": {"title": False, "sound": "loud", "bell": ["code"]},
        "profiles": {"work": {**before["profiles"]["work"], "day_limit": "49.90"}},  # type: ignore[index]
    }
    assert paths.config_file.stat().st_mode & 0o777 == 0o600
    assert read_config(paths.config_file).wishes.bell == {"code"}


def test_none_takes_an_option_out_and_a_file_that_is_not_there_is_made(paths: Paths) -> None:
    change_option(paths, ("theme",), "snum-light")
    assert kept(paths) == {"theme": "snum-light"}
    change_option(paths, ("theme",), None)
    assert kept(paths) == {}


@pytest.mark.parametrize(
    ("keys", "value", "sentence"),
    [
        (("polls", "first_seconds"), 0, "polls.first_seconds must be a number from 1 to 3600."),
        (("polls", "first_seconds"), "soon", "polls.first_seconds must be a number from 1 to 3600."),
        (("politeness", "burst"), 1.5, "politeness.burst must be a whole number from 1 to 500."),
        (("politeness", "burst"), float("inf"), "politeness.burst must be a whole number from 1 to 500."),
        (("watch_on_minutes",), float("nan"), "watch_on_minutes must be a number from 0 to 1440."),
        (("theme",), "nord", "theme must be one of snum-dark, snum-light, ansi-dark, ansi-light, in quotes."),
        (
            ("tell", "bell"),
            ["code", "lunch"],
            "tell.bell must be a list of any of code, refund_closes, stock, unknown, in quotes.",
        ),
        (
            ("profiles", "work", "day_limit"),
            "0",
            'profiles.work.day_limit must be an amount above 0, like 50 or "49.90".',
        ),
    ],
)
def test_a_value_that_is_not_allowed_is_told_and_nothing_is_written(
    paths: Paths, write: Write, told: Told, keys: tuple[str, ...], value: object, sentence: str
) -> None:
    file = write('[profiles.work]\nsite = "https://one.example"\napi_key = "{secret}"\n')
    before = file.read_bytes()
    with pytest.raises(ValueMisfit) as caught:
        change_option(paths, keys, value)
    assert told(caught.value) == sentence
    assert file.read_bytes() == before


def test_a_value_that_another_option_does_not_go_with_names_that_one(
    paths: Paths, write: Write, told: Told
) -> None:
    file = write("[polls]\nsecond_until_seconds = 300\n")
    before = file.read_bytes()
    with pytest.raises(ConfigInvalid) as caught:
        change_option(paths, ("polls", "first_until_seconds"), 301)
    words = told(caught.value)
    assert words == f"{file}, line 2: polls.second_until_seconds must be no less than first_until_seconds."
    assert file.read_bytes() == before


@pytest.mark.parametrize("text", ["[polls\n", 'theme = "nord"\n'])
def test_a_file_that_was_spoilt_meanwhile_is_left_as_it_is(paths: Paths, write: Write, text: str) -> None:
    file = write(text)
    with pytest.raises((ConfigUnreadable, ConfigInvalid)):
        change_option(paths, ("mouse",), value=False)
    assert file.read_text(encoding="utf-8") == text


def test_what_is_typed_is_kept_as_what_it_stands_for() -> None:
    """Numbers as numbers, amounts with every digit, commas as people write them; nothing for an empty line."""
    seconds = PollsTable.model_fields["first_seconds"]
    assert [as_typed(seconds, text) for text in ("7", " 7,5 ", "7.5", "soon")] == [7, 7.5, 7.5, "soon"]
    assert type(as_typed(seconds, "7.0")) is int
    burst = PolitenessTable.model_fields["burst"]
    assert [as_typed(burst, text) for text in ("30", "1.5", "")] == [30, "1.5", ""]
    limit = ProfileTable.model_fields["day_limit"]
    assert [as_typed(limit, text) for text in ("49,90", "", "much")] == ["49.90", None, "much"]


def test_every_option_says_what_it_is_about_and_a_key_is_in_none_of_them(write: Write) -> None:
    file = write('[profiles.work]\nsite = "https://one.example"\napi_key = "{secret}"\n[keys]\n"app.quit" = "z"\n')
    options = {".".join(one.keys): one for one in read_options(file, "work")}
    assert options["profiles.work.api_key"].is_set
    assert options["profiles.work.api_key"].value is None
    assert options["profiles.work.api_key"].line == 3
    assert (options["keys.app.quit"].value, options["keys.app.quit"].line) == ("z", 5)
    assert {name for name, one in options.items() if not (one.title and one.description)} == {"keys.app.quit"}
    general = {name for name, field in ConfigTable.model_fields.items() if field.default_factory is None}
    assert general <= set(options)
