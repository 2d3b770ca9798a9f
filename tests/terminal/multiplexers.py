"""The program inside a real tmux or GNU screen, which stands in a terminal of the test's own."""

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.terminal.other_process import PATIENCE_SECONDS

CONNECTION = {"SSH_CONNECTION": "10.0.0.1 50000 10.0.0.2 22"}
"""What a shell has over SSH."""


class TmuxServer:
    """A tmux server of its own, without anybody's settings."""

    def __init__(self, name: str) -> None:
        self._command = ["tmux", "-L", name, "-f", "/dev/null"]

    def running(self, program: list[str], *settings: str, record: Path | None = None) -> list[str]:
        """Return the command that shows the program alone in a session, with these settings.

        What the program writes to tmux is recorded in a file.
        """
        given = ["status off", *settings]
        set_first = [word for setting in given for word in ("set", "-g", *setting.split(), ";")]
        # Without a session there is no server to set things in; the first one waits until they are.
        shown = ["new-session", "-d", shlex.join(["sh", "-c", "read go; exec " + shlex.join(program)]), ";"]
        recorded = ["pipe-pane", f"cat > {shlex.quote(str(record))}", ";"] if record else []
        return [*self._command, *shown, *set_first, *recorded, "send-keys", "Enter", ";", "attach-session"]

    def attaching(self) -> list[str]:
        """Return the command that attaches another terminal to the session."""
        return [*self._command, "attach-session"]

    def tell(self, name: str) -> str:
        """Return what tmux knows of the pane by a name of its own, `pane_pid`."""
        return self.ask("display-message", "-p", f"#{{{name}}}")

    def ask(self, *words: str) -> str:
        """Run a tmux command and return what it prints."""
        done = subprocess.run(  # noqa: S603 - real tmux
            [*self._command, *words], capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
        )
        return done.stdout.removesuffix("\n")

    def close(self) -> None:
        """End it, and all that runs in it."""
        self.ask("kill-server")


class ScreenSession:
    """A session of GNU screen, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        self.environment = {"SCREENDIR": str(folder)}

    def running(self, program: list[str]) -> list[str]:
        """Return the command that shows the program in a session."""
        return ["screen", "-c", "/dev/null", *program]

    def attaching(self) -> list[str]:
        """Return the command that attaches another terminal to the session."""
        return ["screen", "-c", "/dev/null", "-r"]

    def close(self, environment: Mapping[str, str] = os.environ) -> None:
        """End it, and all that runs in it."""
        subprocess.run(
            ["screen", "-X", "quit"],  # noqa: S607 - wherever it is installed
            env={**environment, **self.environment},
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
