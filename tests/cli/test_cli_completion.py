"""`snum-tui completion`: what bash, zsh and fish really offer, against what the parser really takes."""

import argparse
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from snum_tui.cli.parser import make_parser
from snum_tui.sandbox.dialect_names import DIALECTS
from snum_tui.sandbox.fault_plan import KIND_MEANINGS
from tests.cli.shells import SHELLS, Shell, open_shell
from tests.terminal.other_process import Program

PROFILES = '[profiles.main]\n[profiles.watch]\n[profiles."iş yeri"]\n[profiles."two words"]\n'


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The installed program: completion is about its name."""
    made = Program(tmp_path)
    if not made.command[0].endswith("snum-tui"):
        pytest.skip("snum-tui is not installed here: pip install -e '.[test]'")
    return made


@pytest.fixture(params=list(SHELLS))
def shell(request: pytest.FixtureRequest, program: Program) -> Shell:
    """Each of the three, where it is installed."""
    name: str = request.param
    if not SHELLS[name].is_installed():
        pytest.skip(f"{name} is not installed here: apt-get install {name}")
    return open_shell(name, program)


def commands_of(parser: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    """Return the parsers behind the commands."""
    actions = parser._actions
    [found] = [action for action in actions if isinstance(action, argparse._SubParsersAction)]
    commands: Mapping[str, argparse.ArgumentParser] = found.choices
    return commands


def parsers() -> dict[str, argparse.ArgumentParser]:
    """Return every parser there is, by what is written to get there."""
    whole = make_parser(sandbox_options=True)
    return {"snum-tui": whole, **{f"snum-tui {name}": parser for name, parser in commands_of(whole).items()}}


def test_every_command_is_offered(shell: Shell) -> None:
    [offered, begun] = shell.offers(["snum-tui ", "snum-tui wat"])
    assert set(offered) == set(commands_of(make_parser(sandbox_options=False)))
    assert begun == ["watch"]


def test_every_option_of_every_command_is_offered_and_no_other(shell: Shell) -> None:
    wanted = {
        f"{written} -": {option for action in parser._actions for option in action.option_strings}
        for written, parser in parsers().items()
    }
    offered = shell.offers(list(wanted))
    assert dict(zip(wanted, map(set, offered), strict=True)) == wanted


def test_every_choice_is_offered(shell: Shell) -> None:
    wanted = {}
    for written, parser in parsers().items():
        for action in parser._actions:
            if action.choices is not None and not isinstance(action, argparse._SubParsersAction):
                option = f"{action.option_strings[0]} " if action.option_strings else ""
                wanted[f"{written} {option}"] = set(action.choices)
    assert len(wanted) > 5
    assert dict(zip(wanted, map(set, shell.offers(list(wanted))), strict=True)) == wanted


def test_profiles_are_those_of_config_toml_whatever_they_are_called(shell: Shell, program: Program) -> None:
    program.configure(PROFILES)
    first, second, begun, behind = shell.offers(
        ["snum-tui --profile ", "snum-tui orders --profile ", "snum-tui --profile tw", "snum-tui --profile watch o"]
    )
    names = {"main", "watch", "iş yeri", "two words"}
    assert {name.replace("\\", "") for name in first} == names
    assert {name.replace("\\", "") for name in second} == names
    assert [name.replace("\\", "") for name in begun] == ["two words"]
    assert behind == ["orders"], "a profile that is called like a command is none"


@pytest.mark.parametrize("text", [None, "[profiles", "profiles = 7", "\ufeff", "[profiles.main]\nsite = 7"])
def test_settings_that_cannot_be_used_are_no_reason_to_speak_up(program: Program, text: str | None) -> None:
    if text is not None:
        program.configure(text)
    asking = {"_ARGCOMPLETE": "1", "COMP_LINE": "snum-tui --profile ", "COMP_POINT": "19"}
    done = subprocess.run(  # noqa: S603 - our own program
        ["/bin/sh", "-c", f"{program.command[0]} 8>&1 9>/dev/null"],
        env={**program.environment, **asking},
        capture_output=True,
        text=True,
        check=False,
    )
    names = "main" if text is not None and "main" in text else ""
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, names, "")


@pytest.mark.parametrize(
    ("line", "described"),
    [
        ("snum-tui ord", "orders\tkayıttaki siparişleri listele"),
        ("snum-tui demo --dialect string-i", "string-ids\t"),
        ("snum-tui sandbox --fault getNumber:rese", "getNumber:reset\t"),
        ("snum-tui --language en ord", "orders\tlist the orders of the journal"),
    ],
)
def test_descriptions_are_in_the_persons_language(program: Program, line: str, described: str) -> None:
    asking = {
        "LANG": "tr_TR.UTF-8",
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_SHELL": "fish",
        "_ARGCOMPLETE_DFS": "\t",
        "_ARGCOMPLETE_SUPPRESS_SPACE": "1",
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
    }
    done = subprocess.run(  # noqa: S603 - our own program
        ["/bin/sh", "-c", f"{program.command[0]} 8>&1 9>/dev/null"],
        env={**program.environment, **asking},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    [told] = done.stdout.splitlines()
    assert told.startswith(described)
    assert {told.partition("\t")[2]}.isdisjoint([*DIALECTS.values(), *KIND_MEANINGS.values()])


def test_files_are_offered_where_a_file_is_meant_and_nowhere_else(shell: Shell, program: Program) -> None:
    (program.home / "wages.json").touch()
    (program.home / "walls").mkdir()
    (program.home / "walls" / "paper.json").touch()
    here, below, of_port, of_orders, of_command = shell.offers(
        [
            "snum-tui sandbox --ledger wa",
            "snum-tui sandbox --ledger walls/",
            "snum-tui sandbox --port wa",
            "snum-tui orders wa",
            "snum-tui wages",
        ]
    )
    assert here == ["wages.json", "walls/"]
    assert below == ["walls/paper.json"]
    assert of_port == of_orders == of_command == []


def test_hidden_files_are_offered_only_once_their_point_is_written(shell: Shell, program: Program) -> None:
    for name in (".secret", ".second", "seen"):
        (program.home / "folder").mkdir(exist_ok=True)
        (program.home / "folder" / name).touch()
    without, with_point = shell.offers(
        ["snum-tui sandbox --ledger folder/", "snum-tui sandbox --ledger folder/.se"]
    )
    assert without == ["folder/seen"]
    assert sorted(with_point) == ["folder/.second", "folder/.secret"]


def test_what_the_sandbox_may_be_told_is_offered(shell: Shell) -> None:
    one, more, fault = shell.offers(
        [
            "snum-tui sandbox --dialect ",
            "snum-tui demo --dialect bom,key-4",
            "snum-tui sandbox --fault getNumber:res",
        ]
    )
    assert set(one) == set(DIALECTS)
    assert more == ["bom,key-401", "bom,key-403"]
    assert fault in (["getNumber:reset"], ["reset"]), "bash completes what stands behind the colon"


@pytest.mark.parametrize(
    "before", ["", "cd x; ", "SNUM_TUI_LANGUAGE=tr ", "snum-tui watch && "], ids=["alone", "behind", "set", "and"]
)
def test_a_tab_completes_what_a_person_has_begun_whatever_stands_before_it(shell: Shell, before: str) -> None:
    line = f"{before}snum-tui --profile x orders --form"
    shell.type_and_press_tab(line, f"{line}at ")


def test_zsh_takes_the_script_as_a_file_of_fpath_too(program: Program) -> None:
    if shutil.which("zsh") is None:
        pytest.skip("zsh is not installed here: apt-get install zsh")
    shell = open_shell("zsh", program)
    folder = program.home / "functions"
    folder.mkdir()
    (folder / "_snum-tui").write_text(shell.script.read_text())
    shell.script.write_text(f"fpath=({folder} $fpath)\ncompinit -u -D\n")
    shell.type_and_press_tab("snum-tui wat", "snum-tui watch ")


@pytest.mark.parametrize(("arguments", "said"), [([], "bash,zsh,fish"), (["tcsh"], "'bash', 'zsh', 'fish'")])
def test_without_a_shell_that_it_knows_it_says_what_to_write(
    program: Program, arguments: list[str], said: str
) -> None:
    done = program.run("completion", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_shell_that_hangs_up_at_once_is_no_crash(program: Program) -> None:
    command = f"{program.command[0]} completion bash | true"
    done = subprocess.run(  # noqa: S603 - our own program
        ["/bin/sh", "-c", command], env=program.environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
