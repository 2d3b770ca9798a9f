"""What the program may send down a thin line: bytes are exact, so they fail a push where times never do.

In truecolor, the dearest: every colour takes some forty bytes.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from snum_tui.sandbox.server import SandboxServer
from snum_tui.sandbox.site_options import SandboxOptions
from tests.terminal.desk_steps import reach_services, seconds_left
from tests.terminal.other_process import Program
from tests.terminal.prepared import order_numbers
from tests.terminal.pty_terminal import DOWN, ENTER, ESCAPE, OpenTerminal, Terminal
from tests.terminal.readme_figures import is_true, read_figures

FIGURES = read_figures()
SIZES = ((80, 24), (40, 12), (120, 40), (200, 60))
IDLE_SECONDS = 1.2
"""Longer than the quotes of the rows on show are left unread."""
QUIET_SECONDS = 0.2
TRIES = 4
"""Whatever else happens in a window only adds to it: the least of a few is what is measured."""
LAST_MINUTES_SECONDS = 170
CALM_BYTES, ALL_SECONDS_BYTES = 150, 550
CELL_BYTES, KEY_BYTES, POINTER_BYTES = 80, 700, 100
BYTES_A_CELL = {SIZES[0]: (2.2, 1.0), SIZES[1]: (4.7, 1.3), SIZES[2]: (1.7, 0.8)}
"""A dialog's, and a letter's in the palette: in a small window more of the cells are frames, in another colour."""
CATEGORY_BYTES = {SIZES[0]: 2100, SIZES[2]: 4100}
"""Another category's rows, with their prices."""
EMPTY_FRAME = re.compile(rb"(?:\x1b\[1;1H){2}(?=\x1b\[\d+;\d+H|$)")
"""The end of a frame, and one more: what stays of a frame without a change."""
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
    """Open the program on the site with settings, once numbers are ordered."""

    def open_one(settings: str, numbers: int = 0, refund_seconds: int = 600) -> Terminal:
        program.configure(settings)
        if numbers:
            order_numbers(program, site, numbers, refund_seconds)
        environment = {"SNUM_TUI_SITE": site.url, "SNUM_TUI_API_KEY": site.key, "COLORTERM": "truecolor"}
        return open_terminal(size=SIZES[0], environment=environment)

    return open_one


def resize(terminal: Terminal, size: tuple[int, int]) -> None:
    """Give it another size, and read until nothing comes any more but ticks."""
    terminal.resize(*size)
    terminal.until(lambda screen: screen.is_framed and " … " not in screen.text)
    while terminal.listen(QUIET_SECONDS):
        pass


def test_idling_costs_nothing_and_a_key_a_changed_price_and_a_pointer_hardly_anything(
    opened: Callable[..., Terminal], site: SandboxServer
) -> None:
    terminal = opened(QUICK)
    reach_services(terminal)
    for rise, size in enumerate(SIZES):
        resize(terminal, size)
        assert any(terminal.listen(IDLE_SECONDS) == 0 for _ in range(TRIES)), size
        key = bytes_until_quiet(terminal, DOWN)
        assert 0 < key <= KEY_BYTES, size
        terminal.send("".join(f"\x1b[<35;30;{row}M" for row in range(5, 11)))
        assert terminal.listen(QUIET_SECONDS) <= POINTER_BYTES, size
        before, price = len(terminal.received), f"{77 + rise}.70"
        site.set_price("3", Decimal(price))
        terminal.until(lambda screen, new=price: new in screen)  # type: ignore[misc]
        cell = len(terminal.received) - before
        assert cell <= CELL_BYTES, size
        if size == SIZES[0]:
            assert is_true(FIGURES.key, key)
            assert is_true(FIGURES.cell, cell)


