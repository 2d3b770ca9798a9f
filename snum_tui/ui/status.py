"""The words in the frame: site, profile, balance, what was spent today, the link."""

from urllib.parse import urlsplit

from snum_tui.domain.sentence import N_, NP_, say_count
from snum_tui.engine.snapshot import Snapshot
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.widgets.toned import Piece, joined
from snum_tui.ui.wording import LINK_TONES, LINK_WORDS


def status_left(snapshot: Snapshot) -> list[Piece]:
    """Return the site and the profile."""
    site = urlsplit(snapshot.site).netloc or snapshot.site
    return joined([[(site, Tone.STRONG)], [(snapshot.profile, Tone.PLAIN)]])


def status_right(snapshot: Snapshot, desk: Desk) -> list[Piece]:
    """Return the balance, the money of today, the count of unknown orders and the link."""
    balance = "…" if snapshot.balance is None else desk.amount(snapshot.balance)
    today = desk.text(N_("today {amount}"), amount=desk.amount(snapshot.spent_today))
    unknown = len(snapshot.unknown_orders)
    warning: list[Piece] = [(desk.render(say_count(NP_("{count} unknown", "{count} unknown"), unknown)), Tone.BAD)]
    link = ("● " + desk.text(LINK_WORDS[snapshot.link]), LINK_TONES[snapshot.link])
    return joined([[(balance, Tone.STRONG)], [(today, Tone.PLAIN)], warning if unknown else [], [link]])


def numbers_title(snapshot: Snapshot, desk: Desk) -> list[Piece]:
    """Return the panel's title with the count of open numbers."""
    live = len(snapshot.open_numbers)
    count = desk.render(say_count(NP_("{count} open", "{count} open"), live))
    return joined([[(desk.text(N_("Numbers")), Tone.STRONG)], [(count, Tone.PLAIN)] if live else []])
