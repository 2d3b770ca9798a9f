"""The screens' tests: the whole app, in surroundings that do not change."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.ui.session import Session, stage
from tests.ui.surroundings import frozen_surroundings


@pytest.fixture(autouse=True)
def _frozen_surroundings() -> Iterator[None]:
    """Nothing of the machine's own shows or is touched: zone, tmux, colours, clipboard."""
    with frozen_surroundings():
        yield


@pytest.fixture
def desk(tmp_path: Path) -> Callable[..., object]:
    """Return what opens the app in a size, on a sandbox with options; use it with `async with`."""

    @asynccontextmanager
    async def open_desk(size: tuple[int, int] = (120, 40), **options: object) -> AsyncIterator[Session]:
        with stage(tmp_path, **options) as made:  # type: ignore[arg-type]  # the test names the options
            async with made.app.run_test(size=size) as pilot:
                yield made.session(pilot)

    return open_desk
