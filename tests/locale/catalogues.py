"""Keeps the gettext catalogues: extracts every marked sentence, updates the translation, compiles it.

`python -m tests.locale.catalogues` rewrites the .po and the .mo; the tests beside it fail when either is stale.
"""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "snum_tui"
PO = PACKAGE / "locale" / "tr" / "LC_MESSAGES" / "snum_tui.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"N_": None, "NP_": (1, 2)}
METHODS = [("**.py", "python")]
"""The sandbox marks what it tells its starter; as a site it speaks the sites' own Turkish, which bears no mark."""


def extract() -> Catalog:
    """Return a template catalogue of every marked sentence."""
    template = Catalog(project="snum-tui", charset="utf-8", fuzzy=False)
    found = extract_from_dir(PACKAGE, method_map=METHODS, keywords=KEYWORDS, strip_comment_tags=True)
    for path, _line, message, _comments, _context in sorted(found, key=lambda one: (one[0], one[1])):
        # A file without its line: moving code must not make a translation look stale.
        template.add(message, locations=[(f"snum_tui/{path}", None)])  # type: ignore[list-item]  # babel writes it so
    return template


def read_translation() -> Catalog:
    """Return the Turkish catalogue as it stands in the tree."""
    if not PO.exists():
        return Catalog(locale="tr", project="snum-tui", charset="utf-8", fuzzy=False)
    with PO.open("rb") as file:
        return read_po(file, locale="tr")


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def main() -> None:
    """Update and compile; prints what still has no translation."""
    catalogue = read_translation()
    catalogue.update(extract(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, omit_header=False)
    MO.write_bytes(compiled(read_translation()))
    for message in catalogue:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not all(forms):
            print(f"no translation: {message.id!r}")  # noqa: T201 - a tool's output


if __name__ == "__main__":
    main()
