"""Amounts come in and go out without losing a kuruş."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snum_tui.domain.money import Amount, NotAnAmount, format_amount, read_amount

AMOUNTS = st.decimals(
    min_value=-999_999_999, max_value=999_999_999, places=4, allow_nan=False, allow_infinity=False
)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("2", "2"),
        ("0.62", "0.62"),
        ("1298.15", "1298.15"),
        (" 12 ", "12"),
        ("12,5", "12.5"),
        ("1.298,15", "1298.15"),
        ("1,298.15", "1298.15"),
        ("12.345.678,90", "12345678.90"),
        ("-3.5", "-3.5"),
        ("+3", "3"),
        (2, "2"),
        (-7, "-7"),
        (Decimal("0.62"), "0.62"),
        (Decimal("0.00000000"), "0"),
        (Decimal("1E+2"), "100"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("0.61999999999999999556"), "0.62"),
        (Decimal("1298.1500000000001"), "1298.15"),
    ],
)
def test_an_amount_is_read_however_a_site_writes_it(written: object, amount: str) -> None:
    """With a point, with a comma, grouped, as a number, even with PHP's binary tail."""
    assert read_amount(written) == Decimal(amount)


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "free", "1e3", "NaN", "Infinity", "-", "+", ".", ",", ".5", "5.", "1 000", "₺5", "5 TL", "0x10"),
        *("1.2.3", "1,2,3", "12,34.5,6", "1,,2", "1..2", "9" * 13, "9" * 5000, "1." + "9" * 9, "--1", "1-"),
        *(True, False, None, 0.5, 10**12, 10**4000, [], {}, b"1"),
        *(Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1E+999999"), Decimal("1E-999999")),
    ],
)
def test_what_is_no_amount_is_never_read_as_one(written: object) -> None:
    """A wrong price is worse than none; a float has lost its kuruş before it comes here."""
    with pytest.raises(NotAnAmount):
        read_amount(written)


@given(AMOUNTS)
def test_an_amount_read_is_the_amount_written(amount: Decimal) -> None:
    """As a string, as a number, and the Turkish way."""
    assert read_amount(f"{amount:f}") == read_amount(amount) == amount
    assert read_amount(f"{amount:f}".replace(".", ",")) == amount
    assert read_amount(f"{amount:,.4f}".translate(str.maketrans(",.", ".,"))) == amount


@given(st.text() | st.integers() | st.floats() | st.decimals())
def test_reading_an_amount_yields_a_finite_decimal_or_says_no(written: object) -> None:
    """Whatever comes in."""
    try:
        amount = read_amount(written)
    except NotAnAmount:
        return
    assert isinstance(amount, Decimal)
    assert amount.is_finite()
    assert amount.adjusted() < 12


@pytest.mark.parametrize(
    ("amount", "turkish", "english"),
    [
        ("12.5", "12,50 ₺", "₺12.50"),
        ("2", "2,00 ₺", "₺2.00"),
        ("0.625", "0,625 ₺", "₺0.625"),
        ("0.62000000", "0,62 ₺", "₺0.62"),
        ("1E+2", "100,00 ₺", "₺100.00"),
        ("-3.5", "-3,50 ₺", "-₺3.50"),
        ("0", "0,00 ₺", "₺0.00"),
        ("-0", "0,00 ₺", "₺0.00"),
    ],
)
def test_an_amount_is_written_the_way_of_the_language(amount: str, turkish: str, english: str) -> None:
    """Two decimals at least, more only where the price has them."""
    value = Amount(Decimal(amount), "₺")
    assert (value.written("tr"), value.written("en")) == (turkish, english)


@pytest.mark.parametrize(
    ("currency", "turkish", "english"),
    [("TRY", "5,00 TRY", "TRY 5.00"), ("$", "5,00 $", "$5.00"), ("", "5,00", "5.00")],
)
def test_a_currency_of_letters_stands_apart(currency: str, turkish: str, english: str) -> None:
    """And none at all leaves no hole."""
    assert format_amount(Decimal(5), currency, "tr") == turkish
    assert format_amount(Decimal(5), currency, "en") == english


@given(AMOUNTS)
def test_writing_an_amount_never_rounds_it(amount: Decimal) -> None:
    """What the person sees is what the site charges."""
    assert read_amount(format_amount(amount, "", "en")) == amount
    assert read_amount(format_amount(amount, "", "tr")) == amount
