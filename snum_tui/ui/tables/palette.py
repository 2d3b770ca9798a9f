"""The rows of the palette: actions, categories, settings and services in one list, best first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len

from snum_tui.domain.catalogue import Category, KnownQuote
from snum_tui.domain.countries import search_text
from snum_tui.domain.money import format_amount
from snum_tui.domain.search import RANKS, Haystack, words_of
from snum_tui.domain.sentence import N_
from snum_tui.engine.snapshot import Found, Hit
from snum_tui.locale import Speaker
from snum_tui.ui.cells import GAP, Cell, Column, Row, Tone, lay_out
from snum_tui.ui.signs import drawn
from snum_tui.ui.wording import NOW, age, category_and_service

NARROW = 52
"""Below this many columns a service shows its price only."""
MIDDLING = 64
"""Below this many columns there is none for the age: what is old has it before its name."""

_COLUMNS_WITH_AGE = 4


@dataclass(frozen=True, slots=True)
class Offer:
    """An action in the person's words: `history`, `all orders, and what they cost`, and the key that does it.

    `action_id` is its name under `[keys]`, such as `main.history`. It is found by `also`, which is not shown.
    """

    action_id: str
    name: str
    help: str
    key: str
    also: str = ""


@dataclass(frozen=True, slots=True)
class SettingOffer:
    """A setting in the person's words: `calm`, `true`, `countdowns in minutes while there is time`.

    `kind` is the word for what it is: all settings are found by it. `also` is as an Offer's.
    """

    name: str
    value: str
    title: str
    kind: str
    also: str = ""


@dataclass(frozen=True, slots=True)
class ActionChosen:
    """The person wants this action done."""

    action_id: str


@dataclass(frozen=True, slots=True)
class CategoryChosen:
    """The person wants to see this category."""

    category_id: str


@dataclass(frozen=True, slots=True)
class ServiceChosen:
    """The person wants to see this service in its category."""

    category_id: str
    service_id: str


@dataclass(frozen=True, slots=True)
class SettingChosen:
    """The person wants to change this setting: its name, such as `tell.bell`."""

    name: str


Chosen = ActionChosen | CategoryChosen | ServiceChosen | SettingChosen


@dataclass(frozen=True, slots=True)
class Look:
    """What a row is written for: the width of the list, the language, the currency, the moment."""

    width: int
    speaker: Speaker
    currency: str
    now: datetime


def columns(look: Look, *, has_services: bool) -> tuple[Column, ...]:
    """Return the columns for this width; without services actions and categories have nearly all of it."""
    text = look.speaker.text
    price = Column(text(N_("Price")), 8, right=True)
    stock = Column(text(N_("Stock")), 6, right=True)
    last = Column(text(N_("Age")) if has_services else "", 5, right=True)
    if not has_services:
        return Column("", 0), last
    if look.width < NARROW:
        return Column("", 0), price
    return (Column("", 0), stock, price) if look.width < MIDDLING else (Column("", 0), price, stock, last)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the palette, and what choosing it means."""

    chosen: Chosen
    row: Row


@dataclass(frozen=True, slots=True)
class Page:
    """What the palette shows; with `is_near`, nothing that matches, but categories that have one of the words."""

    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]
    is_near: bool = False


_Own = Offer | Category | SettingOffer


def _names_of(one: _Own) -> str:
    """Return what something is called; a setting's `quote_seconds` is found by each of its words, too."""
    return f"{one.name} {one.name.replace('_', ' ')}" if isinstance(one, SettingOffer) else one.name


def _phrase_of(one: _Own) -> str:
    match one:
        case Offer():
            return f"{one.name} {one.help} {one.also}"
        case SettingOffer():
            return f"{one.name} {one.title} {one.kind} {one.also}"
        case _:
            return ""


