"""The served site: there at once, gone at once, quiet, and steady under many hands."""

import asyncio
import signal
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from threading import active_count

import httpx
import pytest

from snum_tui.sandbox.errors import BadOption, CannotServe
from snum_tui.sandbox.options import SandboxOptions
from snum_tui.sandbox.server import SandboxServer

Ask = Callable[..., httpx.Response]
OpenSite = Callable[..., SandboxServer]
Connect = Callable[[SandboxServer, str], socket.socket]
WaitUntil = Callable[[Callable[[], bool]], None]


def requests_in_work(site: SandboxServer) -> int:
    """Return how many requests the serving loop has not done with."""
    assert site._loop is not None
    return sum("run_asgi" in repr(task.get_coro()) for task in asyncio.all_tasks(site._loop))


def test_it_serves_as_soon_as_start_returns(ask: Ask) -> None:
    for _ in range(5):
        with SandboxServer(SandboxOptions(port=0)) as site:
            assert ask(site, "getBalance").text == '{"balance":100}'


def test_port_0_finds_a_free_port_and_tells_it(open_site: OpenSite) -> None:
    first, second = open_site(), open_site()
    assert first.url.startswith("http://127.0.0.1:")
    assert first.url != second.url


def test_the_key_is_32_hex_characters_of_the_seed_or_the_one_given(open_site: OpenSite) -> None:
    assert len(bytes.fromhex(open_site(seed=1).key)) == 16
    assert open_site(seed=1).key == open_site(seed=1).key != open_site(seed=2).key
    assert open_site(key="my-own-key").key == "my-own-key"


def test_the_key_is_in_no_repr() -> None:
    assert "my-own-key" not in repr(SandboxOptions(key="my-own-key"))
    site = SandboxServer(SandboxOptions(key="my-own-key"))
    assert "my-own-key" not in repr(site) + repr(vars(site))


def test_a_taken_port_is_said_in_one_sentence(site: SandboxServer) -> None:
    port = int(site.url.rpartition(":")[2])
    with pytest.raises(CannotServe) as caught:
        SandboxServer(SandboxOptions(port=port)).start()
    assert (
        str(caught.value)
        == f"Cannot serve on 127.0.0.1 port {port}: the address is in use already. Choose another --port."
    )


def test_a_ledger_file_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(
        CannotServe, match=r"^Cannot write the ledger to .*: it is a folder\. Choose another file\.$"
    ):
        SandboxServer(SandboxOptions(port=0, ledger_file=tmp_path)).start()


@pytest.mark.parametrize("fault", ["stall", "drip"])
def test_it_stops_at_once_with_clients_still_waiting(
    open_site: OpenSite, connect: Connect, wait_until: WaitUntil, fault: str
) -> None:
    site = open_site(faults=(f"getBalance:{fault}",), drip_seconds=60)
    clients = [connect(site, f"/api/{site.key}/getBalance") for _ in range(20)]
    wait_until(lambda: requests_in_work(site) == 20)
    started = time.monotonic()
    site.stop()
    assert time.monotonic() - started < 30, "it waited for them"
    for client in clients:
        while client.recv(65536):
            pass  # what came before the end; the end itself is what the loop waits for


def test_it_stops_at_once_in_the_midst_of_its_own_latency(
    open_site: OpenSite, connect: Connect, wait_until: WaitUntil
) -> None:
    site = open_site(latency_seconds=60)
    connect(site, f"/api/{site.key}/getBalance")
    wait_until(lambda: requests_in_work(site) == 1)
    started = time.monotonic()
    site.stop()
    assert time.monotonic() - started < 30, "it waited for them"


@pytest.mark.parametrize("fault", ["stall", "drip"])
def test_a_client_that_hangs_up_leaves_nothing_behind(
    open_site: OpenSite, connect: Connect, wait_until: WaitUntil, fault: str
) -> None:
    site = open_site(faults=(f"getBalance:{fault}",), drip_seconds=60)
    clients = [connect(site, f"/api/{site.key}/getBalance") for _ in range(5)]
    wait_until(lambda: requests_in_work(site) == 5)
    for client in clients:
        client.close()
    wait_until(lambda: requests_in_work(site) == 0)


