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
from tests.rights import obeying_permissions

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


def order(order_id: str, minute: int, profile: str = "main", price: str = "2.50") -> Order:
    """Return an intent of that minute."""
    return Order(
        id=order_id,
        profile=profile,
        site="https://example.com",
        category_id="1",
        category="Google",
        service_id="32",
        service="Almanya⁴ (+49)",
        price=Decimal(price),
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


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The config.toml that is read; it is not there yet."""
    monkeypatch.setenv("SNUM_TUI_CONFIG_DIR", str(tmp_path))
    for variable in ("SNUM_TUI_SITE", "SNUM_TUI_API_KEY", "SNUM_TUI_PROFILE"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path / "config.toml"


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


@pytest.mark.parametrize(
    ("language", "currency", "shown"),
    [
        ("tr", "", "12,50 ₺"),
        ("en", "", "₺12.50"),
        ("tr", "currency = '€'", "12,50 €"),
        ("en", "currency = 5", "₺12.50"),
    ],
)
def test_prices_are_written_as_the_app_writes_them(
    journal: Path, settings: Path, capsys: pytest.CaptureFixture[str], language: str, currency: str, shown: str
) -> None:
    """In the sign of their profile, where that is one."""
    settings.write_text(f"[profiles.shop]\n{currency}\n")
    written = Journal.open(journal)
    written.write_intent(order("dear", 9, "shop", "12.50"))
    written.close()
    assert main(["--profile", "shop", "orders", "--language", language]) == 0
    header, line = capsys.readouterr().out.splitlines()
    assert f"  {shown}  " in line
    price = header.index("Fiyat" if language == "tr" else "Price") + len("Price")
    assert line[:price].endswith(shown), "to the right, below each other"


@pytest.mark.usefixtures("journal")
def test_where_the_output_has_no_such_sign_the_price_is_in_letters() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "snum_tui", "orders", "--language", "en"],
        env={**os.environ, "PYTHONIOENCODING": "iso8859-9"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "  TL 2.50  " in done.stdout.decode("iso8859-9")


@pytest.mark.usefixtures("journal")
def test_the_profile_is_told_where_there_are_several(capsys: pytest.CaptureFixture[str]) -> None:
    main(["orders", "--language", "en"])
    header, *lines = capsys.readouterr().out.splitlines()
    assert header.startswith("Profile  Ordered ")
    assert [line.split()[0] for line in lines] == ["other", "main", "main"]
    main(["orders", "--language", "en", "--profile", "main"])
    header, *lines = capsys.readouterr().out.splitlines()
    assert header.startswith("Ordered ")
    assert "main" not in "".join(lines)


@pytest.mark.usefixtures("journal")
def test_a_renamed_profile_is_listed_under_its_new_name(settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings.write_text("[profiles.work]\norders_as = 'main'\n")
    assert main(["orders", "--profile", "work", "--format", "json"]) == 0
    assert [(one["id"], one["profile"]) for one in json.loads(capsys.readouterr().out)] == [
        ("second", "work"),
        ("first", "work"),
    ]


@pytest.mark.usefixtures("journal")
def test_a_profile_that_nobody_knows_is_a_mistake_told_with_those_that_there_are(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.write_text("[profiles.work]\norders_as = 'main'\n")
    assert main(["orders", "--language", "en", "--profile", "mian"]) == 1
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"snum-tui: There is no profile mian in {settings}. There are: work, other.\n")


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize(
    ("profile", "open_only", "said"),
    [("other", (), ["third"]), ("other", ("--open",), ["third"]), ("gone", ("--open",), []), ("work", (), [])],
)
def test_a_profile_may_be_asked_for_that_has_orders_or_stands_in_config_toml(
    journal: Path,
    settings: Path,
    capsys: pytest.CaptureFixture[str],
    profile: str,
    open_only: tuple[str, ...],
    said: list[str],
) -> None:
    settings.write_text("[profiles.work]\n")
    written = Journal.open(journal)
    made = order("settled", 9, "gone")
    written.write_intent(made)
    written.record(advance(made, OrderState.NOT_SENT, settled_at=made.ordered_at), "not sent")
    written.close()
    assert main(["orders", "--profile", profile, "--format", "json", *open_only]) == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out)] == said


@pytest.mark.usefixtures("journal")
def test_the_list_speaks_the_language_of_config_toml_unless_another_is_asked_for(
    settings: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "C.UTF-8")
    settings.write_text('language = "tr"\n')
    for arguments, is_english in (((), False), (("--language", "en"), True)):
        assert main(["orders", *arguments, "--profile", "mian"]) == 1
        assert ("There is no profile" in capsys.readouterr().err) == is_english
    monkeypatch.setenv("SNUM_TUI_LANGUAGE", "en")
    assert main(["orders", "--profile", "mian"]) == 1
    assert "There is no profile" in capsys.readouterr().err


@pytest.mark.usefixtures("journal")
def test_a_broken_config_toml_keeps_nobody_from_the_orders_but_is_told_where_a_profile_is_not_found(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.write_text("profiles = [\n")
    assert main(["orders", "--profile", "other", "--format", "json", "--language", "en"]) == 0
    out, err = capsys.readouterr()
    assert [one["id"] for one in json.loads(out)] == ["third"]
    assert err.startswith(f"snum-tui: {settings}, line 1: this is not TOML.")
    assert err.count("\n") == 1
    assert main(["orders", "--profile", "work", "--language", "en"]) == 1
    assert "this is not TOML" in capsys.readouterr().err


def test_where_site_and_key_come_from_the_environment_any_profile_may_be_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SNUM_TUI_STATE_DIR", str(tmp_path / "none"))
    assert not settings.exists()
    assert main(["orders", "--profile", "new", "--language", "en"]) == 1
    assert "There is no profile new: " in capsys.readouterr().err
    monkeypatch.setenv("SNUM_TUI_SITE", "https://example.com")
    monkeypatch.setenv("SNUM_TUI_API_KEY", "0" * 32)
    assert main(["orders", "--profile", "new", "--language", "en"]) == 0
    assert capsys.readouterr().out == "No orders.\n"


def test_watch_says_the_same_of_a_profile_that_nobody_knows(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.write_text("[profiles.work]\nsite = 'https://example.com'\napi_key = 'k'\n")
    assert main(["watch", "--language", "en", "--profile", "mian"]) == 1
    assert capsys.readouterr().err == (f"snum-tui: There is no profile mian in {settings}. There are: work.\n")


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


@pytest.mark.parametrize(
    ("folder", "mode", "said"),
    [("a file", None, "a part of the path is no folder"), ("closed", 0o000, "permission denied")],
)
def test_a_folder_that_cannot_be_looked_into_is_not_taken_for_one_without_orders(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    folder: str,
    mode: int | None,
    said: str,
) -> None:
    place = tmp_path / folder
    if mode is None:
        place.write_text("")
    else:
        place.mkdir(mode=mode)
    monkeypatch.setenv("SNUM_TUI_STATE_DIR", str(place))
    with obeying_permissions():
        assert main(["orders", "--language", "en"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"snum-tui: {place} cannot be opened ({said}).")


@pytest.mark.usefixtures("journal")
def test_an_empty_profile_is_none_as_for_the_app(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["orders", "--profile", "", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 3


@pytest.mark.usefixtures("journal")
def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    command = f"{sys.executable} -m snum_tui orders --format json | true"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)  # noqa: S603
    assert done.stderr == ""


@pytest.mark.usefixtures("journal")
def test_the_table_writes_days_as_its_language_does_and_programs_get_the_same_in_both(
    capsys: pytest.CaptureFixture[str],
) -> None:
    day = f"{datetime(2026, 3, 14, 12, 1, tzinfo=UTC).astimezone():%d.%m.%Y %H:%M}"
    assert main(["--language", "tr", "orders"]) == 0
    assert f"\nmain    {day}  " in capsys.readouterr().out
    written = set()
    for language in ("en", "tr"):
        assert main(["--language", language, "orders", "--format", "json"]) == 0
        written.add(capsys.readouterr().out)
    assert len(written) == 1
    assert '"ordered_at": "2026-03-14T12:01:00Z"' in written.pop()
