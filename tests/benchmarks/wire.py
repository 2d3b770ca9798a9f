"""How many bytes the program sends to the terminal, on a site whose time stands still: nothing else moves."""

from decimal import Decimal
from statistics import median

from snum_tui.sandbox.server import SandboxServer
from snum_tui.sandbox.site_options import SandboxOptions
from tests.benchmarks.table import Line, print_table
from tests.terminal.desk_steps import PRICED, order, reach_services
from tests.terminal.other_process import Program
from tests.terminal.pty_terminal import DOWN, Terminal

SIZE = (80, 24)
IDLE_SECONDS = 5.0
COUNTDOWN_SECONDS = 5.0
QUIET_SECONDS = 0.3
KEYS = 7
QUICK = """\
[freshness]
quote_seconds = 1
[politeness]
burst = 100
requests_per_second = 50
"""
PRICES = ("7.77", "8.88", "9.99")
# What our own row widget costs by FACTS.md: 422 B for a key, 648 B/s for 7 changes, 756 B/s for 8 countdowns.
KEY_BYTES, CELL_BYTES, TICK_BYTES = 422, 93, 95


def measure_bytes(program: Program) -> float:
    """Print what idling, a key, a changed price and a countdown send to an 80x24 terminal.

    Returns the bytes of a changed price.
    """
    program.configure(QUICK)
    options = SandboxOptions(port=0, code_share=0.0, no_number_share=0.0)
    with SandboxServer(options, time=lambda: 1000.0) as site:
        environment = {**program.environment, "SNUM_TUI_SITE": site.url, "SNUM_TUI_API_KEY": site.key}
        terminal = Terminal(program.command, environment, size=SIZE, cwd=program.home)
        try:
            reach_services(terminal)
            _settle(terminal)
            idle = terminal.listen(IDLE_SECONDS)
            cell = median(_changed_price(terminal, site, price) for price in PRICES)
            key = median(_key(terminal) for _ in range(KEYS))
            order(terminal)
            _settle_ticking(terminal)
            tick = terminal.listen(COUNTDOWN_SECONDS) / COUNTDOWN_SECONDS
        finally:
            terminal.close()
    lines = [
        _line(f"idle for {IDLE_SECONDS:g} s, no open numbers", idle, 0),
        _line("one Down key in the services", key, KEY_BYTES),
        _line("one changed price", cell, CELL_BYTES),
        _line("one second of one countdown", tick, TICK_BYTES),
    ]
    print_table(f"Bytes to the terminal at {SIZE[0]}x{SIZE[1]}", ("what", "bytes", "by FACTS", "ratio"), lines)
    return cell


def _settle(terminal: Terminal) -> None:
    """Read until nothing comes any more."""
    terminal.until(
        lambda screen: len(screen.lines) > 1 and screen.find(PRICED) and "…" not in "".join(screen.lines[2:8])
    )
    while terminal.listen(QUIET_SECONDS):
        pass


def _settle_ticking(terminal: Terminal) -> None:
    """Let balance, title and messages of the order be painted, so that only its countdown is left."""
    terminal.until(lambda screen: "today ₺0.00" not in screen)
    terminal.listen(2.0)


def _key(terminal: Terminal) -> int:
    terminal.send(DOWN)
    return terminal.listen(QUIET_SECONDS)


def _changed_price(terminal: Terminal, site: SandboxServer, price: str) -> int:
    """Change the price of the first row, and count what its repaint sends."""
    before = len(terminal.received)
    site.set_price("1", Decimal(price))
    terminal.until(lambda screen: price in screen)
    terminal.listen(QUIET_SECONDS)
    return len(terminal.received) - before


def _line(name: str, measured: float, known: int) -> Line:
    return name, f"{measured:.0f} B", f"{known} B", f"{measured / known:.2f}x" if known else "-"
