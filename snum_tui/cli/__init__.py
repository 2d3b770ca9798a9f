"""The door: arguments in, the right program out. `--version` imports nothing heavy."""

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `snum-tui`. Returns the exit status: 0, 1 for a problem said in a sentence, 2 for wrong arguments."""
    from snum_tui.cli.parser import parse  # noqa: PLC0415 - keeps the package importable at no cost

    # `--version`, `--help` and mistakes end in here.
    parsed = parse(arguments)
    from snum_tui.cli.run import run  # noqa: PLC0415 - 20 ms that they need not wait for

    return run(parsed)
