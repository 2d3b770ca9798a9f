"""The handle of the process that serves the sites."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.lives.records import SiteBook, read_site

ROOT = Path(__file__).resolve().parents[2]
LONGEST_LINE = 64 * 1024 * 1024


def python_environment() -> dict[str, str]:
    """Return an environment in which our own processes find the tests and the program of this checkout."""
    known = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**known, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "TZ": "UTC"}


class Sites:
    """A process that serves any number of sites; each person has one of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._lock = asyncio.Lock()

    async def open(self, options: Mapping[str, object]) -> "LifeSite":
        """Serve a site with these options of the sandbox."""
        opened = await self.ask({"do": "open", "options": options})
        return LifeSite(self, opened["url"], opened["key"], opened["prices"])

    async def ask(self, line: Mapping[str, object]) -> dict[str, Any]:
        """Say a line and return the answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        async with self._lock:
            self._process.stdin.write(json.dumps(line).encode() + b"\n")
            answer = await self._process.stdout.readline()
        assert answer, "the sites' process has ended"
        read: dict[str, Any] = json.loads(answer)
        return read


@dataclass(frozen=True, slots=True)
class LifeSite:
    """One site; its faults, its outages and its books."""

    sites: Sites
    url: str
    key: str
    prices: Mapping[str, str]
    """What the first rows cost, by their ids."""

    async def calm(self) -> None:
        """Let nothing go wrong from now on, and every number be decided."""
        await self._do("calm")

    async def be_down(self, seconds: float) -> None:
        """Refuse every connection for so long."""
        await self._do("down")
        await asyncio.sleep(seconds)
        await self._do("up")

    async def book(self) -> SiteBook:
        """Return the site's own account."""
        return read_site(await self._do("truth"))

    async def close(self) -> None:
        """End it."""
        await self._do("close")

    async def _do(self, what: str) -> dict[str, Any]:
        return await self.sites.ask({"do": what, "url": self.url})


@asynccontextmanager
async def open_sites() -> AsyncIterator[Sites]:
    """Start the process, and end it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.lives.site_process",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env=python_environment(),
        limit=LONGEST_LINE,
        start_new_session=True,  # a Ctrl-C is for the one who reads the totals
    )
    try:
        yield Sites(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()
