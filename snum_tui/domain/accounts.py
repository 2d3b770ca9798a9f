"""An account on a site, as a person fills it in; and what can be taken out of what they paste."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from snum_tui.domain.site import ApiKey

_KEYED_CALL = re.compile(
    r"(?P<address>[^\s\"'<>]+?)/api/(?P<key>[^/\s]+)/(?:getBalance|getNumber|getMessage|cancelNumber)\b",
    re.IGNORECASE,
)
_PLACEHOLDERS = frozenset({"api_key", "apikey", "(key)", "key"})
"""What the API document prints in the key's place."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A whole URL of the API document, taken apart. `key` is None where its placeholder stood there."""

    address: str
    key: ApiKey | None


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """What a form holds once all of it can be used.

    `site` is the address in full. `key` None leaves the one that is kept. `language` is written down only where the
    person chose one while filling in.
    """

    name: str
    site: str
    key: ApiKey | None
    allow_plain_http: bool = False
    language: str | None = None


def first_line(text: str) -> str:
    """Return the first line that is not blank, without spaces around it: what is pasted often ends in an Enter."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def take_apart(text: str) -> Pasted | None:
    """Take address and key out of a call's whole URL; None where it is none."""
    found = _KEYED_CALL.search(text)
    if found is None:
        return None
    key = unquote(found["key"])
    return Pasted(found["address"], None if key.lower() in _PLACEHOLDERS else ApiKey(key))
