"""`snum-tui doctor` on what is on this machine: folders, settings, orders, cache, running programs, terminal."""

import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from importlib import metadata
from pathlib import Path

import pytest

from snum_tui import __version__
from snum_tui.cli.doctor.clipboard import check_clipboard
from snum_tui.cli.doctor.finding import Check, Finding, Status
from snum_tui.cli.doctor.terminal import check_connection, check_encoding
from snum_tui.cli.doctor.versions import check_versions
from snum_tui.domain.clock import Instant
from snum_tui.domain.orders import Order, OrderState, advance
from snum_tui.domain.wishes import ClipboardWay
from snum_tui.journal.cache import Cache
from snum_tui.journal.company import Company
from snum_tui.journal.orders import Journal
from snum_tui.locale import Speaker
from tests.cli.conftest import Examine
from tests.rights import obeying_permissions

SECRET = "7f3aa0c1d2e34f5566778899aabbccdd"  # noqa: S105 - made up
PROFILE = f'[profiles.work]\nsite = "https://127.0.0.1:1"\napi_key = "{SECRET}"\n'


def order(order_id: str) -> Order:
    opened = Instant(datetime(2026, 3, 14, 12, 0, tzinfo=UTC), 5.0, "boot")
    return Order(order_id, "work", "https://example.com", "1", "Google", "32", "Almanya", Decimal(2), opened, 600)


@pytest.fixture
def journal(folders: Path) -> Path:
    """A journal with an open order and a received one; its folders are private, as the program makes them."""
    with closing(Journal.open(folders / "state")) as journal:
        for made in (order("open"), order("received")):
            journal.write_intent(made)
            waiting = advance(made, OrderState.WAITING, number_id=made.id, number="+4915112345678")
            journal.record(waiting, "number received")
        received = advance(waiting, OrderState.RECEIVED, message="1234", settled_at=waiting.ordered_at)
        journal.record(received, "code received")
    return folders / "state" / "orders.db"


@pytest.fixture
def cache(folders: Path) -> Path:
    """A cache."""
    Cache.open(folders / "cache").close()
    return folders / "cache" / "cache.db"


@pytest.fixture
def company(folders: Path) -> Iterator[Callable[[str], Company]]:
    """Programs that run; all of them leave in the end."""
    joined: list[Company] = []

    def join(profile: str) -> Company:
        joined.append(Company(folders / "state", "https://example.com", profile))
        joined[-1].join()
        return joined[-1]

    yield join
    for one in joined:
        one.leave()


def test_where_nothing_is_set_up_it_says_what_to_do_and_is_no_error(examine: Examine, folders: Path) -> None:
    found = examine()
    assert list(found) == [
        check.value
        for check in Check
        if check not in {Check.COLOURS, Check.ENCODING, Check.MOUSE, Check.CONNECTION}
    ], "in their order; a pipe has no colours"
    assert {check for check, one in found.items() if one["status"] == "ok"} == {
        "versions",
        *("config_folder", "config", "language", "profile"),
        *("state_folder", "orders", "running", "cache_folder", "cache"),
        "clipboard",
    }
    assert "SNUM_TUI_SITE" in found["site"]["advice"]
    assert "snum-tui demo" in found["site"]["advice"]
    assert all(one["advice"] for one in found.values() if one["status"] != "ok")
    assert list(folders.iterdir()) == []


def test_versions_are_those_that_run(examine: Examine) -> None:
    told = examine()["versions"]["detail"]
    for name, version in (
        ("snum-tui", __version__),
        ("Python", platform.python_version()),
        ("textual", metadata.version("textual")),
        ("httpx", metadata.version("httpx")),
        ("SQLite", sqlite3.sqlite_version),
    ):
        assert f"{name} {version}" in told


@pytest.mark.parametrize(("version", "status"), [("1.0", Status.WARNING), (None, Status.ERROR)])
def test_a_package_that_is_another_than_it_is_made_for_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str | None, status: Status
) -> None:
    wanted = {"snum_tui": ("snum-tui", __version__, "textual==8.2.8"), "httpx": ("httpx", "0.28.1", "anyio")}
    if version is not None:
        wanted["textual"] = ("textual", version, "rich")
    for folder, (name, number, needs) in wanted.items():
        (tmp_path / f"{folder}-{number}.dist-info").mkdir()
        text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {number}\nRequires-Dist: {needs}\n"
        (tmp_path / f"{folder}-{number}.dist-info" / "METADATA").write_text(text)
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    finding = check_versions()
    assert finding.status is status
    assert "textual" in words(finding)


def words(finding: Finding) -> str:
    advice = finding.advice
    return Speaker("en").render(finding.detail) + (Speaker("en").render(advice) if advice else "")


def test_whole_orders_are_counted(examine: Examine, journal: Path) -> None:
    told = examine()["orders"]
    assert (told["status"], told["detail"]) == ("ok", f"{journal}, whole, 2 orders, 1 of them open")


