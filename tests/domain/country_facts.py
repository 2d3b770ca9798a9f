"""Makes the table of countries that services are found by: codes, English and Turkish names, other names in use.

`python -m tests.domain.country_facts` rewrites snum_tui/domain/country_table.py from CLDR (as Babel carries it),
from the dialling codes of phonenumbers, and from ALIASES below; a test fails when the table is not what this makes.
"""

from pathlib import Path

from babel import Locale
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

TABLE = Path(__file__).resolve().parents[2] / "snum_tui" / "domain" / "country_table.py"
NOT_A_COUNTRY = "001"

ALIASES: dict[str, tuple[str, ...]] = {
    "AE": ("BAE", "UAE", "Emirates", "Dubai"),
    "AG": ("Antigua",),
    "BA": ("Bosna", "Bosnia"),
    "BR": ("Brasil",),
    "BY": ("Beyaz Rusya",),
    "CD": ("Demokratik Kongo", "DR Congo", "DRC", "Kongo", "Congo"),
    "CG": ("Kongo", "Congo"),
    "CI": ("Fildişi Sahili", "Ivory Coast"),
    "CV": ("Yeşil Burun Adaları", "Yeşil Burun"),
    "CW": ("Kurasao",),
    "CY": ("Güney Kıbrıs",),
    "CZ": ("Çek Cumhuriyeti", "Czech Republic"),
    "DO": ("Dominik", "Dominican"),
    "GB": ("İngiltere", "UK", "England", "Great Britain", "Britanya"),
    "GP": ("Guadelup",),
    "KR": ("Kore", "Korea"),
    "LA": ("Lao",),
    "MD": ("Moldovya",),
    "MK": ("Makedonya", "Macedonia"),
    "MM": ("Myanmar", "Burma"),
    "MO": ("Macau",),
    "MQ": ("Martinik",),
    "MU": ("Morityus",),
    "NL": ("Holland",),
    "PG": ("Papua",),
    "PH": ("Filipin",),
    "PS": ("Filistin", "Palestine"),
    "SA": ("Saudi", "Suudi", "Arabistan"),
    "SC": ("Seyşel",),
    "ST": ("Sao Tome",),
    "SZ": ("Svaziland", "Swaziland"),
    "TL": ("Doğu Timor", "East Timor"),
    "TR": ("Turkey",),
    "TT": ("Trinidad",),
    "US": ("Amerika", "ABD", "USA", "America"),
    "VA": ("Vatican",),
    "VG": ("Virgin Islands", "Virjin Adaları"),
    "VI": ("Virgin Islands", "Virjin Adaları"),
    "VN": ("Viet Nam",),
}
"""What people and sites say instead. A name may stand for several countries: the dialling code tells them apart."""

SHORTER = {"HK": ("Hong Kong", "Hong Kong"), "MO": ("Macao", "Makao")}
"""English and Turkish names in place of CLDR's, which would have these found by "China"."""

HEAD = '''"""Made by tests/domain/country_facts.py from CLDR and phonenumbers; not to be edited by hand.

A line for each country: ISO code, dialling code, English name, Turkish name, other names.
"""

COUNTRIES = """\\
'''


def table() -> str:
    """Return the module as it should stand in the tree."""
    english, turkish = Locale("en").territories, Locale("tr").territories
    codes = {
        region: code
        for code, regions in COUNTRY_CODE_TO_REGION_CODE.items()
        for region in regions
        if region != NOT_A_COUNTRY
    }
    lines = [
        "|".join(
            (region, str(code), *SHORTER.get(region, (english[region], turkish[region])), *ALIASES.get(region, ()))
        )
        for region, code in sorted(codes.items())
    ]
    return HEAD + "\n".join(lines) + '\n"""\n'


def main() -> None:
    """Write the table."""
    TABLE.write_text(table(), encoding="utf-8")


if __name__ == "__main__":
    main()
