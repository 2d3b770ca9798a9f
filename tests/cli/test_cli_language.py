"""The command line's own words: help and mistakes, in the language of the person."""

import pytest

from tests.terminal.other_process import Program

ENGLISH = (
    "usage:",
    "options",
    "error:",
    "show this",
    "show program",
    "environment:",
    "exit status",
    "the language",
)


@pytest.fixture
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program in a home with nothing in it."""
    return Program(tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize(
    "command",
    [(), ("orders",), ("watch",), ("doctor",), ("config",), ("completion",)],
    ids=" ".join,
)
@pytest.mark.parametrize(
    ("options", "environment"),
    [
        ((), {"LANG": "tr_TR.UTF-8"}),
        (("--language", "tr"), {}),
        (("--language=tr",), {}),
        ((), {"SNUM_TUI_LANGUAGE": "tr"}),
    ],
)
def test_help_is_turkish_where_the_person_is(
    program: Program, command: tuple[str, ...], options: tuple[str, ...], environment: dict[str, str]
) -> None:
    done = program.run(*options, *command, "--help", environment=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("kullanım: snum-tui")
    assert [words for words in ENGLISH if words in done.stdout] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ordres",), "'ordres' geçersiz; şunlardan biri olabilir: 'demo', "),
        (
            ("orders", "--format", "xml"),
            "--format: 'xml' geçersiz; şunlardan biri olabilir: 'table', 'json', 'csv'",
        ),
        (("orders", "--opne"), "hata: bilinmeyen seçenek: --opne"),
        (("--profile",), "--profile: bir değer gerekli"),
        (("completion",), "şunlar gerekli: shell"),
    ],
)
def test_a_mistake_is_told_in_turkish_where_the_person_is(
    program: Program, arguments: tuple[str, ...], said: str
) -> None:
    done = program.run(*arguments, environment={"LANG": "tr_TR.UTF-8"})
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.startswith("kullanım: ")
    assert [words for words in ENGLISH if words in done.stderr] == []


def test_in_english_argparse_speaks_for_itself(program: Program) -> None:
    done = program.run("ordres")
    assert done.returncode == 2
    assert "invalid choice: 'ordres'" in done.stderr
