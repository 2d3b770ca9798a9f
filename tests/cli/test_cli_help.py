"""The help as it stands in a terminal of 80 columns, and of fewer."""

import re

import pytest

from snum_tui.sandbox.dialect_names import DIALECTS
from snum_tui.sandbox.fault_plan import KIND_MEANINGS
from tests.terminal.other_process import Program

COMMANDS = ("orders", "watch", "doctor", "config", "completion", "demo", "sandbox")


@pytest.fixture
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program in a home with nothing in it."""
    return Program(tmp_path_factory.mktemp("home"))


def help_of(program: Program, command: str, language: str, columns: int) -> list[str]:
    done = program.run("--language", language, *command.split(), "--help", environment={"COLUMNS": str(columns)})
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_no_line_but_a_command_to_copy_is_wider_than_the_terminal(
    program: Program, command: str, language: str
) -> None:
    wide = [line for line in help_of(program, command, language, 80) if len(line) > 80]
    assert [line for line in wide if "snum-tui completion " not in line] == []


def test_what_is_folded_stands_under_itself_and_a_paragraph_is_one(program: Program) -> None:
    lines = help_of(program, "config", "en", 60)
    assert [line for line in lines if len(line) > 60] == []
    at = next(place for place, line in enumerate(lines) if line.startswith("  1    something"))
    assert re.match(r" {7}\S", lines[at + 1])
    text = "\n".join(lines)
    paragraph = text[text.index("Prints every") : text.index("\n\noptions")]
    assert all(len(line) > 40 for line in paragraph.splitlines()[:-1])


def test_a_command_to_copy_and_a_name_to_type_are_never_broken(program: Program) -> None:
    assert any(line.endswith(">> ~/.bashrc") for line in help_of(program, "completion", "en", 40))
    for columns in range(60, 90, 3):
        words = set(re.split(r"[^\w-]+", " ".join(help_of(program, "sandbox", "en", columns))))
        assert {*DIALECTS, *(kind.value for kind in KIND_MEANINGS)} <= words
