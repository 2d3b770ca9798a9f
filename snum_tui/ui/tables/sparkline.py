"""A line of blocks: how a figure went over time."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple

from snum_tui.domain.catalogue import Quote
from snum_tui.domain.history import GAP, Stretch

BLOCKS = "▁▂▃▄▅▆▇█"
LEVEL = "▄"
"""For a figure that was always the same."""
NOT_SEEN = "·"
"""Stands for a time in which nobody looked."""

Number = Decimal | int
Figure = Callable[[Quote], Number | None]
"""Takes from a quote what is drawn; None where the site does not tell it."""


def extremes(stretches: Sequence[Stretch], figure: Figure) -> tuple[Number, Number] | None:
    """Return the lowest and the highest; None where the site never told it."""
    told = [value for stretch in stretches if (value := figure(stretch.quote)) is not None]
    return (min(told), max(told)) if told else None


class _Span(NamedTuple):
    """A figure, and how long it counts."""

    value: Number
    start: datetime
    end: datetime


def sparkline(stretches: Sequence[Stretch], figure: Figure, width: int) -> str:
    """Return `width` cells, each for as long a time, from the first reading to the last.

    A cell shows what was most unusual in its time, so that a peak is seen however short it was; of two that were as
    unusual, the later one.
    """
    bounds = extremes(stretches, figure)
    if bounds is None or width < 1:
        return NOT_SEEN * max(0, width)
    spans = tuple(_spans(stretches, figure))
    usual = _mean(spans)
    start, end = stretches[0].read_at, stretches[-1].until
    a_cell = max((end - start) / width, timedelta(microseconds=1))
    cells: list[Number | None] = [None] * width
    for span in spans:
        first = min(width - 1, (span.start - start) // a_cell)
        # What ends where a cell begins is not in it.
        last = min(width - 1, max(first, -((start - span.end) // a_cell) - 1))
        for place in range(first, last + 1):
            drawn = cells[place]
            if drawn is None or abs(span.value - usual) >= abs(drawn - usual):
                cells[place] = span.value
    return "".join(NOT_SEEN if value is None else _block(value, *bounds) for value in cells)


def _spans(stretches: Sequence[Stretch], figure: Figure) -> Iterator[_Span]:
    """Let each figure count up to the next reading, where that came soon."""
    for stretch, later in zip_longest(stretches, stretches[1:]):
        end = stretch.until
        if later is not None and later.read_at - end <= GAP:
            end = later.read_at
        if (value := figure(stretch.quote)) is not None:
            yield _Span(value, stretch.read_at, end)


def _mean(spans: Sequence[_Span]) -> Decimal:
    """Return the mean of the figures, each weighed by its time, and a single reading hardly at all."""
    weights = [(span.end - span.start) // timedelta(microseconds=1) + 1 for span in spans]
    weighed = sum((Decimal(span.value) * weight for span, weight in zip(spans, weights, strict=True)), Decimal(0))
    return weighed / sum(weights)


def _block(value: Number, lowest: Number, highest: Number) -> str:
    if lowest == highest:
        return LEVEL
    share = Decimal(value - lowest) / Decimal(highest - lowest)
    return BLOCKS[round(share * (len(BLOCKS) - 1))]