def test_a_dialog_costs_no_more_than_the_cells_that_it_changes(opened: Callable[..., Terminal]) -> None:
    """All of them: behind a dialog everything is dimmed. A line for filtering changes a line."""
    terminal = opened(QUICK)
    reach_services(terminal)
    for size, bytes_a_cell in BYTES_A_CELL.items():
        resize(terminal, size)
        dialog, letter = (size[0] * size[1] * one for one in bytes_a_cell)
        for key in ("?", "d", "w", ENTER) if size != SIZES[2] else "?":
            assert bytes_until_quiet(terminal, key) <= dialog, key
            assert bytes_until_quiet(terminal, ESCAPE) <= dialog, key
        assert bytes_until_quiet(terminal, ":") <= dialog
        for typed in "goo":
            assert bytes_until_quiet(terminal, typed) <= letter
        assert bytes_until_quiet(terminal, ESCAPE) <= dialog
        assert bytes_until_quiet(terminal, "/") <= KEY_BYTES
        assert bytes_until_quiet(terminal, ESCAPE) <= KEY_BYTES


def test_the_tree_s_cursor_on_another_category_sends_its_rows_and_no_colour_over_and_over(
    opened: Callable[..., Terminal],
) -> None:
    terminal = opened(QUICK.replace("quote_seconds = 1\n", "quote_seconds = 3600\n"))
    reach_services(terminal)
    terminal.send("1")
    for size, allowed in CATEGORY_BYTES.items():
        resize(terminal, size)
        assert min(_category(terminal) for _ in range(TRIES)) <= allowed, size
    assert not EMPTY_FRAME.search(terminal.received), "a frame that changes nothing is not sent"


def _category(terminal: Terminal) -> int:
    """Go down to the next category, and count what comes until all its prices are there."""
    before, title = len(terminal.received), terminal.picture.lines[1][30:]
    terminal.send(DOWN)
    terminal.until(lambda screen: screen.lines[1][30:] != title and "…" not in "".join(screen.lines[2:14]))
    while terminal.listen(QUIET_SECONDS):
        pass
    return len(terminal.received) - before


def bytes_until_quiet(terminal: Terminal, keys: str) -> int:
    """Type, and count what comes until nothing does; fail where nothing comes at all."""
    before = len(terminal.received)
    terminal.send(keys)
    terminal.until(lambda _: len(terminal.received) > before)
    while terminal.listen(QUIET_SECONDS):
        pass
    return len(terminal.received) - before


@pytest.mark.parametrize(
    ("calm", "refund_seconds", "allowed", "sizes"),
    [
        ("true", 600, CALM_BYTES, SIZES),
        ("false", 600, ALL_SECONDS_BYTES, SIZES),
        ("true", LAST_MINUTES_SECONDS, CALM_BYTES, SIZES),
    ],
    ids=["calm", "all seconds", "the last three minutes"],
)
def test_ten_open_numbers_stay_within_their_bytes_a_second(
    opened: Callable[..., Terminal],
    calm: str,
    refund_seconds: int,
    allowed: int,
    sizes: tuple[tuple[int, int], ...],
) -> None:
    terminal = opened(f"calm = {calm}", numbers=10, refund_seconds=refund_seconds)
    terminal.until(lambda screen: "10 open" in screen and "connected" in screen)
    terminal.send("3")
    for size in sizes:
        resize(terminal, size)
        next_second(terminal)
        sent = min(next_second(terminal) for _ in range(TRIES))
        assert sent <= allowed, size
        if size == SIZES[0] and calm == "true" and refund_seconds != LAST_MINUTES_SECONDS:
            assert is_true(FIGURES.numbers, sent)


def next_second(terminal: Terminal) -> int:
    """Count what comes until the countdown under the cursor has gone on, and nothing comes any more."""
    before, shown = len(terminal.received), seconds_left(terminal.picture)
    terminal.until(lambda screen: (seconds_left(screen) or shown) != shown)
    while terminal.listen(QUIET_SECONDS):
        pass
    return len(terminal.received) - before
