"""Where the style sheets are."""

from pathlib import Path

SHEETS = ("frame.tcss", "lists.tcss", "dialogs.tcss", "forms.tcss", "layouts.tcss")


def style_paths() -> list[Path]:
    """Return the sheets: inside an installed package, or beside it in a checkout (FACTS, packaging)."""
    package = Path(__file__).parent.parent
    installed, checkout = package / "styles", package.parent / "styles"
    directory = installed if installed.is_dir() else checkout
    return [(directory / name).resolve() for name in SHEETS]
