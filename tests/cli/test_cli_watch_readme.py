"""The README documents every event and every exit status of `snum-tui watch`, as the program has them."""

import re
from pathlib import Path

from snum_tui.cli.parser import WATCH_STATUSES
from snum_tui.cli.watch_events import Kind

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
SECTION = README.split("### Without a screen\n")[1].split("\n##")[0]


def first_cells(header: str) -> list[str]:
    """Return the first column of the table under this header."""
    rows = SECTION.split(f"| {header} |")[1].split("\n\n")[0].splitlines()[2:]
    return [row.split("|")[1].strip() for row in rows]


def test_the_readme_names_every_event_and_no_other() -> None:
    named = [name for cell in first_cells("event") for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(named) == sorted(Kind)


def test_the_readme_and_the_help_name_the_same_statuses() -> None:
    helped = re.findall(r"^  (\d[\d, ]*)", WATCH_STATUSES, re.MULTILINE)
    assert first_cells("status") == [one.strip() for one in helped]
