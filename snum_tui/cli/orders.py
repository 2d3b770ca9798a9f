"""`snum-tui orders`: what the journal has, for people, pipes and screen readers."""

import argparse
import csv
import io
import json
import os
import sys
from dataclasses import replace
from datetime import datetime
from typing import TextIO

from snum_tui.cli.doctor.output import output_encoding
from snum_tui.cli.problems import Problem, tell
from snum_tui.domain.messages import find_code
from snum_tui.domain.orders import Order
from snum_tui.domain.sentence import N_
from snum_tui.domain.state_words import STATE_WORDS
from snum_tui.journal.errors import JournalError
from snum_tui.journal.orders import Journal
from snum_tui.locale import Speaker
from snum_tui.settings.config import read_journal_names
from snum_tui.settings.language import choose_language
from snum_tui.settings.paths import find_paths

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


def list_orders(arguments: argparse.Namespace) -> int:
    """Print the orders, newest first; works while the app runs, and with what can be read of a damaged journal."""
    language = choose_language(os.environ, arguments.language)
    try:
        paths = find_paths(os.environ)
        journal = Journal.open_for_reading(paths.state_directory)
        names = read_journal_names(paths.config_file)
        try:
            kept_as = names.get(arguments.profile, arguments.profile)
            found = journal.all_orders(open_only=arguments.open, profile=kept_as)
        finally:
            journal.close()
    except JournalError as error:
        raise Problem(error.sentence, language) from None
    now_called = {kept_as: name for name, kept_as in names.items()}
    orders = tuple(replace(one, profile=now_called.get(one.profile, one.profile)) for one in found)
    _write(orders, arguments.format, language)
    if journal.unwritable is None:
        return 0
    tell(journal.unwritable.sentence, language)
    return 1


def _write(orders: tuple[Order, ...], form: str, language: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # what its character set lacks becomes a question mark
    writers = {"json": _write_json, "csv": _write_csv}
    if form in writers:
        writers[form]([record_of(order) for order in orders], sys.stdout)
    else:
        _write_table(orders, sys.stdout, Speaker(language))


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


def _write_table(orders: tuple[Order, ...], output: TextIO, speaker: Speaker) -> None:
    if not orders:
        output.write(speaker.text(N_("No orders.")) + "\n")
        return
    titles = (
        N_("Ordered"),
        N_("State"),
        N_("Price"),
        N_("Code"),
        N_("Number"),
        N_("Category"),
        N_("Service"),
    )
    rows = [tuple(speaker.text(title) for title in titles), *(_cells(order, speaker) for order in orders)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(titles))]
    for row in rows:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        output.write(line.rstrip() + "\n")


def _cells(order: Order, speaker: Speaker) -> tuple[str, ...]:
    return (
        order.ordered_at.astimezone().strftime("%Y-%m-%d %H:%M"),
        speaker.text(STATE_WORDS[order.state]),
        str(order.price),
        find_code(order.message) if order.message else "",
        order.number or "",
        order.category,
        order.service,
    )
