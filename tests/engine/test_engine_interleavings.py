"""Whatever is pressed, whatever goes wrong: what the site charged for is in the journal or an open question."""

import os
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.engine.commands import CancelNumber, PlaceOrder, Refresh
from snum_tui.engine.snapshot import Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.journal.orders import Journal
from snum_tui.sandbox.controls import OrderTruth
from snum_tui.sandbox.server import SandboxServer

Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]

EXAMPLES = int(os.environ.get("SNUM_TUI_INTERLEAVINGS", "10"))
"""How many stories to try; a long night may take thousands."""

CALLS = ("getNumber", "cancelNumber", "getMessage", "getBalance", "getServiceDetails")
KINDS = (
    "drop-reply",
    "drop-request",
    "stall",
    "cut",
    "cut-plain",
    "garbage",
    "html",
    "500",
    "500-before",
    "refuse",
)

rows = st.integers(1, 3).map(str)
nths = st.integers(0, 7)
steps = st.one_of(
    st.tuples(st.just("order"), rows),
    st.tuples(st.just("order"), rows),
    st.tuples(st.just("cancel"), nths),
    st.tuples(st.just("cancel"), nths),
    st.tuples(st.just("deliver"), nths),
    st.tuples(st.just("fault"), st.tuples(st.sampled_from(CALLS), st.sampled_from(KINDS), st.integers(1, 3))),
    st.tuples(st.just("duplicate"), st.just(None)),
    st.tuples(st.just("calm"), st.just(None)),
    st.tuples(st.just("later"), st.sampled_from([1, 300, 601])),
    st.tuples(st.just("dearer"), rows),
    st.tuples(st.just("restart"), st.just(None)),
)


class Story:
    """One engine after another on one site and one journal, and how many orders were wished for."""

    def __init__(
        self,
        site: SandboxServer,
        new_engine: Callable[[], Engine],
        until: Until,
        pass_seconds: Callable[[float], None],
    ) -> None:
        self.site = site
        self.until = until
        self.pass_seconds = pass_seconds
        self.wished = 0
        self._new_engine = new_engine
        self.engine = self._started()

    def do(self, step: str, with_what: Any) -> None:  # Any: each step's own
        site, engine = self.site, self.engine
        match step:
            case "order":
                self.wished += 1
                engine.submit(PlaceOrder(with_what, "Almanya", "1", "Google", site._site.quote(with_what).price))
            case "cancel" if orders := engine.latest.orders:
                engine.submit(CancelNumber(orders[with_what % len(orders)].id))
            case "deliver" if live := [truth for truth in site.orders if truth.state == "waiting"]:
                site.deliver(live[with_what % len(live)].number_id, "123456")
            case "fault":
                call, kind, times = with_what
                site.add_fault(f"{call}:{kind}@1-{times}")
            case "duplicate":
                site.add_fault("getNumber:duplicate-id@1")
            case "later":
                self.pass_seconds(with_what)
            case "dearer":
                site.set_price(with_what, site._site.quote(with_what).price + 1)
            case "calm":
                self.calm()
            case "restart":
                self.calm()
                assert engine.stop(20)
                self.engine = self._started()
                self.wished = len(self.engine.latest.orders)

    def calm(self) -> Snapshot:
        """Wait until everything wished for has been done, and the client knows what the site knows."""
        self.site.clear_faults()
        self.engine.submit(Refresh())
        return self.until(self.engine, self._is_calm)

    def _started(self) -> Engine:
        engine = self._new_engine()
        engine.start()
        self.until(engine, lambda seen: seen.balance is not None)
        return engine

    def _is_calm(self, seen: Snapshot) -> bool:
        refused = sum(event.sentence.template.startswith("Nothing was ordered") for event in seen.events)
        if len(seen.orders) + refused < self.wished or seen.balance != self.site.balance:
            return False
        truths = {truth.number_id: truth for truth in self.site.orders}
        return all(_agree(order, truths.get(order.number_id or "")) for order in seen.orders)


def _agree(order: Order, truth: OrderTruth | None) -> bool:
    if truth is None or order.state is OrderState.EXPIRED:
        return order.state not in {OrderState.SENDING, OrderState.CANCELLING}
    return order.state.value == truth.state.value


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps_taken=st.lists(steps, min_size=3, max_size=14))
def test_every_charge_is_in_the_journal_or_an_open_question(
    steps_taken: list[tuple[str, Any]],
    open_site: Callable[..., SandboxServer],
    new_engine: Callable[..., Engine],
    until: Until,
    note_of: Callable[[Order], str],
    pass_seconds: Callable[[float], None],
    close_site: Callable[[SandboxServer], None],
) -> None:
    with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
        site = open_site()
        stack.callback(close_site, site)
        state = Path(directory) / "state"

        def engine_on_site() -> Engine:
            return new_engine(
                address=SiteAddress(site.url),
                key=ApiKey(site.key),
                state_directory=state,
                cache_directory=Path(directory) / "cache",
                read_seconds=0.2,
                money_seconds=0.1,
            )

        story = Story(site, engine_on_site, until, pass_seconds)
        for step, with_what in steps_taken:
            story.do(step, with_what)
        story.calm()
        assert story.engine.stop(20)
        _check_money(site, state)
        _check_refunds(site, state, note_of)


def _orders(state: Path) -> tuple[Order, ...]:
    with closing(Journal.open_for_reading(state)) as journal:
        return journal.all_orders()


def _check_money(site: SandboxServer, state: Path) -> None:
    orders = _orders(state)
    charged = Counter((truth.service_id, truth.number_id) for truth in site.orders)
    known = Counter((order.service_id, order.number_id) for order in orders if order.number_id is not None)
    assert known <= charged, "no number that the site did not sell"
    lost = Counter(service_id for service_id, _ in (charged - known).elements())
    unknown = Counter(order.service_id for order in orders if order.state is OrderState.UNKNOWN)
    assert lost <= unknown, "each charge without its number is an open question about the same service"
    assert site.requests["getNumber"] == len(orders), "each order that was written down was sent exactly once"
    with closing(sqlite3.connect(state / "orders.db")) as connection:
        ((asked,),) = connection.execute("SELECT count(*) FROM events WHERE event = 'cancel asked for'")
    assert site.requests["cancelNumber"] == asked, "each cancel that was written down was sent exactly once"


def _check_refunds(site: SandboxServer, state: Path, note_of: Callable[[Order], str]) -> None:
    truths = {truth.number_id: truth for truth in site.orders}
    for order in _orders(state):
        note, truth = note_of(order), truths.get(order.number_id or "")
        if note.endswith(" refunded"):
            assert truth is not None
            assert (order.price, truth.refunded) == (truth.price, truth.price), "a refund that was told is one"
        if note.endswith("did not come back"):
            assert truth is not None
            assert truth.refunded == 0, "a refund that was denied is none"