@pytest.mark.usefixtures("journal", "cache")
def test_what_others_can_read_is_told_and_the_advised_commands_put_it_right(
    examine: Examine, folders: Path, configure: Callable[[str], Path]
) -> None:
    configure('language = "en"\n')
    for path in (folders, *folders.rglob("*")):
        path.chmod(0o750 if path.is_dir() else 0o640)
    looked_at = ("config_folder", "config", "state_folder", "orders", "cache_folder", "cache")
    found = examine()
    assert {check: found[check]["status"] for check in looked_at} == dict.fromkeys(looked_at, "warning")
    for check in looked_at:
        assert ("0750" if check.endswith("folder") else "0640") in found[check]["detail"]
        command = found[check]["advice"].removeprefix("Run: ")
        subprocess.run(["/bin/sh", "-c", command], check=True)  # noqa: S603 - what it advises is what is tried out
    found = examine()
    assert {check: found[check]["status"] for check in looked_at} == dict.fromkeys(looked_at, "ok")
    assert {oct(path.stat().st_mode & 0o777) for path in folders.iterdir()} == {"0o700"}


def test_a_folder_that_cannot_be_written_is_an_error_where_orders_belong(examine: Examine, folders: Path) -> None:
    for name in ("state", "cache"):
        (folders / name).mkdir(mode=0o500)
    with obeying_permissions():
        found = examine()
    assert (found["state_folder"]["status"], found["cache_folder"]["status"]) == ("error", "warning")
    assert "SNUM_TUI_STATE_DIR" in found["state_folder"]["advice"]


def test_a_file_where_a_folder_belongs_is_an_error(examine: Examine, folders: Path) -> None:
    (folders / "state").touch()
    assert examine()["state_folder"]["status"] == "error"


def test_a_folder_that_cannot_be_made_is_told_before_it_is_needed(
    examine: Examine, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folders / "closed").mkdir(mode=0o500)
    monkeypatch.setenv("SNUM_TUI_STATE_DIR", str(folders / "closed" / "a" / "b"))
    with obeying_permissions():
        told = examine()["state_folder"]
    assert told["status"] == "error"
    assert "cannot be made" in told["detail"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{PROFILE}language = tr\n", "line 4: this is not TOML"),
        (f"{PROFILE}refund_seconds = 'ten'\n", "line 4: profiles.work.refund_seconds must be a whole number"),
        (f'theme = "no such theme"\n{PROFILE}', "theme must be one of snum-dark, snum-light,"),
    ],
)
def test_settings_that_cannot_be_used_are_told_in_their_own_sentence(
    examine: Examine, configure: Callable[[str], Path], text: str, said: str
) -> None:
    configure(text)
    found = examine(keys=(SECRET,))
    assert found["config"]["status"] == "error"
    assert said in found["config"]["advice"]


def test_what_hangs_on_settings_that_cannot_be_used_is_not_looked_at(
    examine: Examine, configure: Callable[[str], Path]
) -> None:
    configure("[profiles")
    found = examine()
    for check in ("profile", "site", "certificate", "key", "clock"):
        assert (found[check]["status"], found[check]["detail"]) == ("warning", "not looked at")


def test_a_key_that_others_can_read_and_a_misspelt_word_are_told_together(
    examine: Examine, configure: Callable[[str], Path]
) -> None:
    configure(PROFILE + "refund_second = 5\n").chmod(0o644)
    told = examine(keys=(SECRET,))["config"]
    assert told["status"] == "warning"
    assert "profiles.work.refund_second is not known" in told["advice"]
    assert "chmod 600" in told["advice"]


def test_a_profile_that_is_not_there_is_an_error_and_one_that_is_there_is_named(
    examine: Examine, configure: Callable[[str], Path]
) -> None:
    configure(PROFILE)
    told = examine("--profile", "my home", keys=(SECRET,))["profile"]
    assert (told["status"], told["detail"]) == ("error", "there is no profile my home")
    assert told["advice"].startswith('Choose one of work, or add [profiles."my home"] to ')
    told = examine("--profile", "work", keys=(SECRET,))["profile"]
    assert (told["status"], told["detail"]) == ("ok", "work")


def test_where_no_profile_is_chosen_or_there_is_none_the_advice_says_what_to_do(
    examine: Examine, configure: Callable[[str], Path]
) -> None:
    told = examine("--profile", "home")["profile"]
    assert told["detail"] == "there is no profile home"
    assert told["advice"].startswith("Add [profiles.home] with site and api_key to ")
    configure("[profiles.a]\n[profiles.b]\n")
    told = examine()["profile"]
    assert told["detail"] == "there are several profiles, and none is chosen"
    assert told["advice"].startswith('Choose one of a, b with --profile, or write profile = "a" at the top of ')


