"""What the engine shows: one immutable picture of everything, replaced whole.

Snapshots are not queued. There is one latest; a reader that is late sees the newest and misses nothing that still
matters, so a slow terminal costs the engine nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from snum_tui.domain.catalogue import Category, KnownQuote, Service
from snum_tui.domain.history import Stretch
from snum_tui.domain.orders import Order
from snum_tui.domain.own_orders import OwnOrders
from snum_tui.domain.policy import SiteRules
from snum_tui.domain.sentence import Sentence
from snum_tui.domain.view import View
from snum_tui.engine.commands import PlaceOrder


class Link(StrEnum):
    """How the site answers just now."""

    CONNECTING = "connecting"
    UP = "up"
    BUSY = "busy"
    DOWN = "down"
    STRANGE = "strange"
    KEY_REJECTED = "key_rejected"


class Weight(StrEnum):
    """How much an event matters to the person."""

    INFO = "info"
    GOOD = "good"
    WARNING = "warning"
    ALARM = "alarm"


class News(StrEnum):
    """What a person wants to be called back to the terminal for."""

    CODE = "code"
    REFUND_CLOSES = "refund_closes"
    STOCK = "stock"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, for the message line. `serial` grows by one with each.

    One that stays `until_key` was said before there was a screen: what comes by itself does not cover it unread.
    `while_down` tells of a sentence about the link whether that was down; None of all others.
    """

    serial: int
    at: datetime
    weight: Weight
    sentence: Sentence
    news: News | None = None
    until_key: bool = False
    while_down: bool | None = None

    def is_outdated(self, link: Link) -> bool:
        """Whether it says something of the link that is no longer so."""
        return self.while_down is not None and self.while_down is not (link is Link.DOWN)


class Loading(StrEnum):
    """How far a list is."""

    NOTHING = "nothing"
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Listing:
    """The services on show: of one category, or (category_id None) chosen ones.

    `read_at` is when the site listed them (aware UTC), None where that is not known.
    """

    category_id: str | None = None
    services: tuple[Service, ...] = ()
    loading: Loading = Loading.NOTHING
    problem: Sentence | None = None
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Filling:
    """How far the quotes of a whole listing are: `known` out of `total` are as fresh as sorting needs them."""

    known: int
    total: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return self.known >= self.total


@dataclass(frozen=True, slots=True)
class Chosen:
    """A service the person chose or bought from before, with what is needed to order it again."""

    service_id: str
    service: str
    category_id: str
    category: str


@dataclass(frozen=True, slots=True)
class WatchedService(Chosen):
    """A service the person waits for: stock, and where there is a limit, a price of that at most.

    `met` tells that this is so as of the last reading; `lost` that the site no longer lists the service.
    """

    price_limit: Decimal | None = None
    met: bool = False
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Study:
    """All that is known of one service. `points` are the stretches in which it was read the same, oldest first."""

    service_id: str
    points: tuple[Stretch, ...] = ()
    own: OwnOrders = field(default_factory=OwnOrders)


@dataclass(frozen=True, slots=True)
class Experience:
    """The person's own orders of one service: codes received, out of numbers settled."""

    received: int
    settled: int


@dataclass(frozen=True, slots=True)
class PriceRise:
    """An order that was not sent, because the price is no longer the one agreed to. `serial` grows with each.

    `wish` is the same order at the price of now, for the person to agree to or not.
    """

    serial: int
    wish: PlaceOrder
    agreed_price: Decimal


@dataclass(frozen=True, slots=True)
class Hit:
    """A service that was found, with the last quote known of it."""

    service_id: str
    service: str
    category_id: str
    category: str
    quote: KnownQuote | None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a text, best first; `known_services` is how many there were to look through."""

    text: str
    hits: tuple[Hit, ...]
    known_services: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that the screen needs. `balance` is None until the site has told it; amounts are in `rules.currency`.

    `down` tells why no order is sent while the site counts as down, which it does not yet where `link` is DOWN.
    `others` counts the other running programs on the same orders; `leads` tells that this one asks for messages,
    `stands_by` that it left that to them, for it is about to be stopped.
    `unwritten` are orders whose newest state the journal has not taken yet; `unread` tells why what the others
    wrote cannot be read.
    `orders` holds every open order and the lately settled ones, newest first. `quotes` and `failed_quotes` are
    keyed by service id, and hold what is known of the services on show and of those kept. `view` is where the
    person was when the last run ended, None until the cache has been asked. `watches` stand in the order they were
    set; `study` is what the person asked to see whole.
    """

    site: str
    profile: str
    rules: SiteRules
    link: Link = Link.CONNECTING
    link_problem: Sentence | None = None
    down: Sentence | None = None
    balance: Decimal | None = None
    balance_at: datetime | None = None
    spent_today: Decimal = Decimal(0)
    categories: tuple[Category, ...] = ()
    categories_loading: Loading = Loading.LOADING
    categories_problem: Sentence | None = None
    listing: Listing = field(default_factory=Listing)
    filling: Filling | None = None
    quotes: Mapping[str, KnownQuote] = field(default_factory=dict)
    failed_quotes: Mapping[str, Sentence] = field(default_factory=dict)
    experience: Mapping[str, Experience] = field(default_factory=dict)
    favourites: tuple[Chosen, ...] = ()
    recents: tuple[Chosen, ...] = ()
    watches: tuple[WatchedService, ...] = ()
    study: Study | None = None
    orders: tuple[Order, ...] = ()
    events: tuple[Event, ...] = ()
    ordering_stopped: Sentence | None = None
    unwritten: tuple[Order, ...] = ()
    unread: Sentence | None = None
    price_rise: PriceRise | None = None
    others: int = 0
    leads: bool = False
    stands_by: bool = False
    view: View | None = None
    found: Found | None = None

    @property
    def unknown_orders(self) -> tuple[Order, ...]:
        """Orders whose outcome nobody knows; they stay until the person settles them."""
        return tuple(order for order in self.orders if order.state == "unknown")

    @property
    def kept(self) -> tuple[Chosen, ...]:
        """What the person keeps in lists of their own, with names that need no catalogue; some more than once."""
        return (*self.watches, *self.favourites, *self.recents)

    @property
    def open_numbers(self) -> tuple[Order, ...]:
        """Orders with money out and the outcome still to come."""
        return tuple(order for order in self.orders if order.is_open)
