"""Which services match, and in which order they stand.

Worked out anew only where something that it depends on has changed: with ten thousand services, a repaint for one
price must not sort them all, and a typed letter must not fold all their names.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from snum_tui.domain.catalogue import KnownQuote, Service
from snum_tui.domain.countries import search_text
from snum_tui.domain.search import Haystack, words_of
from snum_tui.domain.sentence import N_
from snum_tui.domain.text import fold
from snum_tui.engine.snapshot import Experience, Snapshot
from snum_tui.ui.wording import category_and_service


class Sort(StrEnum):
    """The orders that `s` goes through."""

    SITE = "site"
    NAME = "name"
    PRICE = "price"
    STOCK = "stock"
    SUCCESS = "success"


SORT_WORDS: dict[Sort, str] = {
    Sort.SITE: N_("the site's order"),
    Sort.NAME: N_("name"),
    Sort.PRICE: N_("price"),
    Sort.STOCK: N_("stock"),
    Sort.SUCCESS: N_("success"),
}

BY_QUOTES = frozenset({Sort.PRICE, Sort.STOCK})
"""Orders that need the quotes of all rows."""


@dataclass(frozen=True, slots=True)
class ServicesView:
    """How the person wants the services: which match, in which order."""

    wanted: str = ""
    sort: Sort = Sort.SITE


def next_sort(sort: Sort) -> Sort:
    """Return the order after this one."""
    every = list(Sort)
    return every[(every.index(sort) + 1) % len(every)]


def sort_named(name: str) -> Sort:
    """Return the order of this name; the site's own where there is none of that name."""
    return next((sort for sort in Sort if sort.value == name), Sort.SITE)


class ServiceOrder:
    """The services of the listing on show, by id, and their ids in the wanted order."""

    def __init__(self) -> None:
        self._services: tuple[Service, ...] = ()
        self._ids: tuple[str, ...] = ()
        self._by_id: dict[str, Service] = {}
        self._haystack = Haystack()
        self._named: tuple[str | None, list[tuple[str, str]]] = (None, [])
        self._names: list[str] | None = None
        self._ahead: dict[str, tuple[str, ...]] = {}
        self._depends: tuple[object, ...] = ()
        self._keys: tuple[str, ...] = ()

    def service(self, service_id: str) -> Service:
        """Return a service of the listing. Raises KeyError."""
        return self._by_id[service_id]

    def find(self, service_id: str | None) -> Service | None:
        """Return a service of the listing, None where it has no such one."""
        return None if service_id is None else self._by_id.get(service_id)

    def keys(self, snapshot: Snapshot, view: ServicesView) -> tuple[str, ...]:
        """Return the ids of what matches: the best matches first, or sorted; equals in the site's order."""
        self._take(snapshot)
        basis = {
            Sort.PRICE: snapshot.quotes,
            Sort.STOCK: snapshot.quotes,
            Sort.SUCCESS: snapshot.experience,
        }.get(view.sort)
        depends = (self._services, basis, view)
        if not _same(depends, self._depends):
            self._depends = depends
            self._keys = self._ordered(snapshot, view)
        return self._keys

    @property
    def is_ready_to_search(self) -> bool:
        """Whether all names are taken apart, so that no letter has to wait for it (10,000: some 150 ms)."""
        return len(self._haystack) == len(self._services)

    def prepare_to_search(self, snapshot: Snapshot, most: int) -> None:
        """Take so many more names apart."""
        self._take(snapshot)
        at = len(self._haystack)
        self._haystack.add([_text(service, snapshot) for service in self._services[at : at + most]])

    def look_ahead(self, typed: str) -> Iterator[None]:
        """Find what one more letter would ask for, a step at a time."""
        self._ahead = {}
        ids = self._ids
        for further in self._haystack.look_ahead(typed):
            if self._ids is not ids:
                return  # another list came meanwhile
            self._ahead[further] = tuple(self._haystack.pick(further, ids))
            yield

    def _found(self, snapshot: Snapshot, wanted: str) -> tuple[str, ...]:
        known = self._ahead.get(" ".join(words_of(wanted)))
        return tuple(self._haystack_of(snapshot).pick(wanted, self._ids)) if known is None else known

    def _haystack_of(self, snapshot: Snapshot) -> Haystack:
        if not self.is_ready_to_search:
            self.prepare_to_search(snapshot, len(self._services))
        return self._haystack

    def _ordered(self, snapshot: Snapshot, view: ServicesView) -> tuple[str, ...]:
        if view.sort is Sort.SITE:
            return self._found(snapshot, view.wanted) if view.wanted else self._ids
        places = range(len(self._services))
        matching = sorted(self._haystack_of(snapshot).pick(view.wanted, places)) if view.wanted else places
        return tuple(map(self._ids.__getitem__, _sorted(matching, self._key(snapshot, view.sort))))

    def _take(self, snapshot: Snapshot) -> None:
        services = snapshot.listing.services
        if services is self._services:
            return
        named = snapshot.listing.category_id, [(service.name, service.dialling_code) for service in services]
        if named != self._named or named[0] is None:
            self._named, self._names, self._haystack = named, None, Haystack()
        self._services = services
        self._ids, self._ahead = tuple([service.id for service in services]), {}
        self._by_id = dict(zip(self._ids, services, strict=True))

    def _key(self, snapshot: Snapshot, sort: Sort) -> "Callable[[int], float | str | None]":
        services = self._services
        if sort is Sort.NAME:
            if self._names is None:
                self._names = [fold(service.name) for service in services]
            return self._names.__getitem__
        if sort is Sort.SUCCESS:
            return _success_of(services, snapshot.experience)
        figure = _price if sort is Sort.PRICE else _stock
        return _figure_of(services, snapshot.quotes, figure)


