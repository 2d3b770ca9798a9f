"""What a person does with profiles: goes to their list, adds one, changes one."""

import asyncio
import tomllib
from pathlib import Path
from typing import Any

from snum_tui.engine.commands import PlaceOrder
from snum_tui.ui.screens.main import MainScreen
from snum_tui.ui.screens.profile_form import ProfileForm
from snum_tui.ui.screens.profiles import ProfilesScreen
from tests.ui.beginning import Beginning


async def connected(session: Beginning, profile: str = "default") -> None:
    await session.until(lambda: session.app.is_at_work and isinstance(session.app.screen, MainScreen))
    await session.until(lambda: session.app.desk.snapshot.profile == profile)
    await session.until(lambda: session.app.desk.snapshot.balance is not None)


def profiles_of(session: Beginning) -> dict[str, Any]:
    tables: dict[str, Any] = tomllib.loads(session.paths.config_file.read_text())["profiles"]
    return tables


async def listed(session: Beginning) -> ProfilesScreen:
    """Go to the list, and wait for its rows."""
    if not isinstance(session.app.screen, ProfilesScreen):
        await session.press("P")
    screen = session.app.screen
    assert isinstance(screen, ProfilesScreen)
    await session.until(lambda: screen.rows.rows)
    return screen


def unmoved(file: Path) -> tuple[int, int, int]:
    """What changes where a file is written."""
    return file.stat().st_ino, file.stat().st_mtime_ns, file.stat().st_mode


async def listed_anew(session: Beginning, profile: str) -> ProfilesScreen:
    """Wait for the list that stands after the profile at work was changed, on an engine of its own."""
    await session.until(lambda: session.app.desk.snapshot.profile == profile)
    await session.until(lambda: isinstance(session.app.screen, ProfilesScreen) and session.app.screen.rows.rows)
    screen = session.app.screen
    assert isinstance(screen, ProfilesScreen)
    await session.until(lambda: under_cursor(screen) == profile)
    return screen


def under_cursor(screen: ProfilesScreen) -> str:
    return screen.rows.rows[screen.rows.cursor_index].cells[2].text


async def changing(session: Beginning) -> Any:
    """Open the form of the profile under the list's cursor."""
    await listed(session)
    await session.press("e")
    await session.until(lambda: isinstance(session.app.screen, ProfileForm) and session.app.focused)
    return session.app.screen


async def add(session: Beginning, name: str, address: str | None = None) -> None:
    """Add a profile on the same sandbox, by another of its names."""
    await listed(session)
    await session.press("a")
    await session.until(lambda: isinstance(session.app.screen, ProfileForm) and session.app.focused)
    form = session.app.screen
    assert isinstance(form, ProfileForm)
    form._fill(form.name_field, name)
    form._fill(form.address, address or session.site.url.replace("127.0.0.1", "localhost"))
    form.key.line.take(type(form.key.line.key)(session.site.key))  # type: ignore[attr-defined]
    form.go_to(form.test)
    await session.press("enter")
    await session.until(lambda: session.app.focused is form.save)
    await session.press("enter")
    await session.until(lambda: isinstance(session.app.screen, ProfilesScreen))
    await session.until(lambda: name in session.screen_text())


async def wished(session: Beginning) -> PlaceOrder:
    """Wait for a service with its price, and return an order of it."""
    desk = session.app.desk
    await session.until(lambda: desk.snapshot.listing.services and desk.snapshot.quotes)
    service = next(one for one in desk.snapshot.listing.services if one.id in desk.snapshot.quotes)
    price = desk.snapshot.quotes[service.id].quote.price
    return PlaceOrder(service.id, service.name, service.category_id, "Google", price)


async def order(session: Beginning) -> None:
    """Order a number in the profile of now."""
    desk = session.app.desk
    desk.engine.submit(await wished(session))
    await session.until(lambda: [one for one in desk.snapshot.open_numbers if one.number])


async def agree(session: Beginning) -> None:
    await session.until(lambda: session.app.screen.query("#question"))
    await asyncio.sleep(0.31)  # the question's own deaf time is what is waited for
    await session.press("y")
