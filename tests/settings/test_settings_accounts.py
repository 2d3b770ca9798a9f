"""Profiles are added, changed, renamed and removed in config.toml, and no order is lost by it."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from snum_tui.domain.accounts import AccountDraft, AccountRules
from snum_tui.domain.site import ApiKey
from snum_tui.settings.accounts import add_account, change_account, remove_account, start_with
from snum_tui.settings.errors import NameTaken
from snum_tui.settings.listing import read_for_lists
from snum_tui.settings.load import Settings
from snum_tui.settings.paths import Paths

Write = Callable[[str], Path]
Load = Callable[..., Settings]

TWO = """
    profile = "work"
    colour = "blue"
    [profiles.work]
    site = "https://sms.tc"
    api_key_command = "pass show sms"
    proxy = "http://proxy.example"
    strange = 1
    [profiles.home]
    site = "https://onaytr.com"
    api_key = "{secret}"
"""
RULES = AccountRules("$", 1200, 0, "within 20 minutes")


def draft(name: str, key: str | None = None, **values: Any) -> AccountDraft:
    return AccountDraft(name, "https://sms.tc", None if key is None else ApiKey(key), **values)


def document(paths: Paths) -> dict[str, Any]:
    return tomllib.loads(paths.config_file.read_text())


def test_the_first_account_is_what_the_next_start_takes(paths: Paths, load: Load) -> None:
    add_account(paths, draft("default", "abc", language="tr"))
    settings = load()
    assert (settings.profile, settings.key.reveal(), settings.language) == ("default", "abc", "tr")
    assert (settings.orders_as, paths.config_file.stat().st_mode & 0o777) == ("default", 0o600)


def test_a_second_one_leaves_the_start_with_the_one_from_before(paths: Paths, write: Write, load: Load) -> None:
    """Two without a word which of them would end the next start in a sentence."""
    write('[profiles.work]\nsite = "https://sms.tc"\napi_key = "{secret}"')
    add_account(paths, draft("home", "abc", rules=RULES))
    assert load().profile == "work"
    start_with(paths, "home")
    rules = load().policy.rules
    assert (rules.currency, rules.refund_seconds, rules.earliest_cancel_seconds) == ("$", 1200, 0)
    assert rules.refund_rule == "within 20 minutes"


@pytest.mark.parametrize("name", ["default", "home"])
def test_whatever_the_second_is_called_the_start_stays_with_the_one_that_was_alone(
    paths: Paths, write: Write, load: Load, name: str
) -> None:
    """`default` would be taken where nothing says otherwise, and money spent from another account."""
    write('[profiles.ev]\nsite = "https://sms.tc"\napi_key = "{secret}"')
    add_account(paths, draft(name, "abc"))
    assert document(paths)["profile"] == "ev"
    assert load().profile == "ev"


def test_what_already_settles_the_start_is_not_written_again(paths: Paths) -> None:
    add_account(paths, draft("default", "abc"))
    add_account(paths, draft("home", "abc"))
    assert "profile" not in document(paths)
    start_with(paths, "home")
    add_account(paths, draft("third", "abc"))
    assert document(paths)["profile"] == "home"


UNNAMED = """
    [profiles.default]
    site = "https://sms.tc"
    api_key = "{secret}"
    [profiles.ev]
    site = "https://onaytr.com"
    api_key = "{secret}"
    [profiles.home]
    site = "https://onaytr.com"
    api_key = "{secret}"
