"""Many lives of the program, from the shell: `python -m tests.lives --lives 3000 --seed 1`.

Prints totals as it goes and tables at the end. Exit status: 0 where nothing was lost, nothing sent twice, nothing
claimed that is not so and nothing crashed; else 1, and the chain that went wrong is kept with all its files.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.lives.plans import BY_TURNS, Kind
from tests.lives.run import Run, run_lives


def main() -> int:
    """Read the arguments and run."""
    arguments = _parser().parse_args()
    folder = Path(tempfile.mkdtemp(prefix="snum-tui-lives-"))
    wanted = Run(
        seed=arguments.seed,
        lives=arguments.lives,
        folder=folder,
        jobs=arguments.jobs,
        seconds=None if arguments.minutes is None else arguments.minutes * 60,
        kinds=BY_TURNS if arguments.kind is None else (Kind(arguments.kind),),
        only=arguments.chain,
    )
    _say(f"seed {wanted.seed}, {wanted.jobs} chains at once, in {folder}")
    totals = asyncio.run(run_lives(wanted, _say))
    _say(totals.table())
    if totals.bad:
        return 1
    folder.rmdir()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.lives", description=__doc__.splitlines()[0])
    parser.add_argument("--lives", type=int, default=100, help="how many lives at least (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="decides about everything (default: %(default)s)")
    parser.add_argument("--minutes", type=float, help="begin no new chain of lives after so long")
    parser.add_argument("--jobs", type=int, default=8, help="chains at the same time (default: %(default)s)")
    parser.add_argument("--kind", choices=tuple(Kind), help="only lives in a terminal, or of the engine alone")
    parser.add_argument("--chain", type=int, metavar="NUMBER", help="only this chain of the run")
    return parser


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - the totals are the purpose


if __name__ == "__main__":
    sys.exit(main())
