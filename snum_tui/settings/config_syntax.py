"""Where config.toml stops being TOML, and what to mend there.

The parser tells where it gave up. For what is left open (a text, a list) that may be many lines below the mistake,
so the line where the broken entry began is told, and the other one beside it.

Imported late: only a file that is no TOML needs it.
"""

import re
import tomllib
from pathlib import Path

from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.settings.config import place

_LOOKED_BACK = 400
"""So many lines above the parser's own are tried, each at the price of reading all above it."""

_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)$")
_AT_END = "(at end of document)"
_DUPLICATE = ("Cannot declare", "Cannot overwrite")
_OPEN_TEXT = ("Illegal character '\\n'", "Found invalid character '\\n'", "Unterminated string", "Expected \"'")
_OPEN_NAME = ("Expected ']'", "Expected ']]'")

_TWICE = N_("{place}: this stands there twice. Take one of the two out.")
_NO_TOML = N_('{place}: this is not TOML. Texts stand in quotes: site = "https://example.com"')
_NO_QUOTE = N_(
    "{place}: this is not TOML. The closing quote of a text is missing; write it like this: "
    'site = "https://example.com"'
)
_NO_NAME = N_(
    "{place}: this is not TOML. A table's name stands in brackets, and one with spaces in quotes inside them: "
    '[profiles."my home"]'
)
_NO_BRACE = N_("{place}: this is not TOML. What stands in braces must begin and end on the same line.")
_OPEN_TO_THE_END = N_(
    "{place}: this is not TOML. What begins here is still open where the file ends: "
    "a closing quote or bracket is missing."
)
_OPEN = N_(
    "{place}: this is not TOML. The mistake is between here and line {line}: "
    "a quote, a bracket or a comma is missing."
)


def explain(message: str, text: str, file: Path) -> Sentence:
    """Say what to mend, and where, by what tomllib calls the mistake; shows nothing of what was written there."""
    lines = text.splitlines()
    at = _AT_LINE.search(message)
    if at is None and not message.endswith(_AT_END):
        return say(_NO_TOML, place=place(file, None))
    last = len(lines) if at is None else int(at[1])
    if message.startswith(_DUPLICATE):
        return say(_TWICE, place=place(file, last))
    begun = _begun(lines, last)
    words = _words(message, lines[begun - 1 : begun], is_at_end=at is None, is_one_line=begun == last)
    return say(words, place=place(file, begun), line=last)


def _words(message: str, begun: list[str], *, is_at_end: bool, is_one_line: bool) -> str:
    is_open_text = message.startswith(_OPEN_TEXT)
    if is_one_line and is_open_text:
        return _NO_QUOTE
    if message.startswith(_OPEN_NAME):
        return _NO_NAME
    if is_one_line and any("{" in line and line.count("{") > line.count("}") for line in begun):
        return _NO_BRACE
    if is_at_end and not any(line.rstrip().endswith("=") for line in begun):
        return _OPEN_TO_THE_END
    return _NO_TOML if is_one_line else _OPEN


def _begun(lines: list[str], last: int) -> int:
    """Return the line, from 1, of the entry that the parser gave up in: all above it is whole."""
    for above in range(last - 1, max(0, last - _LOOKED_BACK) - 1, -1):
        if _is_whole(lines[:above]):
            return above + 1
    return last


def _is_whole(lines: list[str]) -> bool:
    try:
        tomllib.loads("\n".join(lines))
    except (tomllib.TOMLDecodeError, RecursionError):
        return False
    return True
