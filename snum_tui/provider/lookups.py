"""Threads that keep nobody from leaving: a name server that does not answer holds up asyncio's own for minutes."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Lookups(ThreadPoolExecutor):
    """An event loop's default executor, for its name lookups: a thread each, and none is waited for in the end."""

    def submit(self, call: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Run a call on a thread of its own."""
        future: Future[_T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(call(*args, **kwargs))
            except BaseException as error:  # noqa: BLE001 - it is the caller's, as with every executor
                future.set_exception(error)

        threading.Thread(target=run, name="lookup", daemon=True).start()
        return future
