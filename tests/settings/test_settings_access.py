"""A key goes to the site it belongs to, encrypted, or nowhere."""

from collections.abc import Callable
from pathlib import Path

import pytest

from snum_tui.domain.sentence import Sentence
from snum_tui.settings.errors import BadSiteAddress, ConfigInvalid, KeyMissing, KeyOfAnotherSite, SiteMissing
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


def test_a_profiles_key_is_not_sent_to_another_site(load: Load, write: Write, told: Told) -> None:
    """One variable too few must not hand a key to a stranger."""
    write(PROFILE)
    with pytest.raises(KeyOfAnotherSite) as caught:
        load(SITE="https://onaytr.com")
    assert "SNUM_TUI_API_KEY" in told(caught.value)
    assert "work" in told(caught.value)


@pytest.mark.parametrize(
    "site", ["https://sms.tc:8443", "https://www.sms.tc", "https://sms.tc.evil.org", "http://127.0.0.1:8077"]
)
def test_a_neighbour_of_the_site_is_another_site(load: Load, write: Write, site: str) -> None:
    """Another port or name is another server."""
    write(PROFILE)
    with pytest.raises(KeyOfAnotherSite):
        load(SITE=site)


@pytest.mark.parametrize("site", ["sms.tc", "https://SMS.tc/", "https://sms.tc:443", "https://sms.tc/api"])
def test_the_same_site_written_otherwise_gets_its_key(load: Load, write: Write, secret: str, site: str) -> None:
    """Case, slash and the usual port make no difference."""
    write(PROFILE)
    assert load(SITE=site).key.reveal() == secret


def test_the_key_command_of_another_site_is_not_even_run(load: Load, write: Write, tmp_path: Path) -> None:
    """It might ask the person for a password."""
    trace = tmp_path / "trace"
    write(f"[profiles.work]\nsite = 'https://sms.tc'\napi_key_command = ['touch', '{trace}']")
    with pytest.raises(KeyOfAnotherSite):
        load(SITE="https://onaytr.com")
    assert not trace.exists()


def test_a_profile_without_a_site_lends_its_key_to_the_variables(load: Load, write: Write, secret: str) -> None:
    """The person has put the two together."""
    write("[profiles.work]\napi_key = '{secret}'")
    settings = load(SITE="https://sms.tc")
    assert (settings.key.reveal(), settings.warnings) == (secret, ())


def test_plain_http_from_the_environment_is_refused(load: Load, told: Told, secret: str) -> None:
    """The key travels in the path."""
    with pytest.raises(BadSiteAddress) as caught:
        load(SITE="http://sms.tc", API_KEY=secret)
    assert told(caught.value).startswith("SNUM_TUI_SITE: http://sms.tc would send your key unencrypted")


def test_plain_http_of_a_profile_is_refused_without_consent(load: Load, write: Write, told: Told) -> None:
    """The sentence names the file, the key and the consent."""
    file = write(PROFILE.replace("https", "http"))
    with pytest.raises(BadSiteAddress) as caught:
        load()
    assert told(caught.value).startswith(f"{file}, line 2: profiles.work.site: ")
    assert "allow_plain_http" in told(caught.value)


@pytest.mark.parametrize(
    ("site", "allowed"),
    [
        ("ftp://{secret}", "a site's address, like https://example.com"),
        ("http://{secret}.example", "an address with https:// in front, or allow_plain_http = true beside it"),
    ],
)
def test_a_wrong_address_is_told_together_with_all_else_that_is_wrong_in_the_file(
    load: Load, write: Write, told: Told, site: str, allowed: str
) -> None:
    """In the order of the file, and nothing of the address itself: a key may be in it."""
    file = write(f'theme = "pink"\n[profiles.work]\nsite = "{site}"\ncurrency = "many letters"\n')
    with pytest.raises(ConfigInvalid) as caught:
        load(SITE="sms.tc", API_KEY="k")
    first, second, third = (told(caught.value), *(told(one) for one in caught.value.more))
    assert first.startswith(f"{file}, line 1: theme must be one of ")
    assert second == f"{file}, line 3: profiles.work.site must be {allowed}."
    assert third.startswith(f"{file}, line 4: profiles.work.currency must be ")


def test_a_wrong_address_is_told_together_with_those_of_other_profiles(
    load: Load, write: Write, told: Told
) -> None:
    """The one that is asked first, in more words; the others do not keep a good profile from its work."""
    file = write('[profiles.home]\nsite = "ftp://h"\n[profiles.work]\nsite = "http://sms.tc"\n[profiles.spare]\n')
    with pytest.raises(BadSiteAddress) as caught:
        load(profile="work")
    assert told(caught.value).startswith(f"{file}, line 4: profiles.work.site: http://sms.tc would send")
    assert [told(one) for one in caught.value.more] == [
        f"{file}, line 2: profiles.home.site must be a site's address, like https://example.com."
    ]


def test_an_address_of_another_profile_keeps_nobody_from_a_good_one(load: Load, write: Write) -> None:
    """Its own profile alone cannot be worked with."""
    write(PROFILE + '    [profiles.home]\n    site = "ftp://h"\n')
    assert load(profile="work").address.url == "https://sms.tc"


def test_plain_http_of_a_profile_needs_its_consent(load: Load, write: Write) -> None:
    """Given in the file, for that site."""
    write(PROFILE.replace("https", "http") + "    allow_plain_http = true\n")
    assert load().address.url == "http://sms.tc"


