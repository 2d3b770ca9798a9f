"""The variations in which sites of the family write their replies. Without any: the document's, as valid JSON."""

from collections.abc import Iterable

from snum_tui.sandbox.errors import BadOption
from snum_tui.sandbox.words import N_

DIALECTS: dict[str, str] = {
    "document": N_("the balance as the API document prints it, not valid JSON"),
    "string-ids": N_("every id a string"),
    "numeric-ids": N_("every id a number"),
    "mixed-ids": N_("ids numbers and strings by turns, even within one reply"),
    "numeric-price": N_("price a number"),
    "comma-price": N_("price with a decimal comma"),
    "string-stock": N_("stock a string"),
    "missing-stock": N_("no stock in quotes"),
    "stock-unknown": N_("stock 0 and flagged stock_unknown: true, which means ask and see"),
    "quote-in-list": N_("price, stock and phonecode in each row of getServices"),
    "string-balance": N_("balance a string"),
    "string-status": N_("status a string"),
    "empty-code": N_('code "" while waiting'),
    "sms-text": N_("the whole SMS as code, several joined by a bar; every third number gets a second one"),
    "bare-number": N_("numbers without their plus"),
    "bom": N_("a byte order mark in front of every reply"),
    "html-refusal": N_("HTML in the message of a refusal"),
    "empty-refusal": N_("title and message of a refusal empty"),
    "refusal-links": N_("href, redirect_url and email_verification_required in a refusal"),
    "key-401": N_("a bad key answered with status 401"),
    "key-403": N_("a bad key answered with status 403"),
    "key-html": N_("a bad key answered with an HTML page"),
    "key-null": N_("a bad key answered with null"),
    "key-list": N_("a bad key answered with []"),
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
            raise BadOption(
                N_("{name} is no dialect: write one or more of {names}."),
                name=repr(name),
                names=", ".join(DIALECTS),
            )
    for group in _ONE_OF:
        both = [name for name in group if name in chosen]
        if len(both) > 1:
            raise BadOption(
                N_("The dialects {one} and {other} contradict each other: choose one."), one=both[0], other=both[1]
            )
    return chosen
