"""What `snum-tui doctor` says in both languages, and how its lines stand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from snum_tui.cli import main
from snum_tui.cli.doctor.finding import CHECK_WORDS, STATUS_WORDS, Check, Finding, Status
from snum_tui.cli.doctor.output import text_line
from snum_tui.domain.sentence import say
from snum_tui.journal.orders import Journal
from snum_tui.locale import Speaker
from snum_tui.sandbox.server import SandboxServer
from tests.cli.conftest import Examine

NAMES_ALONE = {"versions", "profile", "config_folder", "state_folder", "cache_folder"}
"""Where all is well these are a version, a name, a path and its rights, in any language."""

Prepare = Callable[[pytest.FixtureRequest, Path, pytest.MonkeyPatch], object]


def nothing(_request: pytest.FixtureRequest, _folders: Path, _patch: pytest.MonkeyPatch) -> None:
    """Nothing is set up."""


def all_well(request: pytest.FixtureRequest, folders: Path, _patch: pytest.MonkeyPatch) -> None:
    """A site, a key and a journal."""
    Journal.open(folders / "state").close()
    site: SandboxServer = request.getfixturevalue("open_site")()
    del site


def much_wrong(request: pytest.FixtureRequest, folders: Path, patch: pytest.MonkeyPatch) -> None:
    """Whatever can go wrong at once."""
    request.getfixturevalue("open_site")(faults=("getBalance:html@*",))
    patch.setenv("SNUM_TUI_LANGUAGE", "de")
    patch.setenv("STY", "1.pts")
    (folders / "state").mkdir(mode=0o755)
    (folders / "state" / "orders.db").write_bytes(b"no journal" * 500)
    (folders / "cache").mkdir(mode=0o755)
    (folders / "cache" / "cache.db").write_bytes(b"no cache" * 500)


def settings_wrong(_request: pytest.FixtureRequest, folders: Path, _patch: pytest.MonkeyPatch) -> None:
    """A config.toml that is none."""
    (folders / "config").mkdir(mode=0o700)
    (folders / "config" / "config.toml").write_text("[profiles")


@pytest.mark.parametrize("prepare", [nothing, all_well, much_wrong, settings_wrong])
def test_no_line_is_left_untranslated(
    examine: Examine,
    folders: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    prepare: Prepare,
) -> None:
    prepare(request, folders, monkeypatch)
    english, turkish = examine("--language", "en"), examine("--language", "tr")
    assert list(english) == list(turkish)
    for check, told in english.items():
        other = turkish[check]
        assert told["status"] == other["status"]
        if told["status"] != "ok" or check not in NAMES_ALONE:
            assert _without_numbers(told["detail"]) != _without_numbers(other["detail"]), check
        assert (told["advice"] is None) == (other["advice"] is None)
        assert told["advice"] is None or told["advice"] != other["advice"], check


def _without_numbers(words: str) -> str:
    """Leave out milliseconds, which differ anyway."""
    return "".join(letter for letter in words if not letter.isdigit())


@pytest.mark.parametrize("language", ["en", "tr"])
def test_a_line_a_check_stands_in_aligned_columns_and_ends_in_what_to_do(
    examine: Examine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("SNUM_TUI_LANGUAGE", language)
    found = examine()
    assert main(["doctor"]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert (len(lines), err) == (len(found), "")
    margins = set()
    for line, (check, told) in zip(lines, found.items(), strict=True):
        words = _words(told)
        assert line.endswith(f"  {words}")
        margins.add(len(line) - len(words))
        speaker = Speaker(language)
        assert line.startswith(speaker.text(STATUS_WORDS[Status(told["status"])]))
        assert f"  {speaker.text(CHECK_WORDS[Check(check)])} " in line
    assert len(margins) == 1


def _words(told: dict[str, Any]) -> str:
    return told["detail"] if told["advice"] is None else f"{told['detail']}. {told['advice']}"


def test_a_terminal_gets_the_same_words_folded_under_their_column() -> None:
    speaker = Speaker("en")
    finding = Finding(Check.SITE, Status.ERROR, say("one two three " * 9 + "four"), say("five " * 20 + "six"))
    whole, folded = text_line(finding, speaker), text_line(finding, speaker, columns=60)
    margin = whole.index("one")
    first, *more = folded.splitlines()
    assert len(more) > 2
    assert all(len(line) <= 60 and line.startswith(" " * margin) and line[margin] != " " for line in more)
    assert [*first.split(), *" ".join(more).split()] == whole.split()


def test_where_there_is_little_room_the_words_stand_below() -> None:
    finding = Finding(Check.SITE, Status.ERROR, say("one two three " * 9 + "four"))
    first, *more = text_line(finding, Speaker("en"), columns=40).splitlines()
    assert first.split() == ["error", "site"]
    assert all(len(line) <= 40 for line in more)


def test_a_command_to_copy_is_never_broken() -> None:
    command = "chmod 600 " + "'/a folder/config.toml'"
    finding = Finding(
        Check.CONFIG, Status.WARNING, say("worth a look"), say("{s0}", s0=say("Run: {command}", command=command))
    )
    assert command in text_line(finding, Speaker("en"), columns=60)
