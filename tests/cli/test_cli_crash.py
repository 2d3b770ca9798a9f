"""A mistake of ours: one sentence for the person, the rest in a file, and nothing secret in either."""

import stat
from pathlib import Path

import pytest

from snum_tui.cli import main
from snum_tui.cli.crash import report
from snum_tui.journal.orders import Journal
from snum_tui.locale import Speaker

SECRET = "0123456789abcdef" * 2


def fail_with_a_secret_nearby() -> None:
    """Raise while the key is in a local variable, as a crash in the client would."""
    key = SECRET
    raise RuntimeError(f"{len(key)} letters")


def test_the_report_has_the_traceback_but_no_local_variables(tmp_path: Path) -> None:
    try:
        fail_with_a_secret_nearby()
    except RuntimeError as error:
        sentence = report(error, tmp_path / "state")
    text = (tmp_path / "state" / "crash.log").read_text(encoding="utf-8")
    assert "fail_with_a_secret_nearby" in text
    assert SECRET not in text
    assert "crash.log" in Speaker("en").render(sentence)
    assert stat.S_IMODE((tmp_path / "state" / "crash.log").stat().st_mode) == 0o600


def test_a_report_that_cannot_be_written_is_still_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file in the way")
    said = Speaker("en").render(report(RuntimeError("x"), tmp_path / "state"))
    assert "RuntimeError" in said


def test_no_traceback_reaches_a_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_directory: Path) -> Journal:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setenv("SNUM_TUI_STATE_DIR", str(tmp_path))
    monkeypatch.setattr(Journal, "open_for_reading", broken)
    assert main(["orders"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("snum-tui: A mistake inside snum-tui")
    assert "Traceback" not in said
    assert said.count("\n") == 1
