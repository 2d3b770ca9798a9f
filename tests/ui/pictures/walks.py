"""The walks: every screen and every dialog of the program is a stop of one of them."""

import asyncio
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from textual.screen import Screen

from snum_tui.cli.bare import BareStart
from snum_tui.cli.preferences import KeptPreferences
from snum_tui.engine.snapshot import Link
from snum_tui.settings.paths import Paths
from snum_tui.ui.dialogs.choice import ChoiceScreen
from snum_tui.ui.dialogs.event import EventScreen
from snum_tui.ui.dialogs.number import NumberScreen
from snum_tui.ui.dialogs.typed_value import ValuePrompt
from snum_tui.ui.screens.history import HistoryScreen
from snum_tui.ui.screens.log import LogScreen
from snum_tui.ui.screens.too_small import TooSmallScreen
from tests.ui import scenes
from tests.ui.beginning import Beginning
from tests.ui.pictures.camera import FIRST_CLASS, SIZES, Camera, Stop, Walk
from tests.ui.session import Session

LARGE = (120, 40)
TOO_SMALL = (39, 11)


async def beginning(session: Beginning, camera: Camera) -> None:
    """The first start, and the profiles that come of it."""
    await scenes.at_first_start(session)
    await camera.take("first")
    await session.fill_in("http://numara.example", "0123456789abcdef0123456789abcdef")
    await session.press("enter")
    await camera.take("first-errors")
    await scenes.with_two_profiles(session)
    await camera.take("profiles")
    await session.press("down", "x")
    await camera.take("profile-remove")
    await session.press("n", "up", "e")
    await session.until(lambda: session.app.focused)
    await camera.take("profile-form")


async def at_the_desk(session: Session, camera: Camera) -> None:
    """Nothing is ordered yet."""
    await scenes.at_start(session)
    await camera.take("start")
    await session.press("2", "down")
    await camera.take("services")
    await session.press("colon")
    await camera.take("palette")
    await session.press(*"google ger")
    await session.until(lambda: session.snapshot.found is not None and session.snapshot.found.text == "google ger")
    await session.until(lambda: "Google · Gürcistan" in session.screen_text())
    await camera.take("find")
    await session.press("escape", "slash", *"alm")
    await camera.take("filter")
    await session.press("z", "z")
    await camera.take("nothing-matches")
    await session.press("escape", "question_mark")
    await camera.take("keys")
    await session.press("escape")
    await scenes.asking(session)
    await camera.take("order")
    await session.press("n", "up", "w")
    await camera.take("watch")
    await session.press("escape")
    await scenes.asking_what_to_wait_for(session)
    await camera.take("watched")
    await session.press("escape")
    await scenes.asking_at_a_new_price(session)
    await camera.take("rise")


async def at_work(session: Session, camera: Camera) -> None:
    """A code is here, a number waits, one was cancelled."""
    await scenes.at_work(session)
    await camera.take("desk")
    for theme, name in (("snum-light", "desk-light"), ("ansi-dark", "desk-ansi"), ("snum-dark", "")):
        session.app.theme = theme
        await session.pilot.pause()
        if name:
            await camera.take(name)
    await session.press("3")
    await camera.take("numbers")
    await session.press("c")
    await camera.take("cancel")
    await session.press("n", "q")
    await camera.take("leave")
    await session.press("n", "G", "enter")
    await session.until(lambda: isinstance(session.app.screen, NumberScreen))
    await camera.take("number")
    await session.press("escape", "H")
    await session.until(lambda: isinstance(session.app.screen, HistoryScreen))
    await camera.take("history")
    await session.press("escape", "l")
    await session.until(lambda: isinstance(session.app.screen, LogScreen))
    await camera.take("log")
    await session.press("down", "enter")
    await session.until(lambda: isinstance(session.app.screen, EventScreen))
    await camera.take("event")


async def in_doubt(session: Session, camera: Camera) -> None:
    """Nobody knows what became of an order."""
    await scenes.an_unknown_order(session)
    await camera.take("unknown")
    await scenes.looking_at_evidence(session)
    await camera.take("settling")
    await session.press("l")
    await camera.take("settle-lost")
    await session.press("escape", "i")
    await camera.take("settle-id")
    await session.press("escape", "o")
    await camera.take("order-again")
    await session.press("n", "escape", "q")
    await camera.take("leave-unknown")


