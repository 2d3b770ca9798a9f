"""Where something can go wrong: found in a life in which nothing does."""

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tests.sweep.faults import Kind, Point
from tests.sweep.steps import Step

REQUIRED = frozenset(
    {Kind.OPEN, Kind.WRITE, Kind.SYNC, Kind.TRUNCATE, Kind.MKDIR, Kind.CONNECT, Kind.SEND, Kind.RECEIVE}
)
"""A life without points of one of these kinds was not watched: whatever came of it proves nothing."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Met:
    """A point as a life came by it. `phase` is start, order, cancel or leave."""

    point: Point
    phase: str


def points_of(steps: Iterable[Step]) -> tuple[Met, ...]:
    """Return the points of a life in the order in which it came by them."""
    nths, met, phase = Counter[tuple[Kind, str]](), list[Met](), ""
    for step in steps:
        if step.kind is Kind.MARK:
            phase = step.text if " " not in step.text else phase
        else:
            nths[step.kind, step.name] += 1
            met.append(Met(Point(step.kind, step.name, nths[step.kind, step.name]), phase))
    return tuple(met)


def between_intent_and_record(points: Sequence[Met]) -> tuple[Point, ...]:
    """Return the points from the step that commits the intent to the last that writes the number down."""
    order = [met.point for met in points if met.phase == "order"]
    sent = next(place for place, point in enumerate(order) if point.name == "getNumber")
    committed = max(place for place, point in enumerate(order[:sent]) if point.kind is Kind.TRUNCATE)
    return tuple(
        itertools.takewhile(
            lambda point: point.kind.is_about_disk or point.name in {"site", "getNumber"}, order[committed:]
        )
    )


def is_sure(point: Point) -> bool:
    """Tell whether every life comes by the point, as long as nothing goes wrong before it.

    In how many pieces a reply comes, and how many connections are kept, differs from run to run; and so does what
    goes into the cache at which moment.
    """
    return point.kind not in {Kind.RECEIVE, Kind.CONNECT} and not point.name.startswith("cache")


def first_write_after_reply(steps: Sequence[Step]) -> Point:
    """Return the point at which the first byte of the number would be written down."""
    points = points_of(steps)
    reply = max(place for place, met in enumerate(points) if met.point.name == "getNumber")
    return next(met.point for met in points[reply:] if met.point.kind is Kind.WRITE)


def spread_evenly(items: Sequence[_T], count: int) -> tuple[_T, ...]:
    """Return `count` of the items (all where there are no more), evenly spread, the first one among them."""
    if len(items) <= count:
        return tuple(items)
    return tuple(items[place * len(items) // count] for place in range(count))
