"""The further words that a service is found by: its country's code, dialling code, and names in both languages."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from snum_tui.domain.search import words_of

MOST_KEPT = 16_384
"""Forty thousand services share some two thousand names."""

_DIALLED = re.compile(r"\+\s?(\d{1,7})")
_NOT_THE_NAME = re.compile(r"[\u00b2\u00b3\u00b9\u2070-\u2079]|\(.*|\+.*")
"""The operator's little number, the dialling code, and what stands behind it."""
_JOINING = frozenset({"and", "ve", "the", "of"})


class _Country(NamedTuple):
    """A dialling code as it is written, and all the words for a country, both codes among them."""

    dialling_code: str
    words: tuple[str, ...]


@lru_cache(MOST_KEPT)
def search_text(service_name: str, dialling_code: str = "") -> str:
    """Return all the words that a service should be found by, folded, its own name first.

    `Almanya⁴ (+49)` is found by `almanya4 +49 49 de germany almanya`. `dialling_code` is what the site says apart
    from the name: digits, or empty.
    """
    dialled = dialling_code or next(iter(_DIALLED.findall(service_name)), "")
    own = [*words_of(service_name), *_code_words(dialled)]
    further = [word for country in _meant(service_name, dialled) for word in country.words]
    return " ".join(dict.fromkeys([*own, *further]))


def _meant(service_name: str, dialled: str) -> Iterable[_Country]:
    """Return the country that a name means; several where neither name nor code tell them apart."""
    by_name, by_code = _tables()
    words = [word.rstrip("0123456789") for word in words_of(_NOT_THE_NAME.sub(" ", service_name))]
    for length in range(len(words), 0, -1):
        if named := by_name.get(_key(words[:length])):
            return [one for one in named if dialled.startswith(one.dialling_code)] or named
    known = by_code.get(dialled, [])
    return known if len(known) == 1 else []


@cache
def _tables() -> tuple[dict[str, list[_Country]], dict[str, list[_Country]]]:
    """Return the countries by each of their names, and by dialling code."""
    from snum_tui.domain.country_table import COUNTRIES  # noqa: PLC0415 - only who searches needs it

    by_name: dict[str, list[_Country]] = {}
    by_code: dict[str, list[_Country]] = {}
    for line in COUNTRIES.splitlines():
        region, code, *names = line.split("|")
        words = [word for name in names for word in words_of(name) if word not in _JOINING]
        country = _Country(code, tuple(dict.fromkeys([*_code_words(code), region.lower(), *words])))
        for key in dict.fromkeys(_key(words_of(name)) for name in names):
            by_name.setdefault(key, []).append(country)
        by_code.setdefault(code, []).append(country)
    return by_name, by_code


def _code_words(dialling_code: str) -> list[str]:
    return [f"+{dialling_code}", dialling_code] if dialling_code else []


def _key(words: Iterable[str]) -> str:
    """Write a name so that `Trinidad & Tobago` and `Trinidad ve Tobago` are one."""
    return " ".join(word for word in words if word and word not in _JOINING)
