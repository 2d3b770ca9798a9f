"""How a watched service is marked, and what is said of its watch."""

from snum_tui.domain.money import format_amount
from snum_tui.domain.sentence import N_
from snum_tui.engine.snapshot import Snapshot, WatchedService
from snum_tui.locale import Speaker
from snum_tui.ui.signs import drawn

WATCHING, MET = "◎", "◉"


def watch_of(service_id: str, snapshot: Snapshot) -> WatchedService | None:
    """Return the watch of a service; None where it is not watched."""
    return next((watch for watch in snapshot.watches if watch.service_id == service_id), None)


def watch_sign(service_id: str, snapshot: Snapshot) -> str:
    """Return the sign to stand before a service's name, with its space; empty where it is not watched."""
    watch = watch_of(service_id, snapshot)
    if watch is None:
        return ""
    return drawn(f"{MET if watch.met else WATCHING} ")


def watch_words(watch: WatchedService, currency: str, speaker: Speaker) -> str:
    """Say what is waited for, and whether it is so."""
    if watch.price_limit is None:
        words = speaker.text(N_("in stock now") if watch.met else N_("waits for stock"))
    else:
        limit = format_amount(watch.price_limit, currency, speaker.language)
        words = speaker.text(
            N_("now {limit} or less") if watch.met else N_("waits for {limit} or less"), limit=limit
        )
    return speaker.text(N_("{words}; the site no longer lists it"), words=words) if watch.lost else words
