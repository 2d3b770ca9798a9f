"""Finds texts by what a person types: several words in any order, each at a word's start, inside, or scattered.

A set of texts is an integer, bit n for the n-th text: whatever is typed, what is looked through is the few hundred
different words, and ten thousand texts are put together a machine word at a time.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, islice
from operator import itemgetter
from typing import TypeVar

from snum_tui.domain.text import fold

Thing = TypeVar("Thing")

RANKS = (1, 2, 4, 16)
"""What a typed word adds to a text's rank, the smaller the better: it is a whole word, or the text begins with it;
a word begins with it; it is inside a word, or is two words written as one; its letters are scattered over a word.
A text that is what was typed, and nothing else, has rank 0."""

MOST_WORDS = 8
"""Further typed words are not looked for: nobody types them, and a rank stays below a byte's end."""
LEAST_SCATTERED = 3
LEAST_PART = 2
PAIR = 2
FEW = 16
"""Up to so many texts, a word keeps their numbers and no set."""

FEW_OF = 5
"""One text in so many, or fewer, is few."""

Matches = tuple[int, int, int, int]
"""Sets of texts, for each of RANKS; no text is in two of them."""

_WORD = re.compile(r"[\w+]+")
_ONLY = tuple(bytes(place == number for place in range(256)) for number in range(256))
"""For each byte the table that leaves 1 of it, and 0 of all others."""
_ONE = ord("1")
_BIT = bytes.maketrans(b"01", b"\x00\x01")


def words_of(text: str) -> list[str]:
    """Return a text's words, folded: letters, digits and `+`; all else stands between words."""
    return _WORD.findall(fold(text))


class WordIndex:
    """Texts by their words. It may grow at any time; the texts themselves are not kept."""

    def __init__(self) -> None:
        self._count = 0
        self._with = _TextsByWord()
        self._beginning = _TextsByWord()
        self._of_length: defaultdict[int, list[int]] = defaultdict(list)
        self._by_letter: defaultdict[str, list[str]] = defaultdict(list)
        self._by_pair: defaultdict[str, list[str]] = defaultdict(list)
        self._sorted_words = 0

    def __len__(self) -> int:
        return self._count

    @property
    def every(self) -> int:
        """The set of all texts."""
        return (1 << self._count) - 1

    def add(self, text: str) -> int:
        """Take in a text. Returns its number, counted from 0."""
        number = self._count
        self._count += 1
        words = words_of(text)
        distinct = set(words)
        self._with.add(distinct, number)
        self._beginning.add(words[:1], number)
        self._of_length[len(distinct)].append(number)
        return number

    def match(self, word: str) -> Matches:
        """Return which texts hold a folded word, and how well."""
        length, beginning = len(word), self._beginning.numbers
        holding = [known for known in self._that_may_hold(word) if word in known]
        starting = [known for known in holding if known[:length] == word]
        further = [known for known in holding if known[:length] != word] if len(starting) < len(holding) else ()
        front = [known for known in starting if known in beginning]
        best = self._beginning.any_of(front, self._count) | self._whole(word)
        start = self._with.any_of(starting, self._count) & ~best
        inside = (self._with.any_of(further, self._count) if holding else self._parted(word)) & ~(best | start)
        scattered = self._with.any_of(self._scattered(word), self._count) & ~(best | start | inside)
        return best, start, inside, scattered

    def next_words(self, word: str) -> list[str]:
        """Return the word with each letter that follows it in a known word, the most frequent first."""
        end = len(word)
        places = ((known, known.find(word) + end) for known in self._that_may_hold(word) if word in known)
        following = Counter(known[at] for known, at in places if at < len(known))
        return [word + letter for letter, _ in following.most_common()]

    def nothing_but(self, words: Sequence[str]) -> int:
        """Return the texts that consist of these words."""
        distinct = set(words)
        found = as_set(self._of_length.get(len(distinct), ()), self._count)
        for word in distinct:
            found &= self._whole(word)
        return found

    def _whole(self, word: str) -> int:
        return self._with.any_of([word] if word in self._with.numbers else [], self._count)

    def _parted(self, word: str) -> int:
        """Return the texts that hold the word in two: `Sri Lanka` for `srilanka`."""
        found = 0
        for at in range(LEAST_PART, len(word) - LEAST_PART + 1):
            if word[:at] in self._with.numbers:
                ends = [known for known in self._alike(word[at]) if known.startswith(word[at:])]
                found |= self._whole(word[:at]) & self._with.any_of(ends, self._count)
        return found

    def _scattered(self, word: str) -> list[str]:
        """Return the words that begin as this one does and hold its letters in order, no more of others between."""
        if len(word) < LEAST_SCATTERED or not word[0].isalpha():
            return []
        match = re.compile("".join(f"[^{letter}]*{letter}" for letter in map(re.escape, word))).match
        most, alike = 2 * len(word), self._alike(word[0])
        return [known for known in alike if word not in known and (at := match(known)) and at.end() <= most]

    def _alike(self, letter: str) -> Sequence[str]:
        """Return the words with this first letter."""
        self.sort_words()
        return self._by_letter.get(letter, ())

    def _that_may_hold(self, word: str) -> Iterable[str]:
        """Return the words with the first two letters of this one next to each other."""
        if len(word) < PAIR:
            return self._with.numbers
        self.sort_words()
        return self._by_pair.get(word[:PAIR], ())

    def sort_words(self) -> None:
        """Put the words that came since under their letters; the next search does so where nobody did before."""
        numbers = self._with.numbers
        if self._sorted_words == len(numbers):
            return
        for word in islice(numbers, self._sorted_words, None):
            self._by_letter[word[0]].append(word)
            for pair in {word[at : at + PAIR] for at in range(len(word) - 1)}:
                self._by_pair[pair].append(word)
        self._sorted_words = len(numbers)


