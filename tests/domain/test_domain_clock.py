"""The refund window closes rather too early on the screen than too late, whatever the clocks do."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snum_tui.domain.clock import Age, Instant, elapsed_seconds
from snum_tui.domain.refund import RefundWindow

NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
OPENED = Instant(NOON, 1000.0, "boot-1")
SECONDS = st.floats(-1e6, 1e6, allow_nan=False)


def later(wall: float, boottime: float, boot_id: str = "boot-1") -> Instant:
    """Return a moment so many seconds later on each clock."""
    return Instant(NOON + timedelta(seconds=wall), 1000.0 + boottime, boot_id)


@pytest.mark.parametrize(
    ("now", "seconds"),
    [
        (later(60, 60), 60),
        (later(-3600, 60), 60),
        (later(3660, 60), 3660),
        (later(7260, 7260), 7260),
        (later(0, 7260), 7260),
        (later(60, -990, "boot-2"), 60),
        (later(-60, -990, "boot-2"), math.inf),
        (later(60, 5000, "boot-2"), 60),
        (later(60, 99, ""), 60),
        (later(-60, -60), 0),
    ],
    ids=[
        "both clocks agree",
        "the wall clock was set back",
        "the wall clock was set forward",
        "the machine slept",
        "it slept, and the wall clock stood",
        "it was started anew",
        "anew, with the clock set back",
        "anew, long ago",
        "the boot is not known",
        "both went back",
    ],
)
def test_what_has_passed_is_the_longer_of_what_the_clocks_say(now: Instant, seconds: float) -> None:
    """Seconds since boot mean something within one boot alone."""
    assert elapsed_seconds(OPENED, now) == seconds


def test_an_unknown_boot_is_not_the_same_boot_twice() -> None:
    """Two systems without a boot id would otherwise compare seconds since different boots."""
    assert elapsed_seconds(Instant(NOON, 5.0, ""), Instant(NOON, 9000.0, "")) == 0


@given(SECONDS, SECONDS, st.sampled_from(["boot-1", "boot-2", ""]))
def test_time_never_runs_backwards(wall: float, boottime: float, boot_id: str) -> None:
    """And never says less than the wall clock."""
    passed = elapsed_seconds(OPENED, later(wall, boottime, boot_id))
    assert passed >= max(0.0, (later(wall, 0).wall - NOON).total_seconds())


@pytest.mark.parametrize(
    ("seconds", "remaining", "is_open"), [(0, 600, True), (599.5, 0.5, True), (600, 0, False), (9999, 0, False)]
)
def test_the_window_is_open_until_its_last_second(seconds: float, remaining: float, is_open: bool) -> None:  # noqa: FBT001 - drawn from the table
    """API document: "cancelled within 10 minutes"."""
    window = RefundWindow(Age(0.0, OPENED), 600)
    now = later(seconds, seconds)
    assert (window.remaining_seconds(now), window.is_open(now)) == (remaining, is_open)


def test_a_window_stays_closed_over_a_suspend_and_a_clock_set_back() -> None:
    """The site's clock went on."""
    window = RefundWindow(Age(0.0, OPENED), 600)
    assert not window.is_open(later(-3600, 601))
    assert not window.is_open(later(601, 5))


@given(SECONDS, SECONDS)
def test_what_remains_lies_between_nothing_and_the_whole_window(wall: float, boottime: float) -> None:
    """A countdown never shows more than the rule."""
    assert 0 <= RefundWindow(Age(0.0, OPENED), 600).remaining_seconds(later(wall, boottime)) <= 600
