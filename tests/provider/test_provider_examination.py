"""How far two clocks are apart at least, by a header that leaves out parts of a second."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snum_tui.provider.examination import clock_ahead_seconds

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
SECONDS = st.floats(0, 30)


def header(moment: datetime) -> str:
    return format_datetime(moment.replace(microsecond=0), usegmt=True)


@given(until_written=SECONDS, until_read=SECONDS, ahead=st.floats(-1e6, 1e6))
def test_it_never_says_more_than_the_truth_and_misses_little_of_it(
    until_written: float, until_read: float, ahead: float
) -> None:
    """However long request and reply are on their way."""
    here = NOON + timedelta(seconds=ahead)
    written = NOON + timedelta(seconds=until_written)
    told = clock_ahead_seconds(header(written), here, here + timedelta(seconds=until_written + until_read))
    assert told is not None
    assert abs(told) <= abs(ahead) + 1e-3
    assert told * ahead >= 0
    assert abs(ahead) - abs(told) <= until_written + until_read + 1 + 1e-3


@pytest.mark.parametrize("written", [None, "", "tomorrow", "Sat, 99 Mar 2026 12:00:00 GMT", "9" * 5000])
def test_a_header_that_is_no_time_tells_nothing(written: str | None) -> None:
    assert clock_ahead_seconds(written, NOON, NOON) is None
