"""Seeded chance: the same seed and the same question give the same answer, in any order, on any machine."""

import hashlib

_GOLDEN = 0.6180339887498949
_SPAN = float(1 << 64)


def roll(seed: int, *question: object) -> float:
    """Return a number in [0, 1) that depends on the seed and the question alone."""
    text = "\x1f".join(map(str, (seed, *question)))
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / _SPAN


def spread(seed: int, question: str, index: int) -> float:
    """Return the `index`-th (from 0) of a row of numbers in [0, 1) that fills the span evenly.

    Of any n in a row, a share s lies below s, give or take one, so a short demo has the promised share too. The
    first is always below one half: at the default shares the first order gets a number and a code.
    """
    return (roll(seed, question) / 2 + index * _GOLDEN) % 1.0
