"""Measures the program and prints tables: `python tests/benchmarks/run.py`. It always ends with 0.

First paint: from starting the process to having received the first words, in a pseudo-terminal, against a minimal
Textual app measured in the same turns. Bytes: what a terminal behind a thin line would have to carry, against
Textual's DataTable. The first prices of a category, against a bare HTTP client. Ten thousand rows filled, sorted
and filtered, against a DataTable. A key while prices change, and a letter of the filter, against a key at rest.
Memory, against a minimal app. Two programs on one journal: how soon one sees what the other did, and takes over
from it. Open numbers while nobody touches a key: CPU and bytes, against a DataTable and htop at the same pace. One
whose terminal is gone: what it costs to watch ten open numbers.

With `--push` only what a push prints is measured: the starts, the first prices and a letter of the filter, in less
than a minute. With `--long` each is measured more often and at more sizes, and the requests of browsing are
counted, once in real time: half an hour in all. Each module runs alone, too: `python -m
tests.benchmarks.first_quotes`.
"""

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.alone import SITE_OPTIONS, measure_alone
from tests.benchmarks.browsing import measure_browsing
from tests.benchmarks.cells import EVERY_RATE, SIZES, Sizes, measure_cells
from tests.benchmarks.cpu import measure_cpu
from tests.benchmarks.filter_key import measure_filter_key
from tests.benchmarks.finding import measure_finding
from tests.benchmarks.first_quotes import measure_first_quotes
from tests.benchmarks.key_to_paint import measure_key_to_paint
from tests.benchmarks.memory import measure_memory
from tests.benchmarks.sharing import measure_sharing
from tests.benchmarks.starting import PAINT_ROUNDS, measure_first_paint, measure_version
from tests.benchmarks.table import print_table
from tests.benchmarks.ten_thousand import measure_ten_thousand
from tests.benchmarks.wire import measure_bytes
from tests.terminal.other_process import Program, open_site

Measure = Callable[[Program], None]


def _measure_finding(program: Program) -> None:
    del program  # it is the search alone
    measure_finding()


PUSH_ROUNDS = 3
PUSH: tuple[Measure, ...] = (
    lambda program: measure_first_quotes(program, SIZES[:1], rounds=2),
    lambda program: measure_filter_key(program, SIZES[:1], rounds=1),
)
QUICK: tuple[Measure, ...] = (
    lambda program: _measure_wire(program, SIZES[:1], rates="e", seconds=2.0),
    lambda program: measure_first_quotes(program, SIZES[:1], rounds=2),
    lambda program: measure_ten_thousand(program, SIZES[:1], rounds=1),
    lambda program: measure_filter_key(program, SIZES[:1], rounds=1),
    lambda program: measure_key_to_paint(program, (300,), keys=40, phases=2),
    measure_memory,
    lambda program: measure_cpu(program, SIZES[:1], numbers=10, seconds=5.0),
)
LONG: tuple[Measure, ...] = (
    lambda program: _measure_wire(program, SIZES, rates=EVERY_RATE, seconds=5.0),
    lambda program: measure_first_quotes(program, rounds=9),
    measure_browsing,
    lambda program: measure_browsing(program, speed=1.0),
    lambda program: measure_ten_thousand(program, rounds=7),
    lambda program: measure_filter_key(program, rounds=15),
    _measure_finding,
    measure_key_to_paint,
    lambda program: measure_memory(program, also_empty=True),
    lambda program: measure_cpu(program, numbers=10),
    measure_cpu,
)


def main() -> int:
    """Measure everything; what cannot be measured is told and left out."""
    print_table("Machine", ("cores", "load"), [(str(os.cpu_count()), f"{os.getloadavg()[0]:.1f}")])
    if "--push" in sys.argv:
        chosen = PUSH
    else:
        chosen = (*(LONG if "--long" in sys.argv else QUICK), _measure_sharing, _measure_alone)
    for measure in (_measure_starts, *chosen):
        with tempfile.TemporaryDirectory(prefix="snum-tui-benchmark-") as folder:
            _try(measure, Program(Path(folder)))
    return 0


def _measure_starts(program: Program) -> None:
    measure_version(program)
    site = open_site(program)
    try:
        measure_first_paint(program, site, PUSH_ROUNDS if "--push" in sys.argv else PAINT_ROUNDS)
    finally:
        site.close()


def _measure_wire(program: Program, sizes: Sizes, *, rates: str, seconds: float) -> None:
    measure_cells(program, sizes, rates=rates, seconds=seconds, of_program=measure_bytes(program))


def _measure_sharing(program: Program) -> None:
    del program  # it makes its own engines
    measure_sharing()


def _measure_alone(program: Program) -> None:
    site = open_site(program, *SITE_OPTIONS)
    try:
        measure_alone(program, site)
    finally:
        site.close()


def _try(measure: Measure, program: Program) -> None:
    try:
        measure(program)
    except Exception:  # noqa: BLE001 - a benchmark reports, and fails nothing
        traceback.print_exc()


if __name__ == "__main__":
    sys.exit(main())
