"""`snum-tui doctor` on a site: the way there, its certificate, the key, the clock; and how long it waits."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from snum_tui.cli.doctor import site as site_checks
from snum_tui.domain.site import SiteAddress
from snum_tui.provider.examination import Handshake
from snum_tui.provider.transport import shared_ssl_context
from snum_tui.sandbox.server import SandboxServer
from tests.cli.conftest import Examine
from tests.provider.breaking_site import PEM, BreakingHost, Line, Script, Step, pass_on, read, stall, tls

KEY = "7f3aa0c1d2e34f5566778899aabbccdd"
OF_THE_SITE = ("site", "certificate", "key", "clock")
PASS_ON: Script = [read, pass_on]

OpenSite = Callable[..., SandboxServer]


@contextmanager
def serving(
    monkeypatch: pytest.MonkeyPatch, script: Script, *, scheme: str = "http", far: SandboxServer | None = None
) -> Iterator[BreakingHost]:
    """Set the environment to a site that does what the script says, before a sandbox where one is given."""
    parts = urlsplit(far.url) if far is not None else None
    behind = (parts.hostname or "", parts.port or 0) if parts is not None else None
    with BreakingHost(script, far=behind) as host:
        name = "localhost" if scheme == "https" else "127.0.0.1"
        monkeypatch.setenv("SNUM_TUI_SITE", f"{scheme}://{name}:{host.address[1]}")
        monkeypatch.setenv("SNUM_TUI_API_KEY", KEY if far is None else far.key)
        yield host


def statuses(found: dict[str, Any]) -> tuple[str, ...]:
    return tuple(found[check]["status"] for check in OF_THE_SITE)


def answers(ahead_seconds: float, status: str = "200 OK", body: bytes = b'{"balance":1}') -> Step:
    """Answer, and tell a time so that this machine's clock seems to be ahead of it."""

    def step(line: Line) -> None:
        date = format_datetime(datetime.now(UTC) - timedelta(seconds=ahead_seconds), usegmt=True)
        head = f"HTTP/1.1 {status}\r\nDate: {date}\r\nContent-Length: {len(body)}\r\n\r\n"
        line.socket.sendall(head.encode() + body)

    return step


def test_a_site_that_answers_and_takes_the_key_is_all_well(examine: Examine, open_site: OpenSite) -> None:
    site = open_site()
    found = examine()
    assert statuses(found) == ("ok", "ok", "ok", "ok")
    assert found["site"]["detail"].startswith(f"{site.url}, reached in ")
    assert "does not leave this machine" in found["certificate"]["detail"]
    assert {call: count for call, count in site.requests.items() if count} == {"getBalance": 1}


@pytest.mark.parametrize("dialect", [None, "key-401", "key-403", "key-html", "key-null", "key-list"])
def test_a_key_that_is_not_accepted_is_an_error_and_never_shown(
    examine: Examine, open_site: OpenSite, monkeypatch: pytest.MonkeyPatch, dialect: str | None
) -> None:
    site = open_site(dialects=() if dialect is None else (dialect,))
    monkeypatch.setenv("SNUM_TUI_API_KEY", KEY)
    found = examine(keys=(site.key,))
    assert (found["site"]["status"], found["key"]["status"]) == ("ok", "error")
    assert found["key"]["advice"]
    assert site.requests["getBalance"] == 1


