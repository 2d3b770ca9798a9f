"""What Linux tells of a running process."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

PATIENCE_SECONDS = 10.0


def living_of(home: Path) -> list[int]:
    """Return every process that was started with this home, whoever its parent is by now."""
    mark = f"HOME={home}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # ended meanwhile, or another user's
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return found


def end_all_of(home: Path) -> None:
    """Kill them. One that lost its terminal would watch its numbers on for 40 minutes."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while living := living_of(home):
        assert time.monotonic() < deadline, f"{living} do not end"
        for pid in living:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.01)


def threads_of(pid: int) -> int:
    """Count its threads."""
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that all its threads have used, also those that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def seconds_by_thread(pid: int) -> dict[int, float]:
    """Return the CPU time of each thread that it has, to the nanosecond; the first one has the process's own id."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return {int(task.name): int((task / "schedstat").read_text().split()[0]) / 1e9 for task in tasks}


def open_files(pid: int) -> dict[int, str]:
    """Return where its descriptors lead; one that is closed while this looks leads nowhere."""
    found: dict[int, str] = {}
    for path in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            found[int(path.name)] = str(path.readlink())
    return found


def child_of(pid: int) -> int | None:
    """Return its only child, if there is one."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0]) if children else None


def is_stopped(pid: int) -> bool:
    """Tell whether it stands still after a STOP."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"
