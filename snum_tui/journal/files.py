"""The journal's folder and files on disk: private, and surely there after a power cut."""

import os
from pathlib import Path

from snum_tui.journal.errors import of_system

PRIVATE_DIRECTORY = 0o700
PRIVATE_FILE = 0o600

Identity = tuple[int, int]
"""Device and inode: two paths with the same pair are the same file."""


def make_directory(directory: Path) -> None:
    """Create the folder, for its owner only. One that exists keeps its mode: it may be the person's own choice.

    Whatever is made is still there after a power cut: what is synced in a folder is lost together with the folder.
    Raises JournalError.
    """
    try:
        missing = [folder for folder in (directory, *directory.parents) if not folder.exists()]
        directory.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)
    except OSError as error:
        raise of_system(error, directory) from error
    for folder in missing:
        sync_directory(folder.parent)


def make_private_file(path: Path) -> None:
    """Create the file empty with mode 0600, or take away everybody else's rights to one that exists.

    An existing one is not opened: closing it again would drop the locks SQLite holds on it in this process.
    Raises JournalError.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE_FILE))
    except FileExistsError:
        _take_rights_away(path)
    except OSError as error:
        raise of_system(error, path) from error
    else:
        sync_directory(path.parent)


def write_private_file(path: Path, content: bytes) -> None:
    """Write a whole new file with mode 0600 and sync it. Leaves none behind where that fails (OSError)."""
    descriptor = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, PRIVATE_FILE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def give_name(source: Path, target: Path) -> None:
    """Let the finished file `source` appear as `target` at once, unless another program was faster.

    Raises JournalError.
    """
    try:
        os.link(source, target)
    except FileExistsError:
        return
    except OSError:
        # A file system without hard links: the moment in which another could be overwritten is the smaller evil.
        try:
            source.rename(target)
        except OSError as error:
            raise of_system(error, target) from error
    sync_directory(target.parent)


def sync_directory(directory: Path) -> None:
    """Make the names in the folder survive a power cut. Some file systems have no such call; then it is theirs."""
    try:
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)


def identity_of(path: Path) -> Identity | None:
    """Return which file stands at the path now; None for none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _take_rights_away(path: Path) -> None:
    try:
        if path.stat().st_mode & 0o777 != PRIVATE_FILE:
            path.chmod(PRIVATE_FILE)
    except OSError:
        # Not ours to change (another owner): whether it can be written shows on opening it.
        return
