"""The title of the services: of what they are, how many, how far sorting is, and how old the list is offline."""

from datetime import datetime

from rich.cells import cell_len

from snum_tui.domain.sentence import N_
from snum_tui.engine.snapshot import Link, Loading, Snapshot
from snum_tui.locale import Speaker
from snum_tui.ui.signs import drawn
from snum_tui.ui.tables.service_order import BY_QUOTES, SORT_WORDS, ServicesView
from snum_tui.ui.tables.tree import FAVOURITES, RECENT, WATCHED
from snum_tui.ui.wording import age

OLD_SECONDS = 60
"""A list that could not be read again and is older than this says so."""


def service_title(  # noqa: PLR0913, PLR0917 - all that a title may speak of
    snapshot: Snapshot, view: ServicesView, shown_key: str, shown: int, speaker: Speaker, now: datetime, room: int
) -> str:
    """Return the title for so many cells. Where not all of it fits, what cannot be seen elsewhere stays whole."""
    listing = snapshot.listing
    if shown_key == FAVOURITES:
        name = speaker.text(N_("Favourites"))
    elif shown_key == RECENT:
        name = speaker.text(N_("Recent"))
    elif shown_key == WATCHED:
        name = speaker.text(N_("Watched"))
    else:
        name = next((one.name for one in snapshot.categories if one.id == listing.category_id), "")
    total = len(listing.services)
    if not total:
        return name
    count = f"{shown}/{total}" if shown != total else str(total)
    progress, how_far = _progress(snapshot, view, speaker)
    as_of = _age_offline(snapshot, speaker, now)
    choices = (
        (name, count, progress, as_of),
        (name, count, as_of) if as_of else (name, progress),
        (name, as_of or how_far),
        (as_of or how_far or name,),
    )
    titles = [drawn(" · ").join(part for part in parts if part) for parts in choices]
    return next((title for title in titles if cell_len(title) <= room), titles[-1])


def _progress(snapshot: Snapshot, view: ServicesView, speaker: Speaker) -> tuple[str, str]:
    """Say how far the quotes are that the order needs, while some are missing: in words, and the figures alone."""
    filling = snapshot.filling
    if filling is None or filling.is_whole or view.sort not in BY_QUOTES:
        return "", ""
    order = speaker.text(SORT_WORDS[view.sort])
    words = N_("sorted by {order} · {known}/{total}")
    said = speaker.text(words, order=order, known=filling.known, total=filling.total)
    return said, f"{filling.known}/{filling.total}"


def _age_offline(snapshot: Snapshot, speaker: Speaker, now: datetime) -> str:
    """Say how old the list is, where it cannot be read again just now."""
    read_at = told_as_of(snapshot)
    if read_at is None or (now - read_at).total_seconds() < OLD_SECONDS:
        return ""
    return speaker.text(N_("as of {age} ago"), age=age(read_at, now, speaker))


def told_as_of(snapshot: Snapshot) -> datetime | None:
    """Return the moment whose age the title tells once it is old: of a list that cannot be read again just now."""
    listing = snapshot.listing
    is_cut_off = snapshot.link is Link.DOWN or listing.loading is Loading.FAILED
    return listing.read_at if is_cut_off else None
