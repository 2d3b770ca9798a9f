"""The board: where every part of the engine writes what the person should see."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from snum_tui.domain.clock import Clock
from snum_tui.domain.sentence import Sentence
from snum_tui.engine.snapshot import Event, News, Snapshot, Weight

PUBLISH_SECONDS = 0.03
"""After a quiet while a change is handed out at once; those that follow are handed out together, this far apart."""

KEPT_EVENTS = 1000
"""So many of the newest: what happened in days of work."""


class Board:
    """Holds the picture of now, and hands it out no sooner than `PUBLISH_SECONDS` after the last time.

    Lives on the engine's loop. `publish` is called with each new snapshot, on that loop; it must not block.
    """

    def __init__(self, first: Snapshot, clock: Clock, publish: Callable[[Snapshot], None]) -> None:
        self.now = first
        self._clock = clock
        self._publish = publish
        self._timer: asyncio.TimerHandle | None = None
        self._sent_at = float("-inf")
        self._serial = 0

    def change(self, **fields: object) -> None:
        """Replace fields of the picture; nothing is sent out where nothing differs."""
        changed = {name: value for name, value in fields.items() if _differ(getattr(self.now, name), value)}
        if changed:
            self.now = replace(self.now, **changed)  # type: ignore[arg-type]
            self._schedule()

    def announce(
        self,
        weight: Weight,
        sentence: Sentence,
        news: News | None = None,
        *,
        until_key: bool = False,
        while_down: bool | None = None,
    ) -> None:
        """Tell the person that something happened; `news` where they may be called back for it.

        `while_down` where it is about the link: whether that is down as it is told.
        """
        self._serial += 1
        now = self._clock.now().wall
        event = Event(self._serial, now, weight, sentence, news, until_key=until_key, while_down=while_down)
        self.change(events=(*self.now.events[-(KEPT_EVENTS - 1) :], event))

    def flush(self) -> None:
        """Hand out the picture now; for the moment before the engine ends."""
        if self._timer is not None:
            self._timer.cancel()
        self._send()

    def _schedule(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            # Even at once means: after everything that this step changes.
            self._timer = loop.call_at(max(loop.time(), self._sent_at + PUBLISH_SECONDS), self._send)

    def _send(self) -> None:
        self._timer = None
        self._sent_at = asyncio.get_running_loop().time()
        self._publish(self.now)


def _differ(old: object, new: object) -> bool:
    """Compare what is shown. Orders are equal whatever their notes say: the members of a tuple must be the same."""
    if isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new):
        return any(one is not other for one, other in zip(old, new, strict=True))
    return old != new
