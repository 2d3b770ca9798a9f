"""The variations in which sites of the family write their replies. Without any: the document's, as valid JSON."""

from collections.abc import Iterable

from snum_tui.sandbox.errors import BadOption

DIALECTS: dict[str, str] = {
    "document": "the balance as the API document prints it, not valid JSON: {balance: 1}",
    "string-ids": "every id a string",
    "numeric-ids": "every id a number",
    "mixed-ids": "ids numbers and strings by turns, even within one reply",
    "numeric-price": "price a number",
    "comma-price": "price with a decimal comma",
    "string-stock": "stock a string",
    "missing-stock": "no stock in quotes",
    "stock-unknown": "stock 0 and flagged stock_unknown: true, which means ask and see",
    "quote-in-list": "price, stock and phonecode in each row of getServices",
    "string-balance": "balance a string",
    "string-status": "status a string",
    "empty-code": 'code "" while waiting',
    "sms-text": "the whole SMS as code, several joined by a bar; every third number gets a second one",
    "bare-number": "numbers without their plus",
    "bom": "a byte order mark in front of every reply",
    "html-refusal": "HTML in the message of a refusal",
    "empty-refusal": "title and message of a refusal empty",
    "refusal-links": "href, redirect_url and email_verification_required in a refusal",
    "key-401": "a bad key answered with status 401",
    "key-403": "a bad key answered with status 403",
    "key-html": "a bad key answered with an HTML page",
    "key-null": "a bad key answered with null",
    "key-list": "a bad key answered with []",
}

_ONE_OF = (
    ("string-ids", "numeric-ids", "mixed-ids"),
    ("numeric-price", "comma-price"),
    ("string-stock", "missing-stock", "stock-unknown"),
    ("document", "string-balance"),
    ("html-refusal", "empty-refusal"),
    ("key-401", "key-403", "key-html", "key-null", "key-list"),
)


def read_dialects(names: Iterable[str]) -> tuple[str, ...]:
    """Check the names, and that no two of them contradict each other. Raises BadOption with a sentence."""
    chosen = tuple(dict.fromkeys(name.strip() for name in names))
    for name in chosen:
        if name not in DIALECTS:
            raise BadOption(f"{name!r} is no dialect: write one or more of {', '.join(DIALECTS)}.")
    for group in _ONE_OF:
        both = [name for name in group if name in chosen]
        if len(both) > 1:
            raise BadOption(f"The dialects {' and '.join(both)} contradict each other: choose one.")
    return chosen
