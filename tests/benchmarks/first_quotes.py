"""How soon a category never seen before has a price in every row that shows, on a site 100 ms away.

The program: from the Enter to the piece of output after which no visible row lacks its price. The least: a bare
HTTP client with its connections open, which asks for the list and then for as many quotes, `in_flight` at once.
Both ask the same site, in turns. The bucket of requests counts as full, as after a pause of some seconds: one
screenful is less than its burst, so that only the requests in flight bound the least.
"""

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median

import httpx

from snum_tui.domain.policy import Politeness
from tests.benchmarks.cells import SIZES, Sizes
from tests.benchmarks.stopwatch import Stopwatch
from tests.benchmarks.table import Line, print_table, verdict
from tests.benchmarks.ten_thousand import services_of
from tests.terminal.other_process import Program, Site, open_site
from tests.terminal.pty_terminal import DOWN, ENTER, Picture

LATENCY_SECONDS = 0.1
GOAL = 1.15
QUIET_SECONDS = 0.7
"""More than one answer and the longest pause between two paints."""
ALWAYS_FULL = "[politeness]\nburst = 500\n"


def measure_first_quotes(program: Program, sizes: Sizes = SIZES, *, rounds: int) -> None:
    """Print both, measured in turns."""
    program.configure(ALWAYS_FULL)
    site = open_site(program, "--latency", f"{LATENCY_SECONDS:g}")
    try:
        lines = [line for size in sizes for line in _lines(program, site, size, rounds)]
    finally:
        site.close()
    head = ("first screen of quotes", "rows", "median", "longest", "ratio", "")
    print_table(f"A category never seen, {LATENCY_SECONDS * 1000:.0f} ms away, {rounds} rounds", head, lines)


def _lines(program: Program, site: Site, size: tuple[int, int], rounds: int) -> list[Line]:
    names = asyncio.run(_warm_up(site, rounds + 2))
    environment = {**program.environment, **site.environment, "SNUM_TUI_CACHE_DIR": str(program.home / f"{size}")}
    terminal = Stopwatch(program.command, environment, size=size, cwd=program.home)
    least, ours = [], []
    try:
        terminal.until(lambda screen: "connected" in screen and is_priced(screen, names[0]))
        for at, name in enumerate(names[1:], start=1):
            terminal.send("1")
            terminal.settle()
            ours.append(_seconds_until_priced(terminal, name))
            rows = len(rows_of(terminal.picture))
            least.append(asyncio.run(_least_seconds(site, str(at + 1), rows)))
    finally:
        terminal.close()
    where = f"{size[0]}x{size[1]}"
    return [
        _line(f"{where}, bare client", rows, least[1:], least[1:], ""),
        _line(f"{where}, snum-tui", rows, ours[1:], least[1:], "goal"),
    ]


def _seconds_until_priced(terminal: Stopwatch, category: str) -> float:
    return terminal.seconds_until(DOWN + ENTER, lambda screen: is_priced(screen, category), QUIET_SECONDS)


def rows_of(screen: Picture) -> list[str]:
    """Return the rows of the services that can be seen."""
    return [line for line in services_of(screen)[1:] if "(+" in line or "…" in line]


def is_priced(screen: Picture, category: str) -> bool:
    """Tell whether this category is shown and no visible row lacks its price."""
    title, *lines = services_of(screen) or ("",)
    return f"{category} · " in title and bool(lines) and all("₺" in line and "(+" in line for line in lines)


async def _warm_up(site: Site, count: int) -> list[str]:
    """Let the site make its lists, which it does when first asked. Returns the names of the first categories."""
    async with httpx.AsyncClient(base_url=site.url, trust_env=False) as client:
        categories = (await client.get("/api/getCategories")).json()[:count]
        await asyncio.gather(*(client.get(f"/api/getServices/{category['id']}") for category in categories))
    return [category["name"] for category in categories]


async def _least_seconds(site: Site, category: str, rows: int) -> float:
    at_once = Politeness().in_flight
    limits = httpx.Limits(max_connections=at_once, max_keepalive_connections=at_once)
    async with httpx.AsyncClient(base_url=site.url, trust_env=False, limits=limits) as client:
        await asyncio.gather(*(client.get("/api/getCategories") for _ in range(at_once)))
        began = time.perf_counter()
        services = (await client.get(f"/api/getServices/{category}")).json()
        gate = asyncio.Semaphore(at_once)

        async def ask(service_id: str) -> None:
            async with gate:
                (await client.get(f"/api/getServiceDetails/{service_id}")).json()

        await asyncio.gather(*(ask(service["id"]) for service in services[:rows]))
        return time.perf_counter() - began


def _line(name: str, rows: int, seconds: list[float], least: list[float], goal: str) -> Line:
    ratio = median(seconds) / median(least)
    return (
        name,
        str(rows),
        f"{median(seconds) * 1000:.0f} ms",
        f"{max(seconds) * 1000:.0f} ms",
        f"{ratio:.2f}x",
        verdict(ratio, GOAL) if goal else "",
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="snum-tui-benchmark-") as folder:
        measure_first_quotes(Program(Path(folder)), rounds=9)
