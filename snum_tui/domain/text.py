"""Text from the site is hostile until it has been through here, and folded text is how it is searched."""

import html
import re
import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_HOSTILE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_BREAK = re.compile(r"<br\s*/?>|</p>|</div>|</li>", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_USUAL_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
"""Accents and dots, as NFKD takes them off Latin letters; U+034F is no mark."""


def clean_text(raw: str, limit: int = 200) -> str:
    """Make site text safe for a terminal, on one line.

    White space is folded; every control, format, surrogate, private-use and unassigned character and line
    separator becomes U+FFFD (FACTS: Textual's widgets let ESC, OSC 52, C1 and bidi through); NFC; at most
    `limit` characters.
    """
    folded = _SPACES.sub(" ", raw[: limit * 8]).strip()
    normal = unicodedata.normalize("NFC", folded)
    safe = "".join(REPLACEMENT if unicodedata.category(char) in _HOSTILE_CATEGORIES else char for char in normal)
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


def clean_html(raw: str, limit: int = 300) -> str:
    """Make a site message that may hold HTML into one safe line of plain text.

    Tags go before entities are read, so an escaped tag stays visible text and can never come alive.
    """
    bounded = raw[: limit * 8]
    return clean_text(html.unescape(_TAG.sub("", _BREAK.sub(" ", bounded))), limit)


def fold(text: str) -> str:
    """Fold for searching: case and accents away, the four Turkish i's one letter."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    latin = _USUAL_MARKS.sub("", decomposed).replace("ı", "i")
    return latin.lower() if latin.isascii() else _fold_each(decomposed)


def _fold_each(decomposed: str) -> str:
    """Fold any script, letter by letter: five times as slow as what serves for Latin letters."""
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.replace("ı", "i").casefold()
