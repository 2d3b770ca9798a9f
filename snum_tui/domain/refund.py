"""The refund window: how long a cancel still brings the money back."""

from dataclasses import dataclass

from snum_tui.domain.clock import Instant, elapsed_seconds


@dataclass(frozen=True, slots=True)
class RefundWindow:
    """Opened just before the order was sent, closed `refund_seconds` later.

    API document: "If the number is cancelled within 10 minutes, the balance is refunded." The site starts its own
    count when the order reaches it, so counting from before the send is never later than the site's truth.
    """

    opened: Instant
    refund_seconds: int

    def remaining_seconds(self, now: Instant) -> float:
        """Return the seconds left, 0 once the window is closed."""
        return max(0.0, self.refund_seconds - elapsed_seconds(self.opened, now))

    def is_open(self, now: Instant) -> bool:
        """Tell whether a cancel now may still be refunded. It never forbids one: the site decides."""
        return self.remaining_seconds(now) > 0
