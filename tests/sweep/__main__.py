"""The whole sweep: `python -m tests.sweep` lets every step of one order and one cancel go wrong in every mode.

Prints what went wrong where, and ends with 1 on any loss or broken rule, and where there was nothing to go wrong.
Takes some ten minutes on two cores; `--every 10` makes a tenth of the trials, evenly spread.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.sweep.faults import Fault, faults_at
from tests.sweep.points import points_of
from tests.sweep.power import PowerCuts
from tests.sweep.results import Result, table, troubles, unwatched
from tests.sweep.shim import NoShimError
from tests.sweep.steps import Step
from tests.sweep.trial import Bench

SEEDS = 12
"""How many choices of what else survives are tried at each power cut."""


def main() -> int:
    """Sweep, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.sweep", description="Let every step go wrong.")
    jobs = os.cpu_count() or 1
    parser.add_argument(
        "--jobs", type=int, default=jobs, metavar="N", help="trials at a time (default: %(default)s)"
    )
    parser.add_argument("--every", type=int, default=1, metavar="N", help="make only every Nth trial")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="snum-tui-sweep-") as name:
        try:
            found = _sweep(Path(name), options.jobs, options.every)
        except NoShimError as error:
            found = [f"nothing was swept: {error}"]
    for line in found:
        _say(line)
    _say(f"{len(found)} troubles" if found else "no trouble")
    return 1 if found else 0


def _sweep(folder: Path, jobs: int, every: int) -> list[str]:
    with Bench(_made(folder / "undisturbed")) as bench:
        steps = bench.undisturbed().steps
    points = points_of(steps)
    faults = [fault for met in points for fault in faults_at(met.point, lasting=met.phase != "leave")][::every]
    _say(f"{len(points)} points, {len(faults)} trials, {jobs} at a time")
    with ThreadPoolExecutor(jobs) as workers:
        shares = [
            workers.submit(_work, _made(folder / f"worker-{number}"), faults[number::jobs])
            for number in range(jobs)
        ]
        results = [result for share in shares for result in share.result()]
    for line in table(points, results):
        _say(line)
    missing = [f"no points of kind {kind.name.lower()}" for kind in unwatched(points)]
    return [*missing, *troubles(results), *_cut_power(folder / "cuts", steps)]


def _work(folder: Path, faults: Sequence[Fault]) -> list[Result]:
    with Bench(folder) as bench:
        return bench.sweep(faults, tell=_tell)


def _tell(result: Result) -> None:
    """Show on the terminal that it goes on: a dot a trial, an exclamation mark for trouble."""
    sys.stderr.write("!" if result.verdict.complaints else "." if result.met else "-")
    sys.stderr.flush()


def _cut_power(folder: Path, steps: Sequence[Step]) -> list[str]:
    cuts = PowerCuts(folder)
    found = list(cuts.complaints(steps, SEEDS, everywhere=True))
    _say(f"{cuts.cuts} power cuts, {cuts.disks} different disks, {len(found)} troubles")
    return found if cuts.cuts else ["the power was never cut"]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
