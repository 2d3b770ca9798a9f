"""Measures the program and prints tables: `python tests/benchmarks/run.py`. It always ends with 0.

First paint: from starting the process to having received the first words, in a pseudo-terminal, against a minimal
Textual app measured in the same turns. Bytes: what a terminal behind a thin line would have to carry.
Two programs on one journal: how soon one sees what the other did, and takes over from it.
One whose terminal is gone: what it costs to watch ten open numbers.
"""

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.alone import SITE_OPTIONS, measure_alone
from tests.benchmarks.sharing import measure_sharing
from tests.benchmarks.starting import measure_first_paint, measure_version
from tests.benchmarks.table import print_table
from tests.benchmarks.wire import measure_bytes
from tests.terminal.other_process import Program, open_site


def main() -> int:
    """Measure everything; what cannot be measured is told and left out."""
    print_table("Machine", ("cores", "load"), [(str(os.cpu_count()), f"{os.getloadavg()[0]:.1f}")])
    with tempfile.TemporaryDirectory(prefix="snum-tui-benchmark-") as folder:
        _try(lambda: _measure_starts(Program(Path(folder))))
    with tempfile.TemporaryDirectory(prefix="snum-tui-benchmark-") as folder:
        _try(lambda: measure_bytes(Program(Path(folder))))
    _try(measure_sharing)
    with tempfile.TemporaryDirectory(prefix="snum-tui-benchmark-") as folder:
        _try(lambda: _measure_alone(Program(Path(folder))))
    return 0


def _measure_starts(program: Program) -> None:
    measure_version(program)
    site = open_site(program)
    try:
        measure_first_paint(program, site)
    finally:
        site.close()


def _measure_alone(program: Program) -> None:
    site = open_site(program, *SITE_OPTIONS)
    try:
        measure_alone(program, site)
    finally:
        site.close()


def _try(measure: Callable[[], None]) -> None:
    try:
        measure()
    except Exception:  # noqa: BLE001 - a benchmark reports, and fails nothing
        traceback.print_exc()


if __name__ == "__main__":
    sys.exit(main())