def test_what_the_site_says_of_a_key_is_told_once_and_briefly(
    examine: Examine, open_site: OpenSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_site()
    monkeypatch.setenv("SNUM_TUI_API_KEY", KEY)
    told = examine()["key"]
    assert told["detail"] == "not accepted; the site says: Geçersiz API anahtarı"
    assert told["advice"] == "Copy the key again from your profile page there."


def test_who_has_set_nothing_yet_is_told_once_what_to_set(examine: Examine, folders: Path) -> None:
    told = examine()["site"]
    assert (told["status"], told["detail"]) == ("warning", "no site yet")
    assert told["advice"].startswith("Set SNUM_TUI_SITE and SNUM_TUI_API_KEY, or write [profiles.default] with ")
    assert str(folders / "config" / "config.toml") in told["advice"]


def test_what_a_profile_lacks_is_advised_with_its_table_as_it_is_written(
    examine: Examine, configure: Callable[[str], Path]
) -> None:
    file = configure("[profiles.'my home']\napi_key = 'k'\n")
    told = examine()["site"]
    assert told["advice"] == (
        f'Add site = "https://example.com" to [profiles."my home"] in {file}, or set SNUM_TUI_SITE.'
    )


@pytest.mark.parametrize("fault", ["refuse", "500", "429", "html", "garbage", "cut", "drop-reply", "redirect"])
def test_a_site_that_does_not_answer_as_this_api_does_is_an_error(
    examine: Examine, open_site: OpenSite, fault: str
) -> None:
    site = open_site(faults=(f"getBalance:{fault}@*",))
    told = examine()["key"]
    assert told["status"] == "error"
    assert told["advice"]
    assert sum(site.requests.values()) == 1, "nothing is repeated"


def test_a_site_that_is_not_there_is_an_error_and_nothing_else_of_it_is_looked_at(
    examine: Examine, open_site: OpenSite
) -> None:
    open_site().stop()
    found = examine()
    assert statuses(found) == ("error", "warning", "warning", "warning")
    assert "refused the connection" in found["site"]["advice"]


def test_a_slow_site_is_worth_a_warning_and_one_that_hangs_is_not_waited_for(
    examine: Examine, open_site: OpenSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = open_site(latency_seconds=0.3)
    monkeypatch.setattr(site_checks, "SLOW_SECONDS", 0.2)
    told = examine()["key"]
    assert (told["status"], told["detail"].startswith("accepted, but the answer took ")) == ("warning", True)
    site.add_fault("getBalance:stall@*")
    monkeypatch.setattr(site_checks, "BALANCE_SECONDS", 0.5)
    told = examine()["key"]
    assert told["status"] == "error"
    assert "did not answer in time" in told["advice"]


def test_a_host_that_takes_connections_but_greets_nobody_is_not_waited_for(
    examine: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_checks, "HANDSHAKE_SECONDS", 0.3)
    with serving(monkeypatch, [stall], scheme="https"):
        found = examine()
    assert statuses(found) == ("error", "warning", "warning", "warning")
    assert "did not answer in time" in found["site"]["advice"]


def test_a_certificate_that_nobody_vouches_for_is_an_error_and_the_key_is_not_sent(
    examine: Examine, open_site: OpenSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = open_site()
    with serving(monkeypatch, [tls, *PASS_ON], scheme="https", far=site) as host:
        found = examine()
    assert statuses(found) == ("ok", "error", "warning", "warning")
    assert found["certificate"]["detail"] == "self-signed, so nobody vouches for it"
    assert host.heads == []


@pytest.fixture
def trusted() -> Iterator[None]:
    """The tests' own certificate is trusted until the test ends."""
    shared_ssl_context.cache_clear()
    shared_ssl_context().load_verify_locations(PEM)
    yield
    shared_ssl_context.cache_clear()


@pytest.mark.usefixtures("trusted")
def test_a_good_certificate_is_told_with_its_last_day(
    examine: Examine, open_site: OpenSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = open_site()
    with serving(monkeypatch, [tls, *PASS_ON], scheme="https", far=site):
        assert statuses(found := examine()) == ("ok", "ok", "ok", "ok")
        assert found["certificate"]["detail"] == "valid until 2126-10-30"
        monkeypatch.setattr(site_checks, "CERTIFICATE_LEFT", timedelta(days=200 * 365))
        assert examine()["certificate"]["status"] == "warning"
    assert {call: count for call, count in site.requests.items() if count} == {"getBalance": 2}


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name_is_told_as_such(
    examine: Examine, open_site: OpenSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_site()
    with BreakingHost([tls], address="127.0.0.2") as host:
        monkeypatch.setenv("SNUM_TUI_SITE", f"https://127.0.0.2:{host.address[1]}")
        found = examine()
    assert statuses(found) == ("ok", "error", "warning", "warning")
    assert found["certificate"]["detail"] == "for another address"


def test_a_key_that_travels_unencrypted_is_worth_a_warning() -> None:
    finding = site_checks._certificate(SiteAddress("http://numara.example"), Handshake(0.1, None))
    assert finding.status.value == "warning"
    assert finding.advice is not None


@pytest.mark.parametrize(
    ("ahead_seconds", "status", "said"),
    [
        (0, "ok", "as the site's"),
        (3600, "warning", " ahead of the site's"),
        (-3600, "warning", " behind the site's"),
        (3, "ok", " ahead of the site's"),
    ],
)
def test_a_clock_that_is_wrong_by_more_than_some_seconds_is_worth_a_warning(
    examine: Examine, monkeypatch: pytest.MonkeyPatch, ahead_seconds: int, status: str, said: str
) -> None:
    with serving(monkeypatch, [read, answers(ahead_seconds)]):
        told = examine()["clock"]
    assert (told["status"], said in told["detail"]) == (status, True)
    assert (told["advice"] is None) == (status == "ok")


def test_the_clock_is_compared_where_the_key_is_not_accepted_too(
    examine: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some sites take a request with a wrong clock for a wrong key."""
    with serving(monkeypatch, [read, answers(86_400, "401 Unauthorized", b"")]):
        found = examine()
    assert (found["key"]["status"], found["clock"]["status"]) == ("error", "warning")


def test_a_site_without_a_key_is_reached_and_the_key_told_as_missing(
    examine: Examine, open_site: OpenSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = open_site()
    monkeypatch.delenv("SNUM_TUI_API_KEY")
    found = examine()
    assert statuses(found) == ("ok", "ok", "error", "warning")
    assert "SNUM_TUI_API_KEY" in found["key"]["advice"]
    assert sum(site.requests.values()) == 0


@pytest.mark.parametrize(
    "address", ["ftp://numara.example", f"https://numara.example/{KEY}?x", "http://numara.example"]
)
def test_an_address_that_cannot_be_a_sites_is_an_error(
    examine: Examine, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("SNUM_TUI_SITE", address)
    monkeypatch.setenv("SNUM_TUI_API_KEY", KEY)
    assert statuses(examine()) == ("error", "warning", "warning", "warning")


def test_a_key_in_the_address_is_told_and_never_sent_or_shown(
    examine: Examine, open_site: OpenSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = open_site()
    monkeypatch.setenv("SNUM_TUI_SITE", f"{site.url}/{site.key}")
    checks = examine()
    assert (checks["site"]["status"], checks["key"]["detail"]) == ("error", "not looked at")
    assert sum(site.requests.values()) == 0


def test_the_profile_that_is_asked_for_is_examined(
    examine: Examine, open_site: OpenSite, configure: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    good, other = open_site(), open_site(seed=8)
    monkeypatch.delenv("SNUM_TUI_SITE")
    monkeypatch.delenv("SNUM_TUI_API_KEY")
    configure(
        f'[profiles.good]\nsite = "{good.url}"\napi_key = "{good.key}"\n'
        f'[profiles.bad]\nsite = "{other.url}"\napi_key = "{good.key}"\n'
    )
    assert examine("--profile", "good", keys=(good.key,))["key"]["status"] == "ok"
    assert examine("--profile", "bad", keys=(good.key,))["key"]["status"] == "error"


def test_a_command_that_prints_the_key_is_run_and_not_waited_for_too_long(
    examine: Examine, open_site: OpenSite, configure: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = open_site()
    monkeypatch.delenv("SNUM_TUI_SITE")
    monkeypatch.delenv("SNUM_TUI_API_KEY")
    profile = f'[profiles.main]\nsite = "{site.url}"\napi_key_command = '
    configure(f"{profile}['echo', '{site.key}']\n")
    assert examine(keys=(site.key,))["key"]["status"] == "ok"
    configure(f"{profile}['sleep', '60']\n")
    monkeypatch.setattr(site_checks, "LONGEST_SECONDS", 0.0)
    began = time.monotonic()
    told = examine()["key"]
    assert time.monotonic() - began < 20
    assert told["status"] == "error"
    assert "it took longer than" in told["advice"]


def test_through_a_proxy_the_keys_own_call_shows_whether_the_site_is_reached(
    examine: Examine, open_site: OpenSite, configure: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = open_site()
    profile = f'[profiles.main]\nsite = "{site.url}"\napi_key = "{site.key}"\n'
    with serving(monkeypatch, PASS_ON, far=site) as proxy:
        monkeypatch.delenv("SNUM_TUI_SITE")
        monkeypatch.delenv("SNUM_TUI_API_KEY")
        configure(f'{profile}proxy = "http://me:pass-word@127.0.0.1:{proxy.address[1]}"\n')
        found = examine(keys=(site.key, "pass-word"))
    assert (found["site"]["status"], found["key"]["status"]) == ("ok", "ok")
    assert "through your proxy" in found["site"]["detail"]
    assert len(proxy.heads) == 1
    configure(f'{profile}proxy = "http://me:pass-word@127.0.0.1:1"\n')
    found = examine(keys=(site.key, "pass-word"))
    assert (found["site"]["status"], found["key"]["status"]) == ("warning", "error")
    assert "proxy" in found["key"]["advice"]


HANGING_LOOKUP = """
import socket, threading
socket.getaddrinfo = lambda *_, **__: threading.Event().wait()
from snum_tui.cli.doctor import site
site.HANDSHAKE_SECONDS = 0.3
from snum_tui.cli import main
raise SystemExit(main(["doctor", "--json"]))
"""


@pytest.mark.usefixtures("folders")
def test_a_name_server_that_never_answers_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python itself would wait for it at the end of the program."""
    monkeypatch.setenv("SNUM_TUI_SITE", "https://numara.example")
    monkeypatch.setenv("SNUM_TUI_API_KEY", KEY)
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", HANGING_LOOKUP], capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "did not answer in time" in done.stdout
