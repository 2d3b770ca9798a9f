"""What can still be used of a config.toml with mistakes in it, for who must go on: to show it, or to look around.

Imported late, as config_check: only a file with mistakes needs it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from snum_tui.domain.keys import KeyTable
from snum_tui.settings.config import Config, parse, read_text
from snum_tui.settings.config_check import check, find_misfits
from snum_tui.settings.config_keys import TABLE, ReadKeys
from snum_tui.settings.errors import SettingsError

Keys = tuple[str, ...]
Table = dict[str, object]

_ROUNDS = 5
"""An option that goes with another one may be a misfit once that one is out."""


@dataclass(frozen=True, slots=True)
class Salvage:
    """The file without its `misfits`, the options that are not as they must be."""

    config: Config
    misfits: frozenset[Keys] = frozenset()


def salvage(file: Path, known_keys: KeyTable | None = None) -> Salvage:
    """Return what is good of the file; all at its default where it is no TOML. Raises nothing."""
    try:
        text = read_text(file) or ""
        document = parse(text, file)
        misfits = _misfits(document)
        remapped = without(document, misfits).get(TABLE)
        table = remapped if isinstance(remapped, dict) else {}
        misfits |= ReadKeys(table, known_keys, text, file).misfits
        return Salvage(check(without(document, misfits), text, file, known_keys), misfits)
    except SettingsError:
        return Salvage(Config())


def without(document: Mapping[str, object], misfits: Collection[Keys]) -> Table:
    """Return the document without these options; tables stay, empty if need be."""
    return _without((), document, frozenset(misfits))


def _without(above: Keys, table: Mapping[str, object], misfits: frozenset[Keys]) -> Table:
    return {
        name: _without((*above, name), value, misfits) if isinstance(value, dict) else value
        for name, value in table.items()
        if (*above, name) not in misfits
    }


def _misfits(document: Table) -> frozenset[Keys]:
    found: frozenset[Keys] = frozenset()
    for _ in range(_ROUNDS):
        more = frozenset(find_misfits(without(document, found))) - found
        if not more:
            break
        found |= more
    return found
