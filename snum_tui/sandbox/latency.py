"""How long the site takes to answer: real seconds, the jitter seeded and counted over the requests."""

from itertools import count

from snum_tui.sandbox.chance import roll


class Latency:
    """The delay of every reply, `seconds` plus or minus up to `jitter_seconds`; may be changed while serving."""

    def __init__(self, seconds: float, jitter_seconds: float, seed: int) -> None:
        self._seed = seed
        self._count = count()
        self._span = (seconds, jitter_seconds)

    def set(self, seconds: float, jitter_seconds: float) -> None:
        """Delay later replies by this."""
        self._span = (seconds, jitter_seconds)

    def next_seconds(self) -> float:
        """Return the delay of the next reply."""
        seconds, jitter_seconds = self._span
        if not jitter_seconds:
            return seconds
        chance = roll(self._seed, "latency", next(self._count))
        return max(0.0, seconds + jitter_seconds * (2 * chance - 1))
