"""A reply that was read to its end, before anybody has judged it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from snum_tui.provider.calls import Call
from snum_tui.provider.errors import Evidence

EVIDENCE_CAP = 256 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site sent, freed of the key: the body as `raw`, and the three headers that matter.

    `hide` frees words of the key once escapes have been read.
    """

    host: str
    call: Call
    status: int
    content_encoding: str
    retry_after: str | None
    raw: bytes = field(repr=False)
    oversized: bool
    seconds: float
    hide: Callable[[str], str] = field(repr=False)
    date: str | None = field(default=None, repr=False)

    @property
    def evidence(self) -> Evidence:
        """The evidence for whatever is made of this answer; the request was sent, for it was answered."""
        return Evidence(request_sent=True, status=self.status, raw=self.raw[:EVIDENCE_CAP], seconds=self.seconds)
