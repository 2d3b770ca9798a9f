"""Takes from root, for a while, its rights over files that are not its own or closed: tests often run as root."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_DAC_OVERRIDE_READ_SEARCH_FOWNER = 1 << 1 | 1 << 2 | 1 << 3
_VERSION_3 = 0x20080522


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Data(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


@contextmanager
def obeying_permissions() -> Iterator[None]:
    """Let this thread, and those it starts meanwhile, obey the permissions of files as anybody else must."""
    if os.geteuid() != 0:
        yield
        return
    before = _capabilities()
    _set_effective(before[0].effective & ~_DAC_OVERRIDE_READ_SEARCH_FOWNER)
    try:
        yield
    finally:
        _set_effective(before[0].effective)


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Let nobody write into a folder, its files and the folders below, this thread and those it starts included."""
    paths = [folder, *folder.rglob("*")]
    modes = [path.stat().st_mode & 0o777 for path in paths]
    for path, mode in zip(paths, modes, strict=True):
        path.chmod(mode & 0o555)
    try:
        with obeying_permissions():
            yield
    finally:
        for path, mode in zip(paths, modes, strict=True):
            path.chmod(mode)


def _capabilities() -> "ctypes.Array[_Data]":
    data = (_Data * 2)()
    _call("capget", data)
    return data


def _set_effective(low: int) -> None:
    data = _capabilities()
    data[0].effective = low
    _call("capset", data)


def _call(name: str, data: "ctypes.Array[_Data]") -> None:
    # 0: the calling thread. Capabilities are each thread's own.
    header = _Header(_VERSION_3, 0)
    if getattr(ctypes.CDLL(None, use_errno=True), name)(ctypes.byref(header), data):
        raise OSError(ctypes.get_errno(), name)