def full_name(service: Service, snapshot: Snapshot) -> str:
    """Name the category too where services of several stand together."""
    if snapshot.listing.category_id is not None:
        return service.name
    category = next((one.category for one in snapshot.kept if one.service_id == service.id), "")
    return category_and_service(category, service.name) if category else service.name


def _text(service: Service, snapshot: Snapshot) -> str:
    """Return what a service is found by."""
    words = search_text(service.name, service.dialling_code)
    return words if snapshot.listing.category_id is not None else f"{full_name(service, snapshot)} {words}"


def _same(new: Sequence[object], old: Sequence[object]) -> bool:
    """Compare what an order depends on; big values by being the same one, the view by what it says."""
    return len(new) == len(old) and all(
        one is other or (isinstance(one, ServicesView) and one == other)
        for one, other in zip(new, old, strict=True)
    )


def _sorted(places: Sequence[int], key_of: "Callable[[int], float | str | None]") -> list[int]:
    """Sort stably; what is not known stands last."""
    keys = [key_of(at) for at in places]
    known = [(key, at) for key, at in zip(keys, places, strict=True) if key is not None]
    unknown = [at for key, at in zip(keys, places, strict=True) if key is None]
    known.sort()
    return [at for _, at in known] + unknown


def _price(known: KnownQuote) -> float | None:
    return float(known.quote.price)


def _stock(known: KnownQuote) -> float | None:
    return None if known.quote.stock is None else -known.quote.stock


def _figure_of(
    services: Sequence[Service], quotes: Mapping[str, KnownQuote], figure: Callable[[KnownQuote], float | None]
) -> Callable[[int], float | None]:
    def key(at: int) -> float | None:
        known = quotes.get(services[at].id)
        return None if known is None else figure(known)

    return key


def _success_of(services: Sequence[Service], experience: Mapping[str, Experience]) -> Callable[[int], float | None]:
    def key(at: int) -> float | None:
        seen = experience.get(services[at].id)
        return -seen.received / seen.settled if seen is not None and seen.settled else None

    return key
