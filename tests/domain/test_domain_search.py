"""What is typed finds what is meant, the likeliest first, however much there is to look through."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snum_tui.domain.search import LEAST_SCATTERED, Haystack, WordIndex, words_of

APPS = ("Google", "Discord", "Telegram", "Tik Tok", "Google Voice", "Instagram", "Şok Market", "WhatsApp", "1688")
LETTERS = st.text("abcı+ ", max_size=12)


def found(typed: str, *texts: str) -> list[str]:
    return [texts[place] for place in Haystack(texts).find(typed)]


def test_everything_is_found_in_its_order_while_nothing_is_typed() -> None:
    for typed in ("", "  ", "…", "()"):
        assert found(typed, *APPS) == list(APPS)
    assert Haystack(()).find("") == []
    assert Haystack(()).find("a") == []
    assert Haystack(("", "*")).find("") == [0, 1]
    assert Haystack(("", "*")).find("a") == []


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("tele", ["Telegram"]),
        ("TELE", ["Telegram"]),
        ("gram", ["Telegram", "Instagram"]),
        ("sok", ["Şok Market"]),
        ("ŞOK", ["Şok Market"]),
        ("voice goo", ["Google Voice"]),
        ("goo voice", ["Google Voice"]),
        ("tiktok", ["Tik Tok"]),
        ("tiktokk", []),
        ("tlgrm", ["Telegram"]),
        ("wtsp", ["WhatsApp"]),
        ("16", ["1688"]),
        ("188", []),
        ("tg", []),
        ("telegram germany", []),
        ("x", []),
    ],
)
def test_an_app_is_found(typed: str, names: list[str]) -> None:
    assert found(typed, *APPS) == names


@pytest.mark.parametrize("typed", ["italya", "İTALYA", "ITALYA", "ıtalya", "İtalya"])
def test_the_four_turkish_i_are_one_letter(typed: str) -> None:
    assert found(typed, "Fransa", "İtalya", "ITALYA") == ["İtalya", "ITALYA"]


def test_the_better_match_stands_first() -> None:
    scattered, inside, start, whole_word, whole = "abxyc", "xabc", "x abcd", "x abc", "abc"
    assert found("abc", scattered, inside, start, whole_word, whole) == [
        whole,
        whole_word,
        start,
        inside,
        scattered,
    ]


def test_of_equals_the_one_given_first_stands_first() -> None:
    assert found("go", "Pokemon Go", "Google", "Gojek", "Go") == ["Go", "Pokemon Go", "Google", "Gojek"]
    texts = [f"row {number % 3} of {number}" for number in range(50)]
    assert Haystack(texts).find("row") == list(range(50))


def test_texts_that_are_alike_are_all_found_each_in_its_place() -> None:
    assert Haystack(("b", "ab", "b", "a", "b")).find("b") == [0, 2, 4, 1]


def test_what_is_typed_whole_stands_before_what_holds_more() -> None:
    assert found("google", "Google Voice", "My Google", "Google") == ["Google", "Google Voice", "My Google"]
    assert found("voice google", "Google Voice Plus", "Google Voice") == ["Google Voice", "Google Voice Plus"]


def test_scattered_letters_begin_a_word_and_are_not_spread_over_a_long_one() -> None:
    """Else `ind` would find Iceland."""
    assert found("ind", "Iceland", "India") == ["India"]
    assert found("leg", "Telegram") == ["Telegram"], "this one is inside"
    assert found("egm", "Telegram") == []
    assert found("grmny", "Germany") == ["Germany"]
    assert found("gm", "Germany") == []


def test_signs_that_mean_something_elsewhere_are_letters_like_any_other() -> None:
    for typed in (".*", "[", "a|b", "\\", "(?", "a+", "++", "+"):
        Haystack(("C++", "a+b", "plain")).find(typed)
    assert found("c++", "C", "C++") == ["C++"]
    assert found("+49", "Almanya (+49)", "Avusturya (+43)") == ["Almanya (+49)"]
    assert found("49", "Almanya (+49)", "Avusturya (+43)") == ["Almanya (+49)"]


@given(st.lists(LETTERS, max_size=30), LETTERS)
def test_what_holds_every_typed_word_is_found_and_nothing_twice(texts: list[str], typed: str) -> None:
    haystack = Haystack(texts)
    places = haystack.find(typed)
    words = words_of(typed)
    holding = {
        place
        for place, text in enumerate(texts)
        if all(any(word in own for own in words_of(text)) for word in words)
    }
    assert len(places) == len(set(places))
    assert holding <= set(places)
    if all(len(word) < LEAST_SCATTERED for word in words):
        assert set(places) == holding


@given(st.lists(LETTERS, max_size=20), st.lists(LETTERS, max_size=6))
def test_what_was_typed_before_changes_nothing(texts: list[str], typed: list[str]) -> None:
    haystack = Haystack(texts)
    for one in typed:
        assert haystack.find(one) == Haystack(texts).find(one)


@given(st.lists(LETTERS, max_size=20), st.lists(LETTERS, max_size=6), st.integers(0, 9))
def test_what_was_looked_up_ahead_changes_nothing(texts: list[str], typed: list[str], steps: int) -> None:
    haystack = Haystack(texts)
    for one in typed:
        assert haystack.find(one) == Haystack(texts).find(one)
        list(islice(haystack.look_ahead(one), steps))


def test_the_next_letter_finds_what_it_asks_for_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    haystack = Haystack(APPS)
    for typed in ("", "g", "go", "goo", "goog"):
        assert haystack.find(typed)
        list(haystack.look_ahead(typed))
    list(haystack.look_ahead("voice goog"))
    haystack.find("voice goog")
    monkeypatch.setattr(WordIndex, "match", None)  # the next words are there, and asked for nowhere else
    assert [APPS[place] for place in haystack.find("voice googl")] == ["Google Voice"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [("go", ["goo"]), ("tel", ["tele"]), ("gra", ["gram"]), ("t", ["te", "ti", "ta"]), ("x", []), ("16", ["168"])],
)
def test_what_one_more_letter_makes_of_a_word(typed: str, words: list[str]) -> None:
    index = WordIndex()
    for name in APPS:
        index.add(name)
    assert set(index.next_words(typed)) >= set(words)
    assert all(len(word) == len(typed) + 1 for word in index.next_words(typed))
    assert bool(index.next_words(typed)) == bool(words)


@given(st.lists(LETTERS, max_size=40), LETTERS)
def test_texts_that_come_later_are_found_like_the_first(texts: list[str], typed: str) -> None:
    grown, whole = WordIndex(), WordIndex()
    for text in texts:
        grown.add(text)
        for word in words_of(typed):
            grown.match(word)
    for text in texts:
        whole.add(text)
    for word in words_of(typed):
        assert grown.match(word) == whole.match(word)
