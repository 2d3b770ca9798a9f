"""The words in the frame: site, profile, balance, what was spent today, the link, the other windows."""

from urllib.parse import urlsplit

from snum_tui.domain.sentence import N_, NP_, say_count
from snum_tui.engine.snapshot import Link, Snapshot
from snum_tui.ui.cells import Tone
from snum_tui.ui.desk import Desk
from snum_tui.ui.signs import drawn
from snum_tui.ui.widgets.rule import SIDE_CELLS
from snum_tui.ui.widgets.toned import Piece, joined, length
from snum_tui.ui.wording import LINK_TONES, LINK_WORDS

Pieces = list[Piece]


def status(snapshot: Snapshot, desk: Desk, width: int) -> tuple[Pieces, Pieces]:
    """Return the words on the left and on the right of a frame of `width` cells.

    Balance, unknown orders and link are always there. Where the rest has no room, the limit of a day goes first,
    then site and profile, then today's money; in the narrowest frames the key of the unknown orders, and the word
    of a link that is well.
    """
    site = _site(snapshot)
    today, of_limit = _today(snapshot, desk), _today_of_limit(snapshot, desk)
    choices: tuple[tuple[Pieces, Pieces], ...] = ((site, of_limit), (site, today), ([], today), ([], []))
    for left, middle in choices:
        right = _right(snapshot, desk, middle)
        if _takes(left, right) <= width:
            return left, right
    barest = (_right(snapshot, desk, [], is_bare=True), _right(snapshot, desk, [], is_bare=True, is_mute=True))
    return [], next((right for right in barest if _takes(right) <= width), barest[-1])


def _takes(*sides: Pieces) -> int:
    """Return how many cells a frame needs for these words."""
    return 2 + sum(SIDE_CELLS + length(words) for words in sides if words)


def _site(snapshot: Snapshot) -> Pieces:
    site = urlsplit(snapshot.site).netloc or snapshot.site
    return joined([[(site, Tone.STRONG)], [(snapshot.profile, Tone.PLAIN)]])


def _right(
    snapshot: Snapshot, desk: Desk, today: Pieces, *, is_bare: bool = False, is_mute: bool = False
) -> Pieces:
    """Return what always stands there: `is_bare` without a key, `is_mute` without the word of a good link."""
    said = "" if is_mute and snapshot.link is Link.UP else " " + desk.text(LINK_WORDS[snapshot.link])
    link = (drawn("●") + said, LINK_TONES[snapshot.link])
    return joined([balance_now(snapshot, desk), today, _unknown_count(snapshot, desk, is_bare=is_bare), [link]])


def balance_now(snapshot: Snapshot, desk: Desk) -> Pieces:
    """Return the balance as the site told it last."""
    return [(drawn("…") if snapshot.balance is None else desk.amount(snapshot.balance), Tone.STRONG)]


def _today(snapshot: Snapshot, desk: Desk) -> Pieces:
    return [(desk.text(N_("today {amount}"), amount=desk.amount(snapshot.spent_today)), Tone.PLAIN)]


def _today_of_limit(snapshot: Snapshot, desk: Desk) -> Pieces:
    limit, spent = snapshot.rules.day_limit, snapshot.spent_today
    if limit is None:
        return _today(snapshot, desk)
    words = desk.text(N_("today {amount} of {limit}"), amount=desk.amount(spent), limit=desk.amount(limit))
    return [(words, Tone.PLAIN if spent < limit else Tone.WARNING)]


def _unknown_count(snapshot: Snapshot, desk: Desk, *, is_bare: bool) -> Pieces:
    """Return the count of unknown orders and the key that shows them; nothing where there are none."""
    count = len(snapshot.unknown_orders)
    if count and is_bare:
        return [(desk.render(say_count(NP_("{count} unknown", "{count} unknown"), count)), Tone.BAD)]
    words = NP_("{count} unknown ({key})", "{count} unknown ({key})")
    said = desk.render(say_count(words, count, key=desk.key("main.unknown")))
    return [(said, Tone.BAD)] if count else []


def numbers_title(snapshot: Snapshot, desk: Desk) -> Pieces:
    """Return the panel's title with the count of open numbers."""
    live = len(snapshot.open_numbers)
    count = desk.render(say_count(NP_("{count} open", "{count} open"), live))
    return joined([[(desk.text(N_("Numbers")), Tone.STRONG)], [(count, Tone.PLAIN)] if live else []])


def windows(snapshot: Snapshot, desk: Desk) -> Pieces:
    """Return how many programs are at these orders; nothing where this one is alone."""
    words = say_count(NP_("{count} window", "{count} windows"), snapshot.others + 1)
    return [(desk.render(words), Tone.DIM)] if snapshot.others else []
