"""Prints what was measured, one line each."""

from collections.abc import Sequence

Line = tuple[str, ...]


def print_table(title: str, head: Line, lines: Sequence[Line]) -> None:
    """Print a table: the first column to the left, all others to the right."""
    rows = [head, *lines]
    widths = [max(len(row[at]) for row in rows) for at in range(len(head))]
    _say(f"\n{title}")
    for row in rows:
        first, *others = (
            cell.ljust(width) if not at else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        _say("  ".join(["  " + first, *others]).rstrip())


def verdict(ratio: float, goal: float) -> str:
    """Say whether a goal is met. Missing it fails nothing: times differ from machine to machine."""
    return f"goal {goal:g}x {'met' if ratio <= goal else 'MISSED'}"


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - the table is the purpose
