"""config.toml: what it may say, and how a mistake in it is told."""

import os
from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import pytest
from pydantic import ValidationError

from snum_tui.domain.policy import Freshness, Policy, Politeness, PollSchedule, SiteRules
from snum_tui.domain.sentence import Sentence
from snum_tui.domain.wishes import TerminalWishes
from snum_tui.settings.config_check import allowed_values
from snum_tui.settings.config_lines import find_line
from snum_tui.settings.config_model import ConfigTable, ProfileTable
from snum_tui.settings.config_tables import FreshnessTable, PolitenessTable, PollsTable, Table, TellTable
from snum_tui.settings.errors import ConfigInvalid, ConfigUnreadable, SettingsError
from snum_tui.settings.load import Settings
from snum_tui.settings.paths import Paths

Write = Callable[[str], Path]
Load = Callable[..., Settings]
Told = Callable[[Exception | Sentence], str]

PROFILE = """
    [profiles.work]
    site = "https://sms.tc"
    api_key = "{secret}"
"""
NEWS = "code, refund_closes, stock, unknown"
TABLES = (ConfigTable, TellTable, PollsTable, PolitenessTable, FreshnessTable, ProfileTable)


def test_an_empty_file_is_as_good_as_none(load: Load, write: Write) -> None:
    """All of it is optional."""
    write("")
    settings = load(SITE="sms.tc", API_KEY="k")
    assert settings.policy == Policy()
    assert settings.watch_on_minutes == 40
    assert settings.calm
    assert settings.wishes == TerminalWishes("auto", frozenset({"code", "refund_closes", "stock"}), True, "auto")  # noqa: FBT003 - all of it, in its order
    assert (settings.profile, settings.language, settings.theme, settings.warnings) == ("default", None, None, ())
    assert (settings.ascii, settings.mouse, settings.keys) == (None, True, {})


def test_every_option_reaches_the_settings(load: Load, write: Write) -> None:
    """One of each, none at its default."""
    write(
        """
        language = "en"
        theme = "snum-light"
        profile = "work"
        watch_on_minutes = 5.5
        ascii = false
        mouse = false
        calm = false
        clipboard = "tool"
        [tell]
        bell = ["unknown", "code"]
        title = false
        notify = "osc777"
        [polls]
        first_seconds = 6
        first_until_seconds = 100.5
        second_seconds = 12
        second_until_seconds = 700
        last_seconds = 45
        give_up_seconds = 3000
        [politeness]
        burst = 10
        requests_per_second = 2
        in_flight = 3
        read_retries = 1
        retry_base_seconds = 0.25
        retry_cap_seconds = 4
        down_after_failures = 7
        probe_seconds = 9
        [freshness]
        quote_seconds = 20
        fill_seconds = 240
        kept_seconds = 50
        services_seconds = 300
        categories_seconds = 7200
        balance_seconds = 90
        [profiles.work]
        site = "http://sms.tc"
        api_key = " {secret}\\n"
        refund_seconds = 1200
        earliest_cancel_seconds = 120
        auto_cancel = true
        day_limit = 49.90
        currency = "TL"
        allow_plain_http = true
        proxy = "https://proxy.example.com:3128"
        [profiles."ev için"]
        [keys]
        "services.order" = "o, Ctrl+O"
        """
    )
    settings = load()
    policy = settings.policy
    assert policy.polls == PollSchedule(6, 100.5, 12, 700, 45, 3000)
    assert policy.politeness == Politeness(10, 2, 3, 1, 0.25, 4, 7, 9)
    assert policy.freshness == Freshness(20, 240, 50, 300, 7200, 90)
    assert policy.rules == SiteRules(1200, 120, "TL", auto_cancel=True, day_limit=Decimal("49.90"))
    assert (settings.language, settings.theme, settings.profile) == ("en", "snum-light", "work")
    assert settings.watch_on_minutes == 5.5
    assert (settings.ascii, settings.mouse) == (False, False)
    assert settings.keys == {"services.order": ("o", "ctrl+o")}
    assert not settings.calm
    assert settings.wishes == TerminalWishes("tool", frozenset({"code", "unknown"}), False, "osc777")  # noqa: FBT003 - as above
    assert (settings.address.url, settings.proxy) == ("http://sms.tc", "https://proxy.example.com:3128")
    assert settings.warnings == ()


