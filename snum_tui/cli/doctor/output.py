"""How findings are written: a line each, for people or for programs, and at once."""

import dataclasses
import json
import shutil
import sys
import textwrap
from collections.abc import Callable, Mapping
from typing import TypeVar

from snum_tui.cli.doctor.finding import CHECK_WORDS, STATUS_WORDS, Check, Finding, Status
from snum_tui.domain.sentence import Sentence
from snum_tui.locale import Speaker

Writer = Callable[[Finding], None]
_Named = TypeVar("_Named", Status, Check)

_GAP = "  "
_LEAST_TEXT_COLUMNS = 20
_NARROW_INDENT = 4
_NO_BREAK = "\ue000"
"""Of no alphabet, so that nothing else is taken for it."""
_COLOURS = {Status.OK: "32", Status.WARNING: "33", Status.ERROR: "31"}


def choose_writer(environment: Mapping[str, str], speaker: Speaker, *, as_json: bool) -> Writer:
    """Return what writes findings to standard output: JSON, a folded table on a terminal, whole lines elsewhere."""
    if as_json:
        return lambda finding: send_line(json_line(finding, speaker))
    if sys.stdout is None or not sys.stdout.isatty():
        return lambda finding: send_line(text_line(finding, speaker))
    columns = shutil.get_terminal_size().columns
    in_colour = not environment.get("NO_COLOR") and environment.get("TERM", "dumb") != "dumb"
    return lambda finding: send_line(text_line(finding, speaker, columns=columns, in_colour=in_colour))


def json_line(finding: Finding, speaker: Speaker) -> str:
    """Return one object; `check` and `status` are the same in every language. The README documents its keys."""
    advice = finding.advice
    record = {
        "check": finding.check.value,
        "status": finding.status.value,
        "detail": speaker.render(finding.detail),
        "advice": None if advice is None else speaker.render(advice),
    }
    return json.dumps(record, ensure_ascii=not output_encoding().lower().startswith("utf"))


def text_line(finding: Finding, speaker: Speaker, *, columns: int | None = None, in_colour: bool = False) -> str:
    """Return one line, in aligned columns; with `columns` it is folded to them, under its own third column."""
    status = _aligned(STATUS_WORDS, finding.status, speaker)
    check = _aligned(CHECK_WORDS, finding.check, speaker)
    words = speaker.render(_with_whole_commands(finding.detail))
    if finding.advice is not None:
        words = f"{words}. {speaker.render(_with_whole_commands(finding.advice))}"
    margin = len(f"{status}{_GAP}{check}{_GAP}")
    if columns is not None:
        words = _folded(words, columns, margin)
    if in_colour:
        status = f"\x1b[{_COLOURS[finding.status]}m{status}\x1b[0m"
    return f"{status}{_GAP}{check}{_GAP}{words}".replace(_NO_BREAK, " ")


def _aligned(all_words: Mapping[_Named, str], this: _Named, speaker: Speaker) -> str:
    columns = max(len(speaker.text(word)) for word in all_words.values())
    return speaker.text(all_words[this]).ljust(columns)


def _folded(words: str, columns: int, margin: int) -> str:
    """Fold under the third column; where that leaves too little, under the first."""
    indent = margin if columns - margin >= _LEAST_TEXT_COLUMNS else _NARROW_INDENT
    # Paths are not broken: they are there to be copied.
    lines = textwrap.wrap(words, columns - indent, break_on_hyphens=False, break_long_words=False)
    below = f"\n{' ' * indent}"
    return below.join(lines) if indent == margin else below + below.join(lines)


def _with_whole_commands(sentence: Sentence) -> Sentence:
    """Let no command be folded: it is there to be copied."""
    values = {name: _whole(name, value) for name, value in sentence.values.items()}
    return dataclasses.replace(sentence, values=values)


def _whole(name: str, value: object) -> object:
    if isinstance(value, Sentence):
        return _with_whole_commands(value)
    return str(value).replace(" ", _NO_BREAK) if name == "command" else value


def send_line(line: str) -> None:
    """Write a line to standard output, at once; what its character set lacks becomes a question mark."""
    if sys.stdout is None:  # closed by whoever started it
        return
    # What a doctor is called for may be that letters cannot be written.
    encoding = output_encoding()
    sys.stdout.write(line.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stdout.flush()


def output_encoding() -> str:
    """Return the character set of standard output, as Python calls it."""
    return getattr(sys.stdout, "encoding", None) or "utf-8"
