"""Where the journal cannot be kept nothing is bought, the sentence says what to do, and nothing is lost."""

import ctypes
import json
import os
import re
import resource
import signal
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from decimal import Decimal
from pathlib import Path

import pytest

from snum_tui.domain.orders import Order, OrderState, advance
from snum_tui.engine.system_clock import SystemClock
from snum_tui.journal.orders import Journal
from tests.terminal.desk_steps import order, reach_services, seconds_left, send_order
from tests.terminal.other_process import OpenSite, Program, Site
from tests.terminal.pty_terminal import ENTER, OpenTerminal
from tests.terminal.pty_text import after_the_screen

SLOW_REPLY = ("--no-number-share", "0", "--fault", "getNumber:drip@1", "--drip-seconds", "0.01")
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1


def obey_permissions() -> None:
    """Take from root, in the program to be started, the right to write where nobody may."""
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0):
        raise OSError("root's rights cannot be taken")


def write_no_more() -> None:
    """Let every write to a file fail in the program to be started, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


def fill(folder: Path) -> None:
    """Write until there is no room for another byte."""
    with (folder / "filler").open("wb", buffering=0) as file:
        for size in (4096, 1):
            with suppress(OSError):
                while True:
                    file.write(bytes(size))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of half a megabyte, where one may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)  # noqa: S603 - what is mounted is ours
    except OSError as error:
        pytest.skip(f"no disk can be mounted here: {error}")
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607 - as above


@pytest.fixture
def refused(open_terminal: OpenTerminal, quiet_site: Site) -> Callable[..., str]:
    """Start the program on a good site; it must end with status 1 and one sentence on standard error."""

    def start(before_exec: Callable[[], None] | None = None) -> str:
        terminal = open_terminal(environment=quiet_site.environment, errors_apart=True, before_exec=before_exec)
        assert terminal.wait() == 1
        assert terminal.received == b""
        assert terminal.is_as_before
        [sentence] = terminal.errors.splitlines()
        assert "Traceback" not in sentence
        assert sentence.startswith("snum-tui: ")
        return sentence

    return start


def bought_elsewhere(program: Program, site: Site) -> Order:
    """Leave a live number in the journal as the program would, with the same site and profile."""
    with urllib.request.urlopen(f"{site.url}/api/{site.key}/getNumber/1", timeout=30) as reply:  # noqa: S310 - loopback
        bought = json.load(reply)
    opened = SystemClock().now()
    intent = Order("earlier", "default", site.url, "1", "Google", "1", "Almanya", Decimal(2), opened, 600)
    number = {"number_id": str(bought["number_id"]), "number": bought["number"]}
    with closing(Journal.open(program.state)) as journal:
        journal.write_intent(intent)
        journal.record(waiting := advance(intent, OrderState.WAITING, **number), "number received")
    return waiting


def test_where_the_journal_cannot_be_written_a_code_can_be_read_and_nothing_is_ordered(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    site = open_sandbox("--no-number-share", "0", "--code-share", "1", "--code-after", "0-0")
    number = bought_elsewhere(program, site)
    before = (program.state / "orders.db").read_bytes()
    for path in (*program.state.iterdir(), program.state):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        terminal = open_terminal(environment=site.environment, before_exec=obey_permissions, size=(160, 45))
        shown = rf"received +(\d+) +{re.escape(str(number.number))}"
        code = terminal.until(lambda screen: screen.find(shown)).find(shown)
        assert code is not None
        reach_services(terminal)
        terminal.send(ENTER)
        terminal.until(lambda screen: "Ordering is off until snum-tui is started anew." in screen)
        terminal.until(
            lambda screen: "cannot be written. Make it writable" in " ".join(screen.text.replace("│", " ").split())
        )
        terminal.send("q")
        assert terminal.wait() == 1
        known = f"number {number.number}, id {number.number_id}, code {code[1]}."
        assert known in " ".join(after_the_screen(terminal.received).split())
        listed = open_terminal("orders", "--format", "json", before_exec=obey_permissions, size=(500, 45))
        assert listed.wait() == 0
        assert f'"number_id": "{number.number_id}"' in listed.received.decode()
    finally:
        program.state.chmod(0o700)
    assert site.asked("getNumber") == 1
    assert (program.state / "orders.db").read_bytes() == before


def test_a_folder_that_cannot_be_made_is_told_before_the_screen_opens(
    refused: Callable[..., str], program: Program
) -> None:
    program.state.write_text("a file where the folder should be")
    assert str(program.state) in refused()


def test_a_full_disk_is_told_before_the_screen_opens(refused: Callable[..., str]) -> None:
    assert "the disk is full, or over quota. Free some space, then try again." in refused(write_no_more)


def test_a_disk_that_fills_while_the_program_runs_lets_nothing_be_bought(
    program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    site = open_sandbox("--no-number-share", "0", "--code-share", "0")
    terminal = open_terminal(environment=site.environment)
    reach_services(terminal)
    limits = resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (0, limits[1]))
    send_order(terminal)
    terminal.until(lambda screen: "Nothing was ordered:" in screen)
    assert site.asked("getNumber") == 0
    resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, limits)
    number = order(terminal)
    assert [record["number"] for record in program.orders()] == [number]


def test_a_number_that_comes_when_the_disk_is_full_is_on_the_screen_to_be_noted(
    open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    site = open_sandbox("--code-share", "0", *SLOW_REPLY)
    terminal = open_terminal(environment=site.environment, size=(160, 45))
    reach_services(terminal)
    send_order(terminal)
    terminal.until(lambda screen: "sending" in screen and site.asked("getNumber") == 1)
    limits = resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (0, limits[1]))
    known = site.truth()["orders"][0]
    screen = terminal.until(lambda screen: "Not written down:" in screen)
    assert known["number"] in screen
    assert f"id {known['number_id']}" in screen.line("Not written down:")


def test_on_a_disk_that_is_full_to_the_last_byte_a_number_that_comes_is_written_down_all_the_same(
    small_disk: Path, program: Program, open_terminal: OpenTerminal, open_sandbox: OpenSite
) -> None:
    program.environment["SNUM_TUI_STATE_DIR"] = str(small_disk)
    site = open_sandbox("--code-share", "0", *SLOW_REPLY)
    terminal = open_terminal(environment=site.environment)
    reach_services(terminal)
    send_order(terminal)
    terminal.until(lambda screen: "sending" in screen and site.asked("getNumber") == 1)
    fill(small_disk)
    known = site.truth()["orders"][0]
    terminal.until(lambda screen: known["number"] in screen and seconds_left(screen))
    assert [record["number_id"] for record in program.orders()] == [known["number_id"]]


@pytest.mark.parametrize("damage", [slice(0, 100), slice(4096, 8192)], ids=["header", "page"])
def test_a_damaged_journal_is_told_before_the_screen_opens_and_left_as_it_is(
    refused: Callable[..., str], program: Program, damage: slice
) -> None:
    program.state.mkdir()
    Journal.open(program.state).close()
    file = program.state / "orders.db"
    content = bytearray(file.read_bytes())
    content[damage] = b"\xa5" * len(content[damage])
    file.write_bytes(content)
    sentence = refused()
    assert f"{file} is damaged or no journal of snum-tui. Put a backup in its place" in sentence
    assert file.read_bytes() == content
    listed = program.run("orders")
    assert (listed.returncode, listed.stdout, len(listed.stderr.splitlines())) == (1, "", 1)


def test_a_cache_that_cannot_be_written_keeps_nobody_from_working(
    open_terminal: OpenTerminal, quiet_site: Site, program: Program
) -> None:
    Path(program.environment["SNUM_TUI_CACHE_DIR"]).write_text("a file where the folder should be")
    terminal = open_terminal(environment=quiet_site.environment)
    reach_services(terminal)
    order(terminal)
