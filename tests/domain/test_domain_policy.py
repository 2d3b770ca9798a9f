"""How often a number is asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snum_tui.domain.policy import Policy, PollSchedule


@pytest.mark.parametrize(
    ("age_seconds", "delay_seconds"),
    [
        (0, 5),
        (239.999, 5),
        (240, 10),
        (599.999, 10),
        (600, 30),
        (2399.999, 30),
        (2400, None),
        (1e9, None),
    ],
)
def test_polls_thin_out_and_end_as_designed(age_seconds: float, delay_seconds: float | None) -> None:
    """Every 5 s for 4 minutes, 10 s to 10 minutes, then 30 s until 40 minutes have passed."""
    assert PollSchedule().delay_seconds(age_seconds) == delay_seconds


@given(st.floats(0, 3000), st.floats(0, 3000))
def test_an_older_number_is_never_asked_for_more_often(one: float, other: float) -> None:
    """And once asking has ended, it has ended."""
    younger, older = sorted((one, other))
    first, second = (PollSchedule().delay_seconds(age) for age in (younger, older))
    assert second is None or (first is not None and first <= second)


def test_the_defaults_are_the_designed_ones() -> None:
    """DESIGN, Politeness."""
    polite = Policy().politeness
    assert (polite.burst, polite.requests_per_second, polite.in_flight) == (30, 4, 6)
    assert (polite.read_retries, polite.down_after_failures) == (2, 5)
    assert Policy().rules.refund_seconds == 600
