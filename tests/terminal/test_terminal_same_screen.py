"""What is not sent must be on the screen already: whatever happens, the terminal shows what the program thinks.

A real terminal is emulated beside the program; both are compared cell by cell, letters and colours.
"""

import json
import signal
import sys
from pathlib import Path

import pytest

from tests.terminal.desk_steps import PRICED, asked, reach_services
from tests.terminal.other_process import Program, Site
from tests.terminal.pty_terminal import DOWN, ENTER, ESCAPE, OpenTerminal, Picture, Terminal

TELLING = Path(__file__).with_name("telling_program.py")
PAGE_DOWN, PAGE_UP = "\x1b[6~", "\x1b[5~"
QUIET_SECONDS = 0.15
PATIENCE = 20
SIZES = ((80, 24), (120, 40))


class Both:
    """A terminal, and the program's own idea of what it shows."""

    def __init__(self, terminal: Terminal, told: Path) -> None:
        self.terminal = terminal
        self._told = told

    def do(self, keys: str, until: str) -> Picture:
        """Type, wait for words on the screen, and compare."""
        self.terminal.send(keys)
        picture = self.terminal.until(lambda screen: until in screen)
        self.compare()
        return picture

    def compare(self) -> None:
        """Fail where they differ; what still changes is waited for."""
        for _ in range(PATIENCE):
            while self.terminal.listen(QUIET_SECONDS):
                pass
            before, believed = len(self.terminal.received), self._believed()
            self.terminal.listen(QUIET_SECONDS)
            if len(self.terminal.received) == before:
                break
        shown = self.terminal.cells
        assert [len(line) for line in shown] == [len(line) for line in believed]
        wrong = [
            (line, column, cell, shown[line][column])
            for line, cells in enumerate(believed)
            for column, cell in enumerate(cells)
            if cell != shown[line][column]
        ]
        assert not wrong, f"{len(wrong)} cells differ, the first {wrong[:3]}\n{self.terminal.picture.text}"

    def _believed(self) -> list[list[tuple[object, ...]]]:
        self._told.unlink(missing_ok=True)
        self.terminal.signal(signal.SIGUSR1)
        self.terminal.until(lambda _screen: self._told.exists())
        lines: list[list[list[object]]] = json.loads(self._told.read_text())
        return [[_seen(tuple(cell)) for cell in line] for line in lines]


def _seen(cell: tuple[object, ...]) -> tuple[object, ...]:
    """Leave out of a blank's look what nobody can see."""
    letter, _, back, _, _, *lined = cell
    return (letter, "", back, False, False, *lined) if letter == " " and not any(lined) else cell


@pytest.fixture
def both(program: Program, open_terminal: OpenTerminal, quiet_site: Site, request: pytest.FixtureRequest) -> Both:
    program.configure("[politeness]\nburst = 500\nrequests_per_second = 50\n")
    told = program.home / "screen.json"
    environment = {**quiet_site.environment, "COLORTERM": "truecolor", "SCREEN_FILE": str(told)}
    command = [sys.executable, str(TELLING)]
    terminal = open_terminal(command=command, size=request.param, environment=environment)
    reach_services(terminal)
    return Both(terminal, told)


@pytest.mark.parametrize("both", SIZES, indirect=True)
def test_after_dialogs_filters_and_scrolling_the_screen_is_what_the_program_thinks(both: Both) -> None:
    both.compare()
    both.do("?", "Keys")
    both.do(DOWN, "Keys")
    both.do(ESCAPE, "Enter order")
    both.terminal.send(ENTER)
    asked(both.terminal, "Order a number?")
    both.compare()
    both.do("n", "Enter order")
    both.do(":", "Find")
    for letter in "goo":
        both.terminal.send(letter)
        both.compare()
    both.do(ESCAPE, "Enter order")
    for keys in ("/", "a", "ş", "日本", "\x7f\x7f", "\x7f", ESCAPE, PAGE_DOWN, DOWN, PAGE_UP, "G", "g"):
        both.terminal.send(keys)
        both.compare()
    both.do("H", "History")
    both.do(ESCAPE, "Enter order")
    both.do("L", "Enter sipariş")


@pytest.mark.parametrize("both", SIZES[:1], indirect=True)
def test_after_other_sizes_other_colours_and_a_stop_the_screen_is_what_the_program_thinks(both: Both) -> None:
    for size in ((100, 30), (79, 24), (80, 24), (50, 16), (132, 24), (80, 24)):
        both.terminal.resize(*size)
        both.terminal.until(lambda screen: screen.is_framed)
        both.compare()
    both.do("?", "Keys")
    both.terminal.resize(90, 26)
    both.terminal.until(lambda screen: "Keys" in screen)
    both.compare()
    both.do(ESCAPE, "Enter order")
    both.do("T", "These are the colours of")
    both.do("T", "These are the colours of")
    for number in (signal.SIGSTOP, signal.SIGTSTP):
        both.terminal.stop(number)
        both.terminal.repainted(lambda screen: screen.find(PRICED))
        both.compare()


@pytest.mark.parametrize("both", SIZES[-1:], indirect=True)
def test_after_another_size_and_back_in_one_moment_the_screen_is_what_the_program_thinks(both: Both) -> None:
    columns, lines = SIZES[-1]
    for _ in range(3):
        both.terminal.resize(80, 24)
        both.terminal.resize(columns, lines)
        both.terminal.until(lambda screen: screen.is_framed and "Enter order" in screen)
        both.compare()


@pytest.mark.parametrize("both", SIZES[:1], indirect=True)
def test_what_others_wrote_on_the_screen_goes_with_one_key(both: Both) -> None:
    both.compare()
    both.terminal.spoil()
    both.terminal.send(DOWN)
    both.terminal.listen(QUIET_SECONDS)
    with pytest.raises(AssertionError, match="cells differ"):
        both.compare()
    both.terminal.send("\x0c")
    both.terminal.until(lambda screen: screen.is_framed)
    both.compare()


@pytest.mark.parametrize("both", SIZES[:1], indirect=True)
def test_after_a_storm_of_sizes_the_screen_is_what_the_program_thinks(both: Both) -> None:
    for step in range(30):
        both.terminal.resize(40 + step * 37 % 121, 12 + step * 17 % 37)
        both.terminal.listen(0.01 * (step % 4))
    both.terminal.resize(*SIZES[1])
    both.terminal.until(lambda screen: screen.is_framed and "Enter order" in screen)
    both.compare()
