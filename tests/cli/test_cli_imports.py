"""What each program loads, proven in a process of its own."""

import json
import subprocess
import sys

import pytest

from snum_tui.cli.bare import BareStart
from snum_tui.cli.parser import parse

HEAVY = {
    "textual",
    "rich",
    "httpx",
    "pydantic",
    "sqlite3",
    "asyncio",
    "starlette",
    "uvicorn",
    "phonenumbers",
    "json5",
    "argcomplete",
}


def loaded_by(program: str) -> set[str]:
    """Run a program and return the packages it loaded."""
    told = "print(json.dumps(sorted(sys.modules)))"
    code = f"import sys, json\ntry:\n    {program}\nexcept SystemExit:\n    pass\n{told}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    return {name.split(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_version_and_help_load_nothing_heavy(argument: str) -> None:
    assert loaded_by(f"from snum_tui.cli import main; main([{argument!r}])") & HEAVY == set()


def test_the_sandbox_loads_no_screen_and_no_client() -> None:
    loaded = loaded_by("from snum_tui.sandbox.run import serve")
    assert loaded & {"textual", "rich", "httpx", "pydantic", "sqlite3"} == set()


def test_the_screens_load_neither_the_client_nor_the_database() -> None:
    """Both load beside the first paint, on the engine's thread."""
    loaded = loaded_by("import snum_tui.ui.app, snum_tui.engine.thread")
    assert loaded & {"httpx", "sqlite3", "starlette", "uvicorn", "phonenumbers", "json5"} == set()


def test_the_engine_needs_no_screen() -> None:
    assert "textual" not in loaded_by("import snum_tui.engine.parts")


def test_watching_loads_no_screen_and_no_site_of_its_own() -> None:
    assert loaded_by("import snum_tui.cli.watch") & {"textual", "starlette", "uvicorn"} == set()


def test_a_tab_waits_for_nothing_heavy() -> None:
    program = "import snum_tui.cli.completing as completing; completing._profiles()"
    assert loaded_by(program) & HEAVY == {"argcomplete"}


def test_the_doctor_loads_no_screen_and_the_client_only_after_its_first_lines() -> None:
    assert loaded_by("import snum_tui.cli.doctor.run") & HEAVY == {"sqlite3"}


def test_the_settings_that_hold_are_shown_without_a_screen_and_without_a_client() -> None:
    assert loaded_by("import snum_tui.cli.config.run") & HEAVY == {"pydantic"}


def test_what_changes_settings_is_loaded_only_when_somebody_looks_at_them() -> None:
    assert loaded_by("import snum_tui.cli.preferences, snum_tui.ui.app") & {"pydantic", "sqlite3"} == set()


def test_a_start_with_nothing_behind_it_is_what_the_parser_would_say() -> None:
    parsed = vars(parse([]))
    assert {name: getattr(BareStart(), name) for name in parsed} == parsed
