"""What the README says was measured of bytes at 80x24, for the tests that measure them."""

import re
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"
BAND = (0.75, 1.25)
"""A figure may be rounded, and a run differ; but what costs a quarter more is another figure."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Bytes: of a cursor key, of a changed price, and of ten open numbers in a second."""

    key: int
    cell: int
    numbers: int


def read_figures() -> Figures:
    """Return the figures as they stand in the README."""
    measured = README.read_text(encoding="utf-8").split("## SSH and tmux")[1].split("\n## ")[0]
    key, cell, numbers = (int(one) for one in re.findall(r"\b(\d{2,3})\b", measured))
    return Figures(key, cell, numbers)


def is_true(figure: int, measured: float) -> bool:
    """Tell whether what was measured now can be called so."""
    least, most = BAND
    return least * figure <= measured <= most * figure
