"""Which services match, and in which order they stand.

Worked out anew only where something that it depends on has changed: with ten thousand services, a repaint for one
price must not sort them all, and a typed letter must not fold all their names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from snum_tui.domain.catalogue import Service
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
        self._folded: list[str] = []
        self._name_order: Sequence[int] | None = None
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
        """Take so many more names apart; behind the last ones, put them in their order, too."""
        self._take(snapshot)
        at = len(self._haystack)
        services = self._services[at : at + most]
        self._haystack.add([_text(service, snapshot) for service in services])
        self._folded += [fold(service.name) for service in services]
        if self.is_ready_to_search:
            self._by_name()

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
        every = range(len(self._services))
        if view.sort is Sort.NAME and not view.wanted:
            places = self._by_name()
        else:
            some = sorted(self._haystack_of(snapshot).pick(view.wanted, every)) if view.wanted else every
            places = _sorted(some, self._figures(snapshot, view.sort, some))
        return tuple(map(self._ids.__getitem__, places))

    def _by_name(self) -> Sequence[int]:
        """Return the places in the order of the names, which a listing keeps."""
        if self._name_order is None:
            at = len(self._folded)
            names = self._folded + [fold(service.name) for service in self._services[at:]]
            self._name_order = _sorted(range(len(names)), names)
        return self._name_order

    def _take(self, snapshot: Snapshot) -> None:
        services = snapshot.listing.services
        if services is self._services:
            return
        named = snapshot.listing.category_id, [(service.name, service.dialling_code) for service in services]
        if named != self._named or named[0] is None:
            self._named, self._haystack = named, Haystack()
            self._folded, self._name_order = [], None
        self._services = services
        self._ids, self._ahead = tuple([service.id for service in services]), {}
        self._by_id = dict(zip(self._ids, services, strict=True))

    def _figures(self, snapshot: Snapshot, sort: Sort, places: Sequence[int]) -> "Sequence[float | str | None]":
        """Return what the services at these places are sorted by; None is not known."""
        if sort is Sort.NAME:
            return [self._folded[at] for at in places]  # whoever filters has had all of them taken apart
        services = [self._services[at] for at in places]
        if sort is Sort.SUCCESS:
            return [_success(snapshot.experience.get(service.id)) for service in services]
        quotes = snapshot.quotes
        known = [quotes.get(service.id) for service in services]
        if sort is Sort.PRICE:
            return [None if one is None else float(one.quote.price) for one in known]
        return [None if one is None or one.quote.stock is None else -one.quote.stock for one in known]


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


def _sorted(places: Sequence[int], figures: "Sequence[float | str | None]") -> list[int]:
    """Sort stably by the figures of these places; what is not known stands last."""
    known = [nth for nth, figure in enumerate(figures) if figure is not None]
    unknown = [nth for nth, figure in enumerate(figures) if figure is None] if len(known) < len(places) else []
    known.sort(key=figures.__getitem__)  # type: ignore[arg-type]  # all of one kind, and none of these is None
    return [places[nth] for nth in known + unknown]


def _success(seen: Experience | None) -> float | None:
    return -seen.received / seen.settled if seen is not None and seen.settled else None
