"""Other programs, run beside the screen: given a text and little time, and asked for nothing but their status."""

import contextlib
import os
import signal
import time
from collections.abc import Mapping

LIMIT_SECONDS = 2.0
LOOK_SECONDS = 0.005
_IGNORED_HERE = (signal.SIGPIPE, signal.SIGTTIN, signal.SIGTTOU)


def takes(
    command: tuple[str, ...],
    text: str,
    environment: Mapping[str, str],
    *,
    limit_seconds: float = LIMIT_SECONDS,
) -> bool:
    """Run a program with `text` as its standard input; True where it ends with status 0 in time. May wait: no key.

    Clipboard tools leave a process behind that owns the text. So its output is nobody's, it is not of our session,
    and it gets our end signals, which this program blocks, as every program does: neither fork nor subprocess of
    a program with threads can give it those safely.
    """
    reader, writer = os.pipe()
    try:
        process = _spawn(command, reader, environment)
    except (OSError, NotImplementedError):  # old systems cannot spawn like this
        os.close(writer)
        return False
    finally:
        os.close(reader)
    with contextlib.suppress(OSError), os.fdopen(writer, "wb", buffering=0) as given:  # it may end before it reads
        given.write(text.encode("utf-8"))
    return _ends_well(process, limit_seconds)


def _spawn(command: tuple[str, ...], standard_input: int, environment: Mapping[str, str]) -> int:
    nothing = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    return os.posix_spawnp(
        command[0],
        command,
        environment,
        file_actions=[(os.POSIX_SPAWN_DUP2, standard_input, 0), nothing, (os.POSIX_SPAWN_DUP2, 1, 2)],
        setsid=True,
        setsigmask=(),
        setsigdef=_IGNORED_HERE,
    )


def _ends_well(process: int, limit_seconds: float) -> bool:
    deadline = time.monotonic() + limit_seconds
    while time.monotonic() < deadline:
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(LOOK_SECONDS)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return False
