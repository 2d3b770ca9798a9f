"""Takes the pictures: a walk through the running app, on a real sandbox, with a stop wherever one is taken.

The app is started once for a walk and a language; for each picture its terminal gets another size.
"""

import asyncio
import os
import re
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from textual.containers import VerticalScroll
from textual.screen import Screen

from snum_tui.engine.commands import Refresh
from snum_tui.engine.snapshot import Link
from tests.ui.beginning import Beginning, first_start
from tests.ui.pictures.tidy import tidy
from tests.ui.session import Session, stage
from tests.ui.surroundings import frozen_surroundings

Size = tuple[int, int]
FIRST_CLASS: Size = (80, 24)
"""Where the walks are walked, and what every picture is taken at in Turkish as well."""
SIZES: tuple[Size, ...] = ((40, 12), (120, 40), (200, 60), FIRST_CLASS)
SOURCE_LANGUAGE = "en"
OF_CHANCE = (
    (re.compile(r"127\.0\.0\.1:\d{5}"), "127.0.0.1:54321"),
    (re.compile(r"\b[0-9a-f]{16}\b"), "5e9a10c4d2b7f386"),
)
"""The sandbox has another port each time, and an order another id."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What the app looked like: its picture, its words, and how many lines of its boxes have to be scrolled to."""

    screen: type[Screen[Any]]
    svg: str
    text: str
    hidden_lines: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Where pictures are taken, at these sizes."""

    name: str
    sizes: tuple[Size, ...] = SIZES

    def pictures(self, language: str) -> list[str]:
        """Return the names of its pictures: `desk-120x40`, and `desk-tr-80x24` for those in Turkish."""
        if language == SOURCE_LANGUAGE:
            return [picture_name(self.name, size) for size in self.sizes]
        return [picture_name(f"{self.name}-{language}", self.sizes[-1])]


@dataclass(frozen=True, slots=True)
class Walk:
    """A way through the app. One that `begins` is of an app that knows no account yet, and gets a Beginning."""

    name: str
    walk: Callable[[Any, "Camera"], Awaitable[None]]
    stops: tuple[Stop, ...]
    languages: tuple[str, ...] = ("en", "tr")
    begins: bool = False
    look: dict[str, Any] = field(default_factory=dict)
    """What the app is staged with."""
    environment: dict[str, str] = field(default_factory=dict)

    def stage(self, directory: Path, language: str) -> AbstractContextManager[Any]:
        """Make the app that is walked through."""
        made_on = first_start if self.begins else stage
        return made_on(directory, language=language, **self.look)

    def pictures(self, language: str) -> list[str]:
        """Return the names of all pictures that it takes in a language."""
        return [name for stop in self.stops for name in stop.pictures(language)]


class Camera:
    """Takes the pictures of one walk."""

    def __init__(self, walk: Walk, language: str, session: Session | Beginning) -> None:
        self._stops = {stop.name: stop for stop in walk.stops}
        self._language = language
        self._session = session
        self.taken: dict[str, Picture] = {}

    async def take(self, name: str) -> None:
        """Take the pictures of a stop; afterwards the terminal is as large as before."""
        stop, app = self._stops[name], self._session.app
        sizes = stop.sizes if self._language == SOURCE_LANGUAGE else stop.sizes[-1:]
        for picture, size in zip(stop.pictures(self._language), sizes, strict=True):
            await self._resize(size)
            text = await self._come_to_rest()
            svg = tidy(app.export_screenshot(simplify=True))
            for found, shown in OF_CHANCE:
                svg = found.sub(shown, svg)
            self.taken[picture] = Picture(type(app.screen), svg, text, self._hidden_lines())
        await self._resize(FIRST_CLASS)

    async def _resize(self, size: Size) -> None:
        app = self._session.app
        if app.size != size:
            await self._session.pilot.resize_terminal(*size)
            await self._session.until(lambda: app.screen.outer_size == size)

    async def _come_to_rest(self) -> str:
        """Wait until nothing changes any more, and return the screen's words."""
        if isinstance(self._session, Session) and _is_behind(self._session):
            self._session.door.submit(Refresh())
        seen = ""
        while True:
            await self._session.until(self._rests)
            if seen == (seen := self._session.screen_text()):
                return seen

    def _rests(self) -> bool:
        """Tell whether no paint is due, and the prices of all rows that can be seen are here and of now."""
        session = self._session
        if not isinstance(session, Session):
            return True
        if session.app.main._painter._timer is not None:
            return False
        if session.snapshot.link is not Link.UP:
            return True
        known = set(session.rows("services").visible_keys) <= set(session.snapshot.quotes)
        painted = all("…" not in row.cells[0].text for row in session.visible("services"))
        return known and painted and not _is_behind(session)

    def _hidden_lines(self) -> int:
        return sum(box.max_scroll_y for box in self._session.app.screen.query(VerticalScroll))


def _is_behind(session: Session) -> bool:
    """Tell whether a row that can be seen shows what was read some time ago."""
    if session.snapshot.link is not Link.UP:
        return False
    now, quotes = session.clock.now().wall, session.snapshot.quotes
    return any(quotes[key].read_at != now for key in session.rows("services").visible_keys if key in quotes)


def picture_name(name: str, size: Size) -> str:
    """Return what a picture is called."""
    return f"{name}-{size[0]}x{size[1]}"


def photograph(walk: Walk, language: str) -> dict[str, Picture]:
    """Walk once, and return the pictures by their names."""
    return asyncio.run(_photograph(walk, language))


async def _photograph(walk: Walk, language: str) -> dict[str, Picture]:
    with (
        frozen_surroundings(),
        patch.dict(os.environ, walk.environment),
        tempfile.TemporaryDirectory() as directory,
        walk.stage(Path(directory), language) as made,
    ):
        async with made.app.run_test(size=FIRST_CLASS) as pilot:
            session = made.session(pilot)
            camera = Camera(walk, language, session)
            await walk.walk(session, camera)
            return camera.taken


def all_pictures(walks: Sequence[Walk]) -> set[str]:
    """Return the names of all pictures there are to be."""
    return {name for walk in walks for language in walk.languages for name in walk.pictures(language)}
