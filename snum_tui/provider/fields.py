"""Reads the single fields of a reply, in every way the sites are known to write them (PROTOCOL).

Each takes what JSON gave (never a float: numbers with a point are Decimal) and raises ValueError for anything else.
"""

import re
from decimal import Decimal

from snum_tui.domain.messages import MessageStatus
from snum_tui.domain.money import read_amount
from snum_tui.domain.text import clean_html, clean_text
from snum_tui.provider.calls import is_usable_id

_NAME_LIMIT = 120
_WORDS_LIMIT = 300
_MESSAGE_LIMIT = 1000
_MOST_STOCK = 10**9
_MOST_DIGITS = 32
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,12}")
_DIALLING_CODE = re.compile(r"[0-9]{1,7}")
_BESIDE_DIGITS = re.compile(r"[\s+()-]")
_STATUSES = {"-1": MessageStatus.CANCELLED, "0": MessageStatus.WAITING, "1": MessageStatus.RECEIVED}


def read_id(value: object) -> str:
    """Read an id: a number or a string, kept as a string."""
    text = _number_or_string(value).strip()
    if not is_usable_id(text):
        raise ValueError("no usable id")
    return text


def read_name(value: object) -> str:
    """Read a name; some are numbers, such as the shop 1688."""
    name = clean_text(_number_or_string(value), _NAME_LIMIT)
    if not name:
        raise ValueError("no name")
    return name


def read_price(value: object) -> Decimal:
    """Read a price: `"0.62"`, `2`, `"12,5"`; never less than nothing."""
    price = read_amount(value)
    if price < 0:
        raise ValueError("a price below zero")
    return price


def read_stock(value: object) -> int | None:
    """Read a stock, 0 to a milliard; None, "ask and see", for whatever is no whole number."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    text = str(value).strip()
    return min(max(int(text), 0), _MOST_STOCK) if _WHOLE_NUMBER.fullmatch(text) else None


def read_dialling_code(value: object) -> str:
    """Read a row's `phonecode`: 49, "49", "+49", "0049", "+1-876"; only its digits. Empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    digits = _BESIDE_DIGITS.sub("", str(value)).lstrip("0")
    return digits if _DIALLING_CODE.fullmatch(digits) else ""


def read_flag(value: object) -> bool | None:
    """Read `success` and its kind: true, "true", 1, "1" and their opposites; None for anything else."""
    if isinstance(value, bool):
        return value
    if not isinstance(value, int | str):
        return None
    return {"true": True, "1": True, "false": False, "0": False}.get(str(value).strip().lower())


def read_phone_number(value: object) -> str:
    """Read a number, with or without its `+`, and keep its digits: `+77073076157`."""
    digits = re.sub(r"[^0-9]", "", _number_or_string(value))
    if not 0 < len(digits) <= _MOST_DIGITS:
        raise ValueError("no number")
    return f"+{digits}"


def read_status(value: object) -> MessageStatus:
    """Read a message's status: -1, 0 or 1, as a number or a string."""
    status = _STATUSES.get(_number_or_string(value).strip())
    if status is None:
        raise ValueError("no status of this API")
    return status


def read_message_text(value: object) -> str | None:
    """Read a message's `code`, whole; None where there is none yet."""
    return None if value is None else clean_text(_number_or_string(value), _MESSAGE_LIMIT) or None


def read_words(value: object) -> str:
    """Read what a refusal says to the person; it may hold HTML. Empty where it is no text."""
    return clean_html(value, _WORDS_LIMIT) if isinstance(value, str) else ""


def _number_or_string(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError("neither number nor string")  # noqa: TRY004 - pydantic takes ValueError as "does not fit"
    return str(value)
