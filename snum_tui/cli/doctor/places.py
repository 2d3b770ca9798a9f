"""The folders: whether they are there, can be used, and are nobody else's business."""

import os
import stat
from pathlib import Path
from shlex import quote

from snum_tui.cli.doctor.finding import Check, Finding, Status, ok
from snum_tui.domain.sentence import N_, Sentence, say
from snum_tui.domain.system_words import words_of

_OTHERS = 0o077
_VARIABLES = {
    Check.CONFIG_FOLDER: "SNUM_TUI_CONFIG_DIR",
    Check.STATE_FOLDER: "SNUM_TUI_STATE_DIR",
    Check.CACHE_FOLDER: "SNUM_TUI_CACHE_DIR",
}
_MUST_BE_WRITABLE = frozenset({Check.STATE_FOLDER})
"""Without room for orders none are sent; settings are read at most, and a cache can live in memory."""


def check_folder(check: Check, folder: Path) -> Finding:
    """Look at one of the three folders."""
    try:
        mode = stat.S_IMODE(folder.stat().st_mode)
        is_folder = folder.is_dir()
    except FileNotFoundError:
        return _missing(check, folder)
    except OSError as error:
        detail = say(N_("{path} cannot be looked at ({reason})"), path=folder, reason=words_of(error))
        return Finding(check, Status.ERROR, detail, _choose_another(check))
    if not is_folder:
        detail = say(N_("{path} is no folder"), path=folder)
        return Finding(check, Status.ERROR, detail, _choose_another(check))
    if not _can_use(folder, writing=check is not Check.CONFIG_FOLDER):
        detail = say(N_("{path}, {mode}, cannot be used by you"), path=folder, mode=written(mode))
        return Finding(check, _severity(check), detail, _choose_another(check))
    if mode & _OTHERS:
        detail = say(N_("{path}, {mode}: others on this machine can look into it"), path=folder, mode=written(mode))
        return Finding(check, Status.WARNING, detail, run(f"chmod 700 {quote(str(folder))}"))
    return ok(check, "{path}, {mode}", path=folder, mode=written(mode))


def file_mode(file: Path) -> int | None:
    """Return the rights of a file, None where it cannot be looked at or is not there."""
    try:
        return stat.S_IMODE(file.stat().st_mode)
    except OSError:
        return None


def exposed(check: Check, file: Path) -> Finding | None:
    """Warn of a file that others can read or write; None where they cannot."""
    mode = file_mode(file)
    if mode is None or not mode & _OTHERS:
        return None
    detail = say(N_("{path}, {mode}: others on this machine can read it"), path=file, mode=written(mode))
    return Finding(check, Status.WARNING, detail, run(f"chmod 600 {quote(str(file))}"))


def written(mode: int) -> str:
    """Write rights as chmod takes them: 0600."""
    return f"{mode:04o}"


def run(command: str) -> Sentence:
    """Advise a command."""
    return say(N_("Run: {command}"), command=command)


def _missing(check: Check, folder: Path) -> Finding:
    above = next(parent for parent in folder.parents if parent.exists())
    if above.is_dir() and _can_use(above, writing=True):
        return ok(check, N_("{path}, not there yet"), path=folder)
    detail = say(N_("{path} is not there and cannot be made"), path=folder)
    return Finding(check, _severity(check), detail, _choose_another(check))


def _can_use(folder: Path, *, writing: bool) -> bool:
    wanted = os.R_OK | os.X_OK | (os.W_OK if writing else 0)
    return os.access(folder, wanted, effective_ids=os.access in os.supports_effective_ids)


def _severity(check: Check) -> Status:
    return Status.ERROR if check in _MUST_BE_WRITABLE else Status.WARNING


def _choose_another(check: Check) -> Sentence:
    return say(N_("Check its rights, or set {variable} to another folder."), variable=_VARIABLES[check])
