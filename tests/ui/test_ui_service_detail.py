"""`d`: all that is known of one service, and kept current while it is looked at."""

from decimal import Decimal

import pytest

from snum_tui.engine.commands import Refresh, Study
from snum_tui.ui.dialogs.service import ServiceScreen
from tests.ui.session import OpenDesk, Session, presses
from tests.ui.test_ui_fits import nothing_is_cut


async def studied(session: Session) -> str:
    """Open the details of the first service. Returns its id."""
    await session.ready()
    await session.press("2", "d")
    await session.until(lambda: session.snapshot.study is not None)
    await session.until(lambda: "Your orders" in session.words())
    return session.snapshot.listing.services[0].id


def plain(session: Session) -> str:
    return "".join(words for words, _ in session.app.screen.content())  # type: ignore[attr-defined]


async def reprice(session: Session, service_id: str, price: str, stock: int) -> None:
    """Let ten minutes pass, then read another price and stock."""
    session.clock.advance(600)
    session.site.set_price(service_id, price)
    session.site.set_stock(service_id, stock)
    session.door.submit(Refresh())
    await session.until(lambda: session.snapshot.quotes[service_id].quote.price == Decimal(price))
    await session.until(lambda: session.snapshot.quotes[service_id].quote.stock == stock)


@presses("services.study")
async def test_price_and_stock_over_time_are_drawn_and_grow_while_one_looks(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        service_id = await studied(session)
        assert isinstance(session.app.screen, ServiceScreen)
        assert "since the first look" in session.words()
        await reprice(session, service_id, "1.25", 7)
        await reprice(session, service_id, "9.75", 0)
        await session.until(lambda: "lowest ₺1.25, highest ₺9.75" in session.words())
        assert "Stock over time lowest 0, highest" in session.words()
        lines = [line for line in session.screen_text().splitlines() if "█" in line]
        assert len(lines) == 2
        assert all(len([cell for cell in line if cell in "▁▂▃▄▅▆▇█"]) == 69 for line in lines)
        assert "03-14 12:00" in session.screen_text()
        assert "03-14 12:20" in session.screen_text()
        await session.press("escape")
        assert session.app.screen is session.app.main
        await session.until(lambda: session.snapshot.study is None)
        assert [one for one in session.door.submitted if isinstance(one, Study)][-1] == Study("")


async def test_own_orders_and_marks_and_ids_are_told(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        orders = [await session.order(0) for _ in range(2)]
        session.clock.advance(42)
        session.site.deliver(orders[0].number_id or "", "482915")
        await session.until(lambda: session.snapshot.orders[1].state == "received")
        await session.press("2", "f", "w", "1", "enter", "d")
        service = session.snapshot.listing.services[0]
        await session.until(lambda: session.snapshot.favourites and session.snapshot.watches)
        await session.until(lambda: "Usual wait 0:42" in session.words())
        words = session.words()
        for told in (
            f"Google · {service.name}",
            "Your orders 2 numbers",
            "Codes 1 of 1 settled",
            f"Spent ₺{sum(order.price for order in orders):.2f}",
            "Watched waits for ₺1.00 or less",
            "Favourite yes",
            f"service {service.id}, category {service.category_id}",
        ):
            assert told in words
        session.site.deliver(orders[1].number_id or "", "482916")
        await session.until(lambda: "Codes 2 of 2 settled" in session.words())


async def test_a_service_never_ordered_whose_price_fails_says_why(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        service_id = await studied(session)
        assert "Your orders none yet" in session.words()
        session.site.add_fault("getServiceDetails:refuse@*")
        session.door.submit(Refresh())
        await session.until(lambda: service_id in session.snapshot.failed_quotes)
        await session.until(lambda: "Not read" in session.words())


@pytest.mark.parametrize("dialects", [("missing-stock",)])
async def test_a_stock_that_the_site_does_not_tell_is_not_drawn(desk: OpenDesk, dialects: tuple[str, ...]) -> None:
    async with desk(size=(80, 24), dialects=dialects) as session:
        service_id = await studied(session)
        assert "Stock the site does not tell it" in session.words()
        session.clock.advance(600)
        session.site.set_price(service_id, "9.75")
        session.door.submit(Refresh())
        await session.until(lambda: "Stock over time the site does not tell it" in session.words())


async def test_a_reading_that_says_the_same_repaints_nothing(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(size=(80, 24)) as session:
        await studied(session)
        painted: list[object] = []
        text = session.app.screen.query_one("#sheet-text")
        monkeypatch.setattr(text, "refresh", lambda *regions, **_: painted.append(regions))
        before = session.site.requests["getServiceDetails"]
        session.door.submit(Refresh())
        await session.until(lambda: session.site.requests["getServiceDetails"] > before + 3)
        await session.until(lambda: session.snapshot.study is not None)
        assert painted == []


async def test_the_age_grows_though_the_site_says_nothing_more(desk: OpenDesk) -> None:
    async with desk(size=(80, 24)) as session:
        await studied(session)
        assert "Age now" in session.words()
        session.clock.advance(250)
        session.app.screen.repaint()
        await session.pilot.pause()
        assert "Age 4m" in session.words()
        assert session.app.screen._aging is not None


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_sheet_fits_with_all_that_can_be_known(
    desk: OpenDesk, language: str, size: tuple[int, int]
) -> None:
    async with desk(size=size, language=language) as session:
        await session.ready()
        order = await session.order(0)
        session.site.deliver(order.number_id or "", "482915")
        await session.until(lambda: session.snapshot.orders[0].state == "received")
        await session.press("2", "f", "w", "1", "enter", "d")
        await session.until(lambda: session.snapshot.favourites and session.snapshot.watches)
        await reprice(session, order.service_id, "1.25", 7)
        await session.until(lambda: len(session.snapshot.study.points) == 2)
        await session.until(lambda: "█" in plain(session))
        await session.pilot.pause()
        widest = max(len(line) for line in plain(session).splitlines())
        assert widest <= session.app.screen.query_one("#sheet").scrollable_content_region.width
        if size == (80, 24):
            nothing_is_cut(session)
        else:
            await session.press("G")
            assert order.service_id in session.words()
