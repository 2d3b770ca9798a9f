"""What the screen may ask of the engine. Each is a frozen value; the engine answers with the next snapshot."""

from dataclasses import dataclass
from decimal import Decimal

from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.view import View

READ_ONLY = say(
    N_(
        "This is a read-only session: nothing is ordered, cancelled or settled from here. "
        "Start snum-tui without --read-only for that."
    )
)
"""What is said to a command that would spend, cancel or settle."""


@dataclass(frozen=True, slots=True)
class ShowCategory:
    """The person looks at this category: have its services, and the quotes of so many of the first at once.

    `first_rows` is 0 where the screen shows them in an order of its own, and tells itself which ones it shows.
    """

    category_id: str
    first_rows: int = 0


@dataclass(frozen=True, slots=True)
class ShowServices:
    """The person looks at chosen services of any category: favourites, or those ordered lately."""

    service_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WatchRows:
    """These services' rows are on the screen, topmost first: keep their quotes fresh before all others.

    `fill` where the listing is sorted by what quotes say: then all its rows are read, those on the screen first,
    and before the rest those that are `matching` what the person filters by.
    """

    service_ids: tuple[str, ...]
    fill: bool = False
    matching: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeepView:
    """Where the person is: have it at the next start."""

    view: View


@dataclass(frozen=True, slots=True)
class LookAway:
    """Nobody looks any more: ask only for what open numbers need."""


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    """The person agreed to buy one number of this service at this price. One per key press."""

    service_id: str
    service: str
    category_id: str
    category: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class CancelNumber:
    """The person agreed to cancel the number of this order (our order id)."""

    order_id: str


@dataclass(frozen=True, slots=True)
class SetAutoCancel:
    """Cancel this order's number by itself before its refund window closes, or no longer."""

    order_id: str
    on: bool


@dataclass(frozen=True, slots=True)
class CheckBalance:
    """Read the balance again as evidence for an unknown order."""

    order_id: str


@dataclass(frozen=True, slots=True)
class AdoptNumber:
    """The person found an unknown order's number on the site's own page: ask for its message like any other's."""

    order_id: str
    number_id: str


@dataclass(frozen=True, slots=True)
class SettleOrder:
    """The person settles an unknown order: the site charged for it, or did not. `remark` is theirs, maybe empty."""

    order_id: str
    charged: bool
    remark: str


@dataclass(frozen=True, slots=True)
class Refresh:
    """Read everything that is shown again, now: balance, categories, services, visible quotes, messages."""


@dataclass(frozen=True, slots=True)
class SetFavourite:
    """Keep a service among the favourites, or no longer."""

    service_id: str
    service: str
    category_id: str
    category: str
    on: bool


@dataclass(frozen=True, slots=True)
class Find:
    """Look for services of all categories among those that are known; nothing is asked of the site."""

    text: str


@dataclass(frozen=True, slots=True)
class SetWatch:
    """Tell the person once this service is in stock, and costs `price_limit` at most where there is one.

    A watch never orders. Setting it again changes its limit.
    """

    service_id: str
    service: str
    category_id: str
    category: str
    price_limit: Decimal | None


@dataclass(frozen=True, slots=True)
class DropWatch:
    """Watch this service no longer."""

    service_id: str


@dataclass(frozen=True, slots=True)
class Study:
    """The person looks at all that is known of this service: have it in the snapshot. An empty id ends it."""

    service_id: str


@dataclass(frozen=True, slots=True)
class StandBy:
    """This program is about to be stopped: let others lead, unless money is under way here. Or it goes on."""

    on: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """Put a sentence of the program's own start into the log: it was said before there was a screen."""

    sentence: Sentence


Command = (
    ShowCategory
    | ShowServices
    | WatchRows
    | KeepView
    | LookAway
    | PlaceOrder
    | CancelNumber
    | SetAutoCancel
    | CheckBalance
    | AdoptNumber
    | SettleOrder
    | Refresh
    | SetFavourite
    | Find
    | SetWatch
    | DropWatch
    | Study
    | Remark
    | StandBy
)
