"""Which site is asked and with which key, so that no key ever goes to a site it does not belong to."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from snum_tui.domain.policy import SiteRules
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.site import ApiKey, BadAddress, SiteAddress, is_key, read_address
from snum_tui.settings.config import ProfileConfig, parse, place, read_text, table_name
from snum_tui.settings.config_lines import find_line
from snum_tui.settings.config_sites import find_bad_sites
from snum_tui.settings.errors import BadSiteAddress, KeyMissing, KeyOfAnotherSite, NothingSet, SiteMissing
from snum_tui.settings.profile import KEY_VARIABLE, SITE_VARIABLE, ChosenProfile, given

KeySource = Literal["environment", "api_key", "api_key_command"]
"""Where a key comes from: SNUM_TUI_API_KEY, or one of the profile's two options."""

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Access:
    """A site, its key, and what the site promises."""

    address: SiteAddress
    key: ApiKey
    rules: SiteRules
    warnings: tuple[Sentence, ...]


def find_access(
    environment: Mapping[str, str],
    chosen: ChosenProfile,
    file: Path,
    *,
    command_seconds: float | None = None,
) -> Access:
    """Take site and key from the environment, else from the profile. Raises SettingsError.

    An api_key_command has `command_seconds`, or its usual time where that is None.
    """
    address = find_site(environment, chosen, file)
    source = find_key_source(environment, chosen, file, address)
    key = _take_key(environment, chosen, file, source, command_seconds)
    if holds_key(address, key):
        raise BadSiteAddress(
            say(N_("The site's address holds the key. Write only the part like https://example.com"))
        )
    rules, warnings = find_rules(environment, chosen, file, address)
    return Access(address, key, rules, warnings)


def find_site(environment: Mapping[str, str], chosen: ChosenProfile, file: Path) -> SiteAddress:
    """Take the site alone, without looking for its key. Raises SettingsError."""
    # A site from the environment has no allow_plain_http: the consent in the file is for the site in the file.
    if written := given(environment, SITE_VARIABLE):
        where = say("{variable}", variable=SITE_VARIABLE)
        return _address(written, where, _known_keys(environment, chosen.config))
    if chosen.config.site is None:
        raise _no_site(environment, chosen, file)
    return _profile_address(environment, chosen, file)


def find_key_source(
    environment: Mapping[str, str], chosen: ChosenProfile, file: Path, address: SiteAddress
) -> KeySource:
    """Tell where the key for a site comes from, without running a command. Raises KeyMissing, KeyOfAnotherSite.

    The profile's key goes to the profile's own site only.
    """
    if text := given(environment, KEY_VARIABLE):
        if not is_key(text):
            raise KeyMissing(
                say(N_("{variable} is not a key: it holds spaces or odd characters."), variable=KEY_VARIABLE)
            )
        return "environment"
    profile = chosen.config
    if profile.api_key is None and profile.api_key_command is None:
        raise _no_key(environment, chosen, file)
    if is_elsewhere(environment, chosen, file, address):
        sentence = say(
            N_(
                "{variable} is not the site of profile {profile}, so that profile's key is not sent there. "
                "Set {key_variable} as well, or unset {variable}."
            ),
            variable=SITE_VARIABLE,
            profile=chosen.name,
            key_variable=KEY_VARIABLE,
        )
        raise KeyOfAnotherSite(sentence)
    return "api_key" if profile.api_key is not None else "api_key_command"


def find_rules(
    environment: Mapping[str, str], chosen: ChosenProfile, file: Path, address: SiteAddress
) -> tuple[SiteRules, tuple[Sentence, ...]]:
    """Return the rules that hold at a site, and a warning where they are not the profile's.

    A profile's rules (refund_seconds and the like) are its own site's: another site has the usual ones. But
    day_limit is the person's: it holds wherever money goes.
    """
    if not is_elsewhere(environment, chosen, file, address):
        return chosen.config.rules, ()
    warning = say(
        N_("{variable} is not the site of profile {profile}, so that profile's refund_seconds does not count."),
        variable=SITE_VARIABLE,
        profile=chosen.name,
    )
    return SiteRules(day_limit=chosen.config.rules.day_limit), (warning,)


def is_elsewhere(environment: Mapping[str, str], chosen: ChosenProfile, file: Path, address: SiteAddress) -> bool:
    """Tell whether the site asked is another one than the profile's. Raises BadSiteAddress."""
    if chosen.config.site is None:
        return False
    keys = _known_keys(environment, chosen.config)
    own = _address(chosen.config.site, _of_profile(chosen, file, "site"), keys, allow_plain_http=True)
    return _server(own) != _server(address)


def holds_key(address: SiteAddress, key: ApiKey) -> bool:
    """Tell whether the key is a part of the address, as where somebody pasted a whole request."""
    return key.reveal() in urlsplit(address.url).path.split("/")


def _profile_address(environment: Mapping[str, str], chosen: ChosenProfile, file: Path) -> SiteAddress:
    try:
        return _address(
            chosen.config.site or "",
            _of_profile(chosen, file, "site"),
            _known_keys(environment, chosen.config),
            allow_plain_http=chosen.config.allow_plain_http,
        )
    except BadSiteAddress as error:
        problem = error.sentence
    text = read_text(file) or ""
    others = find_bad_sites(parse(text, file), text, file, but=chosen.name)
    raise BadSiteAddress(problem, *(one.sentence for one in others))


