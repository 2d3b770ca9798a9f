"""A site per test on a free port, time that moves when told to, and ways to ask that hide nothing."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from snum_tui.sandbox.options import SandboxOptions
from snum_tui.sandbox.server import SandboxServer


class Hands:
    """A clock whose hands the test moves."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def move(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture
def hands() -> Hands:
    """The clock of every site in a test."""
    return Hands()


@pytest.fixture
def pass_seconds(hands: Hands) -> Callable[[float], None]:
    """Let this much of every site's time pass."""
    return hands.move


@pytest.fixture
def open_site(hands: Hands) -> Iterator[Callable[..., SandboxServer]]:
    """Start a site with these options; it ends with the test."""
    with ExitStack() as stack:

        def start(**options: Any) -> SandboxServer:  # Any: each option has its own type, checked by the dataclass
            return stack.enter_context(SandboxServer(SandboxOptions(**{"port": 0, **options}), time=hands))

        yield start


@pytest.fixture
def site(open_site: Callable[..., SandboxServer]) -> SandboxServer:
    """A site as it is without options."""
    return open_site()


@pytest.fixture(scope="session")
def browser() -> Iterator[httpx.Client]:
    """One client for all tests: a fresh connection for each request, no redirects, nothing from the environment."""
    limits = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(trust_env=False, verify=False, limits=limits, timeout=5) as client:  # noqa: S501 - plain http only
        yield client


@pytest.fixture
def ask(browser: httpx.Client) -> Callable[..., httpx.Response]:
    """Ask one call: `ask(site, "getNumber", 3)`; the calls that need the key get it, or the one given."""

    def get(site: SandboxServer, call: str, argument: object = "", key: str | None = None) -> httpx.Response:
        needs_key = call in {"getBalance", "getNumber", "getMessage", "cancelNumber"}
        parts = ["api", (site.key if key is None else key) if needs_key else "", call, str(argument)]
        return browser.get("/".join([site.url, *filter(None, parts)]))

    return get


@pytest.fixture
def connect() -> Iterator[Callable[[SandboxServer, str], socket.socket]]:
    """Send a request for a path and leave the reply on the socket, to be read byte by byte."""
    with ExitStack() as stack:

        def send(site: SandboxServer, path: str) -> socket.socket:
            host, port = site.url.removeprefix("http://").split(":")
            connection = stack.enter_context(socket.create_connection((host, int(port)), timeout=5))
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n\r\n".encode())
            return connection

        yield send


@pytest.fixture
def read_raw(connect: Callable[[SandboxServer, str], socket.socket]) -> Callable[[SandboxServer, str], bytes]:
    """Return every byte the site sends for a path until it closes the connection."""

    def read(site: SandboxServer, path: str) -> bytes:
        connection, pieces = connect(site, path), []
        while piece := connection.recv(65536):
            pieces.append(piece)
        return b"".join(pieces)

    return read


@pytest.fixture
def wait_until() -> Callable[[Callable[[], bool]], None]:
    """Wait for what another thread is about to do; fail after five seconds."""

    def wait(holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 5
        while not holds():
            assert time.monotonic() < deadline, "it never happened"
            time.sleep(0.002)

    return wait
