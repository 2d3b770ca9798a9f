"""What is cut on a screen: a word that ends in the mark of a cut, though nothing is under way."""

import re

CUT = re.compile(r"\S…")
OF_THE_SITE = re.compile(r" · [^│]*…")
"""The site's own names, category and service in one column, may be longer than any; the details show them whole."""
ON_ITS_WAY = ("Ordering", "sipariş ediliyor", "Asking", "soruluyor")
"""Sentences that end so because something goes on; and a number that is being sent."""


def cut_words(screen: str) -> list[str]:
    """Return the lines of a screen with a word of our own that is cut."""
    lines = (OF_THE_SITE.sub("", line) for line in screen.splitlines())
    return [line for line in lines if CUT.search(line) and not any(words in line for words in ON_ITS_WAY)]
