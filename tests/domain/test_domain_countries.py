"""A service is found by its country's code, dialling code and name in either language."""

import subprocess
import sys

import pytest

from snum_tui.domain.countries import search_text
from snum_tui.domain.search import Haystack
from snum_tui.sandbox.countries import COUNTRIES
from tests.domain.country_facts import TABLE, table


def test_the_table_is_what_the_command_makes() -> None:
    """Run `python -m tests.domain.country_facts` when this fails."""
    assert TABLE.read_text(encoding="utf-8") == table()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Almanya⁴ (+49)", "almanya4 +49 49 de germany almanya"),
        ("Almanya⁴ (+49)*", "almanya4 +49 49 de germany almanya"),
        ("Germany", "germany +49 49 de almanya"),
        ("Almanya Vodafone (+49)", "almanya vodafone +49 49 de germany"),
        ("Germany 2", "germany 2 +49 49 de almanya"),
        ("Hong Kong (+852)", "hong kong +852 852 hk"),
        ("(+90)", "+90 90 tr turkiye turkey"),
        ("", ""),
        ("***", ""),
    ],
)
def test_a_service_is_found_by_all_these_words(name: str, words: str) -> None:
    assert search_text(name) == words


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("Amerika⁷ (+1)", "us"),
        ("ABD (+1)", "us"),
        ("USA Virtual", "us"),
        ("Kanada (+1)", "ca"),
        ("İngiltere² (+44)", "gb"),
        ("UK", "gb"),
        ("England", "gb"),
        ("Rusya (+7)", "ru"),
        ("Kazakistan (+7)", "kz"),
        ("Kongo (+242)", "cg"),
        ("Kongo (+243)", "cd"),
        ("Jamaika (+1876)", "jm"),
        ("Trinidad and Tobago", "tt"),
        ("Türkiye", "tr"),
        ("TURKIYE", "tr"),
        ("Turkey", "tr"),
        ("Gine-Bissau (+245)", "gw"),
        ("Gine (+224)", "gn"),
        ("Venezuela", "ve"),
    ],
)
def test_the_country_is_told_from_others_like_it(name: str, region: str) -> None:
    regions = {line.split("|")[0].lower() for line in table().splitlines() if line.count("|") >= 3}
    assert [word for word in search_text(name).split() if word in regions] == [region]


def test_a_name_of_several_countries_without_a_code_is_found_as_each() -> None:
    assert {"cg", "cd"} <= set(search_text("Kongo").split())


def test_a_code_of_several_countries_says_none() -> None:
    assert search_text("Karışık (+44)") == "karisik +44 44"


def test_the_dialling_code_that_the_site_gives_apart_is_found_too() -> None:
    assert search_text("Özel hat", "49") == "ozel hat +49 49 de germany almanya"
    assert search_text("Kongo", "242").split()[1:4] == ["+242", "242", "cg"]


@pytest.mark.parametrize("country", COUNTRIES, ids=lambda country: country.name)
def test_every_country_that_such_a_site_sells_is_known_by_code_and_both_names(country: object) -> None:
    name, code = country.name, country.dialling_code  # type: ignore[attr-defined]
    words = search_text(f"{name}⁴ (+{code})*").split()
    assert {f"+{code}", code} <= set(words)
    assert len(words) > 4, "name, two codes, the ISO code and the other language's name"


def test_typing_a_code_or_a_name_finds_the_country_first() -> None:
    names = [f"{country.name}{operator} (+{country.dialling_code})" for country in COUNTRIES for operator in "²⁴⁹"]
    haystack = Haystack([search_text(name) for name in names])
    for typed, country in [
        ("de", "Almanya"),
        ("germany", "Almanya"),
        ("almanya", "Almanya"),
        ("+49", "Almanya"),
        ("49", "Almanya"),
        ("grmny", "Almanya"),
        ("italy", "İtalya"),
        ("ıtalya", "İtalya"),
        ("şili", "Şili"),
        ("7", "Rusya"),
        ("1", "Amerika"),
        ("ukraine", "Ukrayna"),
        ("usa", "Amerika"),
        ("ingiltere", "İngiltere"),
        ("guney kore", "Güney Kore"),
        ("srilanka", "Sri Lanka"),
    ]:
        assert names[haystack.find(typed)[0]].startswith(country), typed


def test_the_table_is_not_loaded_before_somebody_searches() -> None:
    code = "import sys, snum_tui.domain.countries; print('snum_tui.domain.country_table' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "False"
