"""The door: arguments in, the right program out. `--version` imports nothing heavy."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `snum-tui`. Returns the exit status: 0, 1 for a problem said in a sentence, 2 for wrong arguments."""
    if "_ARGCOMPLETE" in os.environ:
        from snum_tui.cli.completing import answer  # noqa: PLC0415 - a shell asks, at a Tab

        answer()
    given = sys.argv[1:] if arguments is None else list(arguments)
    parsed = _parsed(given) if given else None
    from snum_tui.cli.run import run  # noqa: PLC0415 - `--version`, `--help` and mistakes have ended above

    return run(parsed)


def _parsed(given: Sequence[str]) -> "argparse.Namespace":
    from snum_tui.cli.parser import parse  # noqa: PLC0415

    return parse(given)
