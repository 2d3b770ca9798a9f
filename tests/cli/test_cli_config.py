"""`snum-tui config`, the real program in a pipe: what holds, where it comes from, and never the key."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.settings.test_settings_readme import SUBTABLES, TABLES
from tests.terminal.other_process import Program

SECRET = "7f3aa0c1d2e34f5566778899aabbccdd"  # noqa: S105 - made up
CONFIG = f"""language = "tr"
colour = "blue"
profile = "work"

[polls]
first_seconds = 7.5

[tell]
bell = []
sound = "loud"

[keys]
"services.order" = "b"

[profiles.work]
site = "https://one.example"
api_key = "{SECRET}"
refund_seconds = 500
day_limit = 49.90

[profiles."my home"]
site = "https://two.example"
api_key_command = ["sh", "-c", "touch ran; echo {SECRET}"]
proxy = "http://me:secretword@proxy.example:8080"
"""


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program, with folders of its own."""
    return Program(tmp_path)


def listed(program: Program, *arguments: str, status: int = 0, **environment: Any) -> dict[str, Any]:
    """Return what is printed for programs, and the settings in it by name; the key may be nowhere in it."""
    done = program.run("config", "--format", "json", *arguments, environment=environment)
    assert (done.returncode, done.stderr) == (status, "")
    assert SECRET not in done.stdout
    record: dict[str, Any] = json.loads(done.stdout)
    record["by_name"] = {one["option"]: one for one in record["settings"]}
    return record


def origin(record: dict[str, Any], name: str) -> tuple[object, ...]:
    """Return an option's value, where it comes from, and the line that does not count because of that."""
    one = record["by_name"][name]
    return one["value"], one["origin"], one["source"] or one["line"], one["line"] if one["overridden"] else None


def test_each_option_has_its_value_and_where_it_comes_from(program: Program) -> None:
    program.configure(CONFIG)
    record = listed(program)
    assert (record["file"], record["file_exists"]) == (str(program.config_file), True)
    assert record["profile"] == "work"
    assert origin(record, "language") == ("tr", "file", 1, None)
    assert origin(record, "theme") == ("snum-dark", "terminal", None, None)
    assert origin(record, "ascii") == (False, "terminal", None, None)
    assert origin(record, "calm") == (True, "default", None, None)
    assert origin(record, "polls.first_seconds") == (7.5, "file", 6, None)
    assert origin(record, "tell.bell") == ([], "file", 9, None)
    assert origin(record, "keys.services.order") == ("b", "file", 13, None)
    assert origin(record, "profiles.work.refund_seconds") == (500, "file", 18, None)
    assert origin(record, "profiles.work.day_limit") == ("49.9", "file", 19, None)
    assert record["by_name"]["profiles.work.api_key"]["hidden"] is True
    assert record["by_name"]["profiles.work.api_key"]["line"] == 17
    assert not [name for name in record["by_name"] if "home" in name], "of another profile nothing counts"


def test_every_option_of_the_readme_is_listed(program: Program) -> None:
    program.configure(CONFIG)
    expected = {
        f"{name.strip('[]').replace('NAME', 'work')}.{key}".lstrip(".")
        for name, kind in TABLES
        for key in kind.model_fields
        if key not in SUBTABLES
    }
    assert set(listed(program)["by_name"]) == expected | {"keys.services.order"}


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(program: Program) -> None:
    program.configure(CONFIG)
    given: dict[str, Any] = {"SNUM_TUI_LANGUAGE": "en", "SNUM_TUI_PROFILE": "my home", "NO_COLOR": "1"}
    record = listed(program, **given)
    assert origin(record, "language") == ("en", "environment", "SNUM_TUI_LANGUAGE", 1)
    assert origin(record, "profile") == ("my home", "environment", "SNUM_TUI_PROFILE", 3)
    assert origin(record, "theme") == ("ansi-dark", "environment", "NO_COLOR", None)
    record = listed(program, "--language", "tr", "--profile", "work", "--no-mouse", **given)
    assert origin(record, "language") == ("tr", "command_line", "--language", 1)
    assert origin(record, "profile") == ("work", "command_line", "--profile", 3)
    assert origin(record, "mouse") == (False, "command_line", "--no-mouse", None)
    assert [one["source"] for one in record["folders"]] == [
        "SNUM_TUI_CONFIG_DIR",
        "SNUM_TUI_STATE_DIR",
        "SNUM_TUI_CACHE_DIR",
    ]


