"""config.toml, written back whole or not at all."""

import os
import re
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.system_words import words_of
from snum_tui.settings.config import parse, read_text
from snum_tui.settings.errors import CannotSave
from snum_tui.settings.paths import Paths

Table = dict[str, object]

_TEXT_OR_COMMENT = re.compile(
    r'''"""(?:\\.|[^\\])*?"""|"(?:\\.|[^"\\\n])*"|'{3}.*?'{3}|'[^'\n]*'|(?P<comment>\#)''', re.DOTALL
)


def write_config(paths: Paths, mapping: Mapping[str, object]) -> Path | None:
    """Lay `mapping` over what config.toml says, and write it as `rewrite_config` does.

    Tables are merged, None removes a key, and keys that nobody knows stay.
    """
    return rewrite_config(paths, lambda document: merge(document, mapping))


def rewrite_config(paths: Paths, change: Callable[[Table], Table]) -> Path | None:
    """Change what config.toml says, and write it for its owner alone (0600); not where it says the same afterwards.

    Comments do not stay: a file that has some is copied first, and the copy returned (see `comments_are_in`).
    Raises ConfigUnreadable where the file is no TOML (it is left as it is), and CannotSave.
    """
    import tomli_w  # noqa: PLC0415 - late: most runs only read

    # A config.toml that is a link into a folder of dotfiles stays one.
    file = paths.config_file.resolve()
    text = read_text(file)
    before = {} if text is None else parse(text, file)
    changed = change(before)
    if changed == before:
        return None
    content = tomli_w.dumps(changed).encode("utf-8")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy = _copy(file) if text is not None and has_comments(text) else None
        _replace(file, content)
    except OSError as error:
        sentence = say(
            N_("{file} cannot be written ({reason}). Check the folder's rights and the disk."),
            file=str(file),
            reason=words_of(error),
        )
        raise CannotSave(sentence) from error
    return copy


def comments_are_in(copy: Path) -> Sentence:
    """Say where the comments of a file that was written anew are."""
    words = N_("config.toml has lost its comments. As it was before, keys included, it is kept in {file}.")
    return say(words, file=str(copy))


def has_comments(text: str) -> bool:
    """Tell whether there is a comment in a text that is TOML."""
    return any(found["comment"] for found in _TEXT_OR_COMMENT.finditer(text))


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


def _copy(file: Path) -> Path:
    """Keep the file beside itself, for its owner alone; another copy, or somebody else's, stays as it is."""
    content = file.read_bytes()
    for number in count(1):
        copy = file.with_name(f"{file.name}.bak{number if number > 1 else ''}")
        if not copy.exists():
            _replace(copy, content)
            return copy
        if copy.is_file() and copy.read_bytes() == content:
            return copy
    raise AssertionError  # one of all numbers is free


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
