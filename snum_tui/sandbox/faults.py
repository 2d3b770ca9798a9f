"""The faults in force: counts the requests of each, and picks the one that strikes."""

from collections.abc import Iterable
from threading import Lock

from snum_tui.sandbox.chance import roll
from snum_tui.sandbox.fault_plan import Fault, FaultKind


class Faults:
    """The plan with its counters. Each fault counts the requests its call fits since it was set."""

    def __init__(self, plan: Iterable[Fault], seed: int) -> None:
        self._seed = seed
        self._lock = Lock()
        self._counted: list[tuple[Fault, int]] = [(fault, 0) for fault in plan]

    def add(self, fault: Fault) -> None:
        """Put one more fault in force, after the ones there are."""
        with self._lock:
            self._counted.append((fault, 0))

    def clear(self) -> None:
        """Let everything go right from now on."""
        with self._lock:
            self._counted.clear()

    def strike(self, call: str) -> FaultKind | None:
        """Count one request of this call and return what goes wrong with it: the first fitting fault's kind."""
        struck: FaultKind | None = None
        with self._lock:
            for index, (fault, seen) in enumerate(self._counted):
                if not fault.fits(call):
                    continue
                nth = seen + 1
                self._counted[index] = (fault, nth)
                if struck is None and fault.reaches(nth) and roll(self._seed, "fault", index, nth) < fault.share:
                    struck = fault.kind
        return struck
