"""The refund window: how long a cancel still brings the money back, and how that is written."""

from dataclasses import dataclass

from snum_tui.domain.clock import Age, Instant


@dataclass(frozen=True, slots=True)
class RefundWindow:
    """Closes once the order is `refund_seconds` old.

    API document: "If the number is cancelled within 10 minutes, the balance is refunded." The site starts its own
    count when the order reaches it, so an age from before the send is never later than the site's truth. The one
    way to be fooled: a clock that is set back, or stands still, while the machine is off. Where it then reads
    earlier than when the age was taken, that is noticed; where it is set right later, what it lost counts again.
    """

    age: Age
    refund_seconds: int

    def remaining_seconds(self, now: Instant) -> float:
        """Return the seconds left, 0 once the window is closed."""
        return max(0.0, self.refund_seconds - self.age.seconds_at(now))

    def is_open(self, now: Instant) -> bool:
        """Tell whether a cancel now may still be refunded. It never forbids one: the site decides."""
        return self.remaining_seconds(now) > 0


def countdown(seconds: float) -> str:
    """Write a countdown: `9:41`. It shows 0:00 only once nothing is left."""
    whole = int(seconds) + (seconds > int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"
