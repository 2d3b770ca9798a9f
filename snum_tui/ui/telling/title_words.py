"""The words of the terminal's title, what matters most first: tabs are narrow."""

from urllib.parse import urlsplit

from snum_tui.domain.sentence import N_, NP_, say_count
from snum_tui.domain.text import clean_text
from snum_tui.engine.snapshot import Event, News, Snapshot
from snum_tui.ui.desk import Desk
from snum_tui.ui.signs import drawn

LONGEST = 120
_NEWS_WORDS = {
    News.CODE: N_("code"),
    News.REFUND_CLOSES: N_("refund closes"),
    News.STOCK: N_("in stock"),
    News.UNKNOWN: N_("unknown order"),
}


def title_words(snapshot: Snapshot, newest: Event | None, desk: Desk) -> str:
    """Return the newest news, the open numbers, site and profile: `482915 · 1 open · numara.example · main · …`."""
    live = len(snapshot.open_numbers)
    parts = (
        "" if newest is None else _news(newest, desk),
        desk.render(say_count(NP_("{count} open", "{count} open"), live)) if live else "",
        urlsplit(snapshot.site).netloc or snapshot.site,
        snapshot.profile,
        "snum-tui",
    )
    return clean_text(drawn(" · ").join(part for part in parts if part), LONGEST)


def _news(event: Event, desk: Desk) -> str:
    """Return the code itself, or what kind of news it is."""
    code = event.sentence.values.get("code")
    if event.news is News.CODE and isinstance(code, str):
        return code
    return desk.text(_NEWS_WORDS[event.news]) if event.news is not None else ""
