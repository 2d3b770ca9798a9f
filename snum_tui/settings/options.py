"""The options of config.toml, one by one: what each may be, what it is, and on which line it stands.

Imported late, as config_model: pydantic costs 40 ms.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from snum_tui.domain.sentence import Sentence
from snum_tui.settings.config import parse, read_text
from snum_tui.settings.config_check import TABLES, allowed_values, validate
from snum_tui.settings.config_keys import TABLE, entries
from snum_tui.settings.config_lines import find_line
from snum_tui.settings.config_model import ProfileTable
from snum_tui.settings.config_salvage import without
from snum_tui.settings.config_tables import Table

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One option, `("tell", "bell")` or `("profiles", "main", "day_limit")`.

    `value` is what the file says, else what holds by itself (None: nothing); a key is never in it. `line` is where
    it stands, from 1, None where that cannot be told. `field` is pydantic's; an entry of `[keys]` has none. What
    the file says of one that `is_misfit` cannot be used: `value` is None then.
    """

    keys: Keys
    value: object
    is_set: bool = False
    line: int | None = None
    field: FieldInfo | None = None
    is_misfit: bool = False

    @property
    def title(self) -> str:
        """A phrase that says what it is about: a gettext template, empty for an entry of `[keys]`."""
        if self.field is None:
            return ""
        return self.field.title or self.description.removesuffix(".")

    @property
    def description(self) -> str:
        """What it does, in sentences: a gettext template."""
        return "" if self.field is None else self.field.description or ""

    @property
    def allowed(self) -> Sentence | None:
        """What it may be."""
        return None if self.field is None else allowed_values(self.field)


def read_options(file: Path, profile: str | None) -> tuple[Option, ...]:
    """Return every option there is, with those of one profile, whether it is in the file or not (None: of none).

    Raises ConfigUnreadable, ConfigInvalid.
    """
    return options_of(read_text(file) or "", file, profile)


def options_of(text: str, file: Path, profile: str | None, misfits: Collection[Keys] = ()) -> tuple[Option, ...]:
    """Return every option as `text` has it, the file's own or what stands for it; raises nothing for `misfits`."""
    return tuple(
        replace(option, value=None, is_set=True, line=find_line(text, option.keys), is_misfit=True)
        if option.keys in misfits
        else option
        for option in _all(text, file, profile, misfits)
    )


def _all(text: str, file: Path, profile: str | None, misfits: Collection[Keys]) -> Iterator[Option]:
    document = parse(text, file)
    config = validate(without(document, misfits) if misfits else document, text, file)
    yield from _of_table((), config, text)
    for name in TABLES:
        yield from _of_table((name,), getattr(config, name), text)
    remapped = document.get(TABLE)
    for path, value in entries((TABLE,), remapped if isinstance(remapped, dict) else {}):
        yield Option(path, value, True, find_line(text, path))  # noqa: FBT003 - a field
    if profile is not None:
        yield from _of_table(("profiles", profile), config.profiles.get(profile, ProfileTable()), text)


def _of_table(path: Keys, table: Table, text: str) -> Iterator[Option]:
    for name, field in type(table).model_fields.items():
        if not path and name in {*TABLES, "keys", "profiles"}:
            continue
        keys = (*path, name)
        is_set = name in table.model_fields_set
        line = find_line(text, keys) if is_set else None
        value = getattr(table, name)
        yield Option(keys, None if isinstance(value, SecretStr) else value, is_set, line, field)
