"""Several profiles in a real terminal: renamed without losing a number, and switched without the shell showing."""

from collections.abc import Iterator

import pytest

from snum_tui.sandbox.server import SandboxServer
from snum_tui.sandbox.site_options import SandboxOptions
from tests.terminal.desk_steps import DEAF_SECONDS
from tests.terminal.other_process import Program
from tests.terminal.prepared import order_numbers
from tests.terminal.pty_terminal import DOWN, ENTER, ENTERING, OpenTerminal
from tests.terminal.pty_text import after_the_screen


@pytest.fixture
def quiet_site() -> Iterator[SandboxServer]:
    """A site whose numbers get no code."""
    with SandboxServer(SandboxOptions(port=0, code_share=0.0, no_number_share=0.0)) as site:
        yield site


CONFIG = """
profile = "work"
[profiles.work]
site = "{site}"
api_key = "{key}"
orders_as = "default"
[profiles.home]
site = "{other}"
api_key = "{key}"
"""


def test_a_renamed_profile_has_its_numbers_and_a_switch_keeps_screen_and_journal(
    program: Program, open_terminal: OpenTerminal, quiet_site: SandboxServer
) -> None:
    order_numbers(program, quiet_site, 1)
    other = quiet_site.url.replace("127.0.0.1", "localhost")
    program.configure(CONFIG.format(site=quiet_site.url, other=other, key=quiet_site.key))
    [listed] = program.orders("--open", "--profile", "work")
    assert listed["profile"] == "work"
    terminal = open_terminal()
    terminal.until(lambda screen: "· work" in screen.lines[0] and "1 open" in screen and "connected" in screen)
    terminal.send("P")
    terminal.until(lambda screen: "home" in screen and "work" in screen)
    terminal.send(DOWN + ENTER)
    terminal.until(lambda screen: "(n)]" in screen)
    terminal.listen(DEAF_SECONDS)
    terminal.send("y")
    terminal.until(lambda screen: "· home" in screen.lines[0] and "connected" in screen)
    terminal.until(lambda screen: "another profile is open" in screen)
    terminal.send("q")
    assert terminal.wait() == 0
    assert terminal.received.count(ENTERING) == 1
    assert after_the_screen(terminal.received) == ""
    assert quiet_site.key.encode() not in terminal.received
    assert [one["id"] for one in program.orders("--open")] == [listed["id"]]
