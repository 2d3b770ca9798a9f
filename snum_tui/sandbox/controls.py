"""What a test may read of a running site and do to it, from any thread."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from snum_tui.sandbox.account import LedgerEntry
from snum_tui.sandbox.fault_plan import CALLS, read_fault
from snum_tui.sandbox.faults import Faults
from snum_tui.sandbox.latency import Latency
from snum_tui.sandbox.numbers import Arrival, NumberState, RentedNumber
from snum_tui.sandbox.site import Site


@dataclass(frozen=True, slots=True)
class OrderTruth:
    """What the site knows of one order that was charged. `refunded` is 0 or the whole price."""

    number_id: str
    number: str
    service_id: str
    state: NumberState
    codes: tuple[str, ...]
    price: Decimal
    refunded: Decimal

    def as_record(self) -> dict[str, object]:
        """Return the order as the ledger route writes it: money and ids as strings."""
        return {
            "number_id": self.number_id,
            "number": self.number,
            "service_id": self.service_id,
            "state": self.state.value,
            "codes": list(self.codes),
            "price": str(self.price),
            "charged": str(self.price),
            "refunded": str(self.refunded),
        }


class Controls:
    """The handle of one site. Every reading is a copy of the moment."""

    def __init__(self, site: Site, faults: Faults, latency: Latency) -> None:
        self._site = site
        self._faults = faults
        self._latency = latency

    @property
    def key(self) -> str:
        """The one API key that the site accepts."""
        return self._site.key

    @property
    def balance(self) -> Decimal:
        """The account's balance."""
        with self._site.lock:
            return self._site.balance()

    @property
    def opening_balance(self) -> Decimal:
        """The balance before the first ledger entry: opening + refunds - charges == balance."""
        with self._site.lock:
            return self._site.account.opening_balance

    @property
    def ledger(self) -> tuple[LedgerEntry, ...]:
        """Every charge and refund, the first one first."""
        with self._site.lock:
            self._site.settle()
            return tuple(self._site.account.entries)

    @property
    def orders(self) -> tuple[OrderTruth, ...]:
        """Every order that was charged, the first one first."""
        with self._site.lock:
            self._site.settle()
            now = self._site.now
            return tuple(_truth(rented, now) for rented in self._site.numbers.all())

    @property
    def requests(self) -> Mapping[str, int]:
        """How often each call was asked, whatever became of it; 0 for a call that was not."""
        with self._site.lock:
            return self._site.requests.copy()

    def as_record(self) -> dict[str, object]:
        """Return the whole truth as the ledger route writes it, of one moment: money and ids as strings."""
        with self._site.lock:
            return {
                "opening_balance": str(self.opening_balance),
                "balance": str(self.balance),
                "entries": [entry.as_record() for entry in self.ledger],
                "orders": [order.as_record() for order in self.orders],
                "requests": {call: self._site.requests[call] for call in CALLS},
            }

    def deliver(self, number_id: str | int, code: str) -> None:
        """Let an SMS with this code arrive now. Raises ValueError where the number is unknown or no longer live."""
        with self._site.lock:
            rented = self._site.numbers.find(str(number_id))
            now = self._site.now
            if rented is None or rented.state(now) in {NumberState.CANCELLED, NumberState.EXPIRED}:
                raise ValueError(f"no live number {number_id}")
            rented.arrivals = [*(arrival for arrival in rented.arrivals if arrival.at <= now), Arrival(now, code)]

    def set_stock(self, service_id: str | int, stock: int) -> None:
        """Hold exactly this many numbers of a row; only orders and cancels move it then. Raises Refused."""
        with self._site.lock:
            self._site.shelf.set_stock(self._site.service(str(service_id)), stock)

    def set_price(self, service_id: str | int, price: Decimal | str) -> None:
        """Ask this price from now on. Raises Refused where there is no such row."""
        with self._site.lock:
            self._site.shelf.set_price(self._site.service(str(service_id)), Decimal(price))

    def set_balance(self, balance: Decimal | str) -> None:
        """Make the balance this; the opening balance moves with it, so that the ledger still adds up."""
        with self._site.lock:
            self._site.account.set_balance(Decimal(balance))

    def add_fault(self, text: str) -> None:
        """Put one more fault in force, counting from now: `getMessage:500@*`. Raises BadOption."""
        self._faults.add(read_fault(text))

    def clear_faults(self) -> None:
        """Let everything go right from now on; connections that stall already go on stalling."""
        self._faults.clear()

    def set_latency(self, seconds: float, jitter_seconds: float = 0.0) -> None:
        """Delay every reply to requests that come from now on (real seconds)."""
        self._latency.set(seconds, jitter_seconds)


def _truth(rented: RentedNumber, now: float) -> OrderTruth:
    return OrderTruth(
        number_id=rented.number_id,
        number=rented.number,
        service_id=rented.service.id,
        state=rented.state(now),
        codes=rented.codes(now),
        price=rented.price,
        refunded=rented.refunded,
    )
