"""Rented numbers, and when a code arrives for which of them."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from math import inf

from snum_tui.sandbox.catalogue import Service
from snum_tui.sandbox.chance import roll, spread
from snum_tui.sandbox.site_options import SandboxOptions

_SECOND_CODE_SECONDS = 15.0
_FIRST_IDS = 100_000
_TRIES = 1000


class NumberState(StrEnum):
    """Where a rented number stands, as the ledger route writes it."""

    WAITING = "waiting"
    RECEIVED = "received"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One SMS: the site's second in which it arrives, and the code in it."""

    at: float
    code: str


@dataclass(slots=True)
class RentedNumber:
    """One order that was charged. Moments are the site's seconds; `number` is written with its plus."""

    number_id: str
    number: str
    service: Service
    price: Decimal
    ordered_at: float
    expires_at: float
    arrivals: list[Arrival] = field(default_factory=list)
    cancelled_at: float | None = None
    refunded: Decimal = Decimal(0)

    def codes(self, now: float) -> tuple[str, ...]:
        """Return the codes that have arrived by now, the first one first."""
        return tuple(arrival.code for arrival in self.arrivals if arrival.at <= now)

    def state(self, now: float) -> NumberState:
        """Return where the number stands now. A code that arrived stays; a cancelled number never gets one."""
        if self.cancelled_at is not None:
            return NumberState.CANCELLED
        if self.codes(now):
            return NumberState.RECEIVED
        return NumberState.EXPIRED if now >= self.expires_at else NumberState.WAITING


class Numbers:
    """All numbers ever rented, in order. Everything about one follows from the seed and its place in that order."""

    def __init__(self, options: SandboxOptions) -> None:
        self._options = options
        self._rented: dict[str, RentedNumber] = {}
        self._taken: set[str] = set()
        seeded = _FIRST_IDS + int(roll(options.seed, "first id") * 800_000)
        self._next_id = seeded if options.first_number_id is None else options.first_number_id

    def rent(self, service: Service, price: Decimal, now: float) -> RentedNumber:
        """Hand out the next number of a row."""
        options, index = self._options, len(self._rented)
        rented = RentedNumber(
            number_id=str(self._next_id),
            number=self._fresh_number(service),
            service=service,
            price=price,
            ordered_at=now,
            expires_at=now + options.expire_seconds if options.expire_seconds else inf,
        )
        if spread(options.seed, "code", index) < options.code_share:
            rented.arrivals = [arrival for arrival in self._arrivals(index, now) if arrival.at < rented.expires_at]
        self._rented[rented.number_id] = rented
        self._next_id += 1 + int(roll(options.seed, "next id", index) * 9)
        return rented

    def find(self, number_id: str) -> RentedNumber | None:
        """Return the number with this id; None where none was handed out under it."""
        return self._rented.get(number_id)

    def last_id(self) -> str | None:
        """Return the id handed out last; None where there is none yet."""
        return next(reversed(self._rented), None)

    def all(self) -> tuple[RentedNumber, ...]:
        """Return every number ever rented, the first one first."""
        return tuple(self._rented.values())

    def _arrivals(self, index: int, now: float) -> list[Arrival]:
        seed, (soonest, latest) = self._options.seed, self._options.code_after
        first = now + soonest + (latest - soonest) * roll(seed, "code after", index)
        arrivals = [Arrival(first, _code(seed, index, 1))]
        if self._options.has_dialect("sms-text") and index % 3 == 2:
            arrivals.append(Arrival(first + _SECOND_CODE_SECONDS, _code(seed, index, 2)))
        return arrivals

    def _fresh_number(self, service: Service) -> str:
        """Make a number that nobody had yet; after many tries in a small country, one that somebody had."""
        for attempt in range(_TRIES):
            number = _number(self._options.seed, service, len(self._rented), attempt)
            if number not in self._taken:
                break
        self._taken.add(number)
        return number


def _code(seed: int, index: int, which: int) -> str:
    return f"{int(roll(seed, 'digits', index, which) * 1_000_000):06d}"


def _number(seed: int, service: Service, index: int, attempt: int) -> str:
    country = service.country
    digits = f"{int(roll(seed, 'number', index, attempt) * 10**12):012d}"
    national = country.pattern.replace("#", "") + digits[: country.pattern.count("#")]
    return f"+{country.dialling_code}{national}"