async def of_one_service(session: Session, camera: Camera) -> None:
    """All that is known of a service."""
    await scenes.all_that_is_known(session)
    await camera.take("service")


async def through_the_settings(session: Session, camera: Camera) -> None:
    """A setting with values to choose from, and one to type; none of them is changed."""
    await session.ready()
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder) / "config", Path(folder) / "state", Path(folder) / "cache")
        session.app.desk.preferences = KeptPreferences(paths, BareStart())
        await _change_setting(session, "theme", ChoiceScreen)
        await camera.take("setting-choice")
        await session.press("escape")
        await _change_setting(session, "quote_seconds", ValuePrompt)
        await camera.take("setting-value")


async def _change_setting(session: Session, name: str, dialog: type[Screen[Any]]) -> None:
    """Find a setting in the palette, and open what changes it."""
    await session.press("colon", *name)
    await session.until(lambda: f"{name} = " in session.screen_text())
    await session.press("enter")
    await session.until(lambda: isinstance(session.app.screen, dialog))


async def without_an_answer(session: Session, camera: Camera) -> None:
    """The site does not answer any more."""
    await session.ready()
    session.site.stop()
    await session.press("2", "enter")
    await asyncio.sleep(0.31)  # the question's own deaf time
    await session.press("y")
    await session.until(lambda: session.snapshot.link is Link.DOWN)
    await camera.take("no-answer")


async def without_any_answer(session: Session, camera: Camera) -> None:
    """The site never answered."""
    session.site.stop()
    await session.until(lambda: session.app.screen_stack and session.snapshot.link is Link.DOWN)
    services = session.rows("services")
    await session.until(lambda: any(column.title for column in services._columns if not column.width))
    await camera.take("never-reached")


async def in_a_small_window(session: Session, camera: Camera) -> None:
    """One sentence."""
    await session.ready()
    await session.pilot.resize_terminal(*TOO_SMALL)
    await session.until(lambda: isinstance(session.app.screen, TooSmallScreen))
    await camera.take("too-small")


async def at_a_glance(name: str, session: Session, camera: Camera) -> None:
    """What a terminal with less than ours shows of the desk."""
    await scenes.at_work(session)
    await camera.take(name)


def _stops(*names: str) -> tuple[Stop, ...]:
    return tuple(Stop(name, SIZES) for name in names)


WALKS = (
    Walk(
        "beginning",
        beginning,
        _stops("first", "first-errors", "profiles", "profile-remove", "profile-form"),
        begins=True,
    ),
    Walk(
        "desk",
        at_the_desk,
        _stops(
            *("start", "services", "filter", "nothing-matches", "palette", "find", "keys"),
            *("order", "watch", "watched", "rise"),
        ),
    ),
    Walk(
        "work",
        at_work,
        (
            *_stops("desk", "numbers", "cancel", "leave", "number", "history", "log", "event"),
            Stop("desk-light", (LARGE, FIRST_CLASS)),
            Stop("desk-ansi", (FIRST_CLASS,)),
        ),
    ),
    Walk(
        "doubt",
        in_doubt,
        _stops("unknown", "settling", "settle-lost", "settle-id", "order-again", "leave-unknown"),
    ),
    Walk(
        "mono",
        partial(at_a_glance, "desk-mono"),
        (Stop("desk-mono", (FIRST_CLASS,)),),
        languages=("en",),
        look={"theme": "ansi-dark"},
        environment={"NO_COLOR": "1"},
    ),
    Walk(
        "ascii",
        partial(at_a_glance, "desk-ascii"),
        (Stop("desk-ascii", (FIRST_CLASS,)),),
        look={"in_ascii": True},
    ),
    Walk("service", of_one_service, _stops("service")),
    Walk("settings", through_the_settings, _stops("setting-choice", "setting-value")),
    Walk("no-answer", without_an_answer, _stops("no-answer")),
    Walk("never-reached", without_any_answer, _stops("never-reached")),
    Walk("too-small", in_a_small_window, (Stop("too-small", (TOO_SMALL,)),)),
)