@pytest.mark.parametrize(
    ("written", "limit"),
    [("50", "50"), ("49.9", "49.9"), ("'49.90'", "49.90"), ("'49,90'", "49.90"), ("'1.250,50'", "1250.50")],
)
def test_the_limit_of_a_day_is_taken_as_it_is_written(load: Load, write: Write, written: str, limit: str) -> None:
    """As a number or as a text, with a point or a comma."""
    write(f"[profiles.work]\nsite = 'sms.tc'\napi_key = 'k'\nday_limit = {written}")
    assert load().policy.rules.day_limit == Decimal(limit)


@pytest.mark.parametrize(
    ("other", "line", "key", "beside"),
    [
        ("[profiles.a]", 3, "profiles.b.orders_as", "a"),
        ("[profiles.c]\norders_as = 'a'", 2, "profiles.c.orders_as", "b"),
    ],
)
def test_two_profiles_whose_orders_stand_under_one_name_are_refused(
    load: Load, write: Write, told: Told, other: str, line: int, key: str, beside: str
) -> None:
    """Each would count the other's numbers as its own."""
    file = write(f"{other}\n[profiles.b]\norders_as = 'a'\n")
    with pytest.raises(ConfigInvalid) as caught:
        load(profile="b")
    assert told(caught.value) == (
        f"{file}, line {line}: {key} must be another name: the orders of profile {beside} stand under this one."
    )


def test_two_profiles_that_have_swapped_names_are_allowed(load: Load, write: Write) -> None:
    write(
        "[profiles.a]\nsite = 'sms.tc'\napi_key = 'k'\norders_as = 'b'\n"
        "[profiles.b]\nsite = 'sms.tc'\napi_key = 'k'\norders_as = 'a'\n"
    )
    assert load(profile="a").orders_as == "b"


def test_whoever_sets_nothing_is_warned_of_early_cancels_and_has_no_limit(load: Load) -> None:
    """The site's own panel allows a cancel from 2:30 on (PROTOCOL)."""
    rules = load(SITE="sms.tc", API_KEY="k").policy.rules
    assert (rules.earliest_cancel_seconds, rules.day_limit) == (150, None)


def test_the_warning_of_early_cancels_can_be_switched_off(load: Load, write: Write) -> None:
    write("[profiles.work]\nsite = 'sms.tc'\napi_key = 'k'\nearliest_cancel_seconds = 0")
    assert load().policy.rules.earliest_cancel_seconds == 0


@pytest.mark.parametrize(
    ("table", "kind"), [(PollsTable, PollSchedule), (PolitenessTable, Politeness), (FreshnessTable, Freshness)]
)
def test_the_tables_have_the_fields_and_defaults_of_the_policy(
    table: type[Table], kind: type[PollSchedule | Politeness | Freshness]
) -> None:
    """One name and one default for each thing, in the file as in the program."""
    defaults = kind()
    assert {name: field.default for name, field in table.model_fields.items()} == {
        field.name: getattr(defaults, field.name) for field in fields(kind)
    }


@pytest.mark.parametrize("table", TABLES)
def test_every_option_is_described(table: type[Table], told: Told) -> None:
    """The README's table of options is made of these."""
    for name, field in table.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name
        assert told(allowed_values(field)), name


