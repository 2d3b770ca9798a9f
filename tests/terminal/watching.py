"""`snum-tui watch` in a pipe, and numbers for it that were really rented, by hand, before it starts."""

import fcntl
import json
import os
import secrets
import select
import subprocess
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from snum_tui.domain.orders import Order, OrderState, advance
from snum_tui.engine.system_clock import SystemClock
from snum_tui.journal.orders import Journal
from tests.terminal.other_process import PATIENCE_SECONDS, Program, Site

OpenWatch = Callable[..., "Watching"]
"""The fixture `open_watch`."""


def intend(program: Program, site: Site, **changes: Any) -> Order:  # Any: the fields of an order
    """Write an order down as one that is being sent, by a program that is no more."""
    values: dict[str, Any] = {
        "id": secrets.token_hex(8),
        "profile": "default",
        "site": site.url,
        "category_id": "1",
        "category": "Google",
        "service_id": "1",
        "service": "Rusya (+7)",
        "price": Decimal(1),
        "opened": SystemClock().now(),
        "refund_seconds": 600,
    }
    order = Order(**{**values, **changes})
    journal = Journal.open(program.state)
    journal.write_intent(order)
    journal.close()
    return order


def record(program: Program, order: Order, state: OrderState, **changes: Any) -> Order:  # Any: as above
    """Write down what became of an order."""
    journal = Journal.open(program.state)
    current = journal.order(order.id)
    assert current is not None
    after = advance(current, state, **changes)
    journal.record(after, "by a test")
    journal.close()
    return after


def amend(program: Program, order: Order, **changes: Any) -> None:  # Any: as above
    """Change an order that is as it is here, its state unchanged."""
    journal = Journal.open(program.state)
    current = journal.order(order.id)
    assert current is not None
    journal.record(replace(current, **changes), "by a test")
    journal.close()


def seconds_of(order: Order, left: float) -> int:
    """Return the refund window of which so much is left now."""
    return int(order.age.seconds_at(SystemClock().now()) + left)


def rent(program: Program, site: Site, **changes: Any) -> Order:  # Any: as above
    """Order a number at the site and write it down, as an earlier run of the app did."""
    details = _asked(f"{site.url}/api/getServiceDetails/1")
    order = intend(program, site, price=Decimal(str(details["price"])), **changes)
    bought = _asked(f"{site.url}/api/{site.key}/getNumber/1")
    assert bought["success"]
    number = {"number_id": str(bought["number_id"]), "number": str(bought["number"])}
    return record(program, order, OrderState.WAITING, **number)


def wait_for(holds: Callable[[], object]) -> None:
    """Wait until something outside the program holds."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _asked(address: str) -> dict[str, Any]:
    with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as reply:  # noqa: S310 - loopback
        answer: dict[str, Any] = json.load(reply)
    return answer


class Watching:
    """One running `snum-tui watch`; what it wrote is read in `until` and `wait` alone."""

    def __init__(
        self,
        program: Program,
        site: Site,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        command: Sequence[str] | None = None,
        pipe_bytes: int | None = None,
        **options: Any,  # Any: as Popen takes them
    ) -> None:
        reading, writing = os.pipe()
        if pipe_bytes is not None:
            _make_small(writing, pipe_bytes)
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [*(command or program.command), "watch", *arguments],
            env={**program.environment, **site.environment, **(environment or {})},
            cwd=program.home,
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )
        os.close(writing)
        self._reading = reading
        self._received = b""
        self._errors: str | None = None

    @property
    def lines(self) -> list[str]:
        """The whole lines that have been read so far."""
        return self._received.decode().splitlines()

    @property
    def events(self) -> list[dict[str, Any]]:
        """The lines as JSON."""
        return [json.loads(line) for line in self.lines]

    def until(self, words: str) -> str:
        """Read until a line holds these words, and return it."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (found := [line for line in self.lines if words in line]):
            assert time.monotonic() < deadline, f"it never wrote {words!r}, but {self.lines}"
            assert self._read(0.1) or self.process.poll() is None or self._read(0.1), f"{self.lines} {self.close()}"
        return found[0]

    def stop_reading(self) -> None:
        """Go away, as `head` does after its line."""
        os.close(self._reading)
        self._reading = -1

    def wait(self) -> int:
        """Read to the end, and return the exit status."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.process.poll() is None:
            assert time.monotonic() < deadline, f"it does not end: {self.lines}"
            self._read(0.05)
        while self._read(0.0):
            pass
        return self.process.returncode

    def close(self) -> str:
        """End whatever still runs, and return what it wrote to standard error."""
        self.process.kill()
        if self._errors is None:
            self._errors = self.process.communicate()[1]
        if self._reading != -1:
            self.stop_reading()
        return self._errors

    def _read(self, seconds: float) -> bool:
        if self._reading == -1:
            time.sleep(seconds)
            return False
        if not select.select([self._reading], [], [], seconds)[0]:
            return False
        data = os.read(self._reading, 65536)
        self._received += data
        return bool(data)


def _make_small(descriptor: int, size: int) -> None:

    fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, size)
