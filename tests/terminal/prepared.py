"""Numbers that were ordered before the program starts, by its own engine on the same folders."""

from decimal import Decimal
from pathlib import Path

from snum_tui.domain.policy import Policy, Politeness, SiteRules
from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.engine.commands import PlaceOrder
from snum_tui.engine.system_clock import SystemClock
from snum_tui.engine.thread import Engine, EngineSettings
from snum_tui.sandbox.server import SandboxServer
from tests.benchmarks.sharing import Moment
from tests.terminal.other_process import Program

ENDING_SECONDS = 30.0
REFUND_SECONDS = SiteRules().refund_seconds


def order_numbers(program: Program, site: SandboxServer, count: int, refund_seconds: int = REFUND_SECONDS) -> None:
    """Order so many numbers of row 1, one after the other; the program finds them open when it starts."""
    site.set_price(1, "0.50")
    site.set_stock(1, count)
    address, key = SiteAddress(site.url), ApiKey(site.key)
    policy = Policy(rules=SiteRules(refund_seconds=refund_seconds), politeness=Politeness(burst=500))
    folders = program.state, Path(program.environment["SNUM_TUI_CACHE_DIR"])
    engine = Engine(EngineSettings(address, key, "default", *folders, policy, browses=False), SystemClock())
    moment = Moment(engine)
    engine.start()
    try:
        for number in range(count):
            engine.submit(PlaceOrder("1", "Rusya", "1", "Google", Decimal("0.50")))
            moment.of(lambda seen, least=number: len([one for one in seen.orders if one.number]) > least)  # type: ignore[misc]
    finally:
        engine.stop(ENDING_SECONDS)
