"""What a list of orders takes from config.toml: the profiles, even where the rest of it is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class ForLists:
    """What a list goes by: the profiles by name, and the language that is set, None where none is."""

    profiles: Mapping[str, ListedProfile] = field(default_factory=dict)
    language: str | None = None


def read_for_lists(file: Path) -> ForLists:
    """Return what the file says for a list; none of it is checked. Raises ConfigUnreadable."""
    document = parse(read_text(file) or "", file)
    profiles, language = document.get("profiles"), document.get("language")
    tables = profiles if isinstance(profiles, dict) else {}
    listed = {
        name: ListedProfile(str(table.get("orders_as", name)), _sign(table.get("currency")))
        for name, table in tables.items()
        if isinstance(table, dict)
    }
    return ForLists(listed, language if isinstance(language, str) else None)


def _sign(written: object) -> str:
    if isinstance(written, str) and clean_text(written, CURRENCY_LENGTH) == written:
        return written
    return USUAL_CURRENCY
