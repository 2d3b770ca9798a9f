"""An account on a site, as a person fills it in; and what can be taken out of what they paste."""

import re
import unicodedata
from dataclasses import dataclass, field
from urllib.parse import unquote

from snum_tui.domain.policy import SiteRules
from snum_tui.domain.site import ApiKey

NAME_LENGTH = 40
RULE_LENGTH = 120
CURRENCY_LENGTH = 8

_KEYED_CALL = re.compile(
    r"(?P<address>[^\s\"'<>]+?)/api/(?P<key>[^/\s]+)/(?:getBalance|getNumber|getMessage|cancelNumber)\b",
    re.IGNORECASE,
)
_ALONE = r"(?=[\w-]*\d)[0-9A-Za-z_-]{20,200}"
_KEY_WITHOUT_CALL = re.compile(
    rf"(?P<address>[^\s\"'<>]+?)/api/(?P<key>{_ALONE})/?(?=[.,;!]*(?:[\s\"'`<>()\[\]{{}}”’»]|$))", re.IGNORECASE
)
_BROKEN_OFF = re.compile(r"https?://\S*[ \t]*[\r\n]+\s*$", re.IGNORECASE)
"""What stands before the rest of an address that was broken into two lines."""
_CLOSED = re.compile(rf"/api/|(?:(?<!:/)/|[?&=:\s\"'`(<])(?={_ALONE}(?![\w-]*\.\w))", re.IGNORECASE)
"""Where what follows in an address may be a key."""
_NAMED = re.compile(r"[\"'`]?(?:x-)?(?:api[ _-]?)?(?:key|anahtar\w*)[\"'`]?\s*[:=]\s*(?=\S)", re.IGNORECASE)
_WRAPPING = "\"'`<>()[]{},; \t"
"""What stands around a key in a page, a file of settings or a program, and is none of it."""
_IN_FULL = re.compile(
    r"(?<![\w.:/@%+-])https?://(?=[^\s/])(?:\[[0-9a-f:.%]*\])?[^\s\"'`<>()\[\]{}“”„‘’«»]*", re.IGNORECASE
)
"""An address with its scheme, up to a sign that no address has and that stands around one."""
_HOST_LIKE = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}")
_CALLED = re.compile(
    r"(?:[^\W\d_]+ )?(?:site|adres|address|url|link|web)[^\W\d_]*\s*[:=]\s*(?=\S*\.)", re.IGNORECASE
)
_OPENING, _CLOSING = "\"'`<({“„‘«", "\"'`>)}”“’».,;!?"
"""What stands in front of an address in a text, and behind it. Not a colon: a port belongs there."""
_LONE_KEY = re.compile(_ALONE)
"""Long, with a digit, and without the dot or the colon of an address: hosts without either have short names."""
_PLACEHOLDERS = frozenset({"api_key", "apikey", "(key)", "key"})
"""What the API document prints in the key's place."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A whole URL of the API document, taken apart. `key` is None where its placeholder stood there."""

    address: str
    key: ApiKey | None


@dataclass(frozen=True, slots=True)
class AccountRules:
    """What the person knows of the site: see SiteRules. None leaves what is kept, or that nothing is."""

    currency: str | None = None
    refund_seconds: int | None = None
    earliest_cancel_seconds: int | None = None
    refund_rule: str | None = None


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """What a form holds once all of it can be used.

    `site` is the address in full. `key` None leaves the one that is kept. `language` is written down only where the
    person chose one while filling in; `rules` None leaves them as they are.
    """

    name: str
    site: str
    key: ApiKey | None
    allow_plain_http: bool = False
    language: str | None = None
    rules: AccountRules | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """One account as it is kept, without its key.

    `orders_as` is its name in the journal, where `open_numbers` of it are open. One that is not `in_file` is known
    only by those, or by the environment. `key_from_command` tells that a program gives the key; `is_first` that the
    program starts with this one.
    """

    name: str
    site: str
    orders_as: str
    rules: SiteRules = field(default_factory=SiteRules)
    allow_plain_http: bool = False
    in_file: bool = True
    has_key: bool = False
    key_from_command: bool = False
    is_first: bool = False
    open_numbers: int = 0


def is_currency(text: str) -> bool:
    """Tell whether amounts can be written with it: one sign of a currency, or letters alone, as of a code."""
    if text.isalpha():
        return len(text) <= CURRENCY_LENGTH
    return len(text) == 1 and unicodedata.category(text) == "Sc"


def first_line(text: str) -> str:
    """Return the first line that is not blank, without spaces around it: what is pasted often ends in an Enter."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def lone_key(text: str) -> ApiKey | None:
    """Return what can only be a key, wherever it was written; None where it may as well be an address."""
    return ApiKey(text) if _LONE_KEY.fullmatch(text) else None


def bare_key(text: str) -> str:
    """Return a key without what it was copied with, like `api_key=` or quotes."""
    bare = text.strip(_WRAPPING)
    return bare[named.end() :].strip(_WRAPPING) if (named := _NAMED.match(bare)) else bare


def open_part(text: str) -> str:
    """Return the beginning of what stands in an address's place that may be shown: what follows may be a key."""
    if lone_key(bare_key(text)) is not None:
        return ""
    return text if (closed := _CLOSED.search(text)) is None else text[: closed.end()]


def bare_address(text: str) -> str:
    """Return an address without what it was copied with, as out of a mail: quotes, brackets, words, a full stop.

    Where the text names two sites, or none that can be told from its words, its first line is returned as it is.
    Nothing is made of what is left: whether it can be used, and how its scheme is written, is not looked at here.
    """
    in_full = {_trimmed(found[0]).removesuffix("/") for found in _IN_FULL.finditer(text)}
    if len(in_full) > 1 or (in_full and _names_another(_IN_FULL.sub(" ", text), *in_full)):
        return first_line(text)
    if in_full:
        return in_full.pop()
    line = first_line(text)
    word = _trimmed(line[named.end() :] if (named := _CALLED.match(line)) else line)
    return line if any(sign.isspace() for sign in word) else word


def _names_another(rest: str, address: str) -> bool:
    """Tell whether the words around an address name another site than it does."""
    host = address.partition("://")[2].partition("/")[0].casefold().removeprefix("www.")
    named = (found[0] for word in rest.split() if "@" not in word for found in _HOST_LIKE.finditer(word))
    return "://" in rest or any(one.casefold().removeprefix("www.") != host for one in named)


def _trimmed(text: str) -> str:
    return text.strip().lstrip(_OPENING).rstrip(_CLOSING)


def take_apart(text: str) -> Pasted | None:
    """Take address and key out of a call's whole URL, or of its beginning up to the key; None where it is none.

    None, too, where a line's end broke the address: the key must not go to the site that its end alone would be.
    """
    found = _KEYED_CALL.search(text) or _KEY_WITHOUT_CALL.search(text)
    if found is None or ("://" not in found["address"] and _BROKEN_OFF.search(text[: found.start()])):
        return None
    key = unquote(found["key"])
    return Pasted(bare_address(found["address"]), None if key.lower() in _PLACEHOLDERS else ApiKey(key))
