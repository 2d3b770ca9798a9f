"""All services that are known of a site, by the words of their names and of their categories' names."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from snum_tui.domain.catalogue import Category, Service
from snum_tui.domain.countries import search_text
from snum_tui.domain.search import MOST_WORDS, RANKS, Matches, WordIndex, flags, words_of

_BETWEEN_IDS = "\n"
"""No id has it in it: ids are printable."""

_NOWHERE = 99


class Match(NamedTuple):
    """A service that matches; the smaller the rank (the sum of RANKS over the words), the better."""

    rank: int
    category: Category
    service_id: str
    service: str


class _Shelf:
    """The services of one category: the numbers of their names, and their ids in one string."""

    __slots__ = ("ids", "names")

    def __init__(self) -> None:
        self.names = array("I")
        self.ids = ""


class ServiceIndex:
    """Forty thousand services in a few megabytes: they share some two thousand names.

    A typed word may be in a service's name or in its category's; the better place counts.
    """

    def __init__(self) -> None:
        self._names: list[str] = []
        self._number_of: dict[tuple[str, str], int] = {}
        self._by_name = WordIndex()
        self._shelves: dict[str, _Shelf] = {}
        self._categories: tuple[Category, ...] = ()
        self._by_category = WordIndex()

    def __contains__(self, category_id: str) -> bool:
        return category_id in self._shelves

    def known_services(self, categories: Iterable[Category]) -> int:
        """Return how many services of these categories are known."""
        shelves = (self._shelves.get(category.id) for category in categories)
        return sum(len(shelf.names) for shelf in shelves if shelf is not None)

    def put(self, category_id: str, services: Iterable[Service]) -> None:
        """Take in a category's services in place of those from before."""
        self._shelves[category_id] = _Shelf()
        self.add(category_id, services)

    def add(self, category_id: str, services: Iterable[Service]) -> None:
        """Take in further services of a category."""
        shelf = self._shelves.setdefault(category_id, _Shelf())
        services = tuple(services)
        shelf.names.extend(map(self._number, services))
        ids = [shelf.ids] if shelf.ids else []
        shelf.ids = _BETWEEN_IDS.join([*ids, *(service.id for service in services)])

    def find(self, typed: str, categories: tuple[Category, ...], most: int) -> list[Match]:
        """Return the best matches among these categories' services, in the site's order among equals."""
        words = words_of(typed)[:MOST_WORDS]
        if not words:
            return []
        self._learn_categories(categories)
        by_name = [self._by_name.match(word) for word in words]
        by_category = [self._by_category.match(word) for word in words]
        tables: dict[tuple[int, ...], bytes] = {}
        found: defaultdict[int, list[Match]] = defaultdict(list)
        for number, category in enumerate(categories):
            if (shelf := self._shelves.get(category.id)) is not None:
                given = tuple(_rank_of(matches, number) for matches in by_category)
                if given not in tables:
                    tables[given] = _ranks_of_names(given, by_name, len(self._by_name))
                if tables[given]:
                    self._collect(found, category, shelf, tables[given], most)
        return [match for rank in sorted(found) for match in found[rank]][:most]

    def _collect(
        self, found: defaultdict[int, list[Match]], category: Category, shelf: _Shelf, table: bytes, most: int
    ) -> None:
        """Put a category's matches under their ranks, `most` under each."""
        ranks = bytes(map(table.__getitem__, shelf.names))
        ids: list[str] = []
        for rank in set(ranks) - {0}:
            matches, place = found[rank], -1
            while len(matches) < most and (place := ranks.find(rank, place + 1)) >= 0:
                ids = ids or shelf.ids.split(_BETWEEN_IDS)
                matches.append(Match(rank, category, ids[place], self._names[shelf.names[place]]))

    def _number(self, service: Service) -> int:
        """Return the number of a service's name."""
        key = service.name, service.dialling_code
        if (number := self._number_of.get(key)) is None:
            number = self._number_of[key] = self._by_name.add(search_text(*key))
            self._names.append(service.name)
        return number

    def _learn_categories(self, categories: tuple[Category, ...]) -> None:
        if categories != self._categories:
            self._categories = categories
            self._by_category = WordIndex()
            for category in categories:
                self._by_category.add(category.name)


def _rank_of(matches: Matches, number: int) -> int:
    """Return the rank that a word has in a text."""
    return next((rank for rank, texts in zip(RANKS, matches, strict=True) if texts >> number & 1), _NOWHERE)


def _ranks_of_names(given: Sequence[int], by_name: Sequence[Matches], names: int) -> bytes:
    """Return every name's rank in a category that gives each word a rank itself: 0 where a word is nowhere.

    A byte for each name; none at all where no name matches.
    """
    sums = {0: (1 << names) - 1}
    for least, matches in zip(given, by_name, strict=True):
        further = Counter[int]()
        for total, rest in sums.items():
            for rank, matching in zip(RANKS, matches, strict=True):
                further[total + min(rank, least)] |= rest & matching
                rest &= ~matching  # noqa: PLW2901 - what no better rank took
            if least < _NOWHERE:
                further[total + least] |= rest
        sums = {total: texts for total, texts in further.items() if texts}
    # The sets have no name in common, so that nothing is carried over from one name's byte to the next.
    ranks = sum(rank * int.from_bytes(flags(texts, names), "little") for rank, texts in sums.items())
    return ranks.to_bytes(names, "little") if ranks else b""
