"""One option of config.toml, changed from inside the program: checked first, so that the file can still be read."""

from decimal import Decimal
from pathlib import Path

from pydantic.fields import FieldInfo

from snum_tui.domain.money import NotAnAmount, read_amount
from snum_tui.domain.sentence import N_, say
from snum_tui.settings.config import parse, read_text
from snum_tui.settings.config_check import find_misfits, kinds_of, validate
from snum_tui.settings.errors import ValueMisfit
from snum_tui.settings.paths import Paths
from snum_tui.settings.save import merge, write_config

Keys = tuple[str, ...]


def change_option(paths: Paths, keys: Keys, value: object) -> Path | None:
    """Write an option, or take it out of the file (None); all else that is in it stays.

    Raises ValueMisfit where the value is none of the allowed ones, ConfigInvalid where another option does not go
    with it, ConfigUnreadable, and CannotSave. Then nothing is written. Returns as write_config.
    """
    file = paths.config_file
    text = read_text(file) or ""
    changes: dict[str, object] = {keys[-1]: value}
    for name in reversed(keys[:-1]):
        changes = {name: changes}
    changed = merge(parse(text, file), changes)
    if (allowed := find_misfits(changed).get(keys)) is not None:
        raise ValueMisfit(say(N_("{key} must be {allowed}."), key=".".join(keys), allowed=allowed))
    validate(changed, text, file)
    return write_config(paths, changes)


def as_typed(field: FieldInfo, text: str) -> object:
    """Return what a person typed as it would stand in the file: a number, a text, None for nothing.

    Decimals may have a comma. What is no number where one must stand remains a text, which `change_option` refuses.
    """
    kinds, bare = kinds_of(field.annotation), text.strip()
    if not bare and field.default is None:
        return None
    try:
        if int in kinds:
            return int(bare)
        if float in kinds:
            number = float(bare.replace(",", "."))
            return int(number) if number.is_integer() else number
        if Decimal in kinds:
            return str(read_amount(bare))
    except (ValueError, NotAnAmount):
        return bare
    return bare
