"""An address and a key are tried out by one getBalance, on a thread of its own."""

import socket
import threading
from collections.abc import Iterator
from decimal import Decimal

import pytest

from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.engine.trying import Trial, try_out
from snum_tui.sandbox.server import SandboxServer
from snum_tui.sandbox.site_options import SandboxOptions

PATIENCE_SECONDS = 20.0


@pytest.fixture
def site() -> Iterator[SandboxServer]:
    with SandboxServer(SandboxOptions(port=0, balance=Decimal("12.50"))) as server:
        yield server


def tried(url: str, key: str) -> Trial:
    told: list[Trial] = []
    done = threading.Event()

    def tell(trial: Trial) -> None:
        assert threading.current_thread() is not threading.main_thread()
        told.append(trial)
        done.set()

    try_out(SiteAddress(url), ApiKey(key), None, tell)
    assert done.wait(PATIENCE_SECONDS)
    return told[0]


def test_a_right_key_brings_the_balance_and_nothing_but_getbalance_was_asked(site: SandboxServer) -> None:
    assert tried(site.url, site.key) == Trial(Decimal("12.50"))
    assert {call: count for call, count in site.requests.items() if count} == {"getBalance": 1}


def test_a_wrong_key_is_a_problem_of_the_key(site: SandboxServer) -> None:
    trial = tried(site.url, "nobodys-key-at-all")
    assert trial.problem is not None
    assert trial.is_about_key
    assert trial.balance is None


def test_a_page_instead_of_an_answer_is_a_problem_of_the_address(site: SandboxServer) -> None:
    site.add_fault("getBalance:html@1")
    trial = tried(site.url, site.key)
    assert trial.problem is not None
    assert not trial.is_about_key
    assert site.key not in repr(trial)


def test_a_site_that_is_not_there_is_a_problem_of_the_address() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        trial = tried(f"http://127.0.0.1:{nobody.getsockname()[1]}", "a-key-of-nobody")
    assert trial.problem is not None
    assert not trial.is_about_key
