"""JSON as the sites send it: strict where money hangs on it, patient where a person only reads.

PROTOCOL: "never trust Content-Type"; a BOM, a PHP notice in front, and the API document's own `{balance: 1}` are to
be expected. FACTS: NaN and Infinity, numbers of 5000 digits and 100,000 brackets are to be survived.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

_AROUND = "\ufeff \t\r\n"
_LONGEST_NUMBER = 64
_DEEPEST = 32
_NOISE_CAP = 16 * 1024
_NOISY_BODY_CAP = 1024 * 1024
_MOST_STARTS = 16
# json5 is slow, and slower than linear: 64 KiB of brackets take it 7 s, 8 KiB a tenth of one.
_JSON5_CAP = 8 * 1024
_JSON5_DEEPEST = 8
# A string that is never closed runs to the end, so that this stays linear on hostile text.
_STRING_OR_BRACKET = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.DOTALL)
_START = re.compile(r"[\[{]")


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON value found in a reply.

    `clean` means: the whole reply, but for BOM and white space, is this one value in strict JSON and UTF-8.
    """

    value: object = field(repr=False)
    clean: bool


class _Ambiguous(ValueError):  # noqa: N818 - reads as what it says
    """A key stands twice in one object; what is meant cannot be told."""


def documents(raw: bytes, *, money: bool) -> Iterator[Document]:
    """Find the JSON values that a reply may mean, likeliest first; none where it is no JSON.

    Reads: noise may stand in front, and a small reply may be JSON5. Money calls: no key twice, no JSON5; noise may
    stand around the value, but the document is then not `clean`.
    """
    try:
        text, is_utf8 = raw.decode("utf-8"), True
    except UnicodeDecodeError:
        text, is_utf8 = raw.decode("utf-8", "replace"), False
    text = text.strip(_AROUND)
    if _depth(text) > _DEEPEST:
        return
    found = False
    for value, start, end in _values(_MONEY_DECODER if money else _READ_DECODER, text):
        if money or end == len(text):
            found = True
            yield Document(value, clean=is_utf8 and start == 0 and end == len(text))
    if not found and not money:
        yield from _json5_document(text)


def _values(decoder: json.JSONDecoder, text: str) -> Iterator[tuple[object, int, int]]:
    """Yield values with where they start and end; never one that lies inside another."""
    behind = 0
    for start in _starts(text):
        if start < behind:
            continue
        try:
            value, behind = decoder.raw_decode(text, start)
        except _Ambiguous:
            return
        except (ValueError, RecursionError, ArithmeticError):
            continue
        yield value, start, behind


def _starts(text: str) -> Iterator[int]:
    """Yield where a value may begin: at the very start, else at the first brackets after the noise."""
    if not text:
        return
    yield 0
    if text[0] in "[{" or len(text) > _NOISY_BODY_CAP:
        return
    for count, match in enumerate(_START.finditer(text, 1, _NOISE_CAP)):
        if count == _MOST_STARTS:
            return
        yield match.start()


def _depth(text: str) -> int:
    """Return how deep brackets nest outside of strings; stop counting once it is too deep."""
    depth = deepest = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        bit = match.group()
        if bit in "[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > _DEEPEST:
                break
        elif bit in "]}":
            depth -= 1
    return deepest


def _json5_document(text: str) -> Iterator[Document]:
    match = _START.search(text)
    if match is None or len(text) > _JSON5_CAP:
        return
    body = text[match.start() :]
    if _depth(body) > _JSON5_DEEPEST:
        return
    import json5  # noqa: PLC0415 - few replies need it

    try:
        value = json5.loads(
            body, parse_float=_decimal, parse_int=_integer, parse_constant=_no_constant, allow_duplicate_keys=False
        )
    except Exception:  # noqa: BLE001 - somebody else's parser at work on hostile text
        return
    yield Document(value, clean=False)


def _decimal(digits: str) -> Decimal:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError("a number too long to be meant")
    return Decimal(digits)


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError("a number too long to be meant")
    return int(digits)


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no number")


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Ambiguous("a key stands twice")
    return found


_READ_DECODER = json.JSONDecoder(
    parse_float=_decimal, parse_int=_integer, parse_constant=_no_constant, strict=False
)
_MONEY_DECODER = json.JSONDecoder(
    parse_float=_decimal, parse_int=_integer, parse_constant=_no_constant, object_pairs_hook=_no_key_twice
)
