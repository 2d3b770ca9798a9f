"""How the settings are written: in aligned columns for people, folded on a terminal, or as JSON for programs."""

import json
import shutil
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, zip_longest
from pathlib import Path

from snum_tui.cli.config.effective import Effective, Origin
from snum_tui.cli.doctor.output import output_encoding, send_line
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.locale import Speaker

_GAP = "  "
_LEAST_VALUE_COLUMNS = 16
_WIDEST_VALUE = 48
"""In a pipe a longer value stands over its column's end rather than moving all others away."""
_FOLDERS = {"config": "config.toml", "state": N_("orders folder"), "cache": N_("cache folder")}


@dataclass(frozen=True, slots=True)
class Folder:
    """Where something is kept: `name` is config (then `path` is config.toml itself), state or cache."""

    name: str
    path: Path
    origin: Origin
    source: str


@dataclass(frozen=True, slots=True)
class Listing:
    """All there is to show. A problem keeps the app from starting; a warning is worth a look."""

    profile: str | None
    folders: tuple[Folder, ...]
    settings: tuple[Effective, ...]
    warnings: tuple[Sentence, ...]
    problems: tuple[Sentence, ...]


_Row = tuple[str, str, str]


def write_json(listing: Listing, speaker: Speaker) -> None:
    """Write one object. The README documents its keys; sentences are in the person's language."""
    record = {
        "file": str(listing.folders[0].path),
        "file_exists": listing.folders[0].path.exists(),
        "profile": listing.profile,
        "folders": [
            {"folder": one.name, "path": str(one.path), "origin": one.origin.value, "source": one.source or None}
            for one in listing.folders
        ],
        "settings": [_record(one) for one in listing.settings],
        "warnings": [speaker.render(one) for one in listing.warnings],
        "problems": [speaker.render(one) for one in listing.problems],
    }
    send_line(json.dumps(record, ensure_ascii=not output_encoding().lower().startswith("utf"), indent=2))


def _record(setting: Effective) -> dict[str, object]:
    value = setting.value
    return {
        "option": ".".join(setting.option.keys),
        "value": str(value) if isinstance(value, Decimal) else value,
        "hidden": setting.hidden,
        "origin": setting.origin.value,
        "source": setting.source or None,
        "line": setting.option.line,
        "overridden": setting.is_overridden,
    }


def write_text(listing: Listing, speaker: Speaker) -> None:
    """Write three columns, option, value and origin: folded on a terminal, as long as they are elsewhere."""
    sections = [("", [_folder_row(one, speaker) for one in listing.folders])]
    for table, group in groupby(listing.settings, _table_of):
        sections.append((table, [_row(one, speaker) for one in group]))
    rows = [row for _, some in sections for row in some]
    name = max(len(row[0]) for row in rows)
    origin = max(len(row[2]) for row in rows)
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    columns = shutil.get_terminal_size().columns if is_terminal else None
    for place, (table, some) in enumerate(sections):
        if place:
            send_line("")
        if table:
            send_line(f"[{table}]")
        for row in some:
            for line in _lines(row, (name, min(_WIDEST_VALUE, max(len(row[1]) for row in rows)), origin), columns):
                send_line(line)


def _lines(row: _Row, widths: tuple[int, int, int], columns: int | None) -> Iterator[str]:
    """Yield a row's lines, at most so many columns wide; None folds nothing."""
    name, value, origin = row
    start = name.ljust(widths[0]) + _GAP
    if columns is None:
        yield f"{start}{value.ljust(widths[1])}{_GAP}{origin}"
        return
    room = columns - widths[0] - widths[2] - 2 * len(_GAP)
    if room < _LEAST_VALUE_COLUMNS:
        yield from _narrow_lines(row, columns)
        return
    width = min(room, widths[1])
    # A path or an address is not broken: it is there to be copied. It takes the line, and the origin the next one.
    parts = textwrap.wrap(value, width, break_long_words=False, break_on_hyphens=False) or [""]
    origins = [origin] if len(parts[0]) <= width else ["", origin]
    for part, told in zip_longest(parts, origins, fillvalue=""):
        yield f"{start}{part.ljust(width)}{_GAP}{told}".rstrip()
        start = " " * len(start)


def _narrow_lines(row: _Row, columns: int) -> Iterator[str]:
    """Yield all on one line, or else what does not fit below it."""
    line, *others = row
    for part in others:
        if len(line) + len(_GAP) + len(part) <= columns:
            line += _GAP + part
            continue
        yield line
        *above, line = textwrap.wrap(
            part,
            columns,
            initial_indent=_GAP * 2,
            subsequent_indent=_GAP * 2,
            break_long_words=False,
            break_on_hyphens=False,
        )
        yield from above
    yield line


def _folder_row(folder: Folder, speaker: Speaker) -> _Row:
    path = str(folder.path)
    value = path if folder.path.exists() else speaker.text(N_("{path}, not there yet"), path=path)
    return speaker.text(_FOLDERS[folder.name]), value, folder.source or speaker.text(N_("default"))


def _row(setting: Effective, speaker: Speaker) -> _Row:
    keys = setting.option.keys
    name = keys[0] if len(keys) == 1 else ".".join(keys[1:]) if keys[0] == "keys" else keys[-1]
    return name, _value_words(setting, speaker), _origin_words(setting, speaker)


def _value_words(setting: Effective, speaker: Speaker) -> str:
    if setting.option.is_misfit and setting.origin is Origin.FILE:
        return speaker.text(N_("cannot be used"))
    if setting.hidden:
        return speaker.text(N_("set, not shown"))
    return speaker.text(N_("not set")) if setting.value is None else written(setting.value)


def _origin_words(setting: Effective, speaker: Speaker) -> str:
    option, source = setting.option, setting.source
    if setting.origin is Origin.FILE:
        if option.line is None:
            return "config.toml"
        return speaker.render(say(N_("{file}, line {line}"), file="config.toml", line=option.line))
    if setting.origin is Origin.DEFAULT:
        return speaker.text(N_("default"))
    if not source:
        return speaker.text(N_("the terminal"))
    if setting.is_overridden and option.line is not None:
        return speaker.text(N_("{source}, not line {line}"), source=source, line=option.line)
    return source


def _table_of(setting: Effective) -> str:
    """Name the table that an option stands in, as config.toml does."""
    keys = setting.option.keys
    tables = keys[:1] if keys[0] == "keys" else keys[:-1]
    return ".".join(
        one if one.replace("-", "_").isidentifier() and one.isascii() else written(one) for one in tables
    )


def written(value: object) -> str:
    """Write a value as config.toml has it: `true`, `0.5`, `"text"`, `["code", "stock"]`."""
    match value:
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
        case str():
            return json.dumps(value, ensure_ascii=False)
        case list() | tuple():
            return f"[{', '.join(written(one) for one in value)}]"
        case _:
            return str(value)
