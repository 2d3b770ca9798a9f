"""Where a setting comes from when it stands in more than one place."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from snum_tui.domain.policy import Policy, SiteRules
from snum_tui.domain.sentence import Sentence
from snum_tui.settings.errors import ConfigInvalid, UnknownProfile
from snum_tui.settings.language import choose_language
from snum_tui.settings.load import Settings
from snum_tui.settings.paths import Paths, find_paths

Write = Callable[[str], Path]
Load = Callable[..., Settings]
Told = Callable[[Exception | Sentence], str]

TWO_PROFILES = """
    profile = "work"
    language = "tr"
    [profiles.work]
    site = "https://sms.tc"
    api_key = "work-key"
    refund_seconds = 1200
    [profiles.home]
    site = "https://onaytr.com"
    api_key = "home-key"
"""


def test_site_and_key_of_the_environment_are_enough(load: Load, paths: Paths) -> None:
    """No file, no profile: a first try needs two variables."""
    settings = load(SITE="sms.tc", API_KEY="abc")
    assert settings.address.url == "https://sms.tc"
    assert settings.key.reveal() == "abc"
    assert (settings.profile, settings.policy, settings.paths) == ("default", Policy(), paths)
    assert (settings.language, settings.theme, settings.proxy, settings.warnings) == (None, None, None, ())


def test_the_files_own_profile_is_used(load: Load, write: Write) -> None:
    """With everything that stands in it."""
    write(TWO_PROFILES)
    settings = load()
    assert (settings.profile, settings.address.url, settings.key.reveal()) == ("work", "https://sms.tc", "work-key")
    assert settings.policy.rules.refund_seconds == 1200
    assert settings.language == "tr"


def test_the_variable_chooses_over_the_file_and_the_option_over_both(load: Load, write: Write) -> None:
    """The nearer to the person, the stronger."""
    write(TWO_PROFILES)
    assert load(PROFILE="home").key.reveal() == "home-key"
    assert load(PROFILE="home", profile="work").key.reveal() == "work-key"


def test_the_only_profile_needs_no_choosing(load: Load, write: Write) -> None:
    """Most people have one."""
    write("[profiles.mine]\nsite = 'https://sms.tc'\napi_key = 'k'")
    assert load().profile == "mine"


def test_a_profile_named_default_is_the_default(load: Load, write: Write) -> None:
    """As its name says."""
    write(TWO_PROFILES.replace('profile = "work"', "").replace("profiles.home", "profiles.default"))
    assert load().key.reveal() == "home-key"


def test_several_profiles_and_no_choice_is_a_question(load: Load, write: Write, told: Told) -> None:
    """Money is not spent on a guess."""
    file = write(TWO_PROFILES.replace('profile = "work"', ""))
    with pytest.raises(UnknownProfile) as caught:
        load()
    sentence = told(caught.value)
    assert str(file) in sentence
    assert "work, home" in sentence
    assert "--profile" in sentence


@pytest.mark.parametrize("way", [{"profile": "wrok"}, {"PROFILE": "wrok"}])
def test_a_misspelt_profile_is_told_with_the_right_ones(
    load: Load, write: Write, told: Told, way: dict[str, str]
) -> None:
    """Even where the environment names site and key: the file has profiles, so a name means one of them."""
    write(TWO_PROFILES)
    with pytest.raises(UnknownProfile) as caught:
        load(**way, SITE="https://sms.tc", API_KEY="k")
    assert "work, home" in told(caught.value)


def test_a_profile_of_a_file_that_has_none_is_told(load: Load, told: Told, paths: Paths) -> None:
    """The sentence says what to add, and where."""
    with pytest.raises(UnknownProfile) as caught:
        load(profile="work")
    assert str(paths.config_file) in told(caught.value)
    assert "[profiles.work]" in told(caught.value)


def test_a_name_without_any_file_keeps_histories_apart(load: Load) -> None:
    """Whoever lives by the environment alone may still have two accounts."""
    assert load(PROFILE="work", SITE="sms.tc", API_KEY="k").profile == "work"


def test_a_default_profile_that_is_not_there_is_told(load: Load, write: Write, told: Told) -> None:
    """In the file's own words."""
    file = write(TWO_PROFILES.replace('profile = "work"', 'profile = "office"'))
    with pytest.raises(ConfigInvalid) as caught:
        load(profile="home")
    assert told(caught.value).startswith(f"{file}, line 1: profile must be")


def test_the_environments_key_goes_over_the_profiles(load: Load, write: Write) -> None:
    """A key that was just renewed can be tried."""
    write(TWO_PROFILES)
    settings = load(API_KEY="newer")
    assert (settings.key.reveal(), settings.address.url) == ("newer", "https://sms.tc")
    assert settings.policy.rules.refund_seconds == 1200


