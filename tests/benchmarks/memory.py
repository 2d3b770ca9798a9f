"""What the program keeps in memory when it knows a whole site: 190 categories, 40,000 services, each with a price.

The cache is filled before the start, as if every category had been opened once. Counted is what the process would
give back if it ended (its private pages, USS), and its share of all it uses (PSS), against a minimal Textual app.
"""

import re
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from snum_tui.domain.catalogue import Category, KnownQuote, Quote
from snum_tui.domain.site import SiteAddress
from snum_tui.journal.cache import Cache
from snum_tui.sandbox.catalogue import Catalogue
from snum_tui.sandbox.shelf import Shelf
from snum_tui.sandbox.site_options import SandboxOptions
from tests.benchmarks.rows import as_service
from tests.benchmarks.starting import FIRST_WORDS, MINIMAL_APP
from tests.benchmarks.stopwatch import Stopwatch
from tests.benchmarks.table import Line, print_table
from tests.terminal.other_process import Program, Site, open_site
from tests.terminal.pty_terminal import DOWN, ENTER, ESCAPE

SIZE = (80, 24)
SERVICES = 40_000
GOAL_MB = 60.0
OPENED = 5
SEARCH = "almanya"
MEGABYTE_KB = 1000
STAGE_SECONDS = 1.5
"""After so long nothing more is loaded."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Of one process, in megabytes."""

    private: float
    share: float
    resident: float


def measure_memory(program: Program, *, also_empty: bool = False) -> None:
    """Print the memory of both, and what it grows to while the program is used.

    `also_empty` shows what the program costs that knows nothing yet, too.
    """
    site = open_site(program, "--rows", str(_rows_of_first_category()))
    minimal = Stopwatch([sys.executable, str(MINIMAL_APP)], program.environment, size=SIZE, cwd=program.home)
    try:
        stages = _stages("nothing known", Program(_folder(program, "empty")), site) if also_empty else {}
        full = Program(_folder(program, "full"))
        stages |= _stages(f"{fill_cache(full, site)} services known", full, site)
        minimal.until(lambda screen: FIRST_WORDS in screen)
        least = memory_of(minimal.process.pid)
    finally:
        minimal.close()
        site.close()
    lines = [_line("minimal Textual app", least, least, goal="")]
    lines += [_line(name, memory, least, f"goal +{GOAL_MB:g} MB") for name, memory in stages.items()]
    print_table("Memory", ("program", "USS", "PSS", "RSS", "USS more", ""), lines)


def _stages(what_is_known: str, program: Program, site: Site) -> dict[str, Memory]:
    return {f"snum-tui, {what_is_known}: {stage}": memory for stage, memory in _use(program, site).items()}


@cache
def _rows_of_first_category() -> int:
    """Return how many rows the first category must have for the whole site to have SERVICES."""
    usual = Catalogue(SandboxOptions().seed)
    others = sum(len(usual.services(category.id)) for category in usual.categories[1:])
    return SERVICES - others


def fill_cache(program: Program, site: Site) -> int:
    """Write all that the site sells into the cache. Returns how many services that are."""
    seed, now = SandboxOptions().seed, datetime.now(UTC)
    catalogue, shelf = Catalogue(seed, _rows_of_first_category()), Shelf(seed)
    url, count = SiteAddress(site.url).url, 0
    kept = Cache.open(Path(program.environment["SNUM_TUI_CACHE_DIR"]))
    kept.store_categories(url, [Category(one.id, one.name) for one in catalogue.categories], now)
    for category in catalogue.categories:
        rows = catalogue.services(category.id)
        quotes = (Quote(row.id, row.price, shelf.stock(row, 0.0)) for row in rows)
        kept.store_services(url, category.id, map(as_service, rows), now)
        kept.store_quotes(url, [KnownQuote(quote, now) for quote in quotes])
        count += len(rows)
    kept.close()
    return count


def memory_of(pid: int) -> Memory:
    """Ask Linux."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    sizes = {name: int(kilobytes) for name, kilobytes in re.findall(r"^(\w+): +(\d+) kB$", text, re.MULTILINE)}
    private = sizes["Private_Clean"] + sizes["Private_Dirty"]
    return Memory(*(kilobytes * 1.024 / MEGABYTE_KB for kilobytes in (private, sizes["Pss"], sizes["Rss"])))


def _folder(program: Program, name: str) -> Path:
    folder = program.home / name
    folder.mkdir()
    return folder


def _use(program: Program, site: Site) -> dict[str, Memory]:
    """Start, open categories, search the palette; return the memory after each."""
    environment = {**program.environment, **site.environment}
    terminal = Stopwatch(program.command, environment, size=SIZE, cwd=program.home)
    stages: dict[str, Memory] = {}

    def stage(name: str) -> None:
        terminal.listen(STAGE_SECONDS)
        stages[name] = memory_of(terminal.process.pid)

    try:
        terminal.until(lambda screen: "connected" in screen and screen.find(r"₺\d+\.\d\d +\d"))
        stage("started")
        for at in range(OPENED):
            terminal.send("1g" + DOWN * (3 + at) + ENTER)
            terminal.listen(0.5)
        stage(f"{OPENED} categories opened")
        terminal.send(":")
        terminal.listen(0.5)
        terminal.send(SEARCH)
        stage("searched in the palette")
        terminal.send(ESCAPE)
    finally:
        terminal.close()
    return stages


def _line(name: str, memory: Memory, least: Memory, goal: str) -> Line:
    more = memory.private - least.private
    met = "met" if more <= GOAL_MB else "MISSED"
    sizes = (f"{size:.1f} MB" for size in (memory.private, memory.share, memory.resident))
    return (name, *sizes, f"{more:+.1f} MB", f"{goal} {met}" if goal else "")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="snum-tui-benchmark-") as folder:
        measure_memory(Program(Path(folder)), also_empty=True)
