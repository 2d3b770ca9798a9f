"""What must not hold up a key: done one after the other, on a thread of its own."""

import contextlib
import threading
from collections.abc import Callable
from queue import SimpleQueue


class Errands:
    """Runs what it is given, in order, so that of two copies the later one stays. Begins with the first."""

    def __init__(self) -> None:
        self._waiting = SimpleQueue[Callable[[], None]]()
        self._thread: threading.Thread | None = None

    def run(self, errand: Callable[[], None]) -> None:
        """Run this after those before it."""
        if self._thread is None:
            # A daemon: a program that hangs must not keep this one from ending.
            self._thread = threading.Thread(target=self._work, name="errands", daemon=True)
            self._thread.start()
        self._waiting.put(errand)

    def _work(self) -> None:
        while True:
            errand = self._waiting.get()
            with contextlib.suppress(Exception):  # one that fails must not take the next with it
                errand()
