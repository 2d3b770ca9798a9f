"""Where the pictures are kept: screenshots/, for the README, for people, and for the tests to compare with."""

from pathlib import Path

SCREENSHOTS = Path(__file__).resolve().parents[3] / "screenshots"
COMMAND = "python -m tests.ui.pictures"


def path_of(picture: str) -> Path:
    """Return the file of a picture."""
    return SCREENSHOTS / f"{picture}.svg"


def kept(picture: str) -> str | None:
    """Return a picture as it is kept; None where it is missing."""
    path = path_of(picture)
    return path.read_text(encoding="utf-8") if path.is_file() else None


def keep(picture: str, svg: str) -> bool:
    """Keep a picture; tell whether it differs from what was kept."""
    differs = kept(picture) != svg
    if differs:
        SCREENSHOTS.mkdir(exist_ok=True)
        path_of(picture).write_text(svg, encoding="utf-8")
    return differs


def left_over(wanted: set[str]) -> set[str]:
    """Return the names of the pictures that nobody takes any more."""
    return {path.stem for path in SCREENSHOTS.glob("*.svg")} - wanted