def _address(
    written: str, where: Sentence, keys: tuple[str, ...], *, allow_plain_http: bool = False
) -> SiteAddress:
    problem: Sentence
    try:
        return read_address(written, allow_plain_http=allow_plain_http)
    except BadAddress as error:
        problem = error.sentence
    if any(key in written for key in keys):
        # Somebody pasted a whole request: its key must not come back in a message.
        problem = say(N_("it holds the key. Write only the part like https://example.com"))
    # Outside of the except: the first error's text may hold the key.
    raise BadSiteAddress(say(N_("{place}: {problem}"), place=where, problem=problem))


def _known_keys(environment: Mapping[str, str], profile: ProfileConfig) -> tuple[str, ...]:
    from_file = profile.api_key.reveal() if profile.api_key else None
    return tuple(key for key in (given(environment, KEY_VARIABLE), from_file) if key)


def _server(address: SiteAddress) -> tuple[str | None, int | None]:
    parts = urlsplit(address.url)
    return parts.hostname, parts.port or _PORTS[parts.scheme]


def _take_key(
    environment: Mapping[str, str],
    chosen: ChosenProfile,
    file: Path,
    source: KeySource,
    command_seconds: float | None,
) -> ApiKey:
    profile = chosen.config
    if source == "environment":
        return ApiKey(given(environment, KEY_VARIABLE) or "")
    if source == "api_key" and profile.api_key is not None:
        return profile.api_key
    # Late: only a profile with a command needs it.
    from snum_tui.settings.key_command import LIMIT_SECONDS, ask_for_key  # noqa: PLC0415 - late, see above

    where = _of_profile(chosen, file, "api_key_command")
    limit_seconds = LIMIT_SECONDS if command_seconds is None else command_seconds
    return ask_for_key(profile.api_key_command or (), environment, where, limit_seconds=limit_seconds)


def _no_site(environment: Mapping[str, str], chosen: ChosenProfile, file: Path) -> SiteMissing:
    if chosen.config != ProfileConfig():
        sentence = say(
            N_('{file}: profile {profile} has no site. Add site = "https://example.com" to it, or set {variable}.'),
            file=str(file),
            profile=chosen.name,
            variable=SITE_VARIABLE,
        )
        advice = say(
            N_('Add site = "https://example.com" to [profiles.{table}] in {file}, or set {variable}.'),
            table=table_name(chosen.name),
            file=str(file),
            variable=SITE_VARIABLE,
        )
        return SiteMissing(sentence, advice=advice)
    if given(environment, KEY_VARIABLE):
        sentence = say(
            N_(
                "{key_variable} is set but {variable} is not. Set it to the site's address, like https://example.com"
            ),
            key_variable=KEY_VARIABLE,
            variable=SITE_VARIABLE,
        )
        advice = say(
            N_("Only {key_variable} is set. Set {variable} as well, to an address like https://example.com"),
            key_variable=KEY_VARIABLE,
            variable=SITE_VARIABLE,
        )
        return SiteMissing(sentence, advice=advice)
    values = {
        "variable": SITE_VARIABLE,
        "key_variable": KEY_VARIABLE,
        "profile": table_name(chosen.name),
        "file": str(file),
    }
    sentence = say(
        N_(
            "No site is set. Set {variable} and {key_variable}, or write [profiles.{profile}] with site and "
            "api_key into {file}. For a first look without either: snum-tui demo"
        ),
        **values,
    )
    advice = say(
        N_(
            "Set {variable} and {key_variable}, or write [profiles.{profile}] with site and api_key into {file}. "
            "For a first look without either: snum-tui demo"
        ),
        **values,
    )
    return NothingSet(sentence, advice=advice)


def _no_key(environment: Mapping[str, str], chosen: ChosenProfile, file: Path) -> KeyMissing:
    if chosen.config == ProfileConfig() and given(environment, SITE_VARIABLE):
        sentence = say(
            N_(
                "{variable} is set but {key_variable} is not. Set it to your key; the site's profile page shows it."
            ),
            variable=SITE_VARIABLE,
            key_variable=KEY_VARIABLE,
        )
        advice = say(
            N_("Set {key_variable} to your key; the site's profile page shows it."), key_variable=KEY_VARIABLE
        )
        return KeyMissing(sentence, advice=advice)
    sentence = say(
        N_(
            "{file}: profile {profile} has no api_key. Add api_key or api_key_command to it, or set {key_variable}."
        ),
        file=str(file),
        profile=chosen.name,
        key_variable=KEY_VARIABLE,
    )
    advice = say(
        N_("Add api_key or api_key_command to [profiles.{table}] in {file}, or set {key_variable}."),
        table=table_name(chosen.name),
        file=str(file),
        key_variable=KEY_VARIABLE,
    )
    return KeyMissing(sentence, advice=advice)


def _of_profile(chosen: ChosenProfile, file: Path, key: str) -> Sentence:
    line = find_line(read_text(file) or "", ("profiles", chosen.name, key))
    return say(N_("{place}: profiles.{profile}.{key}"), place=place(file, line), profile=chosen.name, key=key)
