"""The screens' tests: the whole app, in surroundings that do not change."""

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.ui.session import Session, stage

OF_THIS_MACHINE = (
    *("TMUX", "STY", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"),
    *("DISPLAY", "WAYLAND_DISPLAY", "TERM_PROGRAM", "LC_TERMINAL"),
)
"""What a copy or a notification would go by."""


@pytest.fixture(autouse=True)
def _frozen_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing of the machine's own shows or is touched: zone, tmux, colours, clipboard."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    for name in (*OF_THIS_MACHINE, "NO_COLOR", "COLORTERM", "TEXTUAL_ANIMATIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def desk(tmp_path: Path) -> Callable[..., object]:
    """Return what opens the app in a size, on a sandbox with options; use it with `async with`."""

    @asynccontextmanager
    async def open_desk(size: tuple[int, int] = (120, 40), **options: object) -> AsyncIterator[Session]:
        with stage(tmp_path, **options) as made:  # type: ignore[arg-type]  # the test names the options
            async with made.app.run_test(size=size) as pilot:
                yield made.session(pilot)

    return open_desk
