"""What a person wrote by hand is not lost: an unchanged file is not touched, and comments are copied."""

from collections.abc import Callable
from pathlib import Path

import pytest

from snum_tui.settings.changing import change_option
from snum_tui.settings.paths import Paths
from snum_tui.settings.save import has_comments, write_config

Write = Callable[[str], Path]


def test_a_choice_that_changes_nothing_does_not_touch_the_file(paths: Paths, write: Write) -> None:
    """Neither comments nor rights, nor the file itself."""
    file = write('# by hand\ntheme = "snum-light"  # by day\n')
    file.chmod(0o640)
    before = file.stat()
    assert change_option(paths, ("theme",), "snum-light") is None
    assert change_option(paths, ("language",), None) is None
    assert file.read_text() == '# by hand\ntheme = "snum-light"  # by day\n'
    assert (file.stat().st_ino, file.stat().st_mode) == (before.st_ino, before.st_mode)
    assert list(paths.config_directory.iterdir()) == [file]


def test_nothing_set_where_nothing_was_makes_no_file(paths: Paths) -> None:
    assert change_option(paths, ("theme",), None) is None
    assert not paths.config_directory.exists()


def test_comments_are_kept_beside_the_file_for_its_owner_alone(paths: Paths, write: Write) -> None:
    by_hand = '# by hand\ntheme = "snum-light"\n'
    write(by_hand).chmod(0o644)
    copy = change_option(paths, ("theme",), "snum-dark")
    assert copy == paths.config_directory / "config.toml.bak"
    assert copy.read_text() == by_hand
    assert copy.stat().st_mode & 0o777 == 0o600
    assert paths.config_file.read_text() == 'theme = "snum-dark"\n'
    assert change_option(paths, ("theme",), "ansi-dark") is None
    assert copy.read_text() == by_hand


def test_no_copy_takes_the_place_of_another(paths: Paths, write: Write) -> None:
    """The first may be somebody else's."""
    for number, name in enumerate(("config.toml.bak", "config.toml.bak2", "config.toml.bak3")):
        write(f"# {number}\ncalm = true\n")
        assert write_config(paths, {"calm": False}) == paths.config_directory / name
    write("# 1\ncalm = true\n")
    assert write_config(paths, {"calm": False}) == paths.config_directory / "config.toml.bak2"
    kept = {path.name: path.read_text()[2] for path in paths.config_directory.glob("*.bak*")}
    assert kept == {"config.toml.bak": "0", "config.toml.bak2": "1", "config.toml.bak3": "2"}


def test_a_copy_that_cannot_be_made_leaves_the_file_as_it_is(
    paths: Paths, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write("# by hand\ncalm = true\n")

    def fail(*_: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(Exception, match="no space left"):
        write_config(paths, {"calm": False})
    assert file.read_text() == "# by hand\ncalm = true\n"
    assert list(paths.config_directory.iterdir()) == [file]


@pytest.mark.parametrize(
    ("text", "has_some"),
    [
        ('site = "https://one.example/#top"', False),
        ('key = "a\\"#b"', False),
        ("key = 'a\\'\n# b", True),
        ("key = '#'", False),
        ('key = """a\n# "b" \\""" #\n"""', False),
        ("key = '''it's\n# b'''", False),
        ('key = "a" # b', True),
        ("key = ''''#''''", False),
        ("", False),
    ],
)
def test_a_sign_within_a_text_is_no_comment(text: str, *, has_some: bool) -> None:
    assert has_comments(text) is has_some
