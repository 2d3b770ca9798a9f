"""What is cut on a screen: a word that ends in the mark of a cut, though nothing is under way."""

import re

CUT = re.compile(r"\S*\S…")
ON_ITS_WAY = ("Ordering", "sipariş ediliyor", "Asking", "soruluyor", "…  ")
"""Sentences that end so because something goes on; and a number that is being sent."""


def cut_words(screen: str) -> list[str]:
    """Return the lines of a screen with a word that is cut."""
    lines = screen.splitlines()
    return [line for line in lines if CUT.search(line) and not any(words in line for words in ON_ITS_WAY)]
