"""What is shipped starts, and finds its style sheets and its languages."""

import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.terminal.desk_steps import PRICED
from tests.terminal.other_process import Program, Site
from tests.terminal.pty_terminal import OpenTerminal
from tests.terminal.pty_text import after_the_screen

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def unpacked_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without any network and unpacked."""
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed, and nothing may be downloaded: pip install hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", str(CHECKOUT), "--wheel-dir", str(folder), "--quiet"]
    offline = ["--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]
    subprocess.run([*build, *offline], check=True, cwd=folder)  # noqa: S603 - our own wheel
    [wheel] = folder.glob("snum_tui-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


@pytest.fixture
def shipped(program: Program, unpacked_wheel: Path) -> Program:
    """The program of the wheel, and of nothing else."""
    program.command = [sys.executable, "-m", "snum_tui"]
    program.environment["PYTHONPATH"] = str(unpacked_wheel)
    where = [sys.executable, "-c", "import snum_tui; print(snum_tui.__file__)"]
    found = subprocess.check_output(where, env=program.environment, cwd=program.home, text=True)  # noqa: S603 - as above
    assert found.strip() == str(unpacked_wheel / "snum_tui" / "__init__.py")
    return program


@pytest.mark.usefixtures("shipped")
def test_the_app_of_the_wheel_starts_in_its_own_style_and_speaks_turkish(
    open_terminal: OpenTerminal, unpacked_wheel: Path
) -> None:
    assert sorted(path.name for path in (unpacked_wheel / "snum_tui" / "styles").iterdir()) == sorted(
        path.name for path in (CHECKOUT / "styles").iterdir()
    )
    terminal = open_terminal("demo")
    screen = terminal.until(lambda screen: screen.find(PRICED) and "Favourites" in screen)
    assert (screen.lines[0][0], screen.lines[0][-1], screen.lines[-1][0]) == ("┌", "┐", "└")
    terminal.send("L")
    terminal.until(lambda screen: "Numaralar" in screen)
    terminal.send("q")
    assert terminal.wait() == 0
    assert after_the_screen(terminal.received) == ""


@pytest.mark.usefixtures("shipped")
def test_a_damaged_installation_is_one_sentence_too(
    open_terminal: OpenTerminal, unpacked_wheel: Path, quiet_site: Site
) -> None:
    sheet = unpacked_wheel / "snum_tui" / "styles" / "frame.tcss"
    whole = sheet.read_text()
    sheet.write_text("#status { color: no such colour")
    try:
        terminal = open_terminal(environment=quiet_site.environment)
        assert terminal.wait() == 1
    finally:
        sheet.write_text(whole)
    assert b"crash.log" in terminal.received
