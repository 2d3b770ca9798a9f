"""A config.toml in a folder of its own, and an environment that holds nothing else."""

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from snum_tui.domain.keys import KeyTable
from snum_tui.domain.sentence import Sentence
from snum_tui.settings.errors import SettingsError
from snum_tui.settings.load import Settings, load_settings
from snum_tui.settings.paths import Paths

SECRET = "7f3aa0c1d2e34f5566778899aabbccdd"  # noqa: S105 - made up


@pytest.fixture
def secret() -> str:
    """A key as one site makes them."""
    return SECRET


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """Three folders that do not exist yet."""
    return Paths(tmp_path / "config", tmp_path / "state", tmp_path / "cache")


@pytest.fixture
def write(paths: Paths) -> Callable[[str], Path]:
    """Write config.toml, for its owner alone; {secret} stands for the key."""

    def write_text(text: str) -> Path:
        paths.config_directory.mkdir(exist_ok=True)
        paths.config_file.touch(mode=0o600)
        paths.config_file.write_text(dedent(text).lstrip().replace("{secret}", SECRET), encoding="utf-8")
        return paths.config_file

    return write_text


@pytest.fixture
def load(paths: Paths) -> Callable[..., Settings]:
    """Load the settings from an environment of exactly the named variables, SNUM_TUI_ left out."""

    def load_named(
        *,
        profile: str | None = None,
        language: str | None = None,
        known_keys: KeyTable | None = None,
        **variables: str,
    ) -> Settings:
        environment = {f"SNUM_TUI_{name}": value for name, value in variables.items()}
        environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"
        return load_settings(environment, paths, profile=profile, language=language, known_keys=known_keys)

    return load_named


@pytest.fixture
def told() -> Callable[[SettingsError | Sentence], str]:
    """Read a sentence as a person does; with an error also make sure that the key is nowhere in it."""

    def tell(what: SettingsError | Sentence) -> str:
        if isinstance(what, Sentence):
            return in_english(what)
        chain: list[BaseException | None] = [what]
        while (last := chain[-1]) is not None:
            assert SECRET not in str(last) + repr(last) + repr(vars(last))
            chain.append(last.__cause__ or last.__context__)
        return in_english(what.sentence)

    return tell


def in_english(sentence: Sentence) -> str:
    """Fill a sentence in, with those inside it."""
    return sentence.template.format_map(filled(sentence.values))


def filled(values: Mapping[str, object]) -> dict[str, object]:
    """Fill in the sentences among the values."""
    return {name: in_english(value) if isinstance(value, Sentence) else value for name, value in values.items()}
