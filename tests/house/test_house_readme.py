"""The README is read in the first five minutes: it is short, it leads nowhere that is not there, and it is true."""

import argparse
import re
from pathlib import Path

import pytest

from snum_tui.cli.parser import ENVIRONMENT, make_parser
from tests.terminal import test_terminal_bytes as budgets

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BEFORE, REFERENCE = README.split("\n## Reference\n")
TURKISH = BEFORE.split("\n## Türkçe\n")[1]
ENGLISH = BEFORE.split("\n## Türkçe\n")[0]
WORDS = 600
LINKS = re.findall(r"\]\(([^)]+)\)", README)
FENCE = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def anchors() -> set[str]:
    """Return what headings can be led to by, as they are made of them where READMEs are shown."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", README), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands() -> set[str]:
    """Return the commands of the program's own parser."""
    actions = make_parser(sandbox_options=False)._actions
    [choices] = [action.choices for action in actions if isinstance(action, argparse._SubParsersAction)]
    return set(choices or ())


def test_what_comes_before_the_reference_has_at_most_600_words() -> None:
    """All of it, commands and captions too; a bullet or a bar is no word."""
    assert len([token for token in BEFORE.split() if re.search(r"\w", token)]) <= WORDS


@pytest.mark.parametrize("link", LINKS)
def test_every_link_leads_somewhere(link: str) -> None:
    if link.startswith("#"):
        assert link[1:] in anchors()
    else:
        assert (ROOT / link).is_file()


def test_every_picture_says_what_it_shows() -> None:
    captions = re.findall(r"!\[([^]]*)\]", README)
    assert len(captions) == README.count("![")
    assert all(len(caption.split()) >= 3 for caption in captions)


def test_both_languages_begin_with_the_same_commands() -> None:
    assert FENCE.findall(TURKISH) == FENCE.findall(ENGLISH)[:1]
    for way in ("`uv tool install .`", "`pipx install .`", "`snum-tui doctor`", "`L`"):
        assert way in TURKISH
    assert re.findall(r"^- `(.+?)`", TURKISH, re.MULTILINE) == ["Enter", "/", "y", "c", "?"]
    five = ENGLISH.split("## Five keys")[1].split("\n## ")[0]
    assert re.findall(r"^- `(.+?)`", five, re.MULTILINE) == ["Enter", "/", "y", "c", "?"]


def test_every_command_is_in_the_table_and_no_other() -> None:
    table = REFERENCE.split("### The command line")[1].split("\n### ")[0]
    named = re.findall(r"^\| `snum-tui ?(\w*)`", table, re.MULTILINE)
    assert set(named) - {""} == commands()
    assert len(named) == len(commands()) + 1


def test_every_command_that_the_text_names_exists() -> None:
    assert set(re.findall(r"`snum-tui ([a-z]+)", README)) <= commands()


def test_every_variable_is_in_the_table() -> None:
    told = set(re.findall(r"SNUM_TUI_\w+", ENVIRONMENT))
    assert told == set(re.findall(r"SNUM_TUI_\w+", README))


def test_the_figures_are_those_that_a_push_holds() -> None:
    """What is allowed is what the tests of bytes allow; and what they measure, as the text has it, is less."""
    lines = REFERENCE.split("### Thin lines")[1].split("\n\n")[1]
    allowed = (budgets.CALM_BYTES, budgets.ALL_SECONDS_BYTES, budgets.CELL_BYTES, budgets.KEY_BYTES)
    assert re.findall(r"\b(\d{2,3})\b", lines.split("It needs")[0]) == [str(one) for one in allowed]
    measured = budgets.FIGURES
    assert measured.key <= budgets.KEY_BYTES
    assert measured.cell <= budgets.CELL_BYTES
    assert measured.numbers <= budgets.CALM_BYTES
