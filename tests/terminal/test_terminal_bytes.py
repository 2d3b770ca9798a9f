"""What the program may send down a thin line: bytes are exact, so they fail a push where times never do.

In truecolor, the dearest: every colour takes some forty bytes.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from snum_tui.sandbox.server import SandboxServer
from snum_tui.sandbox.site_options import SandboxOptions
from tests.terminal.desk_steps import PRICED, reach_services, seconds_left
from tests.terminal.other_process import Program
from tests.terminal.prepared import order_numbers
from tests.terminal.pty_terminal import DOWN, ENTER, ESCAPE, OpenTerminal, Terminal
from tests.terminal.readme_figures import is_true, read_figures

FIGURES = read_figures()
SIZES = ((80, 24), (120, 40), (200, 60))
IDLE_SECONDS = 3.0
COUNTED_SECONDS = 2.5
WINDOWS = 2
QUIET_SECONDS = 0.3
CALM_BYTES, ALL_SECONDS_BYTES = 150, 550
CELL_BYTES, KEY_BYTES, POINTER_BYTES = 80, 700, 100
DIALOG_BYTES_A_CELL, LETTER_BYTES_A_CELL = 3.5, 1.5
QUICK = """\
[freshness]
quote_seconds = 1
balance_seconds = 3600
[politeness]
burst = 500
requests_per_second = 50
"""


@pytest.fixture
def site() -> Iterator[SandboxServer]:
    """A site whose time stands still: nothing moves but what the test moves."""
    options = SandboxOptions(port=0, code_share=0.0, no_number_share=0.0, balance=Decimal(1000))
    with SandboxServer(options, time=lambda: 1000.0) as opened:
        yield opened


@pytest.fixture
def opened(program: Program, site: SandboxServer, open_terminal: OpenTerminal) -> Callable[..., Terminal]:
    """Open the program on the site in a size, with settings, once numbers are ordered."""

    def open_one(size: tuple[int, int], settings: str, numbers: int = 0) -> Terminal:
        program.configure(settings)
        if numbers:
            order_numbers(program, site, numbers)
        environment = {"SNUM_TUI_SITE": site.url, "SNUM_TUI_API_KEY": site.key, "COLORTERM": "truecolor"}
        return open_terminal(size=size, environment=environment)

    return open_one


def settle(terminal: Terminal) -> None:
    """Read until every row has its price, and nothing comes any more but ticks."""
    terminal.until(lambda screen: screen.find(PRICED) and " … " not in screen.text)
    terminal.listen(1.5)


@pytest.mark.parametrize("size", SIZES)
def test_idling_costs_nothing_and_a_key_a_changed_price_and_a_pointer_hardly_anything(
    opened: Callable[..., Terminal], site: SandboxServer, size: tuple[int, int]
) -> None:
    terminal = opened(size, QUICK)
    reach_services(terminal)
    settle(terminal)
    assert terminal.listen(IDLE_SECONDS) == 0
    terminal.send(DOWN)
    key = terminal.listen(QUIET_SECONDS)
    assert 0 < key <= KEY_BYTES
    before = len(terminal.received)
    site.set_price("3", Decimal("77.70"))
    terminal.until(lambda screen: "77.70" in screen)
    cell = len(terminal.received) - before
    assert cell <= CELL_BYTES
    if size == SIZES[0]:
        assert is_true(FIGURES.key, key)
        assert is_true(FIGURES.cell, cell)
    terminal.until(lambda screen: "▲" not in screen)
    terminal.listen(QUIET_SECONDS)
    for row in range(5, 11):
        terminal.send(f"\x1b[<35;50;{row}M")
        assert terminal.listen(QUIET_SECONDS / 2) <= POINTER_BYTES


@pytest.mark.parametrize(("size", "cells"), [(SIZES[0], 1920), (SIZES[1], 4800)])
def test_a_dialog_costs_no_more_than_the_cells_that_it_changes(
    opened: Callable[..., Terminal], size: tuple[int, int], cells: int
) -> None:
    """All of them: behind a dialog everything is dimmed. A line for filtering changes a line."""
    terminal = opened(size, QUICK)
    reach_services(terminal)
    settle(terminal)
    for key in ("?", "d", "w", ENTER):
        assert 0 < bytes_until_quiet(terminal, key) <= DIALOG_BYTES_A_CELL * cells, key
        assert 0 < bytes_until_quiet(terminal, ESCAPE) <= DIALOG_BYTES_A_CELL * cells, key
    assert bytes_until_quiet(terminal, ":") <= DIALOG_BYTES_A_CELL * cells
    for letter in "goo":
        assert bytes_until_quiet(terminal, letter) <= LETTER_BYTES_A_CELL * cells
    assert bytes_until_quiet(terminal, ESCAPE) <= DIALOG_BYTES_A_CELL * cells
    assert bytes_until_quiet(terminal, "/") <= KEY_BYTES


def bytes_until_quiet(terminal: Terminal, keys: str) -> int:
    """Type, and count what comes until nothing does."""
    terminal.send(keys)
    sent = terminal.listen(QUIET_SECONDS * 2)
    while more := terminal.listen(QUIET_SECONDS):
        sent += more
    return sent


@pytest.mark.parametrize(("calm", "allowed"), [("true", CALM_BYTES), ("false", ALL_SECONDS_BYTES)])
def test_ten_open_numbers_stay_within_their_bytes_a_second(
    opened: Callable[..., Terminal], calm: str, allowed: int
) -> None:
    terminal = opened(SIZES[0], f"calm = {calm}\n{QUICK}", numbers=10)
    terminal.until(lambda screen: "10 open" in screen and "connected" in screen)
    for size in SIZES:
        terminal.resize(*size)
        settle(terminal)
        # Whatever else happens in a window only adds to it: the least of a few is what the countdowns cost.
        sent = min(bytes_a_second(terminal) for _ in range(WINDOWS))
        assert 0 < sent <= allowed, size
        if size == SIZES[0] and calm == "true":
            assert is_true(FIGURES.numbers, sent)


def bytes_a_second(terminal: Terminal) -> float:
    """Count what comes while the countdown goes on, by the seconds that it shows."""
    begin = seconds_left(terminal.picture) or 0
    sent = terminal.listen(COUNTED_SECONDS)
    ticks = begin - (seconds_left(terminal.picture) or 0)
    assert ticks >= 1
    return sent / ticks
