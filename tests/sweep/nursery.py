"""Processes that are ready at once: one that has everything imported forks a child for each life.

`python -m tests.sweep.nursery FOLDER ADDRESS KEY` rehearses in the folder, says `ready`, then reads one life a
line and answers with its exit status.
"""

import ctypes
import gc
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.sweep.chores import do_chores
from tests.sweep.faults import Effect, Fault, Kind, Point
from tests.sweep.life import Place, first_life, rehearse, second_life
from tests.sweep.shim import Shim, open_in_memory, with_preload

LIFE_SECONDS = 90
"""The kernel ends a child that takes longer than this."""

_PR_SET_PDEATHSIG = 1


class Nursery:
    """The mother process, as its user sees it."""

    def __init__(self, shim: Path, place: Place) -> None:
        self._place = place
        descriptor = open_in_memory(shim)
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter on our own module
                [sys.executable, "-m", __spec__.name, str(place.folder), place.address, place.key],
                cwd=Path(__file__).parents[2],
                env=with_preload(dict(os.environ), descriptor),
                pass_fds=(descriptor,),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        finally:
            os.close(descriptor)
        if self._read() != "ready":
            raise RuntimeError("the nursery did not start: see above")

    def first(self, place: Place, fault: Fault | None) -> int:
        """Run a first life to its end, whatever it is; return the exit status, or minus the signal."""
        planned = None if fault is None else (*astuple(fault.point), fault.effect, fault.error, fault.heals)
        return self._run(place, "first", planned)

    def second(self, place: Place, expected: dict[str, str]) -> int:
        """Run a second life to its end."""
        return self._run(place, "second", expected)

    def chores(self, place: Place) -> int:
        """Run the journal's functions for files and folders."""
        return self._run(place, "chores", None)

    def close(self) -> None:
        """End the mother; children end with her."""
        self._process.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self, place: Place, life: str, what: object) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([life, str(place.folder), place.address, place.key, what]) + "\n")
        self._process.stdin.flush()
        answer = self._read()
        if not answer:
            raise RuntimeError("the nursery has ended: see above")
        return int(answer)

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def main() -> None:
    """Be the mother."""
    os.environ.pop("LD_PRELOAD")
    Shim()
    folder, address, key = sys.argv[1:]
    rehearse(Place(Path(folder), address, key))
    gc.collect()
    gc.freeze()
    _say("ready")
    for line in sys.stdin:
        life, folder, address, key, what = json.loads(line)
        _say(str(_bear(life, Place(Path(folder), address, key), what)))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _bear(life: str, place: Place, what: Any) -> int:  # Any: as the life of this name takes it
    mother = os.getpid()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            _live(mother, life, place, what)
        os._exit(70)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _live(mother: int, life: str, place: Place, what: Any) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != mother:
        return
    signal.alarm(LIFE_SECONDS)
    errors = os.open(place.folder / "errors", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    os.dup2(errors, 1)
    os.dup2(errors, 2)
    try:
        _begin(life, place, what)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        raise


def _begin(life: str, place: Place, what: Any) -> None:
    if life == "chores":
        do_chores(place)
    if life == "second":
        second_life(place, what)
    if what is None:
        first_life(place, None)
    kind, name, nth, effect, error, heals = what
    first_life(place, Fault(Point(Kind(kind), name, nth), Effect(effect), error, heals))


if __name__ == "__main__":
    main()
