"""Numbers of a profile that was renamed are at hand; those of another one are mentioned, and never forgotten."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from snum_tui.domain.policy import Policy, Politeness
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.engine.commands import PlaceOrder
from snum_tui.engine.system_clock import SystemClock
from snum_tui.engine.thread import Engine, EngineSettings
from snum_tui.sandbox.server import SandboxServer
from snum_tui.sandbox.site_options import SandboxOptions

PATIENCE_SECONDS = 20.0


@pytest.fixture
def site() -> Iterator[SandboxServer]:
    with SandboxServer(SandboxOptions(port=0, code_share=0.0, no_number_share=0.0)) as server:
        yield server


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@contextmanager
def running(site: SandboxServer, folder: Path, profile: str, orders_as: str | None = None) -> Iterator[Engine]:
    settings = EngineSettings(
        SiteAddress(site.url),
        ApiKey(site.key),
        profile,
        folder / "state",
        folder / "cache",
        Policy(politeness=Politeness(burst=500)),
        orders_as=orders_as,
    )
    engine = Engine(settings, SystemClock())
    engine.start()
    try:
        yield engine
    finally:
        assert engine.stop(PATIENCE_SECONDS)


def order_one(site: SandboxServer, folder: Path, profile: str) -> None:
    site.set_price(1, "0.50")
    site.set_stock(1, 5)
    with running(site, folder, profile) as engine:
        engine.submit(PlaceOrder("1", "Rusya", "1", "Google", Decimal("0.50")))
        until(lambda: [one for one in engine.latest.orders if one.number])


def mentions(engine: Engine) -> list[int | None]:
    return [one.sentence.count for one in engine.latest.events if "another profile" in one.sentence.template]


def test_after_a_rename_the_numbers_are_open_under_the_new_name(site: SandboxServer, tmp_path: Path) -> None:
    order_one(site, tmp_path, "work")
    with running(site, tmp_path, "office", orders_as="work") as engine:
        until(lambda: engine.latest.open_numbers)
        until(lambda: engine.latest.leads)
        assert (engine.latest.profile, engine.latest.open_numbers[0].profile) == ("office", "work")
        assert mentions(engine) == []


def test_open_numbers_of_another_profile_are_mentioned_with_their_count(
    site: SandboxServer, tmp_path: Path
) -> None:
    order_one(site, tmp_path, "work")
    with running(site, tmp_path, "home") as engine:
        until(lambda: engine.latest.leads)
        until(lambda: mentions(engine))
        assert mentions(engine) == [1]
        assert engine.latest.open_numbers == ()
