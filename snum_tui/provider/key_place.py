"""The key: put into a path at the last moment, and taken out of whatever comes back."""

import html
import json
from urllib.parse import quote

from snum_tui.domain.site import ApiKey

PLACEHOLDER = "(key)"
"""Stands for the key in every path we write. Ids are quoted, brackets with them, so no id can spell it."""

_HIDDEN = "(key)"
_SHORTEST_HIDDEN = 8
_SHORTEST_BEGINNING = 4


class KeyPlace:
    """Knows the key and shows it to nobody but the transport; no function here keeps it in a variable of its own.

    Keys shorter than 8 characters are not searched for in replies: they would be found in numbers and ids.
    """

    __slots__ = ("_forms", "_key")

    def __init__(self, key: ApiKey) -> None:
        self._key = key
        self._forms = _forms(key)

    @property
    def is_usable(self) -> bool:
        """Whether there is a key that can stand in a path."""
        return bool(self._key) and self._key.reveal() not in {".", ".."}

    def fill(self, raw_path: bytes) -> bytes:
        """Put the key where the placeholder is. The last one counts: the address may hold brackets of its own."""
        head, mark, tail = raw_path.rpartition(PLACEHOLDER.encode())
        return head + _quoted(self._key).encode("ascii") + tail if mark else raw_path

    def hide_in(self, raw: bytes) -> bytes:
        """Take the key out of a reply: error pages like to repeat the path that was asked for.

        A reply may have been cut in the middle of it, so a beginning of the key at the very end goes too.
        """
        for form in self._forms:
            raw = raw.replace(_bytes(form), _HIDDEN.encode())
        return raw[: len(raw) - max((_begun(raw, _bytes(form)) for form in self._forms), default=0)]

    def hide_in_text(self, text: str) -> str:
        """Take the key out of words made of a reply: there it may have been spelt with escapes."""
        for form in self._forms:
            text = text.replace(form, _HIDDEN)
        return text


def _begun(raw: bytes, form: bytes) -> int:
    """Return how many bytes at the end of a reply are a beginning of the key, if they are enough to tell."""
    lengths = range(len(form) - 1, _SHORTEST_BEGINNING - 1, -1)
    return next((length for length in lengths if raw.endswith(form[:length])), 0)


def _bytes(form: str) -> bytes:
    return form.encode("utf-8", "replace")


def _quoted(key: ApiKey) -> str:
    return quote(key.reveal(), safe="", errors="replace")


def _forms(key: ApiKey) -> frozenset[str]:
    """Return the ways a reply may spell the key: plain, quoted, in JSON, in HTML. None where it is too short."""
    if len(key.reveal()) < _SHORTEST_HIDDEN:
        return frozenset()
    return frozenset({key.reveal(), _quoted(key), json.dumps(key.reveal())[1:-1], html.escape(key.reveal())})
