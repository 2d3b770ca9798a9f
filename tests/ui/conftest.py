"""The screens' tests: the whole app, in surroundings that do not change."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.ui.beginning import Beginning, first_start
from tests.ui.profiles import connected
from tests.ui.session import Session, stage
from tests.ui.surroundings import frozen_surroundings

Open = Callable[..., AbstractAsyncContextManager[Any]]


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


@pytest.fixture
def begin(tmp_path: Path) -> Open:
    """Open the first screen in a size."""

    @asynccontextmanager
    async def open_it(size: tuple[int, int] = (80, 24), **options: Any) -> AsyncIterator[Beginning]:
        with first_start(tmp_path, **options) as made:
            async with made.app.run_test(size=size) as pilot:
                session = made.session(pilot)
                await session.until(lambda: made.app.screen_stack and made.app.focused)
                yield session

    return open_it


@pytest.fixture
def at_work(begin: Open) -> Open:
    """Open the app, and save the first account as a person does; the main screen stands then."""

    @asynccontextmanager
    async def open_it(size: tuple[int, int] = (80, 24), **options: Any) -> AsyncIterator[Beginning]:
        async with begin(size, **options) as session:
            await session.fill_in(session.site.url, session.site.key)
            await session.press("enter")
            await session.until(lambda: session.app.focused is session.form.save)
            await session.press("enter")
            await connected(session)
            yield session

    return open_it
