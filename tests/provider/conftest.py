"""A server on a real socket that says exactly what it is told to, and clients of it."""

import asyncio
import os
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from snum_tui.domain.site import ApiKey, SiteAddress
from snum_tui.provider.answer import Answer
from snum_tui.provider.calls import Call
from snum_tui.provider.client import SiteClient, Timeouts
from snum_tui.provider.transport import shared_ssl_context

KEY = "0123456789abcdef-KEY/ş"
QUICK = Timeouts(connect_seconds=2, read_deadline_seconds=2, money_deadline_seconds=2, tick_seconds=0.05)
PEM = Path(__file__).parent / "localhost.pem"


class RawServer:
    """Takes requests one by one and performs the script for each.

    A step is: bytes to send; a float, a pause in seconds; a tuple of bytes and a pause, sent byte by byte; `hang`
    until the client hangs up; `reset` instead of a proper end; `below tls` for noise in the encrypted stream;
    `again` for one more request on the connection.
    """

    def __init__(self) -> None:
        self.script: list[object] = []
        self.heads: list[bytes] = []
        self.connections: list[asyncio.StreamWriter] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._arrived = asyncio.Event()

    async def until_seen(self, count: int, part: bytes = b"") -> None:
        """Return once so many requests with this part in them have arrived."""
        while sum(part in head for head in self.heads) < count:
            self._arrived.clear()
            await self._arrived.wait()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections.append(writer)
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while await self._answer(reader, writer):
                pass
        writer.close()

    async def end(self) -> None:
        """Hang up on everybody."""
        for writer in self.connections:
            writer.transport.abort()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        self.heads.append(await reader.readuntil(b"\r\n\r\n"))
        self._arrived.set()
        for step in list(self.script):
            if step == "again":
                return True
            await self._perform(step, reader, writer)
        return False

    async def _perform(self, step: object, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        match step:
            case bytes():
                writer.write(step)
                await writer.drain()
            case (bytes() as drops, float() as pause):
                for place in range(len(drops)):
                    await self._perform(drops[place : place + 1], reader, writer)
                    await asyncio.sleep(pause)
            case float():
                await asyncio.sleep(step)
            case "hang":
                await reader.read()
            case "below tls":
                os.write(writer.get_extra_info("socket").fileno(), b"HTTP/1.1 200 OK\r\n\r\n")
                await reader.read()
            case "reset":
                linger = struct.pack("ii", 1, 0)
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                writer.transport.abort()
            case _:
                raise AssertionError(f"no step: {step!r}")


async def _listen(server: RawServer, context: ssl.SSLContext | None) -> tuple[asyncio.Server, int]:
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=context)
    return listening, listening.sockets[0].getsockname()[1]


@pytest.fixture
async def raw_server() -> AsyncIterator[RawServer]:
    """What the two listening sockets below serve from."""
    server = RawServer()
    yield server
    await server.end()


@pytest.fixture
async def site_url(raw_server: RawServer) -> AsyncIterator[str]:
    """The server's address."""
    listening, port = await _listen(raw_server, None)
    yield f"http://127.0.0.1:{port}"
    listening.close()


@pytest.fixture
async def tls_url(raw_server: RawServer) -> AsyncIterator[str]:
    """The same server behind TLS, with a certificate that nobody trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    listening, port = await _listen(raw_server, context)
    yield f"https://localhost:{port}"
    listening.close()


@pytest.fixture
async def trusted_tls_url(tls_url: str) -> AsyncIterator[str]:
    """The server behind TLS, its certificate trusted until the test ends."""
    shared_ssl_context.cache_clear()
    shared_ssl_context().load_verify_locations(PEM)
    yield tls_url
    shared_ssl_context.cache_clear()


@pytest.fixture
def script(raw_server: RawServer) -> list[object]:
    """What the server does for each request; see RawServer."""
    return raw_server.script


@pytest.fixture
def heads(raw_server: RawServer) -> list[bytes]:
    """The request heads that reached the server."""
    return raw_server.heads


@pytest.fixture
def connections(raw_server: RawServer) -> list[asyncio.StreamWriter]:
    """The connections that carried them."""
    return raw_server.connections


@pytest.fixture
def until_seen(raw_server: RawServer) -> Callable[..., Awaitable[None]]:
    """Wait until so many requests, with this part in them, have arrived."""
    return raw_server.until_seen


@pytest.fixture
def http() -> Callable[..., bytes]:
    """Write a whole HTTP response: body, status line, more header lines."""

    def write(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Content-Type: text/html", *headers]
        return "\r\n".join([*lines, "", ""]).encode() + body

    return write


@pytest.fixture
def says(script: list[object], http: Callable[..., bytes]) -> Callable[..., None]:
    """Make the server answer every request from now on with one whole response, as `http` writes it."""

    def say(body: bytes, status: str = "200 OK", *headers: str) -> None:
        script[:] = [http(body, status, *headers), "again"]

    return say


@pytest.fixture
async def new_client(site_url: str) -> AsyncIterator[Callable[..., SiteClient]]:
    """Make clients of the server, or of another address; they are closed when the test ends."""
    made: list[SiteClient] = []

    def make(
        url: str = site_url, key: str = KEY, timeouts: Timeouts = QUICK, proxy: str | None = None
    ) -> SiteClient:
        made.append(SiteClient(SiteAddress(url), ApiKey(key), timeouts=timeouts, proxy=proxy))
        return made[-1]

    yield make
    for client in made:
        await client.aclose()


@pytest.fixture
def client(new_client: Callable[..., SiteClient]) -> SiteClient:
    """A client of the server."""
    return new_client()


@pytest.fixture
def answer_of() -> Callable[[Call, bytes], Answer]:
    """Make a whole answer to a call, as it comes from the wire."""

    def make(call: Call, raw: bytes) -> Answer:
        return Answer(
            host="example.com",
            call=call,
            status=200,
            content_encoding="",
            retry_after=None,
            raw=raw,
            oversized=False,
            seconds=0.1,
            hide=str,
        )

    return make
