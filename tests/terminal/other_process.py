"""The program without a terminal, and the sandbox site, each in a process of its own."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 30.0

OpenSite = Callable[..., "Site"]
"""The fixture `open_sandbox`."""


class Program:
    """The installed program with folders of its own under `home`, and an environment with nothing else in it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.state = home / "state"
        self.config_file = home / "config" / "config.toml"
        script = Path(sys.executable).parent / "snum-tui"
        self.command = [str(script)] if script.exists() else [sys.executable, "-m", "snum_tui"]
        self.environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(home),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "SNUM_TUI_CONFIG_DIR": str(self.config_file.parent),
            "SNUM_TUI_STATE_DIR": str(self.state),
            "SNUM_TUI_CACHE_DIR": str(home / "cache"),
        }
        if not script.exists():
            self.environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)

    def configure(self, text: str) -> None:
        """Write config.toml."""
        self.config_file.parent.mkdir(exist_ok=True)
        self.config_file.write_text(text)
        self.config_file.chmod(0o600)

    def run(
        self, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run the program without a terminal, to its end."""
        return subprocess.run(  # noqa: S603 - our own program
            [*self.command, *arguments],
            env={**self.environment, **(environment or {})},
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    def orders(self, *arguments: str) -> list[dict[str, Any]]:
        """Return what `snum-tui orders --format json` prints."""
        done = self.run("orders", "--format", "json", *arguments)
        assert (done.returncode, done.stderr) == (0, "")
        records: list[dict[str, Any]] = json.loads(done.stdout)
        return records


@dataclass(frozen=True, slots=True)
class Site:
    """A running sandbox."""

    process: subprocess.Popen[str]
    url: str
    key: str

    @property
    def environment(self) -> dict[str, str]:
        """What the program needs to find it."""
        return {"SNUM_TUI_SITE": self.url, "SNUM_TUI_API_KEY": self.key}

    def truth(self) -> dict[str, Any]:
        """Return what the site itself knows: balance, charges, orders, how often each call was asked."""
        with urllib.request.urlopen(f"{self.url}/sandbox/ledger", timeout=PATIENCE_SECONDS) as reply:  # noqa: S310 - loopback
            record: dict[str, Any] = json.load(reply)
        return record

    def asked(self, call: str) -> int:
        """Return how often a call was asked."""
        return int(self.truth()["requests"][call])

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.communicate(timeout=PATIENCE_SECONDS)


def open_site(program: Program, *options: str) -> Site:
    """Start `snum-tui sandbox` on a free port, and return once it serves."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*program.command, "sandbox", *(() if "--port" in options else ("--port", "0")), *options],
        env=program.environment,
        cwd=program.home,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address, key, _ = (process.stdout.readline().strip() for _ in range(3))
    return Site(process, address.removeprefix("Sandbox site at "), key.removeprefix("API key: "))