@pytest.mark.parametrize(
    ("text", "line", "key", "allowed"),
    [
        ("language = 'de'", 1, "language", "one of tr, en, in quotes"),
        ("language = 3", 1, "language", "one of tr, en, in quotes"),
        ("theme = 3", 1, "theme", "one of snum-dark, snum-light, ansi-dark, ansi-light, in quotes"),
        ("ascii = 1", 1, "ascii", "true or false"),
        ("profile = 3", 1, "profile", "a text in quotes"),
        ("clipboard = 'xclip'", 1, "clipboard", "one of auto, osc52, tmux, tool, off, in quotes"),
        ("[tell]\nbell = ['codes']", 2, "tell.bell", f"a list of any of {NEWS}, in quotes"),
        ("[tell]\nbell = 'code'", 2, "tell.bell", f"a list of any of {NEWS}, in quotes"),
        ("[tell]\ntitle = 'yes'", 2, "tell.title", "true or false"),
        ("[tell]\nnotify = true", 2, "tell.notify", "one of auto, osc9, osc777, osc99, off, in quotes"),
        ("watch_on_minutes = -1", 1, "watch_on_minutes", "a number from 0 to 1440"),
        ("# slow\n\n[politeness]\nburst = 0", 4, "politeness.burst", "a whole number from 1 to 500"),
        ("[politeness]\nburst = 2.5", 2, "politeness.burst", "a whole number from 1 to 500"),
        ("[politeness]\nburst = true", 2, "politeness.burst", "a whole number from 1 to 500"),
        ("[politeness]\nburst = '5'", 2, "politeness.burst", "a whole number from 1 to 500"),
        ("politeness.in_flight = -1", 1, "politeness.in_flight", "a whole number from 1 to 50"),
        ("politeness = { in_flight = 99 }", 1, "politeness.in_flight", "a whole number from 1 to 50"),
        ("politeness = 3", 1, "politeness", "a table, in square brackets"),
        ("[politeness]\nrequests_per_second = nan", 2, "politeness.requests_per_second", "a number from 0.1 to 50"),
        (
            "[politeness]\nrequests_per_second = 1000",
            2,
            "politeness.requests_per_second",
            "a number from 0.1 to 50",
        ),
        ("[polls]\nfirst_seconds = 0.5", 2, "polls.first_seconds", "a number from 1 to 3600"),
        ("[polls]\nlast_seconds = inf", 2, "polls.last_seconds", "a number from 1 to 3600"),
        (
            "[polls]\nfirst_until_seconds = 900",
            1,
            "polls.second_until_seconds",
            "no less than first_until_seconds",
        ),
        ("[polls]\ngive_up_seconds = 60", 2, "polls.give_up_seconds", "no less than second_until_seconds"),
        ("[freshness]\n# age\n 'quote_seconds' = -1", 3, "freshness.quote_seconds", "a number from 1 to 3600"),
        ("profiles = 3", 1, "profiles", "a table, in square brackets"),
        ("[profiles]\nwork = 3", 2, "profiles.work", "a table, in square brackets"),
        ("[profiles.'']\nsite = 'a'", 1, "profiles", "named with up to 40 printable letters"),
        ("[profiles.work]\nsite = 3", 2, "profiles.work.site", "a text in quotes"),
        (
            "[profiles.work]\nrefund_seconds = -1",
            2,
            "profiles.work.refund_seconds",
            "a whole number from 0 to 86400",
        ),
        ("[profiles.work]\nallow_plain_http = 'yes'", 2, "profiles.work.allow_plain_http", "true or false"),
        *(
            (
                f"[profiles.work]\nday_limit = {amount}",
                2,
                "profiles.work.day_limit",
                'an amount above 0, like 50 or "49.90"',
            )
            for amount in ("0", "-5", "'0,00'", "true", "nan", "inf", "1e30", "''", "'much'", "[50]", "2026-11-24")
        ),
        ("[profiles.work]\ncurrency = 'many letters'", 2, "profiles.work.currency", "a sign or up to 8 letters"),
        ('[profiles.work]\ncurrency = "\\u001B"', 2, "profiles.work.currency", "a sign or up to 8 letters"),
        ("[profiles.work]\napi_key = 12345", 2, "profiles.work.api_key", "a text in quotes"),
        (
            "[profiles.work]\napi_key = '{secret} '\napi_key_command = 'pass'",
            3,
            "profiles.work.api_key_command",
            "left out where api_key is set",
        ),
        (
            "[profiles.work]\napi_key = '{secret} and more'",
            2,
            "profiles.work.api_key",
            "the key as the site shows it: no spaces, not empty",
        ),
        (
            "[profiles.work]\napi_key = ''",
            2,
            "profiles.work.api_key",
            "the key as the site shows it: no spaces, not empty",
        ),
        (
            "[profiles.work]\nproxy = 'socks5://{secret}@h'",
            2,
            "profiles.work.proxy",
            "an address that begins with http:// or https://",
        ),
        (
            "[profiles.work]\nproxy = 'http://h:port'",
            2,
            "profiles.work.proxy",
            "an address that begins with http:// or https://",
        ),
        *(
            (
                f"[profiles.work]\napi_key_command = {command}",
                2,
                "profiles.work.api_key_command",
                'a program and its arguments, like ["pass", "show", "snum"]',
            )
            for command in ("[]", "''", '"pass \'open"', "3", "['pass', 3]", "['']")
        ),
    ],
)
def test_a_wrong_value_is_told_with_file_line_key_and_what_is_allowed(
    load: Load, write: Write, told: Told, *, text: str, line: int, key: str, allowed: str
) -> None:
    """And the key's value is neither in the sentence nor anywhere in the exception."""
    file = write(text)
    with pytest.raises(ConfigInvalid) as caught:
        load(SITE="sms.tc", API_KEY="k")
    assert told(caught.value) == f"{file}, line {line}: {key} must be {allowed}."


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("language = yes", ", line 1"),
        ("language = tr", ", line 1"),
        ("theme = 'a'\n\n[profiles.work\nsite = 'x'", ", line 3"),
        ("[profiles.work]\napi_key = {secret}", ", line 2"),
        ("[profiles.work]\napi_key = '{secret}", ", line 2"),
        ("a = " + "[" * 100_000, ""),
    ],
)
def test_what_is_no_toml_is_told_with_its_line_and_none_of_its_text(
    load: Load, write: Write, told: Told, text: str, where: str
) -> None:
    """The line may hold the key."""
    file = write(text)
    with pytest.raises(ConfigUnreadable) as caught:
        load(SITE="sms.tc", API_KEY="k")
    assert told(caught.value).startswith(f"{file}{where}: this is not TOML.")


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ('a = 1\nsite = "x\nb = 1\n', 2, "The closing quote of a text is missing"),
        ('a = 1\nsite = "x', 2, "The closing quote of a text is missing"),
        ('a = 1\n\nsite = """x\nb = 1\n\n[c]\n', 3, "still open where the file ends"),
        ("a = 1\nsite = '''x\n\n", 2, "still open where the file ends"),
        ("[tell]\nbell = ['code',\n", 2, "still open where the file ends"),
        ("[tell]\nbell = ['code',\n\n[profiles.a]\nsite = 'x'\n", 2, "The mistake is between here and line 4:"),
        ("[tell]\nbell = ['code'\ntitle = true\n", 2, "The mistake is between here and line 3:"),
        ("a = 1\n[profiles.a\nsite = 'x'\n", 2, "A table's name stands in brackets"),
        ("a = 1\n[profiles.my home]\n", 2, "A table's name stands in brackets"),
        ("a = 1\nb = {c = 1,\nd = 1}\n", 2, "in braces must begin and end on the same line"),
        ("a = 1\nb =", 2, "Texts stand in quotes"),
    ],
)
def test_what_is_left_open_is_told_with_the_line_where_it_began(
    load: Load, write: Write, told: Told, text: str, where: int, said: str
) -> None:
    """The parser gives up many lines below, as often as not at the end of the file."""
    file = write(text)
    with pytest.raises(ConfigUnreadable) as caught:
        load(SITE="sms.tc", API_KEY="k")
    sentence = told(caught.value)
    assert sentence.startswith(f"{file}, line {where}: this is not TOML.")
    assert said in sentence


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("api_key = '{secret}'\napi_key = '{secret}'", 2),
        ("[profiles.work]\nsite = 'https://a.example'\n[profiles.work]\n", 3),
    ],
)
def test_what_stands_there_twice_is_told_with_its_line_and_none_of_its_text(
    load: Load, write: Write, told: Told, text: str, line: int
) -> None:
    file = write(text)
    with pytest.raises(ConfigUnreadable) as caught:
        load(SITE="sms.tc", API_KEY="k")
    assert told(caught.value) == f"{file}, line {line}: this stands there twice. Take one of the two out."


