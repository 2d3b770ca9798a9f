"""The site itself, without a network: what it sells, what it charges, what it answers."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from threading import RLock

from snum_tui.sandbox import refusals
from snum_tui.sandbox.account import Account
from snum_tui.sandbox.catalogue import Catalogue, Category, Service
from snum_tui.sandbox.chance import roll, spread
from snum_tui.sandbox.numbers import Numbers, NumberState, RentedNumber
from snum_tui.sandbox.refusals import Refused
from snum_tui.sandbox.shelf import Shelf
from snum_tui.sandbox.site_options import SandboxOptions


@dataclass(frozen=True, slots=True)
class Offer:
    """A row with its price and stock of this moment."""

    service: Service
    price: Decimal
    stock: int


class Site:
    """One account on one site. What the site does not do is raised as Refused; nothing has changed then.

    Whoever calls holds `lock`: the serving thread for each request, a test's thread through Controls.
    """

    def __init__(
        self,
        options: SandboxOptions,
        time: Callable[[], float],
        write_line: Callable[[str], None] | None = None,
    ) -> None:
        self.lock = RLock()
        self.options = options
        self.key = options.key or _seeded_key(options.seed)
        self.catalogue = Catalogue(options.seed, options.rows)
        self.shelf = Shelf(options.seed)
        self.numbers = Numbers(options)
        self.account = Account(options.balance, write_line)
        self.requests: Counter[str] = Counter()
        self._time = time
        self._started = time()
        self._attempts = 0

    @property
    def now(self) -> float:
        """The site's own seconds since its start."""
        return (self._time() - self._started) * self.options.speed

    def check_key(self, key: str) -> None:
        """Refuse any key but the one. Raises Refused."""
        if key != self.key:
            raise Refused(refusals.BAD_KEY)

    def categories(self) -> tuple[Category, ...]:
        """Return all categories in the site's order."""
        return self.catalogue.categories

    def services(self, category_id: str) -> tuple[Service, ...]:
        """Return the rows of a category; an unknown category has none."""
        return self.catalogue.services(category_id)

    def quote(self, service_id: str) -> Offer:
        """Return one row's price and stock."""
        return self.offer(self.service(service_id))

    def balance(self) -> Decimal:
        """Return the account's balance."""
        self.settle()
        return self.account.balance

    def order(self, service_id: str) -> RentedNumber:
        """Rent a number of this row and charge its price, or refuse and charge nothing. Raises Refused."""
        self.settle()
        offer = self.quote(service_id)
        if offer.stock < 1:
            raise Refused(refusals.NO_STOCK)
        if self.account.balance < offer.price:
            raise Refused(refusals.LOW_BALANCE)
        if self._finds_no_number():
            raise Refused(refusals.NO_NUMBER)
        now = self.now
        rented = self.numbers.rent(offer.service, offer.price, now)
        self.shelf.take(offer.service)
        self.account.charge(rented.price, rented.number_id, offer.service.id, now)
        return rented

    def message(self, number_id: str) -> RentedNumber:
        """Return a rented number, which tells its state and its codes."""
        self.settle()
        return self._number(number_id)

    def cancel(self, number_id: str) -> None:
        """Cancel a number. Within the refund window the price comes back; later the cancel is accepted without."""
        self.settle()
        rented, now = self._number(number_id), self.now
        self._check_cancel(rented, now)
        rented.cancelled_at = now
        self.shelf.put_back(rented.service)
        if now - rented.ordered_at <= self.options.refund_seconds:
            self._refund(rented, now)

    def settle(self) -> None:
        """Do what is due by now: refund the numbers that expired, where the site does that."""
        if not self.options.expire_refund:
            return
        now = self.now
        for rented in self.numbers.all():
            if rented.state(now) is NumberState.EXPIRED and not rented.refunded:
                self._refund(rented, rented.expires_at)

    def service(self, service_id: str) -> Service:
        """Return a row by its id. Raises Refused where there is none."""
        service = self.catalogue.service(service_id)
        if service is None:
            raise Refused(refusals.UNKNOWN_SERVICE)
        return service

    def offer(self, service: Service) -> Offer:
        """Return a row with its price and stock of this moment."""
        return Offer(service, self.shelf.price(service), self.shelf.stock(service, self.now))

    def _number(self, number_id: str) -> RentedNumber:
        rented = self.numbers.find(number_id)
        if rented is None:
            raise Refused(refusals.UNKNOWN_NUMBER)
        return rented

    def _finds_no_number(self) -> bool:
        """Tell whether this attempt fails although there is stock; the first ones of a site succeed by default."""
        chance = spread(self.options.seed, "no number", self._attempts)
        self._attempts += 1
        return chance >= 1 - self.options.no_number_share

    def _check_cancel(self, rented: RentedNumber, now: float) -> None:
        state = rented.state(now)
        if state is NumberState.RECEIVED:
            raise Refused(refusals.ALREADY_ANSWERED)
        if state is NumberState.CANCELLED:
            raise Refused(refusals.ALREADY_CANCELLED)
        if state is NumberState.EXPIRED:
            raise Refused(refusals.EXPIRED)
        left_seconds = self.options.earliest_cancel_seconds - (now - rented.ordered_at)
        if left_seconds > 0:
            raise Refused(refusals.too_early(ceil(left_seconds)))

    def _refund(self, rented: RentedNumber, at: float) -> None:
        rented.refunded = rented.price
        self.account.refund(rented.price, rented.number_id, rented.service.id, at)


def _seeded_key(seed: int) -> str:
    """Make 32 hex characters, as the sample of the family looks."""
    return "".join(f"{int(roll(seed, 'key', part) * (1 << 32)):08x}" for part in range(4))