class _TextsByWord:
    """For each word the numbers of its texts; those of a frequent one as a set too, once it was asked for."""

    def __init__(self) -> None:
        self.numbers: defaultdict[str, list[int]] = defaultdict(list)
        self._frequent: set[str] = set()
        self._sets: dict[str, int] = {}

    def add(self, words: Iterable[str], number: int) -> None:
        """Put a text under its words."""
        numbers = self.numbers
        for word in words:
            texts = numbers[word]
            texts.append(number)
            if len(texts) > FEW:
                self._frequent.add(word)
                self._sets.pop(word, None)

    def any_of(self, words: Iterable[str], count: int) -> int:
        """Return the texts under any of these words, which are all known, out of `count`."""
        words = set(words)
        frequent = words & self._frequent
        found = as_set(chain.from_iterable(map(self.numbers.__getitem__, words - frequent)), count)
        for word in frequent:
            if word not in self._sets:
                self._sets[word] = as_set(self.numbers[word], count)
            found |= self._sets[word]
        return found


class Haystack:
    """Texts to be searched, folded and taken apart once; what was typed before is not looked up again."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._index = WordIndex()
        self._numbers: dict[str, int] = {}
        self._number_of: list[int] = []
        self._places: list[int] = []
        self._places_of: list[list[int]] = []
        self._spread: Callable[[bytes], tuple[int, ...]] | None = None
        self._matched: dict[str, Matches] = {}
        self._begun: dict[str, Matches] = {}
        self._ahead: dict[str, Matches] = {}
        self.add(texts)

    def __len__(self) -> int:
        return len(self._number_of)

    def add(self, texts: Iterable[str]) -> None:
        """Take in more texts, behind those there are."""
        for place, text in enumerate(texts, len(self._number_of)):
            number = self._numbers.get(text)
            if number is None:
                number = self._numbers[text] = self._index.add(text)
                self._places_of.append([])
            self._number_of.append(number)
            self._places_of[number].append(place)
        self._places = list(range(len(self._number_of)))
        self._index.sort_words()
        self._spread = None
        self._matched, self._begun, self._ahead = {}, {}, {}

    def look_ahead(self, typed: str) -> Iterator[str]:
        """Look up what one more letter would ask for; for when nobody waits for anything else.

        Yields each step what would be typed then, as it is understood: its words, folded.
        """
        words = words_of(typed)[:MOST_WORDS]
        last = words.pop() if words and typed[-1:] != " " else ""
        self._ahead = {}
        for word in self._index.next_words(last):
            self._ahead[word] = self._match(word)
            yield " ".join([*words, word])

    def find(self, typed: str) -> list[int]:
        """Return the places of the texts that match, best first, and in the order given among equals.

        All of them, in that order, where nothing is typed.
        """
        return list(self.pick(typed, self._places))

    def ranked(self, typed: str) -> dict[int, list[int]]:
        """Return the places of the texts that match, by rank (see RANKS), the best rank first."""
        return {rank: list(places) for rank, places in self._select(typed, self._places).items()}

    def pick(self, typed: str, things: Sequence[Thing]) -> Iterator[Thing]:
        """Return those of `things` whose texts match, which stand in the order of the texts; best first."""
        return chain.from_iterable(self._select(typed, things).values())

    def _select(self, typed: str, things: Sequence[Thing]) -> dict[int, Iterable[Thing]]:
        words = words_of(typed)[:MOST_WORDS]
        if not words:
            return {0: things}
        self._matched = {word: self._match(word) for word in words}
        ranks = add_up([self._matched[word] for word in words], self._index.every)
        whole = self._index.nothing_but(words)
        texts = {0: whole} | {rank: ranks[rank] & ~whole for rank in sorted(ranks)}
        return self._by_rank({rank: some for rank, some in texts.items() if some}, things)

    def _few(self, chosen: bytes, things: Sequence[Thing]) -> Iterable[Thing]:
        """Return the things of a few texts: their places are put in order, instead of looking at each place."""
        places = sorted(chain.from_iterable(compress(self._places_of, chosen)))
        return map(things.__getitem__, places)

    def _match(self, word: str) -> Matches:
        """Look a word up; single letters, with which every search begins and most texts match, just once."""
        if len(word) > 1:
            return self._matched.get(word) or self._ahead.get(word) or self._index.match(word)
        if word not in self._begun:
            self._begun[word] = self._index.match(word)
        return self._begun[word]

    def _by_rank(self, texts: Mapping[int, int], things: Sequence[Thing]) -> dict[int, Iterable[Thing]]:
        """Return the things of each set of texts; no text is in two of them, and there are fewer than 256."""
        count = len(self._index)
        has_doubles = count < len(self._number_of)
        if has_doubles and sum(some.bit_count() for some in texts.values()) * FEW_OF < count:
            return {rank: self._few(flags(some, count), things) for rank, some in texts.items()}
        numbered = (number * int.from_bytes(flags(some, count)) for number, some in enumerate(texts.values(), 1))
        marks = sum(numbered).to_bytes(count)
        if has_doubles:  # texts that are alike were taken in once
            self._spread = self._spread or itemgetter(*self._number_of)
            marks = bytes(self._spread(marks))
        return {rank: compress(things, marks.translate(_ONLY[number])) for number, rank in enumerate(texts, 1)}


def add_up(matches: Iterable[Matches], every: int) -> dict[int, int]:
    """Return the texts out of `every` that all words match, by rank: the sum of what the words say of each."""
    sums = {0: every}
    for matched in matches:
        further = Counter[int]()
        for rank, texts in sums.items():
            for more, matching in zip(RANKS, matched, strict=True):
                if both := texts & matching:
                    further[rank + more] |= both
        sums = dict(further)
    return sums


def flags(texts: int, count: int) -> bytes:
    """Write a set out: for each of `count` texts 1 where it is in it, else 0."""
    return f"{texts:0{count}b}"[::-1].encode().translate(_BIT) if count else b""


def as_set(numbers: Iterable[int], count: int) -> int:
    """Return the set of these texts."""
    bits = bytearray(b"0") * count
    for number in numbers:
        bits[number] = _ONE
    return int(bits[::-1], 2) if count else 0
