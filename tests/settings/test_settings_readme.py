"""The README's table of options is the program's. `python -m tests.settings.test_settings_readme` writes it."""

from pathlib import Path

from pydantic.fields import FieldInfo

from snum_tui.locale import Speaker
from snum_tui.settings.config_check import allowed_values
from snum_tui.settings.config_model import ConfigTable, ProfileTable
from snum_tui.settings.config_tables import FreshnessTable, PolitenessTable, PollsTable, Table, TellTable

README = Path(__file__).resolve().parents[2] / "README.md"
BEGIN = "<!-- options: made by tests/settings/test_settings_readme.py from snum_tui/settings/config_model.py -->\n"
END = "<!-- end of options -->"
TABLES: tuple[tuple[str, type[Table]], ...] = (
    ("", ConfigTable),
    ("[profiles.NAME]", ProfileTable),
    ("[tell]", TellTable),
    ("[polls]", PollsTable),
    ("[politeness]", PolitenessTable),
    ("[freshness]", FreshnessTable),
)
SUBTABLES = frozenset({"tell", "polls", "politeness", "freshness", "keys", "profiles"})


def table() -> str:
    """Return the table of all options."""
    lines = ["| option | must be | by itself | says |", "|---|---|---|---|"]
    for name, kind in TABLES:
        if name:
            lines.append(f"| **`{name}`** | | | |")
        lines += [_line(key, field) for key, field in kind.model_fields.items() if key not in SUBTABLES]
    return "\n".join(lines) + "\n"


def _line(key: str, field: FieldInfo) -> str:
    allowed = Speaker("en").render(allowed_values(field))
    return f"| `{key}` | {allowed} | {_default(field.default)} | {field.description} |"


def _default(value: object) -> str:
    """Write a default as it would stand in the file."""
    if value is None or value == "":
        return ""
    return f"`{value:g}`" if isinstance(value, float) else f"`{str(value).lower()}`"


def test_the_table_of_options_is_that_of_the_program() -> None:
    assert README.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0] == table()


def test_no_cell_of_the_readme_has_an_empty_code_span() -> None:
    """Nothing is shown of it where READMEs are shown but the two marks."""
    assert "| `` |" not in README.read_text(encoding="utf-8")


if __name__ == "__main__":
    whole = README.read_text(encoding="utf-8")
    README.write_text(whole.split(BEGIN)[0] + BEGIN + table() + END + whole.split(END)[1], encoding="utf-8")
