"""What came of a sweep: counted, and everything named that makes it fail."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.sweep.faults import Fault, Kind
from tests.sweep.points import REQUIRED, Met, is_sure
from tests.sweep.verdict import Evidence, Verdict, judge


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one trial. `met` is False where the life never came by the fault's point."""

    fault: Fault
    met: bool
    verdict: Verdict


def result_of(fault: Fault, evidence: Evidence) -> Result:
    """Judge a trial."""
    return Result(fault, evidence.hit is not None, judge(evidence))


def troubles(results: Sequence[Result]) -> Iterator[str]:
    """Yield whatever keeps a sweep from being a good one; that nothing happened at all is such a thing."""
    if not any(result.met for result in results):
        yield f"not one of {len(results)} faults has happened"
    for result in results:
        if not result.met and is_sure(result.fault.point):
            yield f"{result.fault}: never came by the point"
        for complaint in result.verdict.complaints:
            yield f"{result.fault}: {complaint}"


def unwatched(points: Iterable[Met]) -> frozenset[Kind]:
    """Return the kinds of which a life must have points, and this one has none."""
    return REQUIRED - {met.point.kind for met in points}


def table(points: Iterable[Met], results: Sequence[Result]) -> Iterator[str]:
    """Write out, by kind of step, how many points there are and what came of the trials there."""
    row = "{:<10} {:>7} {:>7} {:>7} {:>5} {:>10} {:>6}"
    yield row.format("call", "points", "trials", "struck", "lost", "sent twice", "wrong")
    kinds = [met.point.kind for met in points]
    for kind in (*Kind, None):
        here = [result for result in results if kind in {None, result.fault.point.kind}]
        count = len(kinds) if kind is None else kinds.count(kind)
        if count or here:
            yield row.format(
                "all" if kind is None else kind.name.lower(),
                count,
                len(here),
                sum(result.met for result in here),
                sum(bool(result.verdict.lost) for result in here),
                sum(bool(result.verdict.twice) for result in here),
                sum(bool(result.verdict.wrong) for result in here),
            )
