"""The three ways in which other programs' forms want a phone number."""

from enum import StrEnum


class NumberForm(StrEnum):
    """How a number is written; the values are the ends of the actions that copy it."""

    WHOLE = "number"
    DIGITS = "digits"
    NATIONAL = "national"


def write_number(number: str, form: NumberForm) -> str:
    """Write a number, which the site tells as `+905551234567`.

    DIGITS is `905551234567`; NATIONAL is `5551234567`, and all digits where the country is not known.
    """
    digits = number.lstrip("+")
    match form:
        case NumberForm.WHOLE:
            return f"+{digits}"
        case NumberForm.DIGITS:
            return digits
        case NumberForm.NATIONAL:
            return _national(digits)


def _national(digits: str) -> str:
    import phonenumbers  # noqa: PLC0415 - 12 ms that only this key needs

    try:
        parsed = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return digits
    return phonenumbers.national_significant_number(parsed)
