"""What a list of orders takes from config.toml: the profiles, even where the rest of it is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from snum_tui.domain.accounts import CURRENCY_LENGTH
from snum_tui.domain.policy import SiteRules
from snum_tui.domain.text import clean_text
from snum_tui.settings.config import parse, read_text

USUAL_CURRENCY = SiteRules().currency


@dataclass(frozen=True, slots=True)
class ListedProfile:
    """The name that a profile's orders stand under in the journal, and the sign of their prices."""

    orders_as: str
    currency: str = USUAL_CURRENCY


def read_listed_profiles(file: Path) -> Mapping[str, ListedProfile]:
    """Return the profiles in the file by name; none of it is checked. Raises ConfigUnreadable."""
    profiles = parse(read_text(file) or "", file).get("profiles")
    tables = profiles if isinstance(profiles, dict) else {}
    return {
        name: ListedProfile(str(table.get("orders_as", name)), _sign(table.get("currency")))
        for name, table in tables.items()
        if isinstance(table, dict)
    }


def _sign(written: object) -> str:
    if isinstance(written, str) and clean_text(written, CURRENCY_LENGTH) == written:
        return written
    return USUAL_CURRENCY
