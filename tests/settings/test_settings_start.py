"""A start that needs no file pays for none."""

import subprocess
import sys
from pathlib import Path

import snum_tui

LOAD = """
import sys
from snum_tui.settings.load import load_settings
from snum_tui.settings.paths import find_paths
environment = {f"SNUM_TUI_{name}_DIR": sys.argv[1] for name in ("CONFIG", "STATE", "CACHE")}
environment |= {"SNUM_TUI_SITE": "https://sms.tc", "SNUM_TUI_API_KEY": "k"}
settings = load_settings(environment, find_paths(environment), profile=None, language=None)
print(*sorted({name.partition(".")[0] for name in sys.modules} & set(sys.argv[2:])), settings.profile)
"""
HEAVY = ("pydantic", "platformdirs", "tomllib", "tomli_w", "subprocess", "tempfile", "sqlite3", "httpx", "textual")


def loaded_modules(directory: Path) -> list[str]:
    """Load the settings in a process of their own; return which heavy modules came along, and the profile."""
    result = subprocess.run(  # noqa: S603 - our own interpreter on our own text
        [sys.executable, "-c", LOAD, str(directory), *HEAVY],
        cwd=Path(snum_tui.__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.split()


def test_without_a_file_nothing_heavy_is_imported(tmp_path: Path) -> None:
    """Pydantic alone costs 40 ms."""
    assert loaded_modules(tmp_path) == ["default"]


def test_with_a_file_only_what_checks_it_is_imported(tmp_path: Path) -> None:
    """Neither the writer of TOML nor the folders of the platform."""
    (tmp_path / "config.toml").write_text("theme = 'snum-light'")
    modules = loaded_modules(tmp_path)
    assert "pydantic" in modules
    assert not {"platformdirs", "tomli_w", "sqlite3", "httpx", "textual"} & set(modules)
