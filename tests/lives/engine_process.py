"""A life without a screen: the real engine on real sockets and a real journal, driven by commands.

Started with one JSON argument (see commander.py). Prints a line for each order that it has asked for, and `done`
when it has asked for all; then it goes on until a signal, or until its input ends. As the program does on TERM and
HUP, it lets the engine write down what is in flight and ends with 0.
"""

import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.policy import Policy, Politeness, PollSchedule, SiteRules
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.engine.commands import (
    CancelNumber,
    CheckBalance,
    PlaceOrder,
    Refresh,
    SetAutoCancel,
    SettleOrder,
)
from snum_tui.engine.snapshot import Snapshot
from snum_tui.engine.system_clock import SystemClock
from snum_tui.engine.thread import Engine, EngineSettings
from snum_tui.provider.timeouts import Timeouts

ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
FINISH_SECONDS = 30.0
ANSWER_SECONDS = 4.0
"""The longest that one order holds up the next: more than its reply may take. Else what is asked for would run
ahead of what is done, and the end would find most of it not begun."""
TIMEOUTS = Timeouts(connect_seconds=2.0, read_deadline_seconds=2.0, money_deadline_seconds=2.0, tick_seconds=0.25)
NOT_PLACED = "Nothing was ordered"


Holds = Callable[[Snapshot], bool]


class Script:
    """What the person would do: one order after the other, and in between cancels and the rest."""

    def __init__(self, engine: Engine, told: dict[str, Any]) -> None:
        self._engine = engine
        self._orders: int = told["orders"]
        self._prices: dict[str, str] = told["prices"]
        self._dice = random.Random(told["seed"])  # noqa: S311 - repeatable on purpose
        self._changed = threading.Event()
        engine.when_changed(self._changed.set)

    def run(self) -> None:
        """Do all of it, and say so."""
        for turn in range(self._orders):
            self._order(self._dice.choice(list(self._prices)))
            _say(f"asked for {turn + 1}.")
            self._do_something()
        _say("done")

    def _order(self, service_id: str) -> None:
        before = self._engine.latest
        self._engine.submit(
            PlaceOrder(service_id, f"Row {service_id}", "1", "Google", Decimal(self._prices[service_id]))
        )
        if self._dice.random() < 0.85:
            self._wait(lambda now: _heard_of_it(before, now))

    def _do_something(self) -> None:
        chance, snapshot = self._dice.random(), self._engine.latest
        waiting = [order for order in snapshot.orders if order.state is OrderState.WAITING]
        if chance < 0.2 and waiting:
            self._engine.submit(CancelNumber(self._dice.choice(waiting[:4]).id))
        elif chance < 0.25 and waiting:
            order = self._dice.choice(waiting)
            self._engine.submit(SetAutoCancel(order.id, on=not order.auto_cancel))
        elif chance < 0.3 and snapshot.unknown_orders:
            self._look_at_unknown(self._dice.choice(snapshot.unknown_orders))
        elif chance < 0.32:
            self._engine.submit(Refresh())

    def _look_at_unknown(self, order: Order) -> None:
        self._engine.submit(CheckBalance(order.id))
        if self._dice.random() < 0.3:
            self._engine.submit(
                SettleOrder(order.id, charged=self._dice.random() < 0.5, remark="asked the support")
            )

    def _wait(self, holds: Holds) -> None:
        deadline = time.monotonic() + ANSWER_SECONDS
        while not holds(self._engine.latest) and (left := deadline - time.monotonic()) > 0:
            self._changed.clear()
            self._changed.wait(min(left, 0.1))


def _heard_of_it(before: Snapshot, now: Snapshot) -> bool:
    """Tell whether an order that was asked for has come to its end, or was not placed at all."""
    if len(now.orders) > len(before.orders):
        return now.orders[0].state is not OrderState.SENDING
    newest = now.events[-1:]
    return newest != before.events[-1:] and newest[0].sentence.template.startswith(NOT_PLACED)


def main() -> None:
    """Live one life."""
    told: dict[str, Any] = json.loads(sys.argv[1])
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    engine = make_engine(told)
    engine.start()
    threading.Thread(target=Script(engine, told).run, daemon=True).start()
    threading.Thread(target=_end_with_input, daemon=True).start()
    signal.sigwait(ENDING)
    # At once: an orderly end of Python waits for the standard output, which the script may just be writing.
    os._exit(0 if engine.stop(FINISH_SECONDS) else 1)


def make_engine(told: dict[str, Any]) -> Engine:
    """Make the engine as the command line would, hurried up where the settings allow it."""
    policy = Policy(
        polls=PollSchedule(first_seconds=2.0),
        politeness=Politeness(
            burst=500, requests_per_second=200.0, in_flight=50, retry_base_seconds=0.1, down_after_failures=50
        ),
        rules=SiteRules(refund_seconds=told["refund_seconds"], auto_cancel=told["auto_cancel"]),
    )
    folder = Path(told["folder"])
    settings = EngineSettings(
        SiteAddress(told["url"]),
        ApiKey(told["key"]),
        "main",
        folder / "state",
        folder / "cache",
        policy,
        browses=False,
        timeouts=TIMEOUTS,
    )
    return Engine(settings, SystemClock())


def _say(word: str) -> None:
    """Tell the one who ends this life; the line may be closed by now."""
    with suppress(OSError):
        os.write(1, word.encode() + b"\n")


def _end_with_input() -> None:
    with suppress(OSError):
        sys.stdin.read()
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)


if __name__ == "__main__":
    main()