def test_a_language_that_is_none_is_an_error(examine: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNUM_TUI_LANGUAGE", "de")
    assert examine()["language"]["status"] == "error"
    assert examine("--language", "en")["language"]["status"] == "ok"


def test_a_damaged_journal_is_an_error_and_names_what_to_do(examine: Examine, journal: Path) -> None:
    content = bytearray(journal.read_bytes())
    page = content.index(b"number received") // 4096
    content[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
    journal.write_bytes(content)
    told = examine()["orders"]
    assert told["status"] == "error"
    assert "is damaged or no journal of snum-tui." in told["advice"]


def test_a_journal_that_is_gone_is_an_error(examine: Examine, journal: Path) -> None:
    journal.unlink()
    told = examine()["orders"]
    assert told["status"] == "error"
    assert "was deleted, emptied or exchanged" in told["advice"]


def test_a_damaged_cache_is_worth_a_warning_at_most(examine: Examine, cache: Path) -> None:
    assert examine()["cache"]["status"] == "ok"
    cache.write_bytes(b"nothing that was ever a cache" * 200)
    assert examine()["cache"]["status"] == "warning"


def test_other_programs_are_counted_and_who_asks_for_codes_is_named(
    examine: Examine, company: Callable[[str], Company]
) -> None:
    assert examine()["running"]["detail"] == "no other snum-tui"
    company("work").try_to_lead()
    company("work")
    company("home")
    told = examine()["running"]
    assert told["detail"] == f"3 other programs on these orders, process {os.getpid()} asks for the codes"


@pytest.mark.parametrize(
    ("environment", "status", "said"),
    [
        ({"LANG": "tr_TR.UTF-8"}, Status.OK, "LANG=tr_TR.UTF-8"),
        ({"LC_ALL": "C", "LANG": "tr_TR.UTF-8"}, Status.WARNING, "LC_ALL=C is not UTF-8"),
        ({"LC_CTYPE": "de_DE.utf8@euro", "LANG": "C"}, Status.OK, "LC_CTYPE"),
        ({"LC_ALL": "", "LANG": "tr_TR.ISO-8859-9"}, Status.WARNING, "ISO-8859-9 is not UTF-8"),
        ({}, Status.WARNING, "no locale is set"),
    ],
)
def test_the_locale_says_whether_letters_come_through(
    environment: dict[str, str], status: Status, said: str
) -> None:
    finding = check_encoding(environment)
    assert finding.status is status
    assert said in words(finding)


@pytest.mark.parametrize(
    ("locale", "status", "said"),
    [
        ({}, "warning", "no locale is set"),
        ({"LANG": "C"}, "warning", "LANG=C is not UTF-8"),
        ({"LC_ALL": "C"}, "warning", "LC_ALL=C is not UTF-8"),
        ({"LANG": "tr_TR.UTF-8"}, "ok", "UTF-8 (LANG=tr_TR.UTF-8)"),
        ({"LANG": "tr_TR.ISO-8859-9"}, "warning", "LANG=tr_TR.ISO-8859-9 is not UTF-8"),
        ({"LC_CTYPE": "C.UTF-8"}, "ok", "UTF-8 (LC_CTYPE=C.UTF-8)"),
    ],
)
def test_the_locale_is_the_persons_and_not_what_python_makes_of_it(
    locale: dict[str, str], status: str, said: str
) -> None:
    """A Python of its own: it sets LC_CTYPE as it starts, where the locale is C or is not installed."""
    program = (
        "import os; from snum_tui.cli.doctor.terminal import check_encoding; "
        "from snum_tui.locale import Speaker; one = check_encoding(os.environ); "
        "print(one.status.value, Speaker('en').render(one.detail), sep='|')"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHONUTF8"))}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], env={**kept, **locale}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == f"{status}|{said}"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "neither SSH nor tmux nor screen"),
        ({"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}, "over SSH"),
        ({"SSH_TTY": "/dev/pts/1", "TMUX": "/tmp/tmux,1,0"}, "over SSH, in tmux"),  # noqa: S108 - as tmux writes it
        ({"STY": "1.pts"}, "in screen"),
    ],
)
def test_what_lies_between_is_told(environment: dict[str, str], said: str) -> None:
    assert words(check_connection(environment)) == said


@pytest.mark.parametrize(
    ("environment", "way", "status", "said"),
    [
        ({}, "auto", Status.OK, "Copies are sent to the terminal's clipboard (OSC 52)."),
        ({"TMUX": "/tmp/tmux,1,0"}, "auto", Status.OK, "through tmux to the terminal's clipboard"),  # noqa: S108 - as tmux writes it
        ({"STY": "1.pts"}, "auto", Status.OK, "through GNU screen"),
        (
            {"TERM_PROGRAM": "Apple_Terminal"},
            "auto",
            Status.WARNING,
            "Apple's Terminal takes no copies",
        ),
        ({}, "off", Status.WARNING, "Copying is off"),
    ],
)
def test_the_way_of_a_copy_is_told(
    environment: dict[str, str], way: ClipboardWay, status: Status, said: str
) -> None:
    finding = check_clipboard(environment, way)
    assert finding.status is status
    assert said in words(finding)
