"""The seven calls of the API document: where each lives and what it may take."""

from dataclasses import dataclass
from urllib.parse import quote

from snum_tui.provider.key_place import PLACEHOLDER

_KIB = 1024
_LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class Call:
    """One documented call.

    `keyed` calls carry the key in their path. A `money` call is sent on a connection of its own and read strictly.
    `body_cap` is the largest reply in bytes.
    """

    name: str
    keyed: bool = False
    money: bool = False
    body_cap: int = 256 * _KIB


CATEGORIES = Call("getCategories", body_cap=8 * _KIB * _KIB)
SERVICES = Call("getServices", body_cap=8 * _KIB * _KIB)
QUOTE = Call("getServiceDetails")
BALANCE = Call("getBalance", keyed=True)
ORDER = Call("getNumber", keyed=True, money=True)
MESSAGE = Call("getMessage", keyed=True)
CANCEL = Call("cancelNumber", keyed=True, money=True)


def is_usable_id(text: str) -> bool:
    """Tell whether an id can travel in a path: 1 to 64 printable characters that are no path of their own."""
    return 0 < len(text) <= _LONGEST_ID and text.isprintable() and text not in {".", ".."}


def path_of(call: Call, item_id: str | None) -> str:
    """Write a call's path under the site's address, a placeholder where the key belongs."""
    key_part = f"/{PLACEHOLDER}" if call.keyed else ""
    item_part = "" if item_id is None else f"/{quote(item_id, safe='')}"
    return f"/api{key_part}/{call.name}{item_part}"
