"""`snum-tui doctor` in folders of its own. Whatever it is about, no run may change a file or show the key."""

import argparse
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from snum_tui.cli import main
from snum_tui.sandbox.options import SandboxOptions
from snum_tui.sandbox.server import SandboxServer

SHORTEST_PART = 5
"""So many characters of a key in a row are told by nothing but the key."""

Examine = Callable[..., dict[str, Any]]
"""The fixture `examine`."""


@pytest.fixture(autouse=True)
def _argparse_of_the_next_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let argparse speak as before, once a test had it speak Turkish: there is one for all."""
    monkeypatch.setattr(argparse, "_", argparse._)  # type: ignore[attr-defined]


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of config, state and cache; none of them exists, and nothing of this machine's settings counts."""
    for name in os.environ:
        if name.startswith(("SNUM_TUI_", "SSH_", "LC_")) or name in {"TMUX", "STY", "NO_COLOR", "TERM_PROGRAM"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "C.UTF-8")
    for variable, folder in (("CONFIG", "config"), ("STATE", "state"), ("CACHE", "cache")):
        monkeypatch.setenv(f"SNUM_TUI_{variable}_DIR", str(tmp_path / folder))
    return tmp_path


@pytest.fixture
def configure(folders: Path) -> Callable[[str], Path]:
    """Write config.toml, for its owner alone."""

    def write(text: str) -> Path:
        file = folders / "config" / "config.toml"
        file.parent.mkdir(mode=0o700, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def open_site(monkeypatch: pytest.MonkeyPatch, folders: Path) -> Iterator[Callable[..., SandboxServer]]:
    """Serve a sandbox, and set the environment to it and its key."""
    del folders
    with ExitStack() as stack:

        def serve(**options: Any) -> SandboxServer:
            site = stack.enter_context(SandboxServer(SandboxOptions(port=0, **options)))
            monkeypatch.setenv("SNUM_TUI_SITE", site.url)
            monkeypatch.setenv("SNUM_TUI_API_KEY", site.key)
            return site

        yield serve


@pytest.fixture
def examine(folders: Path, capsys: pytest.CaptureFixture[str]) -> Examine:
    """Run `snum-tui doctor --json` and return its objects by check; `keys` are further ones to hide."""

    def run(*arguments: str, keys: tuple[str, ...] = ()) -> dict[str, Any]:
        before = _all_of(folders)
        status = main(["doctor", "--json", *arguments])
        out, err = capsys.readouterr()
        assert _all_of(folders) == before
        assert err == ""
        for key in (*keys, os.environ.get("SNUM_TUI_API_KEY", "")):
            assert not any(part in out for part in _parts(key)), "a part of the key"
        records = [json.loads(line) for line in out.splitlines()]
        assert all(list(record) == ["check", "status", "detail", "advice"] for record in records)
        found = {record["check"]: record for record in records}
        assert len(found) == len(records)
        assert status == int(any(record["status"] == "error" for record in records))
        return found

    return run


def _parts(key: str) -> Iterator[str]:
    return (key[start : start + SHORTEST_PART] for start in range(len(key) - SHORTEST_PART + 1))


def _all_of(folder: Path) -> dict[str, object]:
    """Return everything that could be changed in a folder: names, rights, times, contents."""
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        seen = path.lstat()
        content = path.read_bytes() if path.is_file() else b""
        found[str(path)] = (seen.st_mode, seen.st_mtime_ns, seen.st_ino, content)
    return found
