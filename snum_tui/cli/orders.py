"""`snum-tui orders`: what the journal has, for people, pipes and screen readers."""

import argparse
import csv
import io
import json
import os
import sys
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TextIO

from snum_tui.cli.doctor.output import output_encoding
from snum_tui.cli.orders_table import Listed, write_table
from snum_tui.cli.problems import Problem, tell
from snum_tui.domain.messages import find_code
from snum_tui.domain.orders import Order
from snum_tui.domain.text import clean_text
from snum_tui.journal.errors import JournalError
from snum_tui.journal.orders import Journal
from snum_tui.locale import Speaker
from snum_tui.settings.errors import ConfigUnreadable, SettingsError
from snum_tui.settings.language import language_of_app
from snum_tui.settings.listing import USUAL_CURRENCY, ForLists, ListedProfile, read_for_lists
from snum_tui.settings.paths import find_paths
from snum_tui.settings.profile import not_there, stands_alone

FIELDS = (
    "id",
    "profile",
    "site",
    "category",
    "service_id",
    "service",
    "price",
    "state",
    "number_id",
    "number",
    "code",
    "ordered_at",
    "refund_until",
    "settled_at",
)

Record = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the command line asks for, and what config.toml says of the profiles, or why it says nothing."""

    profile: str | None
    open_only: bool
    profiles: Mapping[str, ListedProfile]
    file: Path
    unreadable: ConfigUnreadable | None

    def find(self, journal: Journal) -> list[Listed]:
        """Return the orders, newest first. Raises JournalError, ConfigUnreadable, UnknownProfile."""
        known = self.profiles.get(self.profile or "")
        found = journal.all_orders(
            open_only=self.open_only, profile=known.orders_as if known is not None else self.profile
        )
        if self.profile is not None and known is None and not found:
            self._must_be_known(self.profile, {one.profile for one in journal.all_orders()})
        now_called = {one.orders_as: (name, one.currency) for name, one in self.profiles.items()}
        listed = []
        for order in found:
            name, currency = now_called.get(order.profile, (order.profile, USUAL_CURRENCY))
            listed.append(Listed(replace(order, profile=name), currency))
        return listed

    def _must_be_known(self, name: str, kept: AbstractSet[str]) -> None:
        """A profile that is no longer in config.toml may be asked for as long as the journal has orders of it."""
        if name in kept:
            return
        if self.unreadable is not None:
            raise self.unreadable
        if not self.profiles and stands_alone(os.environ):
            return
        renamed = {one.orders_as for one in self.profiles.values()}
        raise not_there((*self.profiles, *sorted(kept - renamed)), self.file, clean_text(name))


def list_orders(arguments: argparse.Namespace) -> int:
    """Print the orders, newest first; works while the app runs, and with what can be read of a damaged journal.

    Returns the status of the command. Raises Problem where the journal cannot be read, or the profile is none.
    """
    paths = find_paths(os.environ)
    settings, unreadable = _settings(paths.config_file)
    language = language_of_app(os.environ, arguments.language, settings.language)
    wanted = _Wanted(arguments.profile or None, arguments.open, settings.profiles, paths.config_file, unreadable)
    try:
        journal = Journal.open_for_reading(paths.state_directory)
        try:
            found = wanted.find(journal)
        finally:
            journal.close()
    except (JournalError, SettingsError) as error:
        raise Problem(error.sentence, language) from None
    _write(found, arguments.format, language)
    if unreadable is not None:
        tell(unreadable.sentence, language)
    if journal.unwritable is None:
        return 0
    tell(journal.unwritable.sentence, language)
    return 1


def _settings(file: Path) -> tuple[ForLists, ConfigUnreadable | None]:
    """What is wrong in config.toml keeps nobody from the orders, but is told."""
    try:
        return read_for_lists(file), None
    except ConfigUnreadable as error:
        return ForLists(), error


def _write(listed: Sequence[Listed], form: str, language: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # what its character set lacks becomes a question mark
    writers = {"json": _write_json, "csv": _write_csv}
    if form in writers:
        writers[form]([record_of(one.order) for one in listed], sys.stdout)
    else:
        write_table(listed, sys.stdout, Speaker(language))


def record_of(order: Order) -> Record:
    """Return an order as it is printed: money and ids as strings, times in ISO 8601 UTC, null where unknown."""
    return {
        "id": order.id,
        "profile": order.profile,
        "site": order.site,
        "category": order.category,
        "service_id": order.service_id,
        "service": order.service,
        "price": str(order.price),
        "state": order.state.value,
        "number_id": order.number_id,
        "number": order.number,
        "code": find_code(order.message) if order.message else None,
        "ordered_at": iso_time(order.ordered_at),
        "refund_until": iso_time(order.refund_until) if order.number_id is not None else None,
        "settled_at": iso_time(order.settled_at) if order.settled_at is not None else None,
    }


def iso_time(moment: datetime) -> str:
    """Write a moment for programs: `2026-03-14T12:05:00Z`."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _write_json(records: list[Record], output: TextIO) -> None:
    json.dump(records, output, ensure_ascii=not output_encoding().lower().startswith("utf"), indent=2)
    output.write("\n")


def _write_csv(records: list[Record], output: TextIO) -> None:
    writer = csv.DictWriter(output, FIELDS)
    writer.writeheader()
    writer.writerows(records)
