"""The shim: compiled for the test run, loaded into the program under test, and told there what to do."""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.sweep.faults import Fault

SOURCES = tuple(sorted(Path(__file__).parent.glob("*.c")))


class NoShimError(Exception):
    """The shim cannot be made here; says why."""


def build_shim(folder: Path) -> Path:
    """Compile the shim into the folder. Raises NoShimError where this machine cannot."""
    if sys.platform != "linux" or sys.maxsize < 2**32:
        raise NoShimError("the shim knows the system calls of 64-bit Linux only")
    compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
    if compiler is None:
        raise NoShimError("there is no C compiler (cc, gcc or clang) on this machine")
    library = folder / "shim.so"
    arguments = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), *map(str, SOURCES), "-lpthread"]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)  # noqa: S603 - our own sources
    if done.returncode != 0:
        raise NoShimError(f"the shim does not compile here: {done.stderr}")
    return library


def open_in_memory(library: Path) -> int:
    """Copy the library into memory, and return its descriptor.

    The loader splits LD_PRELOAD at blanks and colons, and a temporary folder may forbid to run what is in it.
    """
    descriptor = os.memfd_create("shim")
    os.write(descriptor, library.read_bytes())
    return descriptor


def with_preload(environment: dict[str, str], descriptor: int) -> dict[str, str]:
    """Return the environment of a program that is to load the shim; it must inherit the descriptor."""
    others = environment.get("LD_PRELOAD")
    path = f"/proc/self/fd/{descriptor}"
    return {**environment, "LD_PRELOAD": f"{path}:{others}" if others else path}


class Shim:
    """The shim inside this process. Raises NoShimError where it was not loaded."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        if not hasattr(self._library, "sweep_begin"):
            raise NoShimError("the loader has not taken the shim")

    def begin(self, folder: Path, port: int, log: Path) -> None:
        """Watch this folder (a path without symbolic links) and connections to this port from now on."""
        descriptor = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self._library.sweep_begin(os.fsencode(folder), port, descriptor)

    def plan(self, fault: Fault) -> None:
        """Let one step go wrong; counting begins now."""
        point = fault.point
        self._library.sweep_plan(
            int(point.kind), point.name.encode(), ctypes.c_long(point.nth), int(fault.effect), fault.error
        )

    def mark(self, text: str) -> None:
        """Note in the log that something has happened in the program."""
        self._library.sweep_mark(text.encode())

    def heal(self) -> None:
        """End what lasts since the planned step, if that was met."""
        self._library.sweep_heal()