def test_a_profile_written_in_the_singular_is_told_where_profiles_stand(
    load: Load, write: Write, told: Told
) -> None:
    file = write("[profile.work]\nsite = 'https://a.example'\n")
    with pytest.raises(ConfigInvalid) as caught:
        load(SITE="sms.tc", API_KEY="k")
    assert told(caught.value) == (
        f"{file}, line 1: profile must be the name of a profile, in quotes; "
        "what a profile holds stands in [profiles.NAME]."
    )


def test_a_file_that_is_no_text_is_told(load: Load, write: Write, told: Told) -> None:
    """Saved by an old editor in Turkish."""
    file = write("")
    file.write_bytes("theme = 'koyu ışık'".encode("iso-8859-9"))
    with pytest.raises(ConfigUnreadable) as caught:
        load(SITE="sms.tc", API_KEY="k")
    assert told(caught.value) == f"{file} is not UTF-8 text. Save it as UTF-8."


def test_a_byte_order_mark_is_no_mistake(load: Load, write: Write) -> None:
    """Another editor's habit."""
    file = write("")
    file.write_bytes(b"\xef\xbb\xbftheme = 'ansi-dark'\r\n")
    assert load(SITE="sms.tc", API_KEY="k").theme == "ansi-dark"


def test_a_file_that_cannot_be_read_is_told(load: Load, paths: Paths, told: Told) -> None:
    """Here a folder has its name; for others it is the rights."""
    paths.config_file.mkdir(parents=True)
    with pytest.raises(ConfigUnreadable) as caught:
        load(SITE="sms.tc", API_KEY="k")
    assert str(paths.config_file) in told(caught.value)


