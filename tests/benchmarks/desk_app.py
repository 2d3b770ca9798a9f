"""The real screens on an engine that knows everything at once: `python -m tests.benchmarks.desk_app 10000`.

Category 1 has a dozen services, category 2 as many as wanted; all have a price. The signal USR1 begins fifty
changed prices a second, of rows that can be seen; USR2 ends them. No site, no journal: what is measured is the
screen alone.
"""

import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from snum_tui.domain.catalogue import Category, KnownQuote, Service
from snum_tui.domain.policy import SiteRules
from snum_tui.domain.view import View
from snum_tui.engine.commands import Command, ShowCategory, WatchRows
from snum_tui.engine.snapshot import Link, Listing, Loading, Snapshot
from snum_tui.engine.system_clock import SystemClock
from snum_tui.locale import Speaker
from snum_tui.ui.app import SnumApp
from snum_tui.ui.desk import Desk
from snum_tui.ui.themes import DEFAULT
from tests.benchmarks.rows import make_quotes, make_services

SMALL, LARGE = Category("1", "Small"), Category("2", "Large")
FEW = 12
CHANGES_A_SECOND = 50


class StillDoor:
    """Stands where the engine's door does. Nothing changes but what is asked for, and then at once."""

    def __init__(self, count: int) -> None:
        services = make_services(count)
        self._services: dict[str, tuple[Service, ...]] = {SMALL.id: services[:FEW], LARGE.id: services}
        self._wake: Callable[[], None] = lambda: None
        self._lock = threading.Lock()
        self._watched: tuple[str, ...] = ()
        self._changing = False
        self._serial = 0
        self.latest = Snapshot(
            "https://numara.example",
            "still",
            SiteRules(),
            link=Link.UP,
            balance=Decimal(100),
            categories=(SMALL, LARGE),
            categories_loading=Loading.READY,
            view=View(),
            quotes=make_quotes(services, count),
        )

    def submit(self, command: Command) -> None:
        match command:
            case ShowCategory(category_id):
                listing = Listing(category_id, self._services[category_id], Loading.READY)
                self._publish(lambda old: replace(old, listing=listing))
            case WatchRows(service_ids):
                self._watched = service_ids

    def when_changed(self, wake: Callable[[], None]) -> None:
        self._wake = wake

    def start(self) -> None:
        signal.signal(signal.SIGUSR1, lambda *_: self._let_change(on=True))
        signal.signal(signal.SIGUSR2, lambda *_: self._let_change(on=False))
        threading.Thread(target=self._change, name="prices", daemon=True).start()

    def _let_change(self, *, on: bool) -> None:
        self._changing = on

    def _change(self) -> None:
        pause = threading.Event()
        while not pause.wait(1 / CHANGES_A_SECOND):
            if self._changing and self._watched:
                self._publish(self._with_new_price)

    def _with_new_price(self, old: Snapshot) -> Snapshot:
        """Change one price as the engine does, which makes the mapping anew."""
        self._serial += 1
        known = old.quotes[self._watched[self._serial * 7 % len(self._watched)]]
        price = Decimal(100 + self._serial * 13 % 899).scaleb(-2)
        now = KnownQuote(replace(known.quote, price=price), known.read_at)
        return replace(old, quotes={**old.quotes, now.quote.service_id: now})

    def _publish(self, change: Callable[[Snapshot], Snapshot]) -> None:
        with self._lock:
            self.latest = change(self.latest)
        self._wake()


if __name__ == "__main__":
    SnumApp(Desk(StillDoor(int(sys.argv[1])), Speaker("en"), SystemClock()), theme=DEFAULT).run()