def test_an_order_whose_client_hung_up_is_charged_all_the_same(
    open_site: OpenSite, connect: Connect, wait_until: WaitUntil
) -> None:
    site = open_site(latency_seconds=60)
    connect(site, f"/api/{site.key}/getNumber/3").close()
    wait_until(lambda: len(site.ledger) == 1)
    wait_until(lambda: requests_in_work(site) == 0)


def test_stop_may_be_called_twice_and_before_start() -> None:
    site = SandboxServer(SandboxOptions(port=0))
    site.stop()
    site.start()
    site.stop()
    site.stop()


def test_after_a_stop_it_serves_again_as_the_same_site_at_the_same_address(site: SandboxServer, ask: Ask) -> None:
    number_id, address = ask(site, "getNumber", 3).json()["number_id"], site.url
    site.stop()
    with pytest.raises(httpx.ConnectError):
        ask(site, "getBalance")
    site.start()
    assert site.url == address
    assert ask(site, "getMessage", number_id).json()["status"] == 0


def test_no_thread_and_no_signal_handler_is_left() -> None:
    threads = active_count()
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with SandboxServer(SandboxOptions(port=0)):
        assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == handlers
        assert active_count() == threads + 1
    assert active_count() == threads


def test_replies_on_a_kept_connection_come_at_once(site: SandboxServer) -> None:
    with httpx.Client(trust_env=False, verify=False) as browser:  # noqa: S501 - plain http only
        took = []
        for _ in range(20):
            started = time.monotonic()
            browser.get(f"{site.url}/api/{site.key}/getBalance")
            took.append(time.monotonic() - started)
        assert min(took[1:]) < 0.035, "each waited for a delayed acknowledgement"


def test_latency_delays_each_reply_and_not_one_after_the_other(open_site: OpenSite, ask: Ask) -> None:
    site = open_site(latency_seconds=0.2)
    started = time.monotonic()
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: ask(site, "getBalance"), range(10)))
    assert 0.2 <= time.monotonic() - started < 10 * 0.2


def test_latency_can_be_changed_while_serving(site: SandboxServer, ask: Ask) -> None:
    site.set_latency(0.2)
    started = time.monotonic()
    ask(site, "getBalance")
    assert time.monotonic() - started >= 0.2
    site.set_latency(0)
    started = time.monotonic()
    for _ in range(10):
        ask(site, "getBalance")
    assert time.monotonic() - started < 10 * 0.2


def test_jitter_varies_the_delay_within_its_bounds() -> None:
    from snum_tui.sandbox.latency import Latency  # noqa: PLC0415 - the one test of it alone

    latency = Latency(1.0, 0.5, seed=7)
    delays = [latency.next_seconds() for _ in range(100)]
    assert 0.5 <= min(delays) < 0.6
    assert 1.4 < max(delays) <= 1.5
    assert min(Latency(0.1, 5, seed=7).next_seconds() for _ in range(3)) >= 0


def test_many_clients_at_once_never_sell_what_is_not_there(open_site: OpenSite, ask: Ask) -> None:
    site = open_site(no_number_share=0)
    site.set_balance("5.00")
    site.set_price("3", "0.62")
    site.set_stock("3", 6)
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: ask(site, "getNumber", 3).json(), range(24)))
    sold = [reply["number_id"] for reply in replies if reply["success"]]
    assert len(sold) == len(set(sold)) == len(site.ledger) == 6
    assert site.balance == Decimal("1.28")


@pytest.mark.parametrize(
    "options",
    [
        {"port": -1},
        {"port": 70_000},
        {"speed": 0},
        {"speed": float("nan")},
        {"code_share": 1.5},
        {"no_number_share": -0.1},
        {"code_after": (9, 3)},
        {"code_after": (-1, 3)},
        {"refund_seconds": -1},
        {"latency_seconds": float("inf")},
        {"balance": Decimal("NaN")},
        {"key": "two words"},
        {"key": "a/b"},
    ],
)
def test_options_that_cannot_be_meant_are_said_in_one_sentence(options: dict[str, object]) -> None:
    with pytest.raises(BadOption, match=r"^The sandbox's .* must be .*\.$"):
        SandboxOptions(**options)  # type: ignore[arg-type]
