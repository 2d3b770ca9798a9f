"""A parsed config.toml, checked: either all of it is allowed, or a sentence each says what is not, and where."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import NoneType
from typing import Literal, get_args, get_origin

from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from snum_tui.domain.keys import KeyTable
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.settings.config import Config
from snum_tui.settings.config_keys import TABLE, ReadKeys
from snum_tui.settings.config_lines import find_line
from snum_tui.settings.config_mistake import Keys, mistake_at
from snum_tui.settings.config_model import AMOUNT, ConfigTable, ProfileTable
from snum_tui.settings.config_sites import find_bad_sites
from snum_tui.settings.config_tables import (
    FreshnessTable,
    MisfitError,
    PolitenessTable,
    PollsTable,
    Table,
    TellTable,
)
from snum_tui.settings.errors import ConfigInvalid, Mistake

TABLES: dict[str, type[Table]] = {
    "tell": TellTable,
    "polls": PollsTable,
    "politeness": PolitenessTable,
    "freshness": FreshnessTable,
}
"""The tables that are there once, by name."""
A_PROFILE_NAME = say(N_("the name of a profile, in quotes; what a profile holds stands in [profiles.NAME]"))
A_TABLE = say(N_("a table, in square brackets"))
# The first kind that an option knows counts.
_ALLOWED: tuple[tuple[object, str], ...] = (
    (bool, N_("true or false")),
    (int, N_("a whole number from {least} to {most}")),
    (float, N_("a number from {least} to {most}")),
    (list[str], N_('a program and its arguments, like ["pass", "show", "snum"]')),
    (str, N_("a text in quotes")),
    (SecretStr, N_("a text in quotes")),
    (Decimal, AMOUNT),
)


def check(document: dict[str, object], text: str, file: Path, known_keys: KeyTable | None = None) -> Config:
    """Check what was parsed from `text`. Raises ConfigInvalid, which tells all that is wrong."""
    found = _checked(document)
    written = document.get(TABLE)
    keys = ReadKeys(written if isinstance(written, dict) else {}, known_keys, text, file)
    mistakes = [*_mistakes(found, text, file), *keys.mistakes]
    if mistakes or not isinstance(found, ConfigTable):
        raise ConfigInvalid.of([*mistakes, *find_bad_sites(document, text, file)])
    return _to_config(found, text, file, keys.keys)


def validate(document: dict[str, object], text: str, file: Path) -> ConfigTable:
    """Check what was parsed from `text`, but for the entries of `[keys]`. Raises ConfigInvalid, which tells all."""
    found = _checked(document)
    if isinstance(found, ConfigTable):
        return found
    raise ConfigInvalid.of([*_mistakes(found, text, file), *find_bad_sites(document, text, file)])


def _mistakes(found: ConfigTable | dict[Keys, Sentence], text: str, file: Path) -> Iterator[Mistake]:
    for keys, allowed in () if isinstance(found, ConfigTable) else found.items():
        yield mistake_at(keys, text, file, allowed=allowed)


def find_misfits(document: dict[str, object]) -> Mapping[Keys, Sentence]:
    """Return the options that are not as they must be, and what they may be."""
    found = _checked(document)
    return {} if isinstance(found, ConfigTable) else found


def _checked(document: dict[str, object]) -> ConfigTable | dict[Keys, Sentence]:
    try:
        return ConfigTable.model_validate(document)
    except ValidationError as error:
        # Returned: pydantic's error holds the values, a key among them, and no other error must hang on to it.
        complaints = error.errors(include_url=False, include_input=False)
    found: dict[Keys, Sentence] = {}
    for complaint in complaints:
        keys, allowed = _explain(complaint)
        is_table = keys == ("profile",) and isinstance(document["profile"], dict)
        found.setdefault(keys, A_PROFILE_NAME if is_table else allowed)
    return found


def allowed_values(field: FieldInfo) -> Sentence:
    """Say what an option may be, for errors and for the table of options."""
    kinds = kinds_of(field.annotation)
    if choices := [choice for kind in kinds if get_origin(kind) is Literal for choice in get_args(kind)]:
        several = get_origin(field.annotation) is list
        template = N_("a list of any of {choices}, in quotes") if several else N_("one of {choices}, in quotes")
        return say(template, choices=", ".join(choices))
    least = next((bound.ge for bound in field.metadata if hasattr(bound, "ge")), None)
    most = next((bound.le for bound in field.metadata if hasattr(bound, "le")), None)
    for kind, template in _ALLOWED:
        if kind in kinds:
            return say(template, least=least, most=most)
    return A_TABLE


def _to_config(table: ConfigTable, text: str, file: Path, keys: Mapping[str, tuple[str, ...]]) -> Config:
    return Config(
        language=table.language,
        theme=table.theme,
        ascii=table.ascii,
        mouse=table.mouse,
        keys=keys,
        profile=table.profile,
        calm=table.calm,
        watch_on_minutes=table.watch_on_minutes,
        wishes=table.to_wishes(),
        polls=table.to_polls(),
        politeness=table.to_politeness(),
        freshness=table.to_freshness(),
        profiles={name: profile.to_profile() for name, profile in table.profiles.items()},
        warnings=tuple(_warn(keys, text, file) for keys in sorted(_unknown(table), key=partial(_stands_at, text))),
    )


def _unknown(table: ConfigTable) -> Iterator[Keys]:
    """Name the keys that are in the file and mean nothing."""
    yield from _extra((), table)
    for name in TABLES:
        yield from _extra((name,), getattr(table, name))
    for name, profile in table.profiles.items():
        yield from _extra(("profiles", name), profile)


def _stands_at(text: str, keys: Keys) -> int:
    """Return the line of an option, so that all are told in the order of the file."""
    return find_line(text, keys) or 0


def _extra(keys: Keys, table: Table) -> Iterator[Keys]:
    for key in table.model_extra or {}:
        yield (*keys, key)


def _warn(keys: Keys, text: str, file: Path) -> Sentence:
    return mistake_at(
        keys, text, file, N_("{place}: {key} is not known and does nothing. Is it misspelt?")
    ).sentence


def _explain(error: ErrorDetails) -> tuple[Keys, Sentence]:
    """Turn one of pydantic's complaints into the option it is about and what that may be."""
    keys, field = _option(tuple(str(part) for part in error["loc"]))
    misfit = error.get("ctx", {}).get("error")
    if isinstance(misfit, MisfitError):
        return (*keys, *misfit.keys), misfit.allowed
    return keys, A_TABLE if field is None else allowed_values(field)


def _option(location: Keys) -> tuple[Keys, FieldInfo | None]:
    """Find the option at pydantic's location, which goes on into lists and alternatives. None: a whole table."""
    table: type[Table] = ConfigTable
    depth = 0
    if location[:1] == ("profiles",):
        table, depth = ProfileTable, 2
    elif location and location[0] in TABLES:
        table, depth = TABLES[location[0]], 1
    field = table.model_fields.get(location[depth]) if len(location) > depth else None
    return location[: depth + 1] if field else location[:depth], field


def kinds_of(annotation: object) -> tuple[object, ...]:
    """Take an annotation's alternatives apart, None left out."""
    if annotation in {bool, int, float, str, list[str]} or get_origin(annotation) in {Literal, dict}:
        return (annotation,)
    return tuple(kind for kind in get_args(annotation) or (annotation,) if kind is not NoneType)
