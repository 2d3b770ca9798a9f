"""Kept lines that can be looked over quickly.

Before and after each request httpcore asks every idle line whether the site has closed it. The answer of its own
lines asks the socket for all its addresses first: with six lines that was a quarter of the CPU of a request.
"""

import select
from typing import Any

import httpcore


class QuickLine(httpcore.AsyncNetworkStream):
    """Hands everything to the line below, and answers for itself whether there is something to read."""

    def __init__(self, below: httpcore.AsyncNetworkStream) -> None:
        self._below = below
        self._socket = below.get_extra_info("socket")

    async def read(self, *arguments: Any, **named: Any) -> bytes:  # Any: here and below, as httpcore takes them
        """Read what is there."""
        return await self._below.read(*arguments, **named)

    async def write(self, *arguments: Any, **named: Any) -> None:
        """Write all of it."""
        await self._below.write(*arguments, **named)

    async def start_tls(self, *arguments: Any, **named: Any) -> httpcore.AsyncNetworkStream:
        """Speak TLS from now on."""
        return QuickLine(await self._below.start_tls(*arguments, **named))

    async def aclose(self) -> None:
        """Close the line."""
        await self._below.aclose()

    def get_extra_info(self, info: str) -> Any:
        """Tell about the line; an idle one that can be read is closed, or speaks out of turn."""
        return self._is_readable() if info == "is_readable" else self._below.get_extra_info(info)

    def _is_readable(self) -> bool:
        descriptor = -1 if self._socket is None else self._socket.fileno()
        if descriptor < 0:
            return True
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        return bool(poll.poll(0))


class QuickLines(httpcore.AsyncNetworkBackend):
    """Opens lines as `below` does."""

    def __init__(self, below: httpcore.AsyncNetworkBackend) -> None:
        self._below = below

    async def connect_tcp(self, *arguments: Any, **named: Any) -> httpcore.AsyncNetworkStream:
        """Open a line."""
        return QuickLine(await self._below.connect_tcp(*arguments, **named))

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._below.sleep(seconds)
