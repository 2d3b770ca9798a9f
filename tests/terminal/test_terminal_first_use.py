"""The README's own first lines on a machine that has nothing: from no environment at all to a received code.

What git tracks is copied, and the README's first line is run there as it stands: with an empty home, PATH and TERM
alone it makes an environment, installs into it, and ends in the demo. Its second line then begins in an empty home
for each language. Two minutes have to do for all of it: environment, installation, demo, settings, order, code.
"""

import os
import shutil
import stat
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.terminal.newcomer import MANNERS, PRICE, Newcomer
from tests.terminal.other_process import OpenSite
from tests.terminal.pty_terminal import ENTERING, Terminal
from tests.terminal.pty_text import left_on

CHECKOUT = Path(__file__).resolve().parents[2]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
FIRST, SECOND = README.split("```sh\n")[1].split("```")[0].splitlines()
SIZE = (80, 24)
ALLOWED_SECONDS = 120.0
REACHES_INDEX = ("PIP_", "SSL_CERT", "HTTP_", "HTTPS_", "NO_PROXY", "http_", "https_", "no_proxy")
"""How a machine that has an index of its own tells pip of it; files in /etc are read by pip itself."""


@dataclass(frozen=True, slots=True)
class Installed:
    """What the README's first line has made, and how long it took until the demo had been looked at and left."""

    folder: Path
    seconds: float


def clean_environment(home: Path, locale: str = "") -> dict[str, str]:
    """Return PATH, with this interpreter as its python3, TERM, an empty home, and a locale where one is meant."""
    home.mkdir()
    path = os.pathsep.join((str(Path(sys.base_prefix) / "bin"), os.defpath))
    given = {"PATH": path, "TERM": "xterm-256color", "HOME": str(home)}
    return {**given, "LANG": locale} if locale else given


def copy_what_is_tracked(to: Path) -> None:
    """Copy what a clone would have, as it stands in this checkout now."""
    if not (CHECKOUT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("this is no checkout of git, so what belongs to it is not known")
    listing = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    for name in subprocess.check_output(listing, cwd=CHECKOUT, text=True).split("\0"):  # noqa: S603 - what is above
        if name and (CHECKOUT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, to / name)


def skip_where_nothing_can_be_downloaded(folder: Path, environment: dict[str, str]) -> None:
    """Skip where pip cannot get even one package alone; an installation that fails all the same is a failure."""
    wanted = tomllib.loads((folder / "pyproject.toml").read_text())["project"]["dependencies"][0]
    pip = folder / ".venv" / "bin" / "pip"
    if pip.exists():
        ask = [str(pip), "download", "--quiet", "--no-deps", "--dest", str(folder / "one"), wanted]
        tried = subprocess.run(ask, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - its own pip
        if tried.returncode:
            pytest.skip(f"nothing can be installed here: {tried.stderr.strip()}")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """Run the README's first line as it stands, once for all languages, and look at the demo that it ends in."""
    folder = tmp_path_factory.mktemp("clone")
    copy_what_is_tracked(folder)
    environment = clean_environment(tmp_path_factory.mktemp("first") / "home")
    environment |= {name: value for name, value in os.environ.items() if name.startswith(REACHES_INDEX)}
    began = time.monotonic()
    terminal = Terminal(["sh", "-c", FIRST], environment, size=SIZE, cwd=folder)
    try:
        terminal.until(lambda screen: "connected" in screen and screen.find(PRICE), 2 * ALLOWED_SECONDS)
        terminal.send("q")
        assert terminal.wait() == 0
    except AssertionError:
        skip_where_nothing_can_be_downloaded(folder, environment)
        raise
    finally:
        terminal.close()
    yield Installed(folder, time.monotonic() - began)
    shutil.rmtree(folder)  # a hundred megabytes that pytest would keep


@pytest.fixture
def newcomers(installed: Installed, open_sandbox: OpenSite, tmp_path: Path) -> Iterator[list[Newcomer]]:
    """Run the README's second line for each language, side by side: what takes time is to wait for the site."""
    found: list[Newcomer] = []
    for manner in MANNERS:
        site = open_sandbox("--code-share", "1", "--code-after", "1-2", "--no-number-share", "0")
        home = tmp_path / f"home-{len(found)}"
        environment, began = clean_environment(home, manner.locale), time.monotonic()
        terminal = Terminal([str(installed.folder / SECOND)], environment, size=SIZE, cwd=installed.folder)
        found.append(Newcomer(manner, site, home, terminal, began))
    yield found
    for one in found:
        one.terminal.close()
        assert b"Traceback" not in one.terminal.received


def test_from_nothing_to_a_code_in_two_minutes_in_every_language(
    newcomers: list[Newcomer], installed: Installed
) -> None:
    for step in (Newcomer.give_site_and_key, Newcomer.choose, Newcomer.order, Newcomer.receive):
        for one in newcomers:
            step(one)
    for one in newcomers:
        assert installed.seconds + one.seconds < ALLOWED_SECONDS
        assert one.code in one.site.truth()["orders"][0]["codes"][0]
        assert one.site.asked("getNumber") == 1
        one.terminal.send("q")
        assert one.terminal.wait() == 0
        assert_all_is_as_it_should_be(one)


def assert_all_is_as_it_should_be(one: Newcomer) -> None:
    """Look at the terminal, which is as before and never showed the key, and at what was written, and where."""
    received, key = one.terminal.received, one.site.key
    assert received.count(ENTERING) == 1, "the shell's screen came through in between"
    assert left_on(received) == set()
    assert one.terminal.is_as_before
    assert key.encode() not in received
    assert {path.name for path in one.home.iterdir()} <= {".config", ".local", ".cache"}
    [config] = one.home.rglob("config.toml")
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    assert key in config.read_text()
