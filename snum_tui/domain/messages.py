"""What the site says of a rented number, and the code inside an SMS."""

import re
from dataclasses import dataclass
from enum import IntEnum

_PREFIXED = re.compile(r"\b[A-Z]{1,3}-(\d{4,8})\b")
_SPLIT = re.compile(r"(?<![\d+])(\d{3,4})[- ](\d{3,4})(?!\d)")
_DIGITS = re.compile(r"(?<![\d+])\d{4,8}(?!\d)")
_NEAR_WORDS = re.compile(
    r"(?:code|kod(?:u|unuz)?|pin|otp|şifre)\D{0,24}?(\d{4,8})(?!\d|-\d{3,4}(?!\d))", re.IGNORECASE
)
_TOKEN = re.compile(r"[A-Za-z0-9]{4,12}")


class MessageStatus(IntEnum):
    """The API document's `status`: 1 arrived, 0 waiting, -1 cancelled."""

    CANCELLED = -1
    WAITING = 0
    RECEIVED = 1


@dataclass(frozen=True, slots=True)
class Message:
    """One answer to getMessage. `text` is what the site calls `code`, whole and cleaned; None while waiting."""

    number_id: str
    status: MessageStatus
    text: str | None


def find_code(text: str) -> str:
    """Find the code to copy in a message: the last SMS of those joined by `|`, then the likeliest digits in it.

    Returns the whole last SMS where it holds nothing that looks like a code, so that copying never copies nothing.
    """
    parts = [part.strip() for part in text.split("|") if part.strip()]
    last = parts[-1] if parts else text.strip()
    if _TOKEN.fullmatch(last):
        return last
    for pattern in (_PREFIXED, _NEAR_WORDS):
        if match := pattern.search(last):
            return match.group(1)
    if match := _SPLIT.search(last):
        return match.group(1) + match.group(2)
    if match := _DIGITS.search(last):
        return match.group(0)
    return last
