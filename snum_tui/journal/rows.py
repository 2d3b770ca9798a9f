"""An order as a row of orders.db, and back, exactly.

Money is text (no float ever touches it), times are ISO 8601 in UTC with microseconds, so that they sort as text.
"""

import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from snum_tui.domain.clock import Age, Instant
from snum_tui.domain.keys import KeyOf
from snum_tui.domain.money import Amount
from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.sentence import Sentence

Value = str | int | float | None

COLUMNS = (
    "id",
    "profile",
    "site",
    "category_id",
    "category",
    "service_id",
    "service",
    "price",
    "opened_wall",
    "opened_boottime",
    "opened_boot_id",
    "refund_seconds",
    "state",
    "balance_before",
    "balance_after",
    "number_id",
    "number",
    "message",
    "settled_at",
    "note",
    "auto_cancel",
    "refunded",
    "handled_by",
    "aged_seconds",
    "aged_wall",
    "aged_boottime",
    "aged_boot_id",
)

NEVER_FORGOTTEN = frozenset({"number_id", "number", "message", "balance_before"})
"""Once known these stay, whatever an instance with an older view of the order writes over it."""


def to_row(order: Order) -> dict[str, Value]:
    """Write an order as the values of its columns."""
    row: dict[str, Value] = {
        "id": order.id,
        "profile": order.profile,
        "site": order.site,
        "category_id": order.category_id,
        "category": order.category,
        "service_id": order.service_id,
        "service": order.service,
        "price": str(order.price),
        "opened_wall": to_time(order.opened.wall),
        "opened_boottime": order.opened.boottime,
        "opened_boot_id": order.opened.boot_id,
        "refund_seconds": order.refund_seconds,
        "state": order.state.value,
        "balance_before": _optional(order.balance_before),
        "balance_after": _optional(order.balance_after),
        "number_id": order.number_id,
        "number": order.number,
        "message": order.message,
        "settled_at": None if order.settled_at is None else to_time(order.settled_at),
        "note": None if order.note is None else json.dumps(_from_sentence(order.note), ensure_ascii=True),
        "auto_cancel": int(order.auto_cancel),
        "refunded": _optional(order.refunded),
        "handled_by": order.handled_by,
        **_from_age(order.aged),
    }
    return {name: storable(value) if isinstance(value, str) else value for name, value in row.items()}


def from_row(row: sqlite3.Row) -> Order:
    """Read an order back. Raises ValueError, KeyError or ArithmeticError where the row is none of ours."""
    return Order(
        id=row["id"],
        profile=row["profile"],
        site=row["site"],
        category_id=row["category_id"],
        category=row["category"],
        service_id=row["service_id"],
        service=row["service"],
        price=Decimal(row["price"]),
        opened=Instant(from_time(row["opened_wall"]), row["opened_boottime"], row["opened_boot_id"]),
        refund_seconds=row["refund_seconds"],
        state=OrderState(row["state"]),
        balance_before=_decimal(row["balance_before"]),
        balance_after=_decimal(row["balance_after"]),
        number_id=row["number_id"],
        number=row["number"],
        message=row["message"],
        settled_at=None if row["settled_at"] is None else from_time(row["settled_at"]),
        note=None if row["note"] is None else _to_sentence(json.loads(row["note"])),
        auto_cancel=bool(row["auto_cancel"]),
        refunded=_decimal(row["refunded"]),
        handled_by=row["handled_by"],
        aged=_to_age(row),
    )


def to_time(moment: datetime) -> str:
    """Write an aware time so that times compare as their texts do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_time(text: str) -> datetime:
    """Read such a time; aware UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def storable(text: str) -> str:
    """Put U+FFFD for lone surrogates, which SQLite refuses: an outcome is not lost for one bad character."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\N{REPLACEMENT CHARACTER}" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text


def _optional(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _from_age(aged: Age | None) -> dict[str, Value]:
    if aged is None:
        return dict.fromkeys(("aged_seconds", "aged_wall", "aged_boottime", "aged_boot_id"))
    return {
        "aged_seconds": aged.seconds,
        "aged_wall": to_time(aged.at.wall),
        "aged_boottime": aged.at.boottime,
        "aged_boot_id": aged.at.boot_id,
    }


def _to_age(row: sqlite3.Row) -> Age | None:
    if row["aged_seconds"] is None:
        return None
    at = Instant(from_time(row["aged_wall"]), row["aged_boottime"], row["aged_boot_id"])
    return Age(row["aged_seconds"], at)


def _from_sentence(sentence: Sentence) -> dict[str, object]:
    return {
        "template": sentence.template,
        "values": {name: _from_value(value) for name, value in sentence.values.items()},
        "plural": sentence.plural,
        "count": sentence.count,
    }


def _from_value(value: object) -> object:
    if isinstance(value, Sentence):
        return {"sentence": _from_sentence(value)}
    if isinstance(value, Amount):
        return {"amount": str(value.amount), "currency": value.currency}
    if isinstance(value, Decimal):
        return {"amount": str(value)}
    if isinstance(value, KeyOf):
        return {"key": value.binding_id, "default": value.default}
    if isinstance(value, datetime):
        return {"time": to_time(value)}
    return value if value is None or isinstance(value, str | int) else str(value)


def _to_sentence(stored: Mapping[str, object]) -> Sentence:
    values = stored["values"]
    plural, count = stored["plural"], stored["count"]
    if not isinstance(values, dict):
        raise ValueError("a note without its values")  # noqa: TRY004 - what is wrong is the file, not the program
    return Sentence(
        str(stored["template"]),
        {str(name): _to_value(value) for name, value in values.items()},
        None if plural is None else str(plural),
        count if isinstance(count, int) else None,
    )


def _to_value(stored: object) -> object:
    if not isinstance(stored, dict):
        return stored
    if "sentence" in stored:
        return _to_sentence(stored["sentence"])
    if "currency" in stored:
        return Amount(Decimal(stored["amount"]), str(stored["currency"]))
    if "amount" in stored:
        return Decimal(stored["amount"])
    if "key" in stored:
        return KeyOf(str(stored["key"]), str(stored["default"]))
    return from_time(stored["time"])
