"""A disk as it may be after a power cut: only what was synced is surely there.

A file's content is safe once a sync of that file has returned, a name once a sync of its folder has: POSIX promises
nothing else. Of the rest, some may have reached the disk all the same, in any order.
"""

import random
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from tests.sweep.faults import Effect, Kind
from tests.sweep.steps import CREATED, EMPTIED, Step

SECTOR_BYTES = 512
"""What a disk writes as a whole or not at all."""

Change = Callable[[bytearray], None]
Tree = Mapping[str, bytes | None]
"""Contents by path relative to the watched folder; None for a folder."""

STATE = "state/"


class Survival(NamedTuple):
    """What reaches the disk of all that was never synced. Each is asked anew for every change."""

    name: Callable[[], bool]
    content: Callable[[], bool]


NOTHING = Survival(lambda: False, lambda: False)
EVERYTHING = Survival(lambda: True, lambda: True)
ONLY_NAMES = Survival(lambda: True, lambda: False)
ONLY_CONTENT = Survival(lambda: False, lambda: True)


def by_chance(seed: int) -> Survival:
    """Let every change survive or not, as the seed says."""
    chance = random.Random(seed)  # noqa: S311 - a choice among disks, no secret
    return Survival(lambda: chance.random() < 0.5, lambda: chance.random() < 0.5)


class File:
    """What was written into a file: safe, and since the last sync."""

    def __init__(self) -> None:
        self.safe = b""
        self.since: list[Change] = []

    def after_cut(self, survival: Survival) -> bytes:
        """Return a content it may have after a power cut."""
        content = bytearray(self.safe)
        for change in self.since:
            if survival.content():
                change(content)
        return bytes(content)

    def write(self, offset: int, data: bytes) -> None:
        """Write. Each sector is a change of its own."""
        for start in range(0, len(data), SECTOR_BYTES):
            self.since.append(_writing(offset + start, data[start : start + SECTOR_BYTES]))

    def cut_off(self, length: int) -> None:
        """Truncate, or lengthen by zeros."""
        self.since.append(_cutting(length))

    def sync(self) -> None:
        """Make all of it safe."""
        self.safe = self.after_cut(EVERYTHING)
        self.since.clear()


_NO_FOLDER = File()


class Disk:
    """Follows the steps of a life, from an empty watched folder on."""

    def __init__(self) -> None:
        self._files: dict[int, File] = {}
        self._names: dict[str, File | None] = {}
        self._safe_names: dict[str, File | None] = {}
        self._since: list[tuple[str, bool, File | None]] = []
        """Name changes in their order: the path, whether it is there from now on, and what it leads to."""

    def follow(self, steps: Iterable[Step]) -> None:
        """Let these steps happen, as far as they did."""
        for step in steps:
            if step.kind.is_about_disk and step.was_done:
                self._do(step)

    def after_cut(self, survival: Survival) -> Tree:
        """Return what the watched folder may hold after a power cut at this moment."""
        names = dict(self._safe_names)
        for path, is_there, node in self._since:
            if survival.name():
                _set(names, path, node, is_there=is_there)
        tree = {path: None if node is None else node.after_cut(survival) for path, node in names.items()}
        return {path: content for path, content in tree.items() if _is_reachable(path, tree)}

    def held_bytes(self, survival: Survival) -> int:
        """Return how much room the state folder's content takes after a power cut at this moment.

        The cache is never synced: what of it is on the disk nobody knows, and it would hide what the journal needs.
        """
        tree = self.after_cut(survival)
        return sum(len(content or b"") for path, content in tree.items() if path.startswith(STATE))

    def _do(self, step: Step) -> None:
        match step.kind:
            case Kind.OPEN:
                self._open(step)
            case Kind.WRITE:
                whole = step.effect is Effect.DONE_BUT_FAIL
                self._files[step.inode].write(step.offset, step.data if whole else step.data[: step.result])
            case Kind.TRUNCATE:
                self._files[step.inode].cut_off(step.offset)
            case Kind.SYNC:
                self._sync(step)
            case Kind.MKDIR:
                self._change_name(step.path, None, is_there=True)
            case Kind.UNLINK:
                self._change_name(step.path, None, is_there=False)
            case Kind.LINK | Kind.RENAME:
                self._change_name(step.target, self._names[step.path], is_there=True)
                if step.kind is Kind.RENAME:
                    self._change_name(step.path, None, is_there=False)

    def _open(self, step: Step) -> None:
        if step.offset & CREATED:
            self._files[step.inode] = File()
            self._change_name(step.path, self._files[step.inode], is_there=True)
        elif step.offset & EMPTIED:
            self._files[step.inode].cut_off(0)

    def _sync(self, step: Step) -> None:
        # Told apart by the path: a new folder may have the inode of a file that was deleted.
        if step.path != "." and self._names.get(step.path, _NO_FOLDER) is not None:
            self._files[step.inode].sync()
            return
        for path, is_there, node in self._since:
            if _folder_of(path) == step.path:
                _set(self._safe_names, path, node, is_there=is_there)
        self._since = [change for change in self._since if _folder_of(change[0]) != step.path]

    def _change_name(self, path: str, node: File | None, *, is_there: bool) -> None:
        self._since.append((path, is_there, node))
        _set(self._names, path, node, is_there=is_there)


def build(tree: Tree, home: Path) -> None:
    """Make the files and folders of a tree under `home`."""
    home.mkdir(parents=True)
    for path, content in sorted(tree.items()):
        if content is None:
            (home / path).mkdir()
        else:
            (home / path).write_bytes(content)


def _writing(offset: int, data: bytes) -> Change:
    def write(content: bytearray) -> None:
        content.extend(bytes(max(0, offset - len(content))))
        content[offset : offset + len(data)] = data

    return write


def _cutting(length: int) -> Change:
    def cut(content: bytearray) -> None:
        del content[length:]
        content.extend(bytes(length - len(content)))

    return cut


def _set(names: dict[str, File | None], path: str, node: File | None, *, is_there: bool) -> None:
    if is_there:
        names[path] = node
    else:
        names.pop(path, None)


def _folder_of(path: str) -> str:
    return str(PurePosixPath(path).parent)


def _is_reachable(path: str, tree: Tree) -> bool:
    return all(str(folder) in tree for folder in PurePosixPath(path).parents if str(folder) != ".")
