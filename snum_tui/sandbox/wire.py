"""Faults on the real socket: closing, resetting, stalling, cutting and dripping what the server would have sent."""

import asyncio
import contextlib
import socket
import struct
from http import HTTPStatus

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from snum_tui.sandbox.fault_plan import FaultKind
from snum_tui.sandbox.replies import Reply

_TRANSPORT = "sandbox_transport"


class SandboxProtocol(H11Protocol):
    """uvicorn's h11 protocol, whose requests carry the connection they came on in `scope["state"]`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Keep the connection where the faults find it."""
        super().connection_made(transport)
        # asyncio does this only for sockets made with an explicit protocol number; without it, head and body of a
        # reply on a kept connection lie 40 ms apart, as Nagle waits for a delayed acknowledgement.
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.app_state = {**self.app_state, _TRANSPORT: transport}


async def hung_up_within(receive: Receive, seconds: float) -> bool:
    """Wait this long (real seconds); return True at once when the client hangs up or the server shuts down."""
    if seconds <= 0:
        return False
    try:
        await asyncio.wait_for(_hang_up(receive), seconds)
    except TimeoutError:
        return False
    return True


async def _hang_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class PlainResponse(Response):
    """A reply sent as it is."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.body, reply.status, dict(reply.headers))


class BrokenResponse(Response):
    """A reply that a fault breaks on its way. Returns only when the connection is gone: no rest is missed."""

    def __init__(self, kind: FaultKind, reply: Reply, drip_seconds: float) -> None:
        super().__init__(reply.body, reply.status, dict(reply.headers))
        self._kind = kind
        self._reply = reply
        self._drip_seconds = drip_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Do the fault."""
        transport: asyncio.Transport = scope["state"][_TRANSPORT]
        match self._kind:
            case FaultKind.DRIP:
                await self._drip(receive, send)
                return
            case FaultKind.CUT:
                transport.write(self._half(with_length=True))
                transport.close()
            case FaultKind.CUT_PLAIN:
                transport.write(self._half(with_length=False))
                transport.close()
            case FaultKind.RESET:
                _reset(transport)
            case FaultKind.DROP_REPLY | FaultKind.DROP_REQUEST:
                transport.close()
            case _:
                pass  # a stall: the client ends it
        await _hang_up(receive)

    def _half(self, *, with_length: bool) -> bytes:
        """Write the reply's head and the first half of its body as they go over the wire."""
        headers = [*self._reply.headers, ("connection", "close")]
        if with_length:
            headers.append(("content-length", str(len(self._reply.body))))
        lines = [f"HTTP/1.1 {self._reply.status} {HTTPStatus(self._reply.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in headers]
        return "\r\n".join([*lines, "", ""]).encode() + self._reply.body[: len(self._reply.body) // 2]

    async def _drip(self, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        for place in range(len(self._reply.body)):
            if await hung_up_within(receive, self._drip_seconds):
                return
            body = self._reply.body[place : place + 1]
            await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


BROKEN_ON_THE_WIRE = frozenset(
    {
        FaultKind.DROP_REPLY,
        FaultKind.DROP_REQUEST,
        FaultKind.STALL,
        FaultKind.CUT,
        FaultKind.CUT_PLAIN,
        FaultKind.DRIP,
        FaultKind.RESET,
    }
)


def _reset(transport: asyncio.Transport) -> None:
    """Close with a reset instead of an orderly end: SO_LINGER with no time to linger."""
    connection = transport.get_extra_info("socket")
    with contextlib.suppress(OSError):  # the client was quicker
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
