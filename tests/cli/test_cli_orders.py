"""`snum-tui orders`: the documented fields, for people, pipes and programs."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from snum_tui.cli import main
from snum_tui.domain.clock import Instant
from snum_tui.domain.orders import Order, OrderState, advance
from snum_tui.journal.orders import Journal

FIELDS = [
    "id",
    "profile",
    "site",
    "category",
    "service_id",
    "service",
    "price",
    "state",
    "number_id",
    "number",
    "code",
    "ordered_at",
    "refund_until",
    "settled_at",
]


def order(order_id: str, minute: int, profile: str = "main") -> Order:
    """Return an intent of that minute."""
    return Order(
        id=order_id,
        profile=profile,
        site="https://example.com",
        category_id="1",
        category="Google",
        service_id="32",
        service="Almanya⁴ (+49)",
        price=Decimal("2.50"),
        opened=Instant(datetime(2026, 3, 14, 12, minute, tzinfo=UTC), 5.0, "boot"),
        refund_seconds=600,
    )


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A journal with a received order, a waiting one and one of another profile."""
    monkeypatch.setenv("SNUM_TUI_STATE_DIR", str(tmp_path))
    written = Journal.open(tmp_path)
    for made in (order("first", 0), order("second", 1), order("third", 2, "other")):
        written.write_intent(made)
        number = {"number_id": f"7{made.id}", "number": "+4915112345678"}
        waiting = advance(made, OrderState.WAITING, **number)
        written.record(waiting, "number received")
        if made.id == "first":
            at = datetime(2026, 3, 14, 12, 5, tzinfo=UTC)
            text = "Your code is 482915. Bye."
            written.record(advance(waiting, OrderState.RECEIVED, message=text, settled_at=at), "code received")
    written.close()
    return tmp_path


@pytest.mark.usefixtures("journal")
def test_json_lists_the_documented_fields_newest_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["orders", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in listed] == ["third", "second", "first"]
    assert list(listed[2]) == FIELDS
    assert listed[2] == {
        "id": "first",
        "profile": "main",
        "site": "https://example.com",
        "category": "Google",
        "service_id": "32",
        "service": "Almanya⁴ (+49)",
        "price": "2.50",
        "state": "received",
        "number_id": "7first",
        "number": "+4915112345678",
        "code": "482915",
        "ordered_at": "2026-03-14T12:00:00Z",
        "refund_until": "2026-03-14T12:10:00Z",
        "settled_at": "2026-03-14T12:05:00Z",
    }
    assert listed[1]["code"] is None
    assert listed[1]["settled_at"] is None


def test_letters_are_printed_as_they_are_and_escaped_where_the_locale_has_not_got_them(journal: Path) -> None:
    for charset, form, written in (
        ("utf-8", "json", "Almanya⁴ (+49)"),
        ("ascii", "json", r"Almanya\u2074 (+49)"),
        ("ascii", "csv", "Almanya? (+49)"),
        ("ascii", "table", "Almanya? (+49)"),
    ):
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "snum_tui", "orders", "--format", form],
            env={**os.environ, "PYTHONIOENCODING": charset, "SNUM_TUI_STATE_DIR": str(journal)},
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stdout.decode(charset).count(written)) == (0, 3)


@pytest.mark.usefixtures("journal")
def test_open_lists_only_what_is_not_settled(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["orders", "--open", "--format", "json"]) == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out)] == ["third", "second"]


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize("arguments", [["--profile", "other", "orders"], ["orders", "--profile", "other"]])
def test_a_profile_may_stand_before_or_after_the_command(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main([*arguments, "--format", "json"]) == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out)] == ["third"]


@pytest.mark.usefixtures("journal")
def test_csv_has_a_header_and_a_line_an_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["orders", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(rows[0]) == FIELDS
    assert [row["code"] for row in rows] == ["", "", "482915"]


@pytest.mark.usefixtures("journal")
def test_the_table_speaks_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["orders", "--language", "tr"]) == 0
    header, *lines = capsys.readouterr().out.splitlines()
    assert "Numara" in header
    assert "bekliyor" in lines[0]
    assert "482915" in lines[-1]


def test_of_a_damaged_journal_it_lists_what_can_be_read_and_says_so(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = bytearray((journal / "orders.db").read_bytes())
    page = content.index(b"number received") // 4096
    content[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
    (journal / "orders.db").write_bytes(content)
    assert main(["orders", "--format", "json"]) == 1
    out, err = capsys.readouterr()
    assert [one["id"] for one in json.loads(out)] == ["third", "second", "first"]
    assert "orders.db is damaged or no journal of snum-tui." in err


def test_no_journal_yet_is_no_orders_and_makes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SNUM_TUI_STATE_DIR", str(tmp_path / "none"))
    assert main(["orders", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert not (tmp_path / "none").exists()


@pytest.mark.usefixtures("journal")
def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    command = f"{sys.executable} -m snum_tui orders --format json | true"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)  # noqa: S603
    assert done.stderr == ""
