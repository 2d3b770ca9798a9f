"""The site's money: every charge and refund is in the ledger, and the ledger always adds up."""

import json
from collections.abc import Callable
from datetime import UTC
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from snum_tui.sandbox.account import EntryKind
from snum_tui.sandbox.numbers import NumberState
from snum_tui.sandbox.options import SandboxOptions
from snum_tui.sandbox.refusals import Refused
from snum_tui.sandbox.server import SandboxServer
from snum_tui.sandbox.site import Site

Ask = Callable[..., httpx.Response]
OpenSite = Callable[..., SandboxServer]
PassSeconds = Callable[[float], None]


@pytest.mark.parametrize(
    ("age_seconds", "refunded"), [(0, True), (599.9, True), (600, True), (600.1, False), (1199, False)]
)
def test_a_cancel_is_refunded_within_the_window_and_accepted_without_after_it(
    open_site: OpenSite, ask: Ask, pass_seconds: PassSeconds, age_seconds: float, *, refunded: bool
) -> None:
    site = open_site(code_share=0)
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    price = site.orders[0].price
    pass_seconds(age_seconds)
    assert ask(site, "cancelNumber", number_id).json()["success"] is True
    assert site.balance == (Decimal(100) if refunded else 100 - price)
    assert site.orders[0].refunded == (price if refunded else 0)
    assert site.orders[0].state is NumberState.CANCELLED


def test_the_refund_window_runs_in_the_sites_compressed_time(
    open_site: OpenSite, ask: Ask, pass_seconds: PassSeconds
) -> None:
    site = open_site(code_share=0, speed=60.0)
    in_time, too_late = (ask(site, "getNumber", 3).json()["number_id"] for _ in range(2))
    pass_seconds(9.9)
    ask(site, "cancelNumber", in_time)
    pass_seconds(0.2)
    ask(site, "cancelNumber", too_late)
    assert [order.refunded > 0 for order in site.orders] == [True, False]


def test_the_refund_is_what_was_charged_whatever_the_price_is_now(site: SandboxServer, ask: Ask) -> None:
    site.set_price("3", "2.50")
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    site.set_price("3", "7.00")
    ask(site, "cancelNumber", number_id)
    assert [(entry.kind, entry.amount) for entry in site.ledger] == [
        (EntryKind.CHARGE, Decimal("2.50")),
        (EntryKind.REFUND, Decimal("2.50")),
    ]
    assert (site.orders[0].price, site.orders[0].refunded) == (Decimal("2.50"), Decimal("2.50"))


def test_a_number_without_a_code_expires_unrefunded(
    open_site: OpenSite, ask: Ask, pass_seconds: PassSeconds
) -> None:
    site = open_site(code_share=0)
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    pass_seconds(1199)
    assert ask(site, "getMessage", number_id).json()["status"] == 0
    pass_seconds(1)
    assert ask(site, "getMessage", number_id).json() == {"code": None, "id": str(number_id), "status": -1}
    assert site.balance == 100 - site.orders[0].price


def test_a_site_that_refunds_the_expired_does_so_by_itself_and_once(
    open_site: OpenSite, ask: Ask, pass_seconds: PassSeconds
) -> None:
    site = open_site(code_share=0, expire_refund=True)
    ask(site, "getNumber", 3)
    pass_seconds(1200)
    assert ask(site, "getBalance").text == '{"balance":100}'
    pass_seconds(5000)
    assert [entry.kind for entry in site.ledger] == ["charge", "refund"]


def test_with_expiry_off_a_number_waits_for_ever(open_site: OpenSite, ask: Ask, pass_seconds: PassSeconds) -> None:
    site = open_site(code_share=0, expire_seconds=0)
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    pass_seconds(10_000_000)
    assert ask(site, "getMessage", number_id).json()["status"] == 0


def test_an_entry_tells_when_what_and_for_which_number(
    site: SandboxServer, ask: Ask, pass_seconds: PassSeconds
) -> None:
    pass_seconds(30)
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    (entry,) = site.ledger
    assert (entry.kind, entry.number_id, entry.service_id) == (EntryKind.CHARGE, str(number_id), "3")
    assert (entry.amount, entry.site_seconds, entry.time.tzinfo) == (site.orders[0].price, 30, UTC)


def test_the_ledger_file_has_each_entry_as_soon_as_it_is_made(
    open_site: OpenSite, ask: Ask, tmp_path: Path
) -> None:
    ledger_file = tmp_path / "ledger.jsonl"
    ledger_file.write_text('{"kind": "from an earlier run"}\n')
    site = open_site(ledger_file=ledger_file)
    number_id = ask(site, "getNumber", 3).json()["number_id"]
    assert len(ledger_file.read_text().splitlines()) == 2
    ask(site, "cancelNumber", number_id)
    lines = [json.loads(line) for line in ledger_file.read_text().splitlines()]
    assert lines[1:] == [entry.as_record() for entry in site.ledger]
    assert lines[1]["amount"] == str(site.orders[0].price)


def test_setting_the_balance_moves_the_opening_balance_along(site: SandboxServer, ask: Ask) -> None:
    ask(site, "getNumber", 3)
    site.set_balance("7.77")
    assert ask(site, "getBalance").text == '{"balance":7.77}'
    assert site.opening_balance - site.orders[0].price == Decimal("7.77")


class AnyDayAtTheSite(RuleBasedStateMachine):
    """Orders, codes, cancels and hours in any order, by whoever presses whatever."""

    numbers: Bundle[str] = Bundle("numbers")

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0
        self.site = Site(
            SandboxOptions(balance=Decimal("30.00"), expire_refund=True, earliest_cancel_seconds=20),
            lambda: self.seconds,
        )

    @rule(target=numbers, service_id=st.integers(1, 60).map(str))
    def order(self, service_id: str) -> str:
        before = self.site.balance()
        try:
            rented = self.site.order(service_id)
        except Refused:
            assert self.site.account.balance == before
            return "none"
        assert self.site.account.balance == before - rented.price
        return rented.number_id

    @rule(number_id=numbers)
    def ask(self, number_id: str) -> None:
        try:
            rented = self.site.message(number_id)
        except Refused:
            return
        assert bool(rented.codes(self.site.now)) >= (rented.state(self.site.now) is NumberState.RECEIVED)

    @rule(number_id=consumes(numbers))
    def cancel(self, number_id: str) -> None:
        try:
            self.site.cancel(number_id)
        except Refused:
            return
        assert self.site.message(number_id).state(self.site.now) is NumberState.CANCELLED

    @rule(seconds=st.floats(0, 900))
    def wait(self, seconds: float) -> None:
        self.seconds += seconds

    @invariant()
    def the_ledger_adds_up(self) -> None:
        account = self.site.account
        moved = sum(
            (entry.amount if entry.kind is EntryKind.REFUND else -entry.amount for entry in account.entries),
            Decimal(0),
        )
        assert account.opening_balance + moved == account.balance
        assert account.balance >= 0

    @invariant()
    def nothing_is_charged_or_refunded_twice(self) -> None:
        entries = [(entry.kind, entry.number_id) for entry in self.site.account.entries]
        assert len(entries) == len(set(entries))
        charged = {number_id for kind, number_id in entries if kind is EntryKind.CHARGE}
        assert charged == {rented.number_id for rented in self.site.numbers.all()}

    @invariant()
    def an_answered_number_keeps_its_price(self) -> None:
        for rented in self.site.numbers.all():
            if rented.state(self.site.now) is NumberState.RECEIVED:
                assert rented.refunded == 0


AnyDayAtTheSite.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestAnyDayAtTheSite = AnyDayAtTheSite.TestCase
