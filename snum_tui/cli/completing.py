"""Answers a shell that asks what can come next on the command line, as the scripts of `snum-tui completion` do."""

import argparse
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import argcomplete
from argcomplete.completers import BaseCompleter

from snum_tui.cli.parser import language_of, make_parser, names_a_sandbox
from snum_tui.sandbox.words import Text

Candidates = Iterable[str] | Mapping[str, str]
"""What may be written, or that with its descriptions."""


def answer() -> None:
    """Write the candidates to where the shell reads them, and end the program: on the spot, and without a word."""
    words = os.environ.get("COMP_LINE", "").split()
    text = language_of(words)
    parser = make_parser(sandbox_options=names_a_sandbox(words), text=text)
    argcomplete.autocomplete(parser, always_complete_options=False, default_completer=_Values(text))


class _Values(BaseCompleter):
    """Knows what an option means whose values the parser cannot list."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def __call__(
        self,
        *,
        prefix: str,
        action: argparse.Action,
        parser: argparse.ArgumentParser,  # noqa: ARG002 - argcomplete's signature
        parsed_args: argparse.Namespace,  # noqa: ARG002 - as above
    ) -> Candidates:
        if action.dest == "profile":
            return _profiles()
        if action.dest == "sandbox_ledger_file":
            return _paths(prefix)
        return _of_the_sandbox(prefix, action.dest, self._text)


def _profiles() -> tuple[str, ...]:
    from snum_tui.settings.config import read_profile_names  # noqa: PLC0415 - each value loads only what it needs
    from snum_tui.settings.paths import find_paths  # noqa: PLC0415

    return read_profile_names(find_paths(os.environ).config_file)


def _paths(prefix: str) -> Iterator[str]:
    """Name what lies in the folder that is written so far; folders end in a slash."""
    written, slash, start = prefix.rpartition("/")
    try:
        entries = sorted(Path(written + slash or ".").expanduser().iterdir())
    except (OSError, RuntimeError):  # no such folder, or no such person's
        return
    for entry in entries:
        # Hidden ones only where their point is written.
        if entry.name.startswith(start) and (start or not entry.name.startswith(".")):
            yield f"{written}{slash}{entry.name}{'/' if entry.is_dir() else ''}"


def _of_the_sandbox(prefix: str, field: str, text: Text) -> Candidates:
    if field == "sandbox_dialects":
        from snum_tui.sandbox.dialect_names import DIALECTS  # noqa: PLC0415 - as above

        before, comma, _ = prefix.rpartition(",")
        return {f"{before}{comma}{name}": text(meaning) for name, meaning in DIALECTS.items()}
    if field == "sandbox_faults":
        from snum_tui.sandbox.fault_plan import CALLS, KIND_MEANINGS  # noqa: PLC0415 - as above

        return {f"{call}:{kind}": text(meaning) for call in CALLS for kind, meaning in KIND_MEANINGS.items()}
    return ()
