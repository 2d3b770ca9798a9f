"""The person's account: its balance, and a ledger entry for whatever moved it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum


class EntryKind(StrEnum):
    """Which way the money went."""

    CHARGE = "charge"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One movement of money. `time` is aware UTC, `site_seconds` the site's own time since its start."""

    time: datetime
    site_seconds: float
    kind: EntryKind
    amount: Decimal
    number_id: str
    service_id: str

    def as_record(self) -> dict[str, object]:
        """Return the entry as the ledger route and file write it: money as a string, time in ISO 8601."""
        return {
            "time": self.time.isoformat(),
            "site_seconds": round(self.site_seconds, 3),
            "kind": self.kind.value,
            "amount": f"{self.amount:f}",
            "number_id": self.number_id,
            "service_id": self.service_id,
        }


class Account:
    """Balance and ledger. Always: opening balance + refunds - charges == balance."""

    def __init__(self, opening_balance: Decimal, write_line: Callable[[str], None] | None = None) -> None:
        self.opening_balance = opening_balance
        self.balance = opening_balance
        self.entries: list[LedgerEntry] = []
        self._write_line = write_line

    def charge(self, amount: Decimal, number_id: str, service_id: str, site_seconds: float) -> None:
        """Take the price of a number; the caller has seen to it that the balance suffices."""
        self.balance -= amount
        self._enter(EntryKind.CHARGE, amount, number_id, service_id, site_seconds)

    def refund(self, amount: Decimal, number_id: str, service_id: str, site_seconds: float) -> None:
        """Give the price of a number back."""
        self.balance += amount
        self._enter(EntryKind.REFUND, amount, number_id, service_id, site_seconds)

    def set_balance(self, balance: Decimal) -> None:
        """Make the balance this, as if the account had been opened with as much more or less."""
        self.opening_balance += balance - self.balance
        self.balance = balance

    def _enter(
        self, kind: EntryKind, amount: Decimal, number_id: str, service_id: str, site_seconds: float
    ) -> None:
        entry = LedgerEntry(datetime.now(UTC), site_seconds, kind, amount, number_id, service_id)
        self.entries.append(entry)
        if self._write_line is not None:
            self._write_line(json.dumps(entry.as_record()))
