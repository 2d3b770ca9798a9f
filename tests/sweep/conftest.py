"""One bench a test process, and the life in which nothing goes wrong."""

from collections.abc import Iterator, Sequence

import pytest

from tests.sweep.points import Met, points_of
from tests.sweep.shim import NoShimError
from tests.sweep.steps import Step
from tests.sweep.trial import Bench
from tests.sweep.verdict import Evidence


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A bench; where the shim cannot be made or loaded the tests are skipped, and say why."""
    try:
        opened = Bench(tmp_path_factory.mktemp("sweep"))
    except NoShimError as error:
        pytest.skip(str(error))
    with opened:
        yield opened


@pytest.fixture(scope="session")
def undisturbed(bench: Bench) -> Evidence:
    """A first life in which nothing goes wrong, and the second one after it."""
    return bench.undisturbed()


@pytest.fixture(scope="session")
def steps(undisturbed: Evidence) -> Sequence[Step]:
    """The steps of that life."""
    return undisturbed.steps


@pytest.fixture(scope="session")
def points(steps: Sequence[Step]) -> Sequence[Met]:
    """Its points."""
    return points_of(steps)
