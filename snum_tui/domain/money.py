"""Money is Decimal; these are its only ways in and out."""

import re
from dataclasses import dataclass
from decimal import Decimal

_AMOUNT = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,8})?")
_GROUPED_COMMA_DECIMAL = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+")
_GROUPED_POINT_DECIMAL = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+")


class NotAnAmount(ValueError):  # noqa: N818 - reads as what it says
    """The value is no finite, sensible amount of money."""


def read_amount(value: object) -> Decimal:
    """Read an amount as the sites send it: `"0.62"`, `"1298.15"`, `2`, `"12,5"`, `"1.298,15"`.

    A lone comma is the decimal mark (the sites are Turkish). A number with the tail of a binary fraction, as PHP
    writes `0.62` under serialize_precision=17, is rounded to 8 decimals. Raises NotAnAmount for everything else:
    bool, float (money must be parsed as Decimal before it comes here), NaN, strings with exponents, more than 12
    digits before the mark.
    """
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise NotAnAmount(f"no amount: {type(value).__name__}")
    text = _plain(value.strip()) if isinstance(value, str) else _digits(Decimal(value))
    if _AMOUNT.fullmatch(text) is None:
        raise NotAnAmount("no amount")
    return Decimal(text)


def _digits(number: Decimal) -> str:
    """Write a number without an exponent; `str` would give `0E-8` for 0.00000000."""
    if not number.is_finite() or abs(number.adjusted()) > 32:
        raise NotAnAmount("no amount: out of bounds")
    return f"{number:.8f}" if int(number.as_tuple().exponent) < -8 else f"{number:f}"


def _plain(text: str) -> str:
    if len(text) > 32:
        raise NotAnAmount("no amount: too long")
    if _GROUPED_COMMA_DECIMAL.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    if _GROUPED_POINT_DECIMAL.fullmatch(text):
        return text.replace(",", "")
    return text.replace(",", ".", 1)


def format_amount(amount: Decimal, currency: str, language: str) -> str:
    """Write an amount for the person: `12,50 ₺` in Turkish, `₺12.50` in English.

    At least two decimals, more only where the site's own price has them.
    """
    decimals = -int(amount.as_tuple().exponent)
    places = max(2, decimals)
    text = f"{abs(amount):.{places}f}"
    while places > 2 and text.endswith("0"):
        text, places = text[:-1], places - 1
    sign = "-" if amount < 0 else ""
    if language == "tr":
        return f"{sign}{text.replace('.', ',')} {currency}".rstrip()
    joint = " " if len(currency) > 1 else ""
    return f"{sign}{currency}{joint}{text}".strip()


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as a value in a Sentence: written the way of the language it is shown in."""

    amount: Decimal
    currency: str

    def written(self, language: str) -> str:
        """Write it for the person, as format_amount does."""
        return format_amount(self.amount, self.currency, language)
