"""A site, or a proxy in front of one, on real sockets, that breaks exactly where its script says.

A script is performed for every connection, on a thread of its own, so that the program under test may stand still
or run in another thread. Its steps are bytes to send, and functions such as those below; its end is a hang-up.
"""

import os
import select
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from typing import Self

PEM = Path(__file__).parent / "localhost.pem"
LONGEST_WAIT_SECONDS = 20.0
"""How long a step may take on a busy machine; nothing waits for it to pass."""

_END_OF_HEAD = b"\r\n\r\n"
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Line:
    """One connection as the far side holds it; `head` is the last request head that was read whole."""

    def __init__(self, connection: socket.socket, host: "BreakingHost") -> None:
        self.socket = connection
        self.host = host
        self.head = b""

    @property
    def target(self) -> str:
        """What the last request asked for, as it was written."""
        return self.head.split(b" ")[1].decode()


Step = bytes | Callable[[Line], None]
Script = Sequence[Step]


class BreakingHost:
    """Listens, performs `script` on every connection, and counts the request heads that were read whole.

    `far` is where a proxy passes things on to. A `late` host takes nobody in before the call is over.
    """

    def __init__(
        self, script: Script, *, address: str = "127.0.0.1", far: tuple[str, int] | None = None, late: bool = False
    ) -> None:
        self.heads: list[bytes] = []
        self.connections = 0
        self.far = far
        self.is_over = threading.Event()
        self._script = tuple(script)
        self._late = late
        self._stuck = False
        self._changed = threading.Condition()
        self._listener = socket.create_server((address, 0))
        self._last_in_line: object = None
        self._threads: list[threading.Thread] = []
        self._door = threading.Thread(target=self._take_in, daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        host, port = self._listener.getsockname()
        return host, port

    @property
    def sent(self) -> int:
        """How many requests arrived that ask for something; a CONNECT asks for the way alone."""
        return sum(not head.startswith(b"CONNECT ") for head in self.heads)

    def __enter__(self) -> Self:
        self._door.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.settle()
        self._listener.close()

    def shut(self) -> None:
        """Refuse connections from now on; who is in stays."""
        with suppress(OSError):  # it is shut already
            # Closing alone would leave the port open for as long as the thread waits in accept.
            self._listener.shutdown(socket.SHUT_RDWR)

    def settle(self) -> None:
        """Say that the call is over, serve whoever still stands at the door, and return when all have left."""
        self.is_over.set()
        with socket.socket() as last, suppress(ConnectionRefusedError):
            last.bind(("127.0.0.1", 0))
            self._last_in_line = last.getsockname()
            last.connect(self.address)
        self._door.join(LONGEST_WAIT_SECONDS)
        for thread in self._threads:
            thread.join(LONGEST_WAIT_SECONDS)
        assert not self._stuck, "the other side neither spoke nor hung up"

    def until(self, holds: Callable[["BreakingHost"], bool]) -> None:
        """Wait until something holds that connections or request heads change."""
        with self._changed:
            assert self._changed.wait_for(lambda: holds(self), LONGEST_WAIT_SECONDS)

    def note(self, head: bytes) -> None:
        """Count a request head."""
        with self._changed:
            self.heads.append(head)
            self._changed.notify_all()

    def _take_in(self) -> None:
        if self._late:
            self.is_over.wait(LONGEST_WAIT_SECONDS)
        with suppress(OSError):  # the door was shut
            while True:
                connection, peer = self._listener.accept()
                if peer == self._last_in_line:
                    connection.close()
                    return
                with self._changed:
                    self.connections += 1
                    self._changed.notify_all()
                thread = threading.Thread(target=self._perform, args=(Line(connection, self),), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _perform(self, line: Line) -> None:
        line.socket.settimeout(LONGEST_WAIT_SECONDS)
        try:
            for step in self._script:
                if isinstance(step, bytes):
                    line.socket.sendall(step)
                else:
                    step(line)
        except TimeoutError:
            self._stuck = True
        except OSError:
            pass  # the other side may hang up at any step
        finally:
            line.socket.close()


def read(line: Line) -> None:
    """Read one request head, and count it once it is whole. Raises OSError if none comes any more."""
    head = b""
    while not head.endswith(_END_OF_HEAD):
        byte = line.socket.recv(1)
        if not byte:
            raise ConnectionAbortedError("hung up amid a head")
        head += byte
    line.head = head
    line.host.note(head)


def read_a_little(line: Line) -> None:
    """Read the beginning of whatever comes."""
    line.socket.recv(20)


def read_greeting(line: Line) -> None:
    """Read the greeting with which a client begins to speak TLS."""
    line.socket.recv(65536)


def until_unread(line: Line) -> None:
    """Wait until something has come, and leave it unread."""
    select.select([line.socket], [], [], LONGEST_WAIT_SECONDS)


def stall(line: Line) -> None:
    """Say nothing more until the other side hangs up."""
    with suppress(ConnectionError):
        while line.socket.recv(65536):
            pass


def hold(line: Line) -> None:
    """Say and read nothing until the call is over."""
    line.host.is_over.wait(LONGEST_WAIT_SECONDS)


def reset(line: Line) -> None:
    """End the connection by a reset instead of properly."""
    line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    line.socket.close()


def drip(content: bytes, seconds: float) -> Step:
    """Send byte by byte, with so long a pause after each."""

    def step(line: Line) -> None:
        for place in range(len(content)):
            line.socket.sendall(content[place : place + 1])
            _idle(line, seconds)

    return step


def endless(content: bytes, seconds: float) -> Step:
    """Send the same over and over, with so long a pause between, until the other side hangs up."""

    def step(line: Line) -> None:
        while True:
            line.socket.sendall(content)
            _idle(line, seconds)

    return step


def _idle(line: Line, seconds: float) -> None:
    line.host.is_over.wait(seconds)


def redirect(status: str) -> Step:
    """Answer by a redirect to the very path that was asked for."""

    def step(line: Line) -> None:
        line.socket.sendall(f"HTTP/1.1 {status}\r\nLocation: {line.target}\r\nContent-Length: 0\r\n\r\n".encode())

    return step


@cache
def _server_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    return context


def tls(line: Line) -> None:
    """Speak TLS from here on."""
    line.socket = _server_context().wrap_socket(line.socket, server_side=True)


def half_handshake(line: Line) -> None:
    """Read the client's greeting and send half of what answers it."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = _server_context().wrap_bio(incoming, outgoing, server_side=True)
    incoming.write(line.socket.recv(65536))
    with suppress(ssl.SSLWantReadError):
        server.do_handshake()
    answer = outgoing.read()
    line.socket.sendall(answer[: len(answer) // 2])


def close_notify(line: Line) -> None:
    """Say properly, in TLS, that nothing more will come."""
    assert isinstance(line.socket, ssl.SSLSocket)
    line.socket.settimeout(0)
    with suppress(ssl.SSLWantReadError):  # the other side need not say it, too
        line.socket.unwrap()


def noise_below_tls(line: Line) -> None:
    """Send something unencrypted into the encrypted stream."""
    os.write(line.socket.fileno(), b"HTTP/1.1 200 OK\r\n\r\n")


def pass_on(line: Line) -> None:
    """Pass the last request on to the far side, and its answer back, as a proxy does that reads along."""
    line.socket.sendall(_fetched(line))


def pass_on_and_forget(line: Line) -> None:
    """Pass it on, and lose the answer."""
    _fetched(line)


def pass_on_twice(line: Line) -> None:
    """Pass it on, lose the answer, and pass it on again."""
    _fetched(line)
    pass_on(line)


def _fetched(line: Line) -> bytes:
    assert line.host.far is not None
    far = HTTPConnection(*line.host.far, timeout=LONGEST_WAIT_SECONDS)
    try:
        far.request("GET", "/" + line.target.removeprefix("http://").partition("/")[2])
        answer = far.getresponse()
        body = answer.read()
    finally:
        far.close()
    return f"HTTP/1.1 {answer.status} {answer.reason}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def tunnel(line: Line) -> None:
    """Open the way that a CONNECT asks for, and let everything through until one side hangs up."""
    assert line.host.far is not None
    with socket.create_connection(line.host.far) as far:
        line.socket.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        ways = {line.socket: far, far: line.socket}
        while True:
            for side in select.select(list(ways), [], [], LONGEST_WAIT_SECONDS)[0]:
                chunk = side.recv(65536)
                if not chunk:
                    return
                ways[side].sendall(chunk)
