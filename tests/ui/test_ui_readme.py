"""The README says what the registry says. `python -m tests.ui.test_ui_readme` writes its table anew."""

from pathlib import Path

from snum_tui.ui.actions import ACTIONS, Place

README = Path(__file__).resolve().parents[2] / "README.md"
BEGIN = "<!-- keys: made by tests/ui/test_ui_readme.py from snum_tui/ui/actions.py -->\n"
END = "<!-- end of keys -->"
PLACES = {
    Place.LIST: "in a list",
    Place.TREE: "categories",
    Place.SERVICES: "services",
    Place.NUMBERS: "numbers",
    Place.PANE: "in a list",
    Place.FILTER: "in a filter",
    Place.UNKNOWN: "unknown orders",
    Place.HISTORY: "history",
    Place.LOG: "log",
    Place.NUMBER: "details of a number",
    Place.SHEET: "details, help",
    Place.QUESTION: "in a question",
    Place.WATCH: "watching a service",
    Place.PROMPT: "in a line to type",
    Place.PALETTE: "palette",
    Place.FORM: "in a form",
    Place.PROFILES: "profiles",
    Place.MAIN: "everywhere",
    Place.APP: "everywhere",
}


def table() -> str:
    """Return the table of all keys."""
    lines = ["| key | where | does | name under `[keys]` |", "|---|---|---|---|"]
    lines += [
        f"| {_keys(action.shown_keys)} | {PLACES[action.place]} | {action.help} | `{action.binding_id}` |"
        for action in ACTIONS
    ]
    return "\n".join(lines) + "\n"


def _keys(shown: str) -> str:
    return " ".join(f"`{key}`" for key in shown.split())


def test_the_table_of_keys_is_that_of_the_registry() -> None:
    text = README.read_text(encoding="utf-8")
    assert text.split(BEGIN)[1].split(END)[0] == table()


if __name__ == "__main__":
    whole = README.read_text(encoding="utf-8")
    before, after = whole.split(BEGIN)[0], whole.split(END)[1]
    README.write_text(before + BEGIN + table() + END + after, encoding="utf-8")
