"""One exchange with the site: one request, sent once, and what became of it."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpcore
import httpx

from snum_tui.provider.errors import Reason
from snum_tui.provider.transport import KeyTransport
from snum_tui.provider.trouble import Trouble, trouble_of


@dataclass(slots=True)
class Exchange:
    """Filled in while the exchange goes on, so that a deadline leaves what is known so far.

    `request_started` follows httpcore's trace (FACTS: exception types lie about it). `whole` means that the body
    ended as HTTP says; `oversized` that reading stopped at the cap.
    """

    body_cap: int
    request_started: bool = False
    status: int | None = None
    content_encoding: str = field(default="", repr=False)
    retry_after: str | None = field(default=None, repr=False)
    date: str | None = field(default=None, repr=False)
    body: bytearray = field(default_factory=bytearray, repr=False)
    whole: bool = False
    oversized: bool = False
    trouble: Trouble | None = None
    _line: httpcore.AsyncNetworkStream | None = field(default=None, repr=False)

    async def run(self, request: httpx.Request, open_transport: Callable[[], KeyTransport], *, close: bool) -> None:
        """Send the request and read its reply. Raises nothing but cancellation: errors end up in `trouble`.

        Errors are judged in here and go no further: their tracebacks hold the URL, and the URL the key.
        """
        request.extensions["trace"] = self._trace
        try:
            transport = open_transport()
        except (httpx.InvalidURL, ValueError, ImportError):
            self.trouble = Reason.PROXY
            return
        except OSError:
            # The certificates could not be read: too many files are open, for example.
            self.trouble = Reason.NETWORK
            return
        try:
            await self._send_and_read(transport, request)
        except Exception as error:  # noqa: BLE001 - FACTS: bare SSLErrors and ExceptionGroups come up from below
            self.trouble = trouble_of(error)
        finally:
            if self._line is not None and not self.request_started:
                # httpcore leaves the socket open when it is cancelled within the TLS handshake.
                await _close_quietly(self._line)
            if close:
                await _close_quietly(transport)

    async def _send_and_read(self, transport: KeyTransport, request: httpx.Request) -> None:
        response = await transport.handle_async_request(request)
        try:
            self.status = response.status_code
            self.content_encoding = response.headers.get("content-encoding", "")
            self.retry_after = response.headers.get("retry-after")
            self.date = response.headers.get("date")
            async for chunk in response.aiter_raw():
                room = self.body_cap - len(self.body)
                self.body += chunk[:room]
                if len(chunk) > room:
                    self.oversized = True
                    return
            self.whole = True
        finally:
            await response.aclose()

    async def _trace(self, event: str, info: Mapping[str, object]) -> None:
        """Note the start of our own request; a CONNECT to a proxy is not it. Note the socket, too."""
        line = info.get("return_value")
        if isinstance(line, httpcore.AsyncNetworkStream):
            self._line = line
        if event.endswith(".send_request_headers.started"):
            method = getattr(info.get("request"), "method", None)
            self.request_started = self.request_started or method != b"CONNECT"


async def _close_quietly(line: KeyTransport | httpcore.AsyncNetworkStream) -> None:
    # The reply is read, or will never be; how the line ends means nothing.
    with contextlib.suppress(Exception):
        await line.aclose()


async def wait_in_ticks(task: asyncio.Task[None], ticks: int, tick_seconds: float) -> None:
    """Wait for a task for so many ticks, then cancel it and give it one more to end."""
    try:
        for _ in range(ticks):
            await asyncio.wait({task}, timeout=tick_seconds)
            if task.done():
                return
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait({task}, timeout=tick_seconds)
