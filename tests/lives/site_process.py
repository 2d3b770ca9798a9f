"""Sandbox sites in a process of their own: one JSON line in, one JSON line out. Ends with its input.

`{"do": "open", "options": {…}}` answers with `url`, `key` and `prices` (of the first rows, by their ids); every
other line names the site by its `url`.
"""

import json
import random
import sys
import time
from collections import Counter
from decimal import Decimal
from typing import Any

from snum_tui.sandbox.errors import CannotServe
from snum_tui.sandbox.fault_plan import FaultKind
from snum_tui.sandbox.numbers import RentedNumber
from snum_tui.sandbox.server import SandboxServer
from snum_tui.sandbox.site_options import SandboxOptions

PORTS = range(20_000, 30_000)
"""Outside the ports that the kernel gives to connections, so that nobody takes a site's while it is down."""
TRIES = 50
PRICED_ROWS = 150


class LifelikeSite:
    """A site whose time can be moved on, and that keeps what its own books do not have."""

    def __init__(self, options: dict[str, Any], port: int) -> None:
        self._moved_seconds = 0.0
        options = {**options, "balance": Decimal(options["balance"])}
        self.server = SandboxServer(
            SandboxOptions(port=port, **options), time=lambda: time.monotonic() + self._moved_seconds
        )
        self._struck: Counter[str] = Counter()
        self._told_ids: dict[str, str] = {}
        """The id that was told in place of a number's own, where the fault duplicate-id struck."""
        self._repeated: str | None = None
        self._listen_in()
        self.server.start()

    @property
    def prices(self) -> dict[str, str]:
        """What the first rows cost."""
        rows = self.server._site.catalogue.services("1")[:PRICED_ROWS]
        return {row.id: str(row.price) for row in rows}

    def calm(self) -> None:
        """Let nothing go wrong any more, and let the time come when every number has its code or never gets one."""
        self.server.clear_faults()
        self.server.set_latency(0.0)
        self._moved_seconds += self.server.options.expire_seconds + 1

    def truth(self) -> dict[str, Any]:
        """Return what the site knows, how many orders a fault struck, and which ids it told for another number."""
        return {**self.server.as_record(), "struck": self._struck["getNumber"], "told_ids": self._told_ids}

    def _listen_in(self) -> None:
        faults, site = self.server._faults, self.server._site
        strike, order = faults.strike, site.order

        def noted_strike(call: str) -> FaultKind | None:
            kind = strike(call)
            self._struck[call] += kind is not None
            self._repeated = site.numbers.last_id() if kind is FaultKind.DUPLICATE_ID else None
            return kind

        def noted_order(service_id: str) -> RentedNumber:
            rented = order(service_id)
            if self._repeated is not None:
                self._told_ids[rented.number_id] = self._repeated
            return rented

        setattr(faults, "strike", noted_strike)  # noqa: B010 - a method may not be assigned to
        setattr(site, "order", noted_order)  # noqa: B010 - the same


def main() -> None:
    """Do what the lines say until there are no more."""
    sites: dict[str, LifelikeSite] = {}
    dice = random.Random()  # noqa: S311 - a free port
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_do(json.loads(line), sites, dice)) + "\n")
        sys.stdout.flush()
    for site in sites.values():
        site.server.stop()


def _do(line: dict[str, Any], sites: dict[str, LifelikeSite], dice: random.Random) -> dict[str, Any]:
    if line["do"] == "open":
        site = _open(line["options"], dice)
        sites[site.server.url] = site
        return {"url": site.server.url, "key": site.server.key, "prices": site.prices}
    site = sites[line["url"]]
    match line["do"]:
        case "calm":
            site.calm()
        case "down":
            site.server.stop()
        case "up":
            site.server.start()
        case "truth":
            return site.truth()
        case "close":
            sites.pop(line["url"]).server.stop()
    return {}


def _open(options: dict[str, Any], dice: random.Random) -> LifelikeSite:
    for _ in range(TRIES):
        try:
            return LifelikeSite(options, dice.choice(PORTS))
        except CannotServe:
            continue
    raise SystemExit("there is no free port for a site")


if __name__ == "__main__":
    main()