def test_a_key_that_nobody_knows_is_a_warning_with_its_line(load: Load, write: Write, told: Told) -> None:
    """A misspelt option would otherwise do nothing in silence; a newer one must not stop this version."""
    file = write(
        """
        colour = "blue"
        [profiles.work]
        site = "https://sms.tc"
        api_key = "{secret}"
        refund_second = 5
        [politeness]
        brust = 3
        """
    )
    warnings = [told(warning) for warning in load().warnings]
    assert warnings == [
        f"{file}, line 1: colour is not known and does nothing. Is it misspelt?",
        f"{file}, line 5: profiles.work.refund_second is not known and does nothing. Is it misspelt?",
        f"{file}, line 7: politeness.brust is not known and does nothing. Is it misspelt?",
    ]


def test_hostile_letters_of_a_key_do_not_reach_the_terminal(load: Load, write: Write, told: Told) -> None:
    """A file copied from somewhere."""
    write('"a\\u001b[2J" = 1')
    (warning,) = load(SITE="sms.tc", API_KEY="k").warnings
    assert "\x1b" not in told(warning)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_key_that_others_may_read_is_a_warning_with_the_cure(
    load: Load, write: Write, told: Told, secret: str, mode: int
) -> None:
    """Not an error: the machine may be the person's own."""
    file = write(PROFILE)
    file.chmod(mode)
    (warning,) = load().warnings
    assert f"chmod 600 {file}" in told(warning)
    assert secret not in told(warning)


def test_a_private_file_or_one_without_a_key_is_no_warning(load: Load, write: Write) -> None:
    """Nothing to be said."""
    file = write(PROFILE)
    assert load().warnings == ()
    file.write_text("[profiles.work]\nsite = 'https://sms.tc'\napi_key_command = ['echo', 'k']")
    file.chmod(0o644)
    assert load().warnings == ()


def test_the_cure_can_be_pasted_into_a_shell(tmp_path: Path, told: Told) -> None:
    """A folder's name may hold a space."""
    from snum_tui.settings.load import load_settings  # noqa: PLC0415 - with folders of its own

    paths = Paths(tmp_path / "my folder", tmp_path, tmp_path)
    paths.config_directory.mkdir()
    paths.config_file.write_text("[profiles.work]\nsite = 'https://sms.tc'\napi_key = 'k'")
    paths.config_file.chmod(0o644)
    (warning,) = load_settings({}, paths, profile=None, language=None).warnings
    assert told(warning).endswith(f"Run: chmod 600 '{paths.config_file}'")


def test_a_key_is_found_on_its_line_however_it_is_written() -> None:
    """In its table, dotted, in quotes, or inside a table on one line."""
    text = dedent(
        """\
        # theme = 'x'
        theme = 'y'
        profiles.a.site = 's'
        [ profiles . "b c" ] # two words
        site='s'
        [profiles.d]
        polls = { x = 1 }
        """
    )
    assert find_line(text, ("theme",)) == 2
    assert find_line(text, ("profiles", "a", "site")) == 3
    assert find_line(text, ("profiles", "b c", "site")) == 5
    assert find_line(text, ("profiles", "b c", "proxy")) == 4
    assert find_line(text, ("profiles", "d", "polls", "x")) == 7
    assert find_line(text, ("language",)) is None


@pytest.mark.parametrize(
    "text", [PROFILE + "    refund_seconds = 'ten'\n", "[profiles.work]\napi_key = '{secret}", "theme = '\udcff'"]
)
def test_no_error_hangs_on_to_one_that_holds_the_file(load: Load, write: Write, told: Told, text: str) -> None:
    """The errors of pydantic, of the TOML parser and of the decoder carry what was in the file."""
    file = write(text.replace("\udcff", ""))
    if "\udcff" in text:
        file.write_bytes(text.encode("utf-8", errors="surrogateescape"))
    with pytest.raises(SettingsError) as caught:
        load()
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert told(caught.value)


def test_pydantics_own_error_hides_the_key(secret: str) -> None:
    """A second wall: should it ever be printed."""
    with pytest.raises(ValidationError) as caught:
        ProfileTable.model_validate({"api_key": secret, "refund_seconds": secret})
    assert secret not in str(caught.value)
    assert secret not in repr(ProfileTable.model_validate({"api_key": secret}))


def test_rights_are_looked_at_where_root_is_not(load: Load, paths: Paths, write: Write, told: Told) -> None:
    """A file of another user says so."""
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    write(PROFILE).chmod(0)
    with pytest.raises(ConfigUnreadable) as caught:
        load()
    assert str(paths.config_file) in told(caught.value)