def test_no_key_is_shown_no_password_either_and_no_command_is_run(program: Program) -> None:
    program.configure(CONFIG)
    record = listed(program, "--profile", "my home")
    assert origin(record, "profiles.my home.api_key_command")[:2] == ("sh …", "file")
    assert origin(record, "profiles.my home.proxy")[0] == "http://…@proxy.example:8080"
    assert "secretword" not in json.dumps(record)
    assert not (program.home / "ran").exists()
    record = listed(program, "--profile", "my home", SNUM_TUI_API_KEY=SECRET)
    assert origin(record, "profiles.my home.api_key") == (None, "environment", "SNUM_TUI_API_KEY", None)
    assert record["by_name"]["profiles.my home.api_key"]["hidden"] is True
    assert origin(record, "profiles.my home.api_key_command")[:3] == (None, "environment", "SNUM_TUI_API_KEY")


@pytest.mark.parametrize(
    "site", [f"https://one.example/{SECRET}", f"https://one.example/api/{SECRET}/getBalance?x=1"]
)
def test_a_site_with_the_key_in_it_is_not_shown(program: Program, site: str) -> None:
    record = listed(program, status=1, SNUM_TUI_SITE=site, SNUM_TUI_API_KEY=SECRET)
    assert origin(record, "profiles.default.site")[:3] == (None, "environment", "SNUM_TUI_SITE")
    [problem] = record["problems"]
    assert "Write only the part like https://example.com" in problem


@pytest.mark.parametrize(
    "site",
    [f"https://one.example?key={SECRET}", f"https:/one.example/{SECRET}", f"https://me:{SECRET}@one.example"],
)
def test_a_site_that_is_none_is_not_shown_with_what_may_be_a_key(program: Program, site: str) -> None:
    """One that nobody knows: the profile has another one."""
    program.configure(f'[profiles.a]\nsite = "{site}"\napi_key = "another"\n')
    [problem] = listed(program, status=1, LANG="C.UTF-8")["problems"]
    assert "site's address. Write" in problem


def test_a_key_in_a_sites_path_is_refused_and_not_shown_also_where_only_a_command_knows_it(
    program: Program,
) -> None:
    program.configure(f'[profiles.a]\nsite = "https://one.example/{SECRET}"\napi_key_command = "pass show"\n')
    record = listed(program, status=1)
    assert [problem for problem in record["problems"] if "site" in problem]


def test_another_site_does_not_get_the_profiles_rules_but_its_day_limit(program: Program) -> None:
    program.configure(CONFIG)
    english: dict[str, Any] = {"SNUM_TUI_SITE": "https://else.example", "SNUM_TUI_LANGUAGE": "en"}
    record = listed(program, SNUM_TUI_API_KEY=SECRET, **english)
    assert origin(record, "profiles.work.site") == ("https://else.example", "environment", "SNUM_TUI_SITE", 16)
    assert origin(record, "profiles.work.refund_seconds") == (600, "environment", "SNUM_TUI_SITE", 18)
    assert origin(record, "profiles.work.day_limit") == ("49.9", "file", 19, None)
    assert "that profile's refund_seconds does not count" in record["warnings"][-1]
    [problem] = listed(program, status=1, **english)["problems"]
    assert "that profile's key is not sent there" in problem


def test_for_people_it_is_a_table_and_each_unknown_key_a_sentence(program: Program) -> None:
    program.configure(CONFIG)
    done = program.run("config", "--language", "en")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["config.toml", str(program.config_file), "SNUM_TUI_CONFIG_DIR"]
    assert "[profiles.work]" in lines
    columns = {line.index(part) for line in lines for part in ("default", "config.toml, line") if part in line[12:]}
    assert len(columns) == 1, "aligned"
    assert "api_key                  set, not shown" in done.stdout
    assert done.stderr.splitlines() == [
        f"snum-tui: {program.config_file}, line 2: colour is not known and does nothing. Is it misspelt?",
        f"snum-tui: {program.config_file}, line 10: tell.sound is not known and does nothing. Is it misspelt?",
    ]
    assert SECRET not in done.stdout + done.stderr


def test_it_speaks_turkish(program: Program) -> None:
    program.configure(CONFIG)
    done = program.run("config")
    assert f"{program.config_file}, satır 2: colour bilinmiyor" in done.stderr
    assert "config.toml, satır 18" in done.stdout


