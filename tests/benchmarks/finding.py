"""How long a typed letter searches: among 10,000 rows of a list, and among 40,000 services of all categories.

In the thread's own time: nothing waits here, and what other programs take of the machine is left out.
"""

import time
import tracemalloc
from collections.abc import Callable, Sequence
from statistics import median
from typing import TypeVar

from snum_tui.domain.catalogue import Category, Service
from snum_tui.domain.countries import search_text
from snum_tui.domain.search import Haystack
from snum_tui.engine.service_index import ServiceIndex
from snum_tui.sandbox.catalogue import Catalogue
from tests.benchmarks.table import Line, print_table

ROWS = 10_000
SERVICES = 40_000
ROUNDS = 9
MOST_HITS = 60
GOAL_SECONDS = 0.004
T = TypeVar("T")
TYPED = (
    "almanya",
    "germany",
    "+49",
    "de",
    "amerika7",
    "grmny",
    "e",
    "a e",
    "telegram almanya",
    "guney kore",
    "zzz",
)


def measure_finding() -> None:
    """Print the medians, and of each text the letter that took longest."""
    services = _services()
    _print_rows("as the site writes them", [service.name for service in services[:ROWS]])
    _print_rows("each different", [f"{one.name} {number}" for number, one in enumerate(services[:ROWS])])
    _print_everything(services)


def _print_rows(kind: str, names: Sequence[str]) -> None:
    search_text.cache_clear()
    took_words, texts = _timed(lambda: [search_text(name) for name in names])
    took_index, haystack = _timed(lambda: Haystack(texts))
    lines = [
        ("(words of the countries, once)", "", _milliseconds(took_words), "", ""),
        ("(taking them in, once)", "", _milliseconds(took_index), "", ""),
    ]
    for typed in TYPED:
        fresh = _letters(Haystack(texts).find, typed)
        again = [_letters(haystack.find, typed) for _ in range(ROUNDS)]
        worst = max(median(letter) for letter in zip(*again, strict=True))
        last = median(letters[-1] for letters in again)
        told = f"goal {_milliseconds(GOAL_SECONDS)} {'met' if worst <= GOAL_SECONDS else 'MISSED'}"
        found = str(len(haystack.find(typed)))
        lines.append((typed, found, _milliseconds(max(fresh)), _milliseconds(last), told))
    head = ("typed, letter by letter", "found", "slowest ever", "last letter", "slowest median")
    print_table(f"Filtering {len(names)} rows, {kind}, {ROUNDS} rounds", head, lines)


def _print_everything(services: Sequence[Service]) -> None:
    categories = _categories()
    tracemalloc.start()
    index = _index(services)
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    search_text.cache_clear()
    took, index = _timed(lambda: _index(services))
    lines: list[Line] = [(f"(taking them in, once: {taken / 1e6:.1f} MB)", "", _milliseconds(took))]
    for typed in TYPED:
        seconds = [_timed(lambda: index.find(typed, categories, MOST_HITS))[0] for _ in range(ROUNDS)]  # noqa: B023
        found = str(len(index.find(typed, categories, MOST_HITS)))
        lines.append((typed, found, _milliseconds(median(seconds))))
    head = ("typed", "found", "median")
    print_table(f"Finding among {len(services)} services of {len(categories)} categories", head, lines)


def _letters(find: Callable[[str], object], typed: str) -> list[float]:
    """Type a text letter by letter. Returns what each took."""
    find("")
    return [_timed(lambda: find(typed[:length]))[0] for length in range(1, len(typed) + 1)]  # noqa: B023


def _index(services: Sequence[Service]) -> ServiceIndex:
    index = ServiceIndex()
    for service in services:
        index.add(service.category_id, [service])
    return index


def _categories() -> tuple[Category, ...]:
    return tuple(Category(one.id, one.name) for one in Catalogue(7).categories)


def _services() -> list[Service]:
    """Return what sites of this kind sell, forty thousand rows of it, category by category."""
    catalogues = (Catalogue(7), Catalogue(8))
    every = [
        Service(f"{seed}{row.id}", row.name, category.id)
        for category in _categories()
        for seed, catalogue in enumerate(catalogues)
        for row in catalogue.services(category.id)
    ]
    return every[:SERVICES]


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = time.thread_time()
    made = work()
    return time.thread_time() - began, made


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    measure_finding()