def test_the_consent_is_for_the_site_in_the_file_only(load: Load, write: Write, secret: str) -> None:
    """Not for whatever the environment names."""
    write(PROFILE + "    allow_plain_http = true\n")
    for site in ("http://onaytr.com", "http://sms.tc"):
        with pytest.raises(BadSiteAddress):
            load(SITE=site, API_KEY=secret)


@pytest.mark.parametrize("site", ["http://127.0.0.1:8077", "http://localhost:8077", "http://[::1]:8077"])
def test_plain_http_to_this_machine_is_fine(load: Load, site: str) -> None:
    """The sandbox speaks it."""
    assert load(SITE=site, API_KEY="demo").address.url == site


def test_nothing_set_says_what_to_set_and_how_to_look_first(load: Load, told: Told, paths: Paths) -> None:
    """The first sentence that a new person sees."""
    with pytest.raises(SiteMissing) as caught:
        load()
    for part in ("SNUM_TUI_SITE", "SNUM_TUI_API_KEY", str(paths.config_file), "snum-tui demo"):
        assert part in told(caught.value)


def test_a_site_without_a_key_says_so(load: Load, told: Told) -> None:
    """And where to find it."""
    with pytest.raises(KeyMissing) as caught:
        load(SITE="https://sms.tc")
    assert told(caught.value).startswith("SNUM_TUI_SITE is set but SNUM_TUI_API_KEY is not.")


def test_a_key_without_a_site_says_so(load: Load, told: Told, secret: str) -> None:
    """Without showing the key."""
    with pytest.raises(SiteMissing) as caught:
        load(API_KEY=secret)
    assert told(caught.value).startswith("SNUM_TUI_API_KEY is set but SNUM_TUI_SITE is not.")


def test_a_profile_without_a_key_says_so(load: Load, write: Write, told: Told) -> None:
    """With the file, the profile and the three ways to give one."""
    file = write("[profiles.work]\nsite = 'https://sms.tc'")
    with pytest.raises(KeyMissing) as caught:
        load()
    for part in (str(file), "work", "api_key", "api_key_command", "SNUM_TUI_API_KEY"):
        assert part in told(caught.value)


def test_a_profile_without_a_site_says_so(load: Load, write: Write, told: Told) -> None:
    """With the file and the profile."""
    file = write("[profiles.work]\napi_key = '{secret}'")
    with pytest.raises(SiteMissing) as caught:
        load()
    assert str(file) in told(caught.value)
    assert "profile work has no site" in told(caught.value)


@pytest.mark.parametrize("key", ["two words", "{secret}\nmore", "schlüssel", "x" * 300])
def test_what_cannot_be_a_key_is_told_without_showing_it(load: Load, told: Told, secret: str, key: str) -> None:
    """A whole line pasted by mistake, say."""
    with pytest.raises(KeyMissing) as caught:
        load(SITE="https://sms.tc", API_KEY=key.replace("{secret}", secret))
    assert told(caught.value).startswith("SNUM_TUI_API_KEY is not a key")


@pytest.mark.parametrize("site", ["", "https://", "https://a b", "ftp://sms.tc", "https://sms.tc?x=1", "a\x1b[2Jb"])
def test_an_address_that_is_none_is_told_with_its_place(load: Load, write: Write, told: Told, site: str) -> None:
    """Wherever it stands."""
    if site:
        with pytest.raises(BadSiteAddress) as caught:
            load(SITE=site, API_KEY="k")
        assert told(caught.value).startswith("SNUM_TUI_SITE: ")
        assert "\x1b" not in told(caught.value)
    written = site.replace("\x1b", "\\u001b")
    file = write(f'[profiles.work]\napi_key = "k"\nsite = "{written}"')
    with pytest.raises(BadSiteAddress) as caught:
        load()
    assert told(caught.value).startswith(f"{file}, line 3: profiles.work.site: ")
    assert "\x1b" not in told(caught.value)


@pytest.mark.parametrize(
    "pasted", ["https://sms.tc/{secret}/getBalance", "https://sms.tc/?key={secret}", "https://{secret}@sms.tc"]
)
def test_a_whole_request_pasted_as_the_site_does_not_show_its_key(
    load: Load, write: Write, told: Told, secret: str, pasted: str
) -> None:
    """The address is on the screen all day and in the journal for ever."""
    with pytest.raises(BadSiteAddress) as caught:
        load(SITE=pasted.replace("{secret}", secret), API_KEY=secret)
    assert secret not in told(caught.value)
    write(PROFILE.replace("https://sms.tc", pasted))
    for variables in ({}, {"SITE": "https://onaytr.com"}):
        with pytest.raises((BadSiteAddress, KeyOfAnotherSite)) as other:
            load(**variables)
        assert secret not in told(other.value)


def test_a_whole_request_of_the_api_document_is_only_its_site(load: Load, secret: str) -> None:
    """People paste what the document prints."""
    settings = load(SITE=f"https://sms.tc/api/{secret}/getBalance", API_KEY=secret)
    assert settings.address.url == "https://sms.tc"


def test_the_key_is_in_no_printed_form_of_the_settings(load: Load, write: Write, secret: str) -> None:
    """FACTS: a crash screen shows local variables."""
    write(PROFILE + "    proxy = 'http://me:password@proxy.example.com:3128'\n")
    settings = load()
    assert settings.proxy == "http://me:password@proxy.example.com:3128"
    for text in (repr(settings), str(settings), f"{settings}"):
        assert secret not in text
        assert "password" not in text
