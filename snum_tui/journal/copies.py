"""Where the daily backups of orders.db are, and what they are called."""

import re
from datetime import date
from pathlib import Path

FOLDER = "backups"
_NAME = re.compile(r"orders-\d{4}-\d{2}-\d{2}\.db", re.ASCII)


def copy_of(state_directory: Path, day: date) -> Path:
    """Return where the backup of a day belongs."""
    return state_directory / FOLDER / f"orders-{day.isoformat()}.db"


def copies_in(state_directory: Path) -> list[Path]:
    """Return the backups, oldest first; nothing else of their folder, and none where it cannot be read."""
    try:
        found = [entry for entry in (state_directory / FOLDER).iterdir() if _NAME.fullmatch(entry.name)]
    except OSError:
        return []
    return sorted(found)


def newest_copy(state_directory: Path) -> str | None:
    """Return the newest backup as a path within the state directory, None where there is none."""
    copies = copies_in(state_directory)
    return f"{FOLDER}/{copies[-1].name}" if copies else None
