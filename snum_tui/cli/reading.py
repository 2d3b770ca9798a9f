"""config.toml for the programs that go on where it cannot be used: they say so, and take what is good of it."""

from dataclasses import dataclass
from pathlib import Path

from snum_tui.domain.sentence import Sentence
from snum_tui.settings.config import Config, read_config
from snum_tui.settings.errors import ConfigUnreadable, SettingsError
from snum_tui.ui.actions import key_table


@dataclass(frozen=True, slots=True)
class Reading:
    """config.toml as it was read. With a `problem`, `config` is what can still be used of it.

    `more` are what else is wrong in it; `misfits` the options that are not as they must be. `is_toml` is False
    where nothing of it could be read.
    """

    file: Path
    config: Config
    problem: Sentence | None = None
    more: tuple[Sentence, ...] = ()
    misfits: frozenset[tuple[str, ...]] = frozenset()
    is_toml: bool = True

    @property
    def problems(self) -> tuple[Sentence, ...]:
        """All that is wrong in it."""
        return () if self.problem is None else (self.problem, *self.more)


def read(file: Path) -> Reading:
    """Read config.toml; raises nothing."""
    try:
        return Reading(file, read_config(file, key_table()))
    except ConfigUnreadable as error:
        return Reading(file, Config(), error.sentence, error.more, is_toml=False)
    except SettingsError as error:
        problem, more = error.sentence, error.more
    from snum_tui.settings.config_salvage import salvage  # noqa: PLC0415 - only where there is a mistake

    good = salvage(file, key_table())
    return Reading(file, good.config, problem, more, good.misfits)
