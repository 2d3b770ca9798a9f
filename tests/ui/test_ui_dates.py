"""Dates on every screen: the day first in Turkish, switched by the language's key like all other words."""

import re

import pytest

from tests.ui.session import OpenDesk

ENGLISH = {80: "03-14 12:00", 120: "2026-03-14 12:00"}
TURKISH = {80: "14.03 12:00", 120: "14.03.2026 12:00"}


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("key", ["l", "H"])
async def test_lists_write_them_the_way_of_the_language_of_now(desk: OpenDesk, key: str, width: int) -> None:
    async with desk(size=(width, 24)) as session:
        await session.ready()
        await session.order()
        await session.press(key)
        assert ENGLISH[width] in session.words()
        columns = [line.index(ENGLISH[width]) for line in session.screen_text().splitlines() if "12:00" in line]
        await session.press("L")
        assert TURKISH[width] in session.words()
        assert ENGLISH[width] not in session.words()
        assert columns == [
            line.index(TURKISH[width]) for line in session.screen_text().splitlines() if "12:00" in line
        ]


@pytest.mark.parametrize("keys", [("l", "enter"), ("H", "enter")])
async def test_details_write_them_the_way_of_the_language(desk: OpenDesk, keys: tuple[str, ...]) -> None:
    async with desk(size=(80, 24), language="tr") as session:
        await session.ready()
        await session.order()
        await session.press(*keys)
        assert "14.03.2026 12:00" in session.words()
        assert not re.search(r"03-14", session.words())


async def test_an_order_without_an_outcome_tells_its_time_the_way_of_the_language(desk: OpenDesk) -> None:
    async with desk(size=(80, 24), language="tr") as session:
        await session.ready()
        session.site.add_fault("getNumber:drop-reply@1")
        await session.order()
        await session.press("u")
        assert "14.03.2026 12:00" in session.words()


async def test_a_service_tells_when_it_was_first_looked_at_the_way_of_the_language(desk: OpenDesk) -> None:
    async with desk(size=(80, 24), language="tr") as session:
        await session.ready()
        await session.press("2", "d")
        await session.until(lambda: "14.03.2026 12:00" in session.words())
