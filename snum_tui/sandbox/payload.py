"""JSON as the site writes it: compact, letters as they are, Decimals as exact numbers, never through a float."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal


def write_json(value: object) -> str:
    """Write a value as JSON. Decimals become numbers without trailing zeros: 95.40 is written 95.4."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(key)}:{write_json(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ",".join(map(write_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def plain(amount: Decimal) -> str:
    """Write an amount as such sites do: "2", "0.62", "12.5"."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
