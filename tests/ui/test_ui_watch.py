"""`w`: a service is watched for stock or a price, shown as such, and never ordered by itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from decimal import Decimal

import pytest

from snum_tui.domain.view import View
from snum_tui.engine.commands import DropWatch, SetWatch
from snum_tui.engine.snapshot import News
from snum_tui.ui.dialogs.watch import WatchPrompt
from snum_tui.ui.panes.tree import TreePane
from snum_tui.ui.tables.tree import WATCHED
from tests.ui.session import OpenDesk, Session, presses
from tests.ui.test_ui_fits import nothing_is_cut


@asynccontextmanager
async def at_services(desk: OpenDesk, stock: int = 0, **options: object) -> AsyncIterator[Session]:
    """Open the desk with the cursor on a service that has this much stock; at the end nothing was ordered."""
    async with desk(**options) as session:
        await session.ready()
        await session.press("2")
        session.site.set_stock(service_id(session), stock)
        await session.press("r")
        await session.until(lambda: session.snapshot.quotes[service_id(session)].quote.stock == stock)
        yield session
        assert session.site.requests["getNumber"] == 0


def service_id(session: Session) -> str:
    return session.snapshot.listing.services[0].id


def name(session: Session) -> str:
    return session.rows("services").rows[0].cells[3].text


def asked(session: Session) -> list[SetWatch | DropWatch]:
    return [one for one in session.door.submitted if isinstance(one, SetWatch | DropWatch)]


@presses("services.watch")
async def test_an_empty_line_waits_for_stock_and_the_row_says_so(desk: OpenDesk) -> None:
    async with at_services(desk) as session:
        await session.press("w")
        assert isinstance(session.app.screen, WatchPrompt)
        await session.press("enter")
        service = session.snapshot.listing.services[0]
        category = session.snapshot.categories[0].name
        assert asked(session) == [SetWatch(service.id, service.name, service.category_id, category, None)]
        assert f"as soon as {service.name} is in stock" in session.message
        await session.until(lambda: name(session) == f"◎ {service.name}")
        session.site.set_stock(service.id, 4)
        await session.press("r")
        await session.until(lambda: name(session) == f"◉ {service.name}")
        await session.until(lambda: "is in stock: 4 numbers" in session.message)
        assert session.snapshot.events[-1].news is News.STOCK


@pytest.mark.parametrize(("language", "typed"), [("en", "1.5"), ("tr", "1,50"), ("tr", "₺ 1,5")])
async def test_an_amount_is_a_limit_as_people_write_it(desk: OpenDesk, language: str, typed: str) -> None:
    async with at_services(desk, stock=5, language=language) as session:
        await session.press("w", *typed, "enter")
        await session.until(lambda: session.snapshot.watches)
        assert session.snapshot.watches[0].price_limit == Decimal("1.5")
        assert {"en": "₺1.50", "tr": "1,50 ₺"}[language] in session.message
        session.site.set_price(service_id(session), "1.50")
        await session.press("r")
        await session.until(lambda: name(session).startswith("◉"))


@pytest.mark.parametrize(
    ("typed", "said"), [("cheap", "cheap is no amount. Write it like 2.50."), ("-1", "costs that little")]
)
async def test_what_is_no_amount_is_said_beside_the_line_until_it_is_changed(
    desk: OpenDesk, typed: str, said: str
) -> None:
    async with at_services(desk) as session:
        await session.press("w", *typed, "enter")
        assert isinstance(session.app.screen, WatchPrompt)
        assert said in session.words()
        await session.press("backspace")
        assert said not in session.words()
        await session.press("escape")
        assert asked(session) == []


@presses("watch.end_watch")
async def test_a_watched_service_says_so_is_kept_changed_or_let_go(desk: OpenDesk) -> None:
    async with at_services(desk) as session:
        await session.press("w", "2", "enter")
        await session.until(lambda: session.snapshot.watches)
        await session.press("w")
        assert "waits for ₺2.00 or less" in session.words()
        await session.press("enter")
        assert len(asked(session)) == 1
        await session.press("w", "3", "enter")
        await session.until(lambda: session.snapshot.watches[0].price_limit == 3)
        await session.press("w", "delete", "enter")
        await session.until(lambda: session.snapshot.watches[0].price_limit is None)
        await session.press("w")
        assert "waits for stock" in session.words()
        await session.press("f8")
        await session.until(lambda: not session.snapshot.watches)
        assert "no longer watched" in session.message
        await session.until(lambda: name(session) == session.snapshot.listing.services[0].name)
        await session.press("w", "f8")
        assert isinstance(session.app.screen, WatchPrompt)
        assert "This service is not watched: there is nothing to end." in session.words()


async def test_watched_services_have_a_list_of_their_own_for_as_long_as_there_are_any(desk: OpenDesk) -> None:
    async with at_services(desk) as session:
        tree = session.rows("tree")
        assert WATCHED not in tree.keys
        await session.press("w", "enter")
        await session.until(lambda: WATCHED in tree.keys)
        assert [cell.text for cell in tree.rows[2].cells] == ["◎ Watched", "1"]
        service = session.snapshot.listing.services[0]
        await session.press("1")
        tree.move_to_key(WATCHED)
        await session.press("enter")
        await session.until(lambda: [row.key for row in session.rows("services").rows] == [service.id])
        assert name(session) == f"◎ {session.snapshot.categories[0].name} · {service.name}"
        assert "Watched · 1" in session.screen_text()
        await session.press("w", "f8")
        await session.until(lambda: "Nothing is watched." in session.words())
        assert tree.cursor_key == WATCHED  # nothing else opens under the person's hands
        await session.press("1", "down")
        await session.until(lambda: WATCHED not in tree.keys)


async def test_with_watches_the_first_start_still_begins_at_the_first_category(desk: OpenDesk) -> None:
    async with at_services(desk) as session:
        await session.press("w", "enter")
        await session.until(lambda: session.snapshot.watches)
        tree = session.app.main.query_one(TreePane)
        tree._moved_to_first = False
        session.rows("tree").move_to(0)
        tree.paint(replace(session.snapshot, view=View()))
        assert session.rows("tree").cursor_key == f"category:{session.snapshot.categories[0].id}"


async def test_who_finds_nothing_in_stock_is_told_of_the_watch(desk: OpenDesk) -> None:
    async with at_services(desk) as session:
        await session.press("enter")
        assert session.app.screen is session.app.main
        assert "press w" in session.message


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_dialog_fits(desk: OpenDesk, language: str, size: tuple[int, int]) -> None:
    async with at_services(desk, size=size, language=language) as session:
        for keys in (("w",), ("z", "enter"), ("escape",), ("w", "1", "2", "enter"), ("w",)):
            await session.press(*keys)
            if size == (80, 24):
                nothing_is_cut(session)
        await session.until(lambda: session.snapshot.watches)
        await session.press("escape", "w")
        assert "F8" in session.words()
        assert {"en": "12.00", "tr": "12,00"}[language] in session.words()
