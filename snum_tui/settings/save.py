"""config.toml, written back whole or not at all."""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from snum_tui.domain.sentence import N_, say
from snum_tui.domain.system_words import words_of
from snum_tui.settings.config import parse, read_text
from snum_tui.settings.errors import CannotSave
from snum_tui.settings.paths import Paths


def write_config(paths: Paths, mapping: Mapping[str, object]) -> None:
    """Lay `mapping` over what config.toml says, and write it for its owner alone (0600).

    Tables are merged, None removes a key, and keys that nobody knows stay; comments do not. Raises ConfigUnreadable
    where the file is no TOML (it is left as it is), and CannotSave.
    """
    import tomli_w  # noqa: PLC0415 - late: most runs only read

    # A config.toml that is a link into a folder of dotfiles stays one.
    file = paths.config_file.resolve()
    text = read_text(file)
    merged = merge(parse(text, file) if text is not None else {}, mapping)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _replace(file, tomli_w.dumps(merged).encode("utf-8"))
    except OSError as error:
        sentence = say(
            N_("{file} cannot be written ({reason}). Check the folder's rights and the disk."),
            file=str(file),
            reason=words_of(error),
        )
        raise CannotSave(sentence) from error


def merge(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, object]:
    """Lay `new` over `old`: tables are merged, None removes a key."""
    merged = dict(old)
    for key, value in new.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, Mapping):
            before = merged.get(key)
            merged[key] = merge(before if isinstance(before, Mapping) else {}, value)
        else:
            merged[key] = value
    return merged


def _replace(file: Path, content: bytes) -> None:
    """Write beside it, sync, and rename: a power cut leaves the old file or the new one. Made with mode 0600."""
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as temporary:
            temporary.write(content)
            temporary.flush()
            os.fsync(temporary.fileno())
        Path(name).replace(file)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    directory = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
