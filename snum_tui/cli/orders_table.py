"""The table that `snum-tui orders` prints for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from snum_tui.domain.dates import day_and_time
from snum_tui.domain.messages import find_code
from snum_tui.domain.money import format_amount
from snum_tui.domain.orders import Order
from snum_tui.domain.sentence import N_
from snum_tui.domain.state_words import STATE_WORDS
from snum_tui.locale import Speaker
from snum_tui.ui.signs import in_ascii

GAP = "  "
PRICE_FROM_THE_RIGHT = 5
"""Its column; points and commas of prices stand below each other."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An order under its profile's present name, and the sign of what its price is in."""

    order: Order
    currency: str


def write_table(listed: Sequence[Listed], output: TextIO, speaker: Speaker) -> None:
    """Write a line of titles and a line an order; its profile stands first where there are several."""
    if not listed:
        output.write(speaker.text(N_("No orders.")) + "\n")
        return
    encoding = output.encoding or "utf-8"
    rows = [_titles(speaker), *(_cells(one, speaker, encoding) for one in listed)]
    if len({one.order.profile for one in listed}) == 1:
        rows = [row[1:] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        line = GAP.join(
            cell.rjust(width) if at == len(row) - PRICE_FROM_THE_RIGHT else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        output.write(line.rstrip() + "\n")


def _titles(speaker: Speaker) -> tuple[str, ...]:
    titles = (
        N_("Profile"),
        N_("Ordered"),
        N_("State"),
        N_("Price"),
        N_("Code"),
        N_("Number"),
        N_("Category"),
        N_("Service"),
    )
    return tuple(speaker.text(title) for title in titles)


def _cells(listed: Listed, speaker: Speaker, encoding: str) -> tuple[str, ...]:
    order, sign = listed.order, listed.currency
    if sign.encode(encoding, "replace").decode(encoding) != sign:
        sign = in_ascii(sign)
    return (
        order.profile,
        day_and_time(order.ordered_at, speaker.language),
        speaker.text(STATE_WORDS[order.state]),
        format_amount(order.price, sign, speaker.language),
        find_code(order.message) if order.message else "",
        order.number or "",
        order.category,
        order.service,
    )