class PaletteTable:
    """What there is to choose from. Actions, categories and settings are searched here, services come found."""

    def __init__(
        self, offers: Sequence[Offer], categories: Sequence[Category], settings: Sequence[SettingOffer] = ()
    ) -> None:
        self._own: tuple[_Own, ...] = (*offers, *categories, *settings)
        self._names = Haystack([_names_of(one) for one in self._own])
        self._phrases = Haystack([_phrase_of(one) for one in self._own])
        self._hits: tuple[Hit, ...] = ()
        self._hits_haystack = Haystack(())

    def page(self, typed: str, found: Found | None, look: Look) -> Page:
        """Return what matches, best first.

        First the actions and categories that begin with what is typed: they are there at once, and stay in their
        place when the services come below them. Last what only has it somewhere inside. While the answer is on its
        way, of the services found for what was typed before those that match this, too.
        """
        hits = self._matching_hits(typed, found)
        own = self._own_ranks(typed)
        most = _worst_beginning(typed)
        good = [self._own[place] for place, rank in own if rank <= most]
        weak = [self._own[place] for place, rank in own if rank > most and _is_answered(typed, found)]
        shown = columns(look, has_services=bool(hits))
        writer = _Writer(look, shown)
        entries = tuple(writer.entry(one) for one in (*good, *hits, *weak))
        if entries or not _is_answered(typed, found):
            return Page(shown, entries)
        near = tuple(writer.entry(one) for one in self._near(typed))
        return Page(shown, near, is_near=bool(near))

    def _near(self, typed: str) -> list[Category]:
        """Return the categories with one of the typed words in their name: their services may not be known yet."""
        places = {
            place: None
            for word in words_of(typed)
            for rank, some in self._names.ranked(word).items()
            for place in some
            if rank <= RANKS[1]
        }
        return [one for one in (self._own[place] for place in places) if isinstance(one, Category)]

    def _own_ranks(self, typed: str) -> list[tuple[int, int]]:
        """Return the actions and categories that match, with their ranks, best first.

        Of an action's phrase it is beginnings only that count: nobody who types `ger` means `no longer`.
        """
        ranks = {place: rank for rank, places in self._names.ranked(typed).items() for place in places}
        for rank, places in self._phrases.ranked(typed).items():
            if rank <= _worst_beginning(typed):
                ranks |= {place: min(rank, ranks.get(place, rank)) for place in places}
        return sorted(ranks.items(), key=lambda one: (one[1], one[0]))

    def _matching_hits(self, typed: str, found: Found | None) -> Sequence[Hit]:
        if found is None or not typed:
            return ()
        if _is_answered(typed, found):
            return found.hits
        if found.hits is not self._hits:
            self._hits = found.hits
            self._hits_haystack = Haystack([f"{hit.category} {search_text(hit.service)}" for hit in found.hits])
        return [self._hits[place] for place in sorted(self._hits_haystack.find(typed))]


def _is_answered(typed: str, found: Found | None) -> bool:
    return found is not None and found.text == typed


def _worst_beginning(typed: str) -> int:
    """Return the rank of what has every typed word at the beginning of one of its own."""
    return RANKS[1] * len(words_of(typed))


class _Writer:
    """Writes rows for one width, in one language."""

    def __init__(self, look: Look, shown: Sequence[Column]) -> None:
        self._look = look
        self._room = lay_out(shown, look.width)[0][1]
        self._between = (Cell(""),) * (len(shown) - 2)
        self._columns = len(shown)
        self._category = look.speaker.text(N_("category"))

    def entry(self, one: _Own | Hit) -> Entry:
        """Write one row."""
        match one:
            case Offer(action_id, key=key):
                cells = (Cell(self._said(one)), *self._between, Cell(key, Tone.STRONG))
                return Entry(ActionChosen(action_id), Row(f"action {action_id}", cells))
            case SettingOffer(name):
                cells = (Cell(self._set(one)), *self._between, Cell(""))
                return Entry(SettingChosen(name), Row(f"setting {name}", cells))
            case Category(category_id, name):
                cells = (Cell(f"{name} {drawn('–')} {self._category}"), *self._between, Cell(""))
                return Entry(CategoryChosen(category_id), Row(f"category {category_id}", cells))
            case Hit(service_id, service, category_id, category):
                words = self._age_before(one.quote) + category_and_service(category, service)
                cells = (Cell(words), *self._quote_cells(one.quote))
                return Entry(ServiceChosen(category_id, service_id), Row(f"service {service_id}", cells))

    def _said(self, offer: Offer) -> str:
        """Write an action with its name, or where there is no room for both, what it does."""
        whole = f"{offer.name} {drawn('–')} {offer.help}"
        return offer.help if cell_len(whole) > self._room >= cell_len(offer.help) else whole

    def _set(self, offer: SettingOffer) -> str:
        """Write a setting with its value, and where there is room, what it is about."""
        short = f"{offer.name} = {offer.value}"
        whole = f"{short} {drawn('–')} {offer.title}"
        return whole if cell_len(whole) <= self._room else short

    def _age_before(self, known: KnownQuote | None) -> str:
        """Write how old a price is where there is no column for it: it must not be taken for fresh."""
        if known is None or self._columns == _COLUMNS_WITH_AGE:
            return ""
        read = self._age_of(known)
        return "" if read == self._look.speaker.text(NOW) else f"{read}{' ' * GAP}"

    def _age_of(self, known: KnownQuote) -> str:
        return age(known.read_at, self._look.now, self._look.speaker)

    def _quote_cells(self, known: KnownQuote | None) -> tuple[Cell, ...]:
        """Write the last known quote; nothing where there never was one, for none is asked for here."""
        if known is None:
            return (Cell(""),) * (self._columns - 1)
        look, amount, stock = self._look, known.quote.price, known.quote.stock
        price = Cell(format_amount(amount, look.currency, look.speaker.language), Tone.STRONG)
        left = Cell("?", Tone.DIM) if stock is None else Cell(str(stock), Tone.PLAIN if stock else Tone.BAD)
        read = Cell(self._age_of(known), Tone.DIM)
        return {2: (price,), 3: (left, price)}.get(self._columns, (price, left, read))
