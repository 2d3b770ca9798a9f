"""The link as `snum-tui watch` tells it: lost once and back once, whatever single questions come to. Pure."""

from collections.abc import Iterator

from snum_tui.cli.watch_events import Kind, WatchEvent
from snum_tui.domain.clock import Instant, elapsed_seconds
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.engine.link import SiteDown
from snum_tui.engine.snapshot import Link, Snapshot

STEADY_SECONDS = 5.0
"""A link that is lost or back for less is no news: one question failed, or one got through."""

BACK = say(N_("The site answers again."))


class LinkStory:
    """Remembers what was told last, and since when the link has been otherwise."""

    def __init__(self) -> None:
        self._told: Kind = Kind.LINK_BACK
        self._otherwise_since: Instant | None = None

    def look(self, seen: Snapshot, now: Instant, *, proven: bool) -> Iterator[WatchEvent]:
        """Tell what the link has become. With other news (`proven`) a good link is believed at once."""
        if seen.link is Link.CONNECTING:
            return
        kind = _kind_of(seen.link)
        if kind is self._told or (kind is Kind.LINK_LOST and self._told is Kind.KEY_REJECTED):
            self._otherwise_since = None
            return
        self._otherwise_since = self._otherwise_since or now
        believed = kind is Kind.KEY_REJECTED or (proven and kind is Kind.LINK_BACK)
        if believed or elapsed_seconds(self._otherwise_since, now) >= STEADY_SECONDS:
            self._told, self._otherwise_since = kind, None
            yield WatchEvent(kind, _sentence(kind, seen.link_problem))


def _kind_of(link: Link) -> Kind:
    if link is Link.UP:
        return Kind.LINK_BACK
    return Kind.KEY_REJECTED if link is Link.KEY_REJECTED else Kind.LINK_LOST


def _sentence(kind: Kind, problem: Sentence | None) -> Sentence:
    return BACK if kind is Kind.LINK_BACK else problem or SiteDown.sentence
