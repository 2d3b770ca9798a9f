"""JSON as the site writes it: compact, letters as they are, Decimals as exact numbers, never through a float."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

_STRINGS = json.JSONEncoder(ensure_ascii=False)


def write_json(value: object) -> str:
    """Write a value as JSON. Decimals become numbers without trailing zeros: 95.40 is written 95.4."""
    if isinstance(value, str):
        return _STRINGS.encode(value)
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{_STRINGS.encode(key)}:{write_json(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ",".join(map(write_json, value)) + "]"
    return json.dumps(value)


def plain(amount: Decimal) -> str:
    """Write an amount as such sites do: "2", "0.62", "12.5"."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
