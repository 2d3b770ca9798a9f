"""The rules that settings may change: how often to ask, how politely, and what the site promises."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PollSchedule:
    """How often a live number's message is asked for, by the age of the order. All in seconds."""

    first_seconds: float = 5.0
    first_until_seconds: float = 240.0
    second_seconds: float = 10.0
    second_until_seconds: float = 600.0
    last_seconds: float = 30.0
    give_up_seconds: float = 2400.0

    def delay_seconds(self, age_seconds: float) -> float | None:
        """Return the pause before the next poll of an order this old; None when asking ends."""
        if age_seconds >= self.give_up_seconds:
            return None
        if age_seconds < self.first_until_seconds:
            return self.first_seconds
        return self.second_seconds if age_seconds < self.second_until_seconds else self.last_seconds


@dataclass(frozen=True, slots=True)
class Politeness:
    """One budget for the whole site: a burst of one screenful, then a steady rate."""

    burst: int = 30
    requests_per_second: float = 4.0
    in_flight: int = 6
    read_retries: int = 2
    retry_base_seconds: float = 0.5
    retry_cap_seconds: float = 8.0
    down_after_failures: int = 5
    probe_seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class Freshness:
    """When what is shown counts as old. All in seconds.

    `fill_seconds` is for the rows that only sorting needs, `kept_seconds` for favourites and watched rows; both are
    about rows that are not on the screen.
    """

    quote_seconds: float = 30.0
    fill_seconds: float = 300.0
    kept_seconds: float = 60.0
    services_seconds: float = 600.0
    categories_seconds: float = 3600.0
    balance_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class SiteRules:
    """What this site promises of its numbers, and how the person wants them handled; it differs from site to site.

    `auto_cancel` arms every new number: it is cancelled by itself a minute before its refund window closes.
    `earliest_cancel_seconds`: before this age the site may refuse a cancel (PROTOCOL: one site's panel does so
    before 150 s). `day_limit`: no order is sent that would make the day cost more than this. `refund_rule`: the
    site's rule in the person's own words, shown where money is at stake.
    """

    refund_seconds: int = 600
    earliest_cancel_seconds: int = 150
    currency: str = "₺"
    auto_cancel: bool = False
    day_limit: Decimal | None = None
    refund_rule: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """All of them together, as the engine takes them."""

    polls: PollSchedule = PollSchedule()
    politeness: Politeness = Politeness()
    freshness: Freshness = Freshness()
    rules: SiteRules = SiteRules()
