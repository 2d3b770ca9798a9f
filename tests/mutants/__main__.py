"""Shows that the tests notice every mistake of the table: `python -m tests.mutants [words of a name]`.

Each edit is made in a copy of the tree, and its tests are run there, once without it before: a test that fails
anyway notices nothing. Exit status 1 where one mistake goes unnoticed, or its place is no longer found.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mutants.table import MUTANTS, Mutant

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("snum_tui", "tests", "styles", "pyproject.toml", "README.md")
PATIENCE_SECONDS = 900


def main(words: list[str]) -> int:
    """Try every mutant whose name has all of the words; prints one line each."""
    chosen = [mutant for mutant in MUTANTS if all(word in mutant.name for word in words)]
    needed = tuple(dict.fromkeys(test for mutant in chosen for test in mutant.tests))
    if chosen and (red := _first_failure(needed)) is not None:
        _say(f"fails without any mistake: {red}")
        return 1
    survived = 0
    for mutant in chosen:
        caught = _first_failure(mutant.tests, mutant)
        survived += caught is None
        _say(f"{mutant.name:62} {caught or 'SURVIVED'}")
    _say(f"{len(chosen)} mistakes, {len(chosen) - survived} noticed")
    return 1 if survived or not chosen else 0


def _first_failure(tests: tuple[str, ...], mutant: Mutant | None = None) -> str | None:
    """Return the first of the tests that fails, with the mistake in the source or without; None for none."""
    with tempfile.TemporaryDirectory(prefix="snum-tui-mutant-") as folder:
        tree = Path(folder)
        for name in COPIED:
            source = ROOT / name
            copy = shutil.copytree if source.is_dir() else shutil.copy2
            copy(source, tree / name)
        if mutant is not None and not _put_in(mutant, tree):
            return None
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
        done = subprocess.run(  # noqa: S603 - our own tests
            command, cwd=tree, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
        )
    found = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    return found[1] if found and done.returncode else None


def _put_in(mutant: Mutant, tree: Path) -> bool:
    path = tree / mutant.file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
    return text.count(mutant.old) == 1


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - the list is the purpose


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
