"""What config.toml says, read and checked; its absence is as good as an empty one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from snum_tui.domain.keys import KeyTable
from snum_tui.domain.policy import Freshness, Politeness, PollSchedule, SiteRules
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.site import ApiKey
from snum_tui.domain.system_words import words_of
from snum_tui.domain.wishes import TerminalWishes
from snum_tui.settings.errors import ConfigUnreadable

WATCH_ON_MINUTES = 40.0
"""As long as the site is asked for a number's code."""

_OTHERS_RIGHTS = 0o077


@dataclass(frozen=True, slots=True)
class ProfileConfig:
    """One `[profiles.NAME]`: a site, how to get its key, and what it promises."""

    site: str | None = None
    api_key: ApiKey | None = None
    api_key_command: tuple[str, ...] | None = None
    rules: SiteRules = field(default_factory=SiteRules)
    allow_plain_http: bool = False
    orders_as: str | None = None
    # Not in the repr: it may hold a password.
    proxy: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Config:
    """The whole file. `warnings` name what is in it and does nothing, or is unsafe."""

    language: str | None = None
    theme: str | None = None
    ascii: bool | None = None
    mouse: bool = True
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    profile: str | None = None
    calm: bool = True
    watch_on_minutes: float = WATCH_ON_MINUTES
    wishes: TerminalWishes = field(default_factory=TerminalWishes)
    polls: PollSchedule = field(default_factory=PollSchedule)
    politeness: Politeness = field(default_factory=Politeness)
    freshness: Freshness = field(default_factory=Freshness)
    profiles: Mapping[str, ProfileConfig] = field(default_factory=dict)
    warnings: tuple[Sentence, ...] = ()


def read_config(file: Path, known_keys: KeyTable | None = None) -> Config:
    """Read config.toml. Raises ConfigUnreadable or ConfigInvalid, which name the file, the line and the key.

    `known_keys` is what `[keys]` may name; a program without a screen need not know.
    """
    text = read_text(file)
    if text is None:
        return Config()
    document = parse(text, file)
    # Late: checking with pydantic costs 40 ms, which a start without a file does not owe.
    from snum_tui.settings.config_check import check  # noqa: PLC0415 - late, see above

    config = check(document, text, file, known_keys)
    return _with_warning_of_rights(config, file)


def read_profile_names(file: Path) -> tuple[str, ...]:
    """Return the names of the profiles in the file, none of it checked; none where it cannot be read."""
    try:
        profiles = parse(read_text(file) or "", file).get("profiles")
    except ConfigUnreadable:
        return ()
    return tuple(name for name in profiles if name.isprintable()) if isinstance(profiles, dict) else ()


def read_text(file: Path) -> str | None:
    """Return what stands in the file; None where there is none. Raises ConfigUnreadable."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        sentence = say(N_("{file} is not UTF-8 text. Save it as UTF-8."), file=str(file))
    except OSError as error:
        reason = words_of(error)
        sentence = say(N_("{file} cannot be read ({reason}). Check its rights."), file=str(file), reason=reason)
    # Outside of the except: a UnicodeDecodeError carries the whole file, key and all.
    raise ConfigUnreadable(sentence)


def parse(text: str, file: Path) -> dict[str, object]:
    """Parse TOML. Raises ConfigUnreadable, which says where it stopped being TOML and shows nothing of the line."""
    import tomllib  # noqa: PLC0415 - only where there is a file

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        from snum_tui.settings.config_syntax import explain  # noqa: PLC0415 - only where there is an error

        sentence = explain(str(error), text, file)
    # Outside of the except: from Python 3.14 on the parser's error carries the whole text.
    raise ConfigUnreadable(sentence)


def place(file: Path, line: int | None) -> Sentence:
    """Name a place in the file, with its line where that is known."""
    if line is None:
        return say("{file}", file=str(file))
    return say(N_("{file}, line {line}"), file=str(file), line=line)


def table_name(name: str) -> str:
    """Write a profile's name as in `[profiles.NAME]`: in quotes where it holds more than plain letters."""
    is_bare = name.isascii() and name.replace("-", "_").replace("_", "a").isalnum()
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return name if is_bare else f'"{escaped}"'


def _with_warning_of_rights(config: Config, file: Path) -> Config:
    from dataclasses import replace  # noqa: PLC0415 - beside its one use
    from shlex import quote  # noqa: PLC0415 - only where there is a file

    holds_key = any(profile.api_key for profile in config.profiles.values())
    if not holds_key or not file.stat().st_mode & _OTHERS_RIGHTS:
        return config
    warning = say(
        N_("{file} holds a key and others on this machine may read it. Run: {command}"),
        file=str(file),
        command=f"chmod 600 {quote(str(file))}",
    )
    return replace(config, warnings=(*config.warnings, warning))
