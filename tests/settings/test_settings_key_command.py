"""api_key_command: a program prints the key, and nothing it says gives the key away."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from snum_tui.domain.sentence import Sentence, say
from snum_tui.settings.errors import KeyCommandFailed
from snum_tui.settings.key_command import ask_for_key
from snum_tui.settings.load import Settings

Write = Callable[[str], Path]
Load = Callable[..., Settings]
Told = Callable[[Exception | Sentence], str]

HERE = say("here")


def python(script: str) -> tuple[str, ...]:
    """Make a command of a Python script."""
    return (sys.executable, "-c", script)


def ask(*command: str) -> str:
    """Run a command and return the key."""
    return ask_for_key(command, os.environ, HERE).reveal()


@pytest.mark.parametrize("form", ["['printf', '%s\\n', '{secret}']", "\"printf '%s\\\\n' {secret}\""])
def test_the_command_gives_the_key(load: Load, write: Write, secret: str, form: str) -> None:
    """Written as a list or as one text."""
    write(f"[profiles.work]\nsite = 'https://sms.tc'\napi_key_command = {form}")
    assert load().key.reveal() == secret


def test_the_environments_key_spares_the_command(load: Load, write: Write, tmp_path: Path) -> None:
    """No password is asked for what is not needed."""
    trace = tmp_path / "trace"
    write(f"[profiles.work]\nsite = 'https://sms.tc'\napi_key_command = ['touch', '{trace}']")
    assert load(API_KEY="k").key.reveal() == "k"
    assert not trace.exists()


def test_only_the_chosen_profiles_command_is_run(load: Load, write: Write, tmp_path: Path) -> None:
    """The other account's password manager stays shut."""
    trace = tmp_path / "trace"
    write(
        f"""
        [profiles.work]
        api_key_command = ['touch', '{trace}']
        [profiles.home]
        site = 'https://sms.tc'
        api_key_command = ['echo', 'k']
        """
    )
    assert load(profile="home").key.reveal() == "k"
    assert not trace.exists()


def test_no_shell_reads_the_command(tmp_path: Path) -> None:
    """What looks like one is only text."""
    assert ask("echo", f"$(touch${{IFS}}{tmp_path}/trace);`id`") == f"$(touch${{IFS}}{tmp_path}/trace);`id`"
    assert not (tmp_path / "trace").exists()


def test_the_command_gets_the_environment() -> None:
    """A password manager needs HOME and more."""
    assert ask_for_key(python("import os; print(os.environ['GIVEN'])"), {"GIVEN": "yes"}, HERE).reveal() == "yes"


def test_the_command_gets_no_input() -> None:
    """A program that reads from the keyboard ends at once, and takes no key that was meant for the app."""
    keyboard, typed = os.pipe()
    before = os.dup(0)
    try:
        os.dup2(keyboard, 0)
        os.write(typed, b"typed\n")
        os.close(typed)
        assert ask(*python("import sys; print(repr(sys.stdin.read()))")) == "''"
    finally:
        os.dup2(before, 0)
        os.close(before)
        os.close(keyboard)


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        (("no-such-program-anywhere",), "it cannot be run: no such file or folder"),
        (("/",), "it cannot be run: permission denied"),
        (("echo", "nul\0"), "its name or an argument cannot be passed to a program"),
        (("true",), "it printed nothing"),
        (("echo", "two words"), "it printed more than a key"),
        (("printf", "key\nnote"), "it printed more than a key"),
        (("printf", "\\377"), "it printed more than a key"),
        (("false",), "it ended with code 1"),
        (python("import sys; sys.exit('snum is not in the password store.')"), None),
    ],
)
def test_a_command_that_gives_no_key_is_told(told: Told, command: tuple[str, ...], problem: str | None) -> None:
    """With its place, its program and what went wrong."""
    with pytest.raises(KeyCommandFailed) as caught:
        ask(*command)
    expected = problem or "it ended with code 1: snum is not in the password store"
    assert told(caught.value) == f"here: {Path(command[0]).name} gave no key: {expected}."


def test_the_file_and_the_key_are_named(load: Load, write: Write, told: Told) -> None:
    """So that the person knows where to look."""
    file = write("[profiles.work]\nsite = 'https://sms.tc'\napi_key_command = 'false'")
    with pytest.raises(KeyCommandFailed) as caught:
        load()
    assert told(caught.value).startswith(f"{file}, line 3: profiles.work.api_key_command: false gave no key")


def test_a_command_that_hangs_is_ended(told: Told) -> None:
    """Ten seconds in life, a moment here; the program does not stay behind."""
    with pytest.raises(KeyCommandFailed) as caught:
        ask_for_key(("sleep", "60"), os.environ, HERE, limit_seconds=0.05)
    assert told(caught.value) == "here: sleep gave no key: it took longer than 0.05 seconds."


@pytest.mark.parametrize(
    "script",
    [
        "import sys; print('{secret}'); sys.exit('cannot lock: {secret}')",
        "import sys; print('short'); sys.exit('cannot lock: short')",
        "import sys; sys.exit('wrong key {secret}')",
        "import sys; sys.exit('wrong key={secret}.')",
        "import sys; print('{secret} {secret}')",
        "import time; print('{secret}', flush=True); time.sleep(60)",
    ],
)
def test_nothing_the_command_said_gives_the_key_away(told: Told, secret: str, script: str) -> None:
    """Neither its output nor its complaint, whichever of them holds it; nor the exception's inside."""
    with pytest.raises(KeyCommandFailed) as caught:
        ask_for_key(python(script.replace("{secret}", secret)), os.environ, HERE, limit_seconds=2)
    assert secret not in told(caught.value)
    assert "short" not in told(caught.value)


def test_the_commands_arguments_are_not_shown(told: Told, secret: str) -> None:
    """One of them may be a password."""
    with pytest.raises(KeyCommandFailed) as caught:
        ask("false", "--password", secret)
    assert told(caught.value) == "here: false gave no key: it ended with code 1."


def test_the_complaint_is_made_safe_for_a_terminal(told: Told) -> None:
    """It is another program's text."""
    with pytest.raises(KeyCommandFailed) as caught:
        ask(*python("import sys; sys.exit('first line\\n\\x1b[2J gone')"))
    assert told(caught.value).endswith("it ended with code 1: \N{REPLACEMENT CHARACTER}[2J gone.")