def test_the_environments_site_goes_over_the_profiles(load: Load, write: Write) -> None:
    """With its own key; the other site's refund rule does not go with it, and that is said."""
    write(TWO_PROFILES)
    settings = load(SITE="https://onaytr.com", API_KEY="k")
    assert (settings.profile, settings.address.url) == ("work", "https://onaytr.com")
    assert settings.policy.rules == SiteRules()
    assert [warning.values["profile"] for warning in settings.warnings] == ["work"]


def test_the_limit_of_a_day_holds_on_another_site_too(load: Load, write: Write) -> None:
    """It is what the person is ready to spend, not what a site promises."""
    write("[profiles.work]\nsite = 'sms.tc'\napi_key = 'k'\nrefund_seconds = 60\nday_limit = 5")
    rules = load(SITE="https://onaytr.com", API_KEY="k").policy.rules
    assert rules == SiteRules(day_limit=Decimal(5))


def test_an_empty_variable_is_no_variable(load: Load, write: Write) -> None:
    """`SNUM_TUI_SITE= snum-tui` is how a shell takes one away."""
    write(TWO_PROFILES)
    settings = load(SITE="", API_KEY=" ", PROFILE="", LANGUAGE="")
    assert (settings.profile, settings.key.reveal(), settings.language) == ("work", "work-key", "tr")


def test_the_language_comes_from_the_nearest_place(load: Load, write: Write) -> None:
    """Option, variable, file, and then the locale's turn."""
    write(TWO_PROFILES)
    assert load().language == "tr"
    assert load(LANGUAGE="en").language == "en"
    assert load(LANGUAGE="en", language="tr").language == "tr"


@pytest.mark.parametrize(
    ("way", "named"), [({"language": "de"}, "--language"), ({"LANGUAGE": "de"}, "SNUM_TUI_LANG")]
)
def test_a_language_it_does_not_speak_is_told(load: Load, told: Told, way: dict[str, str], named: str) -> None:
    """With the two it does, and where the wrong one stands."""
    with pytest.raises(ConfigInvalid) as caught:
        load(**way, SITE="sms.tc", API_KEY="k")
    assert told(caught.value).startswith(named)
    assert "tr (Turkish) or en (English)" in told(caught.value)


@pytest.mark.parametrize(
    ("environment", "configured", "expected"),
    [
        ({}, None, "en"),
        ({"LANG": "tr_TR.UTF-8"}, None, "tr"),
        ({"LANG": "tr_TR.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, None, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "tr_CY"}, None, "tr"),
        ({"LANG": "tr_TR", "LC_ALL": ""}, None, "tr"),
        ({"LANG": "tr_TR"}, "en", "en"),
        ({"LANG": "en_GB"}, "tr", "tr"),
        ({"LANG": "en_GB", "SNUM_TUI_LANGUAGE": "tr"}, None, "tr"),
        ({"LANG": "tr_TR", "SNUM_TUI_LANGUAGE": "de"}, None, "tr"),
        ({"LANG": "C"}, None, "en"),
    ],
)
def test_the_language_is_what_was_asked_for_else_the_locales(
    environment: dict[str, str], configured: str | None, expected: str
) -> None:
    """Also for the sentence that says the settings are wrong: choosing never fails."""
    assert choose_language(environment, configured) == expected


def test_the_three_folders_can_be_set(tmp_path: Path) -> None:
    """A test, a container, a stick."""
    names = {"CONFIG": "a", "STATE": "b", "CACHE": "c"}
    environment = {f"SNUM_TUI_{name}_DIR": str(tmp_path / folder) for name, folder in names.items()}
    assert find_paths(environment) == Paths(tmp_path / "a", tmp_path / "b", tmp_path / "c")


def test_folders_that_are_not_set_are_the_platforms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Orders in the state folder, never in the cache that a cleaner empties."""
    for kind in ("CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    found = find_paths({"SNUM_TUI_CACHE_DIR": "", "SNUM_TUI_STATE_DIR": str(tmp_path / "here")})
    assert found.config_file == tmp_path / "CONFIG" / "snum-tui" / "config.toml"
    assert found.state_directory == tmp_path / "here"
    assert found.cache_directory == tmp_path / "CACHE" / "snum-tui"


def test_a_folder_may_begin_with_a_tilde_and_is_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables from files that no shell has read; and a later change of folder moves nothing."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    environment = {"SNUM_TUI_CONFIG_DIR": "~/a", "SNUM_TUI_STATE_DIR": "b", "SNUM_TUI_CACHE_DIR": "c"}
    assert find_paths(environment) == Paths(tmp_path / "a", tmp_path / "b", tmp_path / "c")
