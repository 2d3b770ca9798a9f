"""The link: up, busy, down, key rejected; who may ask while the site is down, and how it comes back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from snum_tui.domain.orders import Order, OrderState
from snum_tui.domain.policy import Freshness, Policy
from snum_tui.domain.site import ApiKey
from snum_tui.engine.commands import PlaceOrder, Refresh, ShowCategory, WatchRows
from snum_tui.engine.snapshot import Link, Loading, Snapshot
from snum_tui.engine.thread import Engine
from snum_tui.sandbox.server import SandboxServer

Until = Callable[[Engine, Callable[[Snapshot], bool]], Snapshot]


@pytest.fixture
def policy(policy: Policy) -> Policy:
    """The balance is read every 20 ms, quotes grow old in 50."""
    return replace(policy, freshness=Freshness(balance_seconds=0.02, quote_seconds=0.05))


@pytest.fixture
def busy_engine(
    site: SandboxServer, engine: Engine, place: Callable[..., Order], until: Until
) -> tuple[Engine, Order]:
    """An engine with a live number, a category on show and rows on the screen."""
    order = place(engine)
    engine.submit(ShowCategory("1"))
    engine.submit(WatchRows(("1", "2", "3")))
    until(engine, lambda seen: set(seen.quotes) >= {"1", "2", "3"} and seen.listing.loading is Loading.READY)
    until(engine, lambda _: site.requests["getMessage"] > 0)
    return engine, order


def test_the_balance_is_read_at_the_start_and_again_and_again(
    site: SandboxServer, engine: Engine, until: Until
) -> None:
    assert engine.latest.link is Link.UP
    site.set_balance("55.50")
    seen = until(engine, lambda seen: seen.balance == Decimal("55.50"))
    assert seen.balance_at is not None


def test_a_site_that_is_only_busy_is_shown_as_busy_and_not_as_down(
    site: SandboxServer, start: Callable[..., Engine], policy: Policy, until: Until
) -> None:
    engine = start(policy=replace(policy, politeness=replace(policy.politeness, down_after_failures=1000)))
    site.add_fault("*:500-before")
    seen = until(engine, lambda seen: seen.link is Link.BUSY)
    assert seen.link_problem is not None
    site.clear_faults()
    seen = until(engine, lambda seen: seen.link is Link.UP)
    assert seen.link_problem is None


def test_a_site_that_asks_for_patience_again_and_again_still_takes_an_order(
    site: SandboxServer, start: Callable[..., Engine], policy: Policy, place: Callable[..., Order], until: Until
) -> None:
    """Each refused read says `Retry-After: 2`, so that is how long the price before the order waits."""
    engine = start(policy=replace(policy, politeness=replace(policy.politeness, down_after_failures=2)))
    until(engine, lambda seen: seen.categories_loading is Loading.READY)
    asked = sum(site.requests.values())
    site.add_fault("*:429@1-4")
    engine.submit(WatchRows(("1", "2", "3", "4")))
    until(engine, lambda _: sum(site.requests.values()) >= asked + 4)  # busy is shown no longer than it lasts
    assert place(engine).state is OrderState.WAITING
    assert not any(event.while_down for event in engine.latest.events), "it was told to be down"


def test_while_the_site_is_down_only_the_probe_asks(
    site: SandboxServer, busy_engine: tuple[Engine, Order], until: Until
) -> None:
    engine, _ = busy_engine
    site.add_fault("*:500-before")
    until(engine, lambda seen: seen.link is Link.DOWN)
    probes_only = _Silence(lambda: site.requests)
    until(engine, lambda _: probes_only.lasted(balances=10))
    engine.submit(Refresh())
    engine.submit(ShowCategory("2"))
    engine.submit(PlaceOrder("1", "Almanya", "1", "Google", Decimal(2)))
    before = dict(site.requests)
    until(engine, lambda _: site.requests["getBalance"] >= before["getBalance"] + 10)
    assert {**site.requests, "getBalance": 0} == {**before, "getBalance": 0}


class _Silence:
    """Sees whether nothing but the balance was asked for during so many readings of it."""

    def __init__(self, read: Callable[[], Mapping[str, int]]) -> None:
        self._read = read
        self._since = dict(read())

    def lasted(self, balances: int) -> bool:
        now = dict(self._read())
        if {**now, "getBalance": 0} != {**self._since, "getBalance": 0}:
            self._since = now
        return now["getBalance"] >= self._since["getBalance"] + balances


def test_when_the_site_answers_again_everything_goes_on_by_itself(
    site: SandboxServer,
    busy_engine: tuple[Engine, Order],
    until: Until,
    until_state: Callable[..., Order],
    told: Callable[..., list[str]],
) -> None:
    engine, order = busy_engine
    site.stop()
    until(engine, lambda seen: "warning: " in "".join(told(seen)))
    assert engine.latest.link is Link.DOWN
    site.set_price("1", "7")
    site.deliver(order.number_id or "", "123456")
    site.start()
    until_state(engine, order, OrderState.RECEIVED)
    until(engine, lambda seen: seen.quotes["1"].quote.price == 7)
    until(engine, lambda seen: seen.link is Link.UP)
    assert "good: The site answers again." in told(engine.latest)


def test_a_site_that_went_down_is_probed_soon_however_seldom_the_balance_is_read_else(
    site: SandboxServer, start: Callable[..., Engine], policy: Policy, until: Until, told: Callable[..., list[str]]
) -> None:
    engine = start(policy=replace(policy, freshness=Freshness(balance_seconds=3600)))
    until(engine, lambda seen: seen.categories_loading is Loading.READY)
    site.add_fault("*:500-before@1-12")
    engine.submit(WatchRows(tuple(map(str, range(1, 11)))))
    until(engine, lambda seen: "good: The site answers again." in told(seen))
    until(engine, lambda seen: len(seen.quotes) == 10)


def test_an_outage_is_told_once_not_with_every_failure(
    site: SandboxServer, engine: Engine, until: Until, told: Callable[..., list[str]]
) -> None:
    site.add_fault("*:500-before@1-30")
    until(engine, lambda seen: "good: The site answers again." in told(seen))
    assert len([line for line in told(engine.latest) if line.startswith("warning: ")]) == 1


def test_a_site_that_answers_all_but_prices_is_told_of_once_and_not_asked_for_them_again_and_again(
    site: SandboxServer, start: Callable[..., Engine], policy: Policy, until: Until, told: Callable[..., list[str]]
) -> None:
    engine = start(policy=replace(policy, freshness=Freshness(balance_seconds=0.05)))
    until(engine, lambda seen: seen.categories_loading is Loading.READY)
    site.add_fault("getServiceDetails:500-before")
    engine.submit(WatchRows(tuple(map(str, range(1, 11)))))
    until(engine, lambda seen: len(seen.failed_quotes) == 10)
    quiet = _Silence(lambda: site.requests)
    until(engine, lambda _: quiet.lasted(balances=10))
    assert len([line for line in told(engine.latest) if line.startswith("warning: ")]) == 1
    assert told(engine.latest).count("good: The site answers again.") == 1


def test_categories_that_failed_to_load_are_asked_for_again_when_the_site_is_back(
    site: SandboxServer, new_engine: Callable[..., Engine], until: Until
) -> None:
    site.stop()
    engine = new_engine()
    engine.start()
    until(engine, lambda seen: seen.categories_loading is Loading.FAILED)
    site.start()
    seen = until(engine, lambda seen: seen.categories_loading is Loading.READY)
    assert len(seen.categories) > 100
    assert seen.categories_problem is None


@pytest.mark.parametrize(
    "site_options", [{"dialects": (name,)} for name in ("key-401", "key-403", "key-null", "key-list", "document")]
)
def test_a_rejected_key_is_told_once_and_stays_on_the_screen_while_the_open_lists_work(
    site: SandboxServer, new_engine: Callable[..., Engine], until: Until, told: Callable[..., list[str]]
) -> None:
    engine = new_engine(key=ApiKey("0123456789abcdef"))
    engine.start()
    engine.submit(ShowCategory("1"))
    engine.submit(WatchRows(("1", "2")))
    until(engine, lambda seen: seen.link is Link.KEY_REJECTED and set(seen.quotes) >= {"1", "2"})
    asked = site.requests["getServiceDetails"], site.requests["getBalance"]
    links = set[Link]()

    def asked_again(seen: Snapshot) -> bool:
        links.add(seen.link)
        quotes, balances = asked
        return site.requests["getServiceDetails"] > quotes + 5 and site.requests["getBalance"] > balances + 5

    seen = until(engine, asked_again)
    assert links == {Link.KEY_REJECTED}
    assert seen.link_problem is not None
    assert [line.partition(":")[0] for line in told(seen)] == ["alarm"]


def test_a_key_that_the_site_accepts_after_all_is_up_again(
    site: SandboxServer, engine: Engine, until: Until
) -> None:
    accepted = site._site.key  # the site's own key changes and comes back, as when it is renewed there
    site._site.key = "another"
    until(engine, lambda seen: seen.link is Link.KEY_REJECTED)
    site._site.key = accepted
    seen = until(engine, lambda seen: seen.link is Link.UP)
    assert seen.link_problem is None


def test_a_site_that_answers_something_else_is_told_once_and_not_taken_for_down(
    site: SandboxServer, engine: Engine, until: Until, told: Callable[[Snapshot], list[str]]
) -> None:
    site.add_fault("getBalance:html@1-8")
    seen = until(engine, lambda seen: seen.link_problem is not None)
    assert seen.link is Link.STRANGE
    assert len([line for line in told(seen) if "not as this API" in line]) == 1
    seen = until(engine, lambda seen: seen.link_problem is None)
    assert seen.link is Link.UP
