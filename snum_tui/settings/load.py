"""All settings of one run, from the command line, the environment and config.toml, in this order."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from snum_tui.domain.keys import KeyTable
from snum_tui.domain.policy import Policy
from snum_tui.domain.sentence import Sentence
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.domain.wishes import TerminalWishes
from snum_tui.settings.access import find_access
from snum_tui.settings.config import read_config
from snum_tui.settings.language import VARIABLE, read_language
from snum_tui.settings.paths import Paths
from snum_tui.settings.profile import choose_profile


@dataclass(frozen=True, slots=True)
class Settings:
    """What one run goes by.

    `orders_as` is the profile's name in the journal; `language` is None where the locale decides; `warnings` are
    worth a look, no more.
    """

    profile: str
    orders_as: str
    address: SiteAddress
    key: ApiKey
    policy: Policy
    language: str | None
    paths: Paths
    # Not in the repr: it may hold a password.
    proxy: str | None = field(repr=False)
    warnings: tuple[Sentence, ...]
    theme: str | None
    ascii: bool | None
    mouse: bool
    keys: Mapping[str, tuple[str, ...]]
    calm: bool
    watch_on_minutes: float
    wishes: TerminalWishes


def load_settings(
    environment: Mapping[str, str],
    paths: Paths,
    *,
    profile: str | None,
    language: str | None,
    known_keys: KeyTable | None = None,
) -> Settings:
    """Put the settings together; `profile` and `language` are the command line's. Raises SettingsError.

    `known_keys` is what `[keys]` may name; whoever has a screen must say.
    May run the profile's api_key_command, for up to ten seconds.
    """
    config = read_config(paths.config_file, known_keys)
    spoken = _language(environment, language) or config.language
    chosen = choose_profile(config, environment, paths.config_file, profile)
    access = find_access(environment, chosen, paths.config_file)
    return Settings(
        profile=chosen.name,
        orders_as=chosen.config.orders_as or chosen.name,
        address=access.address,
        key=access.key,
        policy=Policy(config.polls, config.politeness, config.freshness, access.rules),
        language=spoken,
        paths=paths,
        proxy=chosen.config.proxy,
        warnings=(*config.warnings, *access.warnings),
        theme=config.theme,
        ascii=config.ascii,
        mouse=config.mouse,
        keys=config.keys,
        calm=config.calm,
        watch_on_minutes=config.watch_on_minutes,
        wishes=config.wishes,
    )


def _language(environment: Mapping[str, str], asked: str | None) -> str | None:
    if asked is not None:
        return read_language(asked, "--language")
    given = environment.get(VARIABLE, "").strip()
    return read_language(given, VARIABLE) if given else None