def test_without_any_settings_it_shows_the_defaults_and_says_what_to_do(program: Program) -> None:
    done = program.run("config")
    assert done.returncode == 1
    assert f"{program.config_file}, not there yet" in done.stdout
    assert "refund_seconds           600" in done.stdout
    [sentence] = done.stderr.splitlines()
    assert "No site is set. Set SNUM_TUI_SITE and SNUM_TUI_API_KEY" in sentence
    assert str(program.config_file) in sentence
    assert not program.config_file.parent.exists(), "nothing is made"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[polls]\nfirst_seconds = 0\n", "line 2: polls.first_seconds must be a number from 1 to 3600."),
        (
            '\ntheme = "nord"\n',
            "line 2: theme must be one of snum-dark, snum-light, ansi-dark, ansi-light, in quotes.",
        ),
        ("language = tr\n", 'line 1: this is not TOML. Texts stand in quotes: site = "https://example.com"'),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line_and_what_is_allowed(
    program: Program, text: str, sentence: str
) -> None:
    program.configure(text)
    done = program.run("config")
    assert done.returncode == 1
    assert done.stderr == f"snum-tui: {program.config_file}, {sentence}\n"
    assert "balance_seconds          60" in done.stdout


def test_beside_what_is_wrong_in_the_file_stands_all_that_is_good_in_it(program: Program) -> None:
    program.configure(
        'theme = "nord"\nlanguage = "en"\nmouse = false\n[keys]\n"services.ordr" = "b"\n"services.sort" = "z"\n'
        f'[profiles.a]\nsite = 3\nrefund_seconds = 500\napi_key = "{SECRET}"\n'
    )
    done = program.run("config", environment={"LANG": "tr_TR.UTF-8"})
    assert done.returncode == 1
    rows = {line.split("  ")[0]: line for line in done.stdout.splitlines()}
    for name, line in (("theme", 1), ("site", 8), ("services.ordr", 5)):
        assert "cannot be used" in rows[name]
        assert rows[name].endswith(f"config.toml, line {line}")
    for name, value, line in (("language", '"en"', 2), ("mouse", "false", 3), ("refund_seconds", "500", 9)):
        assert f" {value} " in rows[name]
        assert rows[name].endswith(f"config.toml, line {line}")
    said = [line.removeprefix(f"snum-tui: {program.config_file}, ") for line in done.stderr.splitlines()]
    assert [line.split()[:3] for line in said] == [
        ["line", "1:", "theme"],
        ["line", "5:", "keys.services.ordr"],
        ["line", "8:", "profiles.a.site"],
    ]
    assert SECRET not in done.stdout + done.stderr
    record = listed(program, status=1)
    assert origin(record, "theme") == (None, "file", 1, None)
    assert len(record["problems"]) == 3


def test_of_a_file_that_is_no_toml_the_environment_and_the_defaults_are_left(program: Program) -> None:
    program.configure("mouse = false\nprofile = [\n")
    given: dict[str, Any] = {"SNUM_TUI_SITE": "https://one.example", "SNUM_TUI_API_KEY": SECRET}
    record = listed(program, "--language", "en", status=1, **given)
    assert origin(record, "mouse") == (True, "default", None, None)
    assert origin(record, "profiles.default.site")[:3] == ("https://one.example", "environment", "SNUM_TUI_SITE")
    [problem] = record["problems"]
    assert "this is not TOML" in problem


def test_what_keeps_the_app_from_starting_is_told_beside_what_is_known(program: Program) -> None:
    program.configure(CONFIG)
    record = listed(program, "--profile", "nobody", status=1)
    assert record["profile"] is None
    assert "nobody" in record["problems"][0]
    assert origin(record, "calm") == (True, "default", None, None)
    [problem] = listed(program, status=1, SNUM_TUI_LANGUAGE="de")["problems"]
    assert "SNUM_TUI_LANGUAGE" in problem


def test_addresses_that_cannot_be_used_are_all_told(program: Program) -> None:
    program.configure('profile = "a"\n[profiles.a]\nsite = "ftp://a"\n[profiles.b]\nsite = "http://b.example"\n')
    problems = listed(program, status=1)["problems"]
    assert ["line 3: profiles.a.site:" in problems[0], "line 5: profiles.b.site must" in problems[1]] == [
        True,
        True,
    ]
