"""Where the settings, the orders and the cache are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CONFIG_NAME = "config.toml"
_APPLICATION = "snum-tui"


@dataclass(frozen=True, slots=True)
class Paths:
    """The three folders; none of them need exist."""

    config_directory: Path
    state_directory: Path
    cache_directory: Path

    @property
    def config_file(self) -> Path:
        """The file the person writes."""
        return self.config_directory / CONFIG_NAME


def find_paths(environment: Mapping[str, str]) -> Paths:
    """Take SNUM_TUI_CONFIG_DIR, _STATE_DIR and _CACHE_DIR, and the platform's own folders for those not set."""
    config = _given(environment, "SNUM_TUI_CONFIG_DIR")
    state = _given(environment, "SNUM_TUI_STATE_DIR")
    cache = _given(environment, "SNUM_TUI_CACHE_DIR")
    if config and state and cache:
        return Paths(config, state, cache)
    # Late: not needed where everything is given, and every millisecond of the start counts.
    import platformdirs  # noqa: PLC0415 - late, see above

    return Paths(
        config or platformdirs.user_config_path(_APPLICATION, appauthor=False),
        state or platformdirs.user_state_path(_APPLICATION, appauthor=False),
        cache or platformdirs.user_cache_path(_APPLICATION, appauthor=False),
    )


def _given(environment: Mapping[str, str], name: str) -> Path | None:
    text = environment.get(name, "")
    return Path(text).expanduser().absolute() if text.strip() else None
