"""How a mistake in config.toml is told: where it stands, which option it is about, and what is wrong with that."""

from pathlib import Path

from snum_tui.domain.sentence import N_, say
from snum_tui.domain.text import clean_text
from snum_tui.settings.config import place
from snum_tui.settings.config_lines import find_line
from snum_tui.settings.errors import Mistake

Keys = tuple[str, ...]
"""An option's tables and its own name."""

MUST_BE = N_("{place}: {key} must be {allowed}.")


def mistake_at(keys: Keys, text: str, file: Path, words: str = MUST_BE, **values: object) -> Mistake:
    """Tell of an option of the file that has this text; `words` have places for `place`, `key` and the values."""
    line = find_line(text, keys)
    return Mistake(line, say(words, place=place(file, line), key=clean_text(".".join(keys)), **values))
