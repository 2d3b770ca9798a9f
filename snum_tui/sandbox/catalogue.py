"""What the site sells: about 190 categories and 50-400 services in each, made from the seed on demand."""

import random
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from math import ceil

from snum_tui.sandbox.apps import APP_NAMES
from snum_tui.sandbox.chance import roll
from snum_tui.sandbox.countries import COUNTRIES, Country

LOWEST_PRICE = Decimal("0.62")
FEWEST_SERVICES = 50
MOST_SERVICES = 400

_POPULAR_CATEGORIES = 12
_OPERATORS = 9
_OPERATOR_STEP = 4  # shares no divisor with 9: comes by each operator once
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_STARRED_SHARE = 0.06
_OPERATOR_PULL = 0.12


@dataclass(frozen=True, slots=True)
class Category:
    """One app or site that a code is for."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Service:
    """One row of a category, a country and an operator: `Almanya⁴ (+49)`. `price` is the list price."""

    id: str
    name: str
    category_id: str
    category: str
    country: Country
    price: Decimal


class Catalogue:
    """The categories at once, a category's services when asked for; service ids count through the whole site.

    With `rows` the first category has exactly so many, by as many more operators as that takes.
    """

    def __init__(self, seed: int, rows: int = 0) -> None:
        self._seed = seed
        self._rows = rows
        self._made: dict[int, tuple[Service, ...]] = {}

    @cached_property
    def categories(self) -> tuple[Category, ...]:
        """All categories in the site's order; ids from 1 on, as in the API document."""
        return tuple(Category(str(index + 1), name) for index, name in enumerate(APP_NAMES))

    def services(self, category_id: str) -> tuple[Service, ...]:
        """Return the rows of a category in the site's order, none for a category that does not exist."""
        index = _whole(category_id) - 1
        if not 0 <= index < len(APP_NAMES):
            return ()
        if index not in self._made:
            self._made[index] = self._make(index)
        return self._made[index]

    def service(self, service_id: str) -> Service | None:
        """Return one row by its id; None where the site has no such row."""
        number = _whole(service_id)
        if not 1 <= number < self._first_ids[-1]:
            return None
        index = bisect_right(self._first_ids, number) - 1
        return self.services(str(index + 1))[number - self._first_ids[index]]

    @cached_property
    def _first_ids(self) -> list[int]:
        """The first service id of each category, and the one after the last."""
        return list(accumulate((self._count(index) for index in range(len(APP_NAMES))), initial=1))

    def _count(self, index: int) -> int:
        if self._rows and not index:
            return self._rows
        lowest = 250 if index < _POPULAR_CATEGORIES else FEWEST_SERVICES
        chance = roll(self._seed, "services", index)
        span = chance if index < _POPULAR_CATEGORIES else chance * chance
        return lowest + int(span * (MOST_SERVICES - lowest + 1))

    def _make(self, index: int) -> tuple[Service, ...]:
        dice = random.Random(f"{self._seed} category {index}")  # noqa: S311 - repeatable on purpose
        category = self.categories[index]
        dearness = dice.random() ** 2
        count = self._count(index)
        offers = sorted(_offers(dice, rounds=ceil(count / (_OPERATORS * len(COUNTRIES)))))
        first_id = self._first_ids[index]
        return tuple(
            Service(
                id=str(first_id + position),
                name=_row_name(COUNTRIES[rank], operator, starred=dice.random() < _STARRED_SHARE),
                category_id=category.id,
                category=category.name,
                country=COUNTRIES[rank],
                price=_price(dice.random(), dice.random(), dearness),
            )
            for position, (_, rank, operator) in enumerate(offers[:count])
        )


def _offers(dice: random.Random, rounds: int) -> Iterator[tuple[float, int, int]]:
    """Yield each country (by rank) with each operator; in front of it how far down the list it stands.

    There are nine operators; a second round has nine others, and so on.
    """
    for rank in range(len(COUNTRIES)):
        first_operator = int(dice.random() * _OPERATORS)
        for turn in range(_OPERATORS * rounds):
            depth = rank / len(COUNTRIES) + turn * _OPERATOR_PULL
            operator = (first_operator + turn * _OPERATOR_STEP) % _OPERATORS + 1 + turn // _OPERATORS * _OPERATORS
            yield depth * (0.3 + dice.random()), rank, operator


def _row_name(country: Country, operator: int, *, starred: bool) -> str:
    number = str(operator).translate(_SUPERSCRIPTS) if operator > 1 else ""
    return f"{country.name}{number} (+{country.dialling_code}){'*' if starred else ''}"


def _price(chance: float, roundness: float, dearness: float) -> Decimal:
    """Most rows are cheap, a few are dear, and every fifth has a whole price such as "2"."""
    kurus = 62 + int(2600 * chance**3 * (0.25 + dearness))
    if roundness < 0.2:
        kurus = max(100, kurus - kurus % 100)
    return Decimal(kurus).scaleb(-2)


def _whole(text: str) -> int:
    """Read an id out of a path; 0, which no row has, for whatever is not written as the site writes it."""
    plain = text.isascii() and text.isdigit() and not text.startswith("0") and len(text) < 10
    return int(text) if plain else 0