"""


def test_the_default_renamed_is_still_what_a_start_takes(paths: Paths, write: Write, load: Load) -> None:
    write(UNNAMED)
    change_account(paths, "default", draft("office"))
    assert load().profile == "office"


def test_the_default_removed_leaves_the_start_with_the_one_that_is_worked_with(
    paths: Paths, write: Write, load: Load
) -> None:
    write(UNNAMED)
    remove_account(paths, "default", "home")
    assert load().profile == "home"


@pytest.mark.parametrize(
    "change",
    [
        lambda paths: change_account(paths, "default", draft("office")),
        lambda paths: remove_account(paths, "default", "home"),
    ],
    ids=["renamed", "removed"],
)
def test_a_default_that_no_start_takes_leaves_the_start_alone(
    paths: Paths, write: Write, load: Load, change: Callable[[Paths], None]
) -> None:
    write(UNNAMED)
    start_with(paths, "ev")
    change(paths)
    assert load().profile == "ev"


def kept_as(paths: Paths) -> dict[str, str]:
    """Return by profile the name that its orders stand under."""
    return {name: one.orders_as for name, one in read_for_lists(paths.config_file).profiles.items()}


def test_a_rename_keeps_all_of_it_and_says_where_the_orders_are(paths: Paths, write: Write) -> None:
    write(TWO)
    change_account(paths, "work", draft("office"))
    changed = document(paths)
    assert changed["profiles"]["office"] == {
        "site": "https://sms.tc",
        "api_key_command": "pass show sms",
        "proxy": "http://proxy.example",
        "strange": 1,
        "orders_as": "work",
    }
    assert (changed["profile"], changed["colour"], list(changed["profiles"])) == (
        "office",
        "blue",
        ["office", "home"],
    )
    assert kept_as(paths) == {"home": "home", "office": "work"}


def test_a_rename_writes_nothing_but_the_name_and_leaves_everything_in_its_place(
    paths: Paths, write: Write
) -> None:
    """The address stays in the person's own words, and what was not set is not set then."""
    write("""
        theme = "snum-dark"
        [profiles.work]
        site = "sms.tc/"
        api_key = "{secret}"
        allow_plain_http = true
        refund_seconds = 900
        [profiles.home]
        site = "https://onaytr.com"
        [tell]
        title = false
    """)
    before = paths.config_file.read_text()
    change_account(paths, "home", AccountDraft("flat", "https://onaytr.com", None, rules=AccountRules()))
    change_account(paths, "work", draft("office", rules=AccountRules()))
    words = " ".join(paths.config_file.read_text().split())
    expected = before.replace("profiles.work]", "profiles.office]").replace("profiles.home]", "profiles.flat]")
    expected = expected.replace("[profiles.flat]", 'orders_as = "work" [profiles.flat]')
    expected = expected.replace("[tell]", 'orders_as = "home" [tell]')
    assert words == " ".join(expected.split())


def test_a_profile_saved_as_it_is_leaves_the_file_alone(paths: Paths, write: Write) -> None:
    write(f"# by hand{TWO}")
    before = paths.config_file.stat().st_ino
    assert change_account(paths, "work", draft("work", rules=AccountRules())) is None
    assert paths.config_file.stat().st_ino == before


def test_a_rule_alone_is_changed_and_an_empty_one_is_taken_out(paths: Paths, write: Write) -> None:
    write(TWO)
    change_account(paths, "work", draft("work", rules=AccountRules(refund_seconds=60, refund_rule="soon")))
    change_account(paths, "work", draft("work", rules=AccountRules(refund_rule="")))
    assert document(paths)["profiles"]["work"] == {
        "site": "https://sms.tc",
        "api_key_command": "pass show sms",
        "proxy": "http://proxy.example",
        "strange": 1,
        "refund_seconds": 60,
    }


def test_renamed_twice_the_orders_are_still_found_and_renamed_back_nothing_is_left_of_it(
    paths: Paths, write: Write
) -> None:
    write(TWO)
    change_account(paths, "work", draft("office"))
    change_account(paths, "office", draft("desk"))
    assert kept_as(paths)["desk"] == "work"
    change_account(paths, "desk", draft("work"))
    assert "orders_as" not in document(paths)["profiles"]["work"]


@pytest.mark.parametrize("name", ["home", "work"])
def test_no_profile_gets_the_name_of_another_or_of_its_orders(paths: Paths, write: Write, name: str) -> None:
    write(TWO)
    change_account(paths, "work", draft("office"))
    before = paths.config_file.read_bytes()
    with pytest.raises(NameTaken):
        add_account(paths, draft(name, "abc"))
    with pytest.raises(NameTaken):
        change_account(paths, "home" if name == "work" else "office", draft(name))
    assert paths.config_file.read_bytes() == before


def test_a_key_that_is_typed_takes_the_place_of_the_command(paths: Paths, write: Write, load: Load) -> None:
    write(TWO)
    change_account(paths, "work", draft("work", "typed"))
    assert load().key.reveal() == "typed"
    assert "api_key_command" not in document(paths)["profiles"]["work"]


def test_a_change_without_a_key_leaves_it(paths: Paths, write: Write, secret: str) -> None:
    write(TWO)
    change_account(paths, "home", draft("home", rules=RULES))
    assert document(paths)["profiles"]["home"]["api_key"] == secret


def test_a_removed_profile_is_gone_with_its_key_and_the_start_is_settled(
    paths: Paths, write: Write, load: Load, secret: str
) -> None:
    write(TWO)
    remove_account(paths, "work", "home")
    assert load().profile == "home"
    remove_account(paths, "home", "elsewhere")
    assert secret not in paths.config_file.read_text()
    assert document(paths) == {"colour": "blue", "profiles": {}}
