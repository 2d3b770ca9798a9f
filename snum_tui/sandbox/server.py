"""The sandbox served over real sockets from a thread of its own: for tests, the demo and the foreground."""

import asyncio
import errno
import socket
import time as real_time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from types import TracebackType
from typing import Self, TextIO

from uvicorn.config import Config
from uvicorn.server import ServerState

from snum_tui.sandbox.controls import Controls
from snum_tui.sandbox.errors import CannotServe
from snum_tui.sandbox.faults import Faults
from snum_tui.sandbox.latency import Latency
from snum_tui.sandbox.routes import Api
from snum_tui.sandbox.site import Site
from snum_tui.sandbox.site_options import SandboxOptions
from snum_tui.sandbox.system_words import why_not
from snum_tui.sandbox.wire import SandboxProtocol
from snum_tui.sandbox.words import N_

_KEEP_ALIVE_SECONDS = 75
_LAST_REPLIES_SECONDS = 0.5
_LATE_TURNS = 5
"""A connection accepted just before the end shows up only some turns of the loop later."""
_BACKLOG = 512


class SandboxServer(Controls):
    """One site that serves from `start` to `stop`, or within `with`. Installs no signal handlers.

    `time` returns seconds from any origin and drives codes, windows and stock; tests hand in their own.
    """

    def __init__(
        self,
        options: SandboxOptions | None = None,
        time: Callable[[], float] = real_time.monotonic,
    ) -> None:
        self.options = options or SandboxOptions()
        site = Site(self.options, time, self._write_ledger_line)
        faults = Faults(self.options.read_faults(), self.options.seed)
        latency = Latency(self.options.latency_seconds, self.options.jitter_seconds, self.options.seed)
        super().__init__(site, faults, latency)
        self._application = Api(site, faults, latency).router(self)
        self._ledger_stream: TextIO | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()
        self._thread: Thread | None = None
        self._port = self.options.port

    @property
    def url(self) -> str:
        """The site's base address without a trailing slash: `http://127.0.0.1:8077`; of port 0 before `start`."""
        host = self.options.host
        return f"http://[{host}]:{self._port}" if ":" in host else f"http://{host}:{self._port}"

    def start(self) -> None:
        """Serve; returns when requests are answered. Raises CannotServe.

        After a `stop` it serves again at the same address and with the same account, as a site that was down.
        """
        listener = self._listen()
        self._stopping = asyncio.Event()
        serving: Future[None] = Future()
        self._thread = Thread(target=self._run, args=(listener, serving), name="sandbox-site", daemon=True)
        self._thread.start()
        serving.result()

    def stop(self) -> None:
        """Close every connection, answered or not, and end. Does nothing where nothing serves."""
        if self._thread is None or self._loop is None:
            return
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()
        self._thread = self._loop = None
        if self._ledger_stream is not None:
            self._ledger_stream.close()
            self._ledger_stream = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _listen(self) -> socket.socket:
        """Open the listening socket, so that the address is known at once, and the ledger file."""
        host, family = self.options.host, socket.AF_INET6 if ":" in self.options.host else socket.AF_INET
        try:
            listener = socket.create_server((host, self._port), family=family, backlog=_BACKLOG)
        except OSError as error:
            is_port = error.errno in {errno.EADDRINUSE, errno.EACCES}
            words = (
                N_("Cannot serve on {host} port {port}: {why}. Choose another --port.")
                if is_port
                else N_("Cannot serve on {host} port {port}: {why}. Choose another --host.")
            )
            raise CannotServe(words, host=host, port=self._port, why=why_not(error)) from None
        try:
            if self.options.ledger_file is not None:
                self._ledger_stream = self.options.ledger_file.open("a", encoding="utf-8")
        except OSError as error:
            listener.close()
            raise CannotServe(
                N_("Cannot write the ledger to {file}: {why}. Choose another file."),
                file=self.options.ledger_file,
                why=why_not(error),
            ) from None
        self._port = listener.getsockname()[1]
        return listener

    def _write_ledger_line(self, line: str) -> None:
        if self._ledger_stream is not None:
            self._ledger_stream.write(line + "\n")
            self._ledger_stream.flush()

    def _run(self, listener: socket.socket, serving: Future[None]) -> None:
        try:
            asyncio.run(self._serve(listener, serving))
        except BaseException as error:
            if serving.done():
                raise
            listener.close()
            serving.set_exception(error)

    async def _serve(self, listener: socket.socket, serving: Future[None]) -> None:
        loop = self._loop = asyncio.get_running_loop()
        config = Config(
            self._application,
            http=SandboxProtocol,
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        )
        config.load()
        state = ServerState()
        server = await loop.create_server(
            lambda: SandboxProtocol(config, state, {}), sock=listener, backlog=_BACKLOG
        )
        serving.set_result(None)
        await self._stopping.wait()
        # Greet nobody new, and let those who are being let in come in: a connection that is taken in while its
        # server closes is never closed by asyncio.
        loop.remove_reader(listener)
        for _ in range(_LATE_TURNS):
            await asyncio.sleep(0)
        server.close()
        await _end_all(state)


async def _end_all(state: ServerState) -> None:
    """Hang up on everybody; each request that is still being answered ends by that."""
    for _ in range(_LATE_TURNS):
        for connection in list(state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)
    if state.tasks:
        await asyncio.wait(state.tasks, timeout=_LAST_REPLIES_SECONDS)
    await asyncio.sleep(0)
