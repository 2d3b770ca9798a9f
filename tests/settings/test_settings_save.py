"""config.toml is written whole, privately, and without losing what the person had in it."""

import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from snum_tui.settings.errors import CannotSave, ConfigUnreadable
from snum_tui.settings.load import Settings
from snum_tui.settings.paths import Paths
from snum_tui.settings.save import write_config

Write = Callable[[str], Path]
Load = Callable[..., Settings]

NEW = {"language": "tr", "profiles": {"work": {"site": "https://sms.tc", "api_key": 'a"\\b'}}}


def test_what_is_written_is_what_is_loaded(load: Load, paths: Paths) -> None:
    """In a folder that was not there, for its owner alone."""
    write_config(paths, NEW)
    settings = load()
    assert (settings.profile, settings.language, settings.key.reveal()) == ("work", "tr", 'a"\\b')
    assert paths.config_file.stat().st_mode & 0o777 == 0o600
    assert paths.config_directory.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in paths.config_directory.iterdir()] == ["config.toml"]


def test_what_nobody_knows_stays(paths: Paths, write: Write) -> None:
    """Another version's option, another profile."""
    write(
        """
        colour = "blue"
        language = "en"
        theme = "nord"
        [profiles.work]
        site = "https://old.example"
        refund_second = 5
        [profiles.home]
        site = "https://onaytr.com"
        """
    )
    write_config(paths, {**NEW, "theme": None})
    assert tomllib.loads(paths.config_file.read_text()) == {
        "colour": "blue",
        "language": "tr",
        "profiles": {
            "work": {"site": "https://sms.tc", "refund_second": 5, "api_key": 'a"\\b'},
            "home": {"site": "https://onaytr.com"},
        },
    }


def test_a_loose_file_is_private_after_writing(paths: Paths, write: Write) -> None:
    """Now it holds a key."""
    write("theme = 'nord'").chmod(0o644)
    write_config(paths, NEW)
    assert paths.config_file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_no_toml_is_left_as_it_is(paths: Paths, write: Write) -> None:
    """A slip of the pen must not cost the rest."""
    file = write("[profiles.work\nsite = 'x'")
    before = file.read_bytes()
    with pytest.raises(ConfigUnreadable):
        write_config(paths, NEW)
    assert file.read_bytes() == before


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(paths: Paths, write: Write) -> None:
    """A value that TOML cannot hold is our mistake, found before the file is touched."""
    file = write("theme = 'nord'")
    with pytest.raises(TypeError):
        write_config(paths, {"theme": object()})
    assert file.read_text() == "theme = 'nord'"
    assert list(paths.config_directory.iterdir()) == [file]


def test_a_place_that_cannot_be_written_is_told(paths: Paths) -> None:
    """A file stands where the folder should be."""
    paths.config_directory.parent.mkdir(exist_ok=True)
    paths.config_directory.write_text("a file")
    with pytest.raises((CannotSave, ConfigUnreadable)) as caught:
        write_config(paths, NEW)
    assert str(paths.config_file) in str(caught.value)


def test_a_rename_that_fails_leaves_no_half_file(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the disk goes at the last moment."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(CannotSave) as caught:
        write_config(paths, NEW)
    assert "no space left on the disk" in str(caught.value)
    assert list(paths.config_directory.iterdir()) == []


def test_all_of_it_is_on_the_disk_before_it_takes_the_old_ones_place(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Renamed first, a power cut could leave an empty file; and the new name itself is to last, too."""
    done: list[str] = []
    sync, rename = os.fsync, Path.replace

    def noted_sync(descriptor: int) -> None:
        target = Path(f"/proc/self/fd/{descriptor}").resolve()
        done.append("folder" if target.is_dir() else target.read_text())
        sync(descriptor)

    def noted_rename(self: Path, target: Path) -> Path:
        done.append("renamed")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_rename)
    write_config(paths, NEW)
    assert done == [paths.config_file.read_text(), "renamed", "folder"]


def test_a_link_into_a_folder_of_dotfiles_stays_one(paths: Paths, tmp_path: Path) -> None:
    """People keep their settings elsewhere and link to them."""
    target = tmp_path / "dotfiles.toml"
    target.write_text("theme = 'nord'")
    paths.config_directory.mkdir()
    paths.config_file.symlink_to(target)
    write_config(paths, NEW)
    assert paths.config_file.is_symlink()
    assert tomllib.loads(target.read_text())["theme"] == "nord"
    assert tomllib.loads(target.read_text())["language"] == "tr"
