"""Random lives of the program, in a terminal and without one; a longer run is `python -m tests.lives`."""

from pathlib import Path

from tests.lives.plans import Ending, Kind, Size
from tests.lives.run import Run, run_lives

SIZES = {Kind.TERMINAL: Size(orders=(1, 3), lives=(4, 4)), Kind.ENGINE: Size(orders=(3, 10), lives=(4, 4))}
LIVES = 24
SEED = 103
"""Its lives have every ending of both kinds, and terminals two at a time."""


async def test_whatever_ends_the_lives_nothing_is_lost_and_nothing_is_sent_twice(tmp_path: Path) -> None:
    said: list[str] = []
    kinds = (Kind.TERMINAL, Kind.ENGINE, Kind.TERMINAL, Kind.ENGINE, Kind.ENGINE)
    wanted = Run(seed=SEED, lives=LIVES, folder=tmp_path / "lives", jobs=LIVES // 4, kinds=kinds, sizes=SIZES)
    totals = await run_lives(wanted, said.append)
    assert not totals.bad, "\n".join(said)
    assert totals["lives"] >= LIVES
    assert totals.endings == set(Ending)
    # A run in which nothing happens proves nothing.
    assert totals["orders"] > 2 * LIVES
    assert min(totals["charged"], totals["struck"], totals["unknown"], totals["covered"], totals["together"]) > 0
