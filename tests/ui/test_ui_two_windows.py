"""A second window on the same orders: counted, quiet, and said where it matters."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from snum_tui.engine.commands import CancelNumber, PlaceOrder
from snum_tui.engine.thread import Engine
from tests.ui.session import OpenDesk, Session, engine_settings


@contextmanager
def another_window(session: Session, directory: Path) -> Iterator[Engine]:
    """Start a second engine on the same journal, as a second terminal does."""
    engine = Engine(engine_settings(session.site, directory), session.clock)
    engine.start()
    try:
        yield engine
    finally:
        assert engine.stop(10.0), "the other engine did not end"


def numbers_title(session: Session) -> str:
    return next(line for line in session.screen_text().splitlines() if "─ Numbers" in line)


def wish(session: Session) -> PlaceOrder:
    """What the other window orders: the second row."""
    service = session.snapshot.listing.services[1]
    price = session.snapshot.quotes[service.id].quote.price
    return PlaceOrder(service.id, service.name, service.category_id, "Google", price)


async def test_other_windows_are_counted_beside_the_numbers_and_not_at_the_cost_of_the_balance(
    desk: OpenDesk, tmp_path: Path
) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        assert "window" not in session.screen_text()
        with another_window(session, tmp_path):
            await session.until(lambda: "2 windows" in numbers_title(session))
            assert "₺100.00" in session.screen_text().splitlines()[0]
        await session.until(lambda: "window" not in session.screen_text())


async def test_orders_of_the_other_window_read_like_ones_own(desk: OpenDesk, tmp_path: Path) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        with another_window(session, tmp_path) as other:
            await session.press("3")
            session.site.set_latency(0.8)
            other.submit(wish(session))
            await session.until(lambda: [row.cells[1].text for row in session.rows("numbers").rows] == ["sending"])
            await session.press("c")
            assert "still being sent" in session.message
            await session.until(lambda: session.rows("numbers").rows[0].cells[1].text == "waiting")
            other.submit(CancelNumber(session.snapshot.orders[0].id))
            await session.until(lambda: session.rows("numbers").rows[0].cells[1].text == "cancelling")
            await session.press("c")
            assert "being cancelled already" in session.message
            session.site.set_latency(0)
            await session.until(lambda: session.snapshot.orders[0].state == "cancelled")


async def test_leaving_one_of_two_windows_promises_that_the_other_goes_on(desk: OpenDesk, tmp_path: Path) -> None:
    async with desk(size=(80, 24)) as session:
        await session.ready()
        await session.order()
        await session.press("q")
        assert "nobody asks for codes meanwhile" in session.words()
        await session.press("n")
        with another_window(session, tmp_path):
            await session.until(lambda: session.snapshot.others == 1)
            await session.press("q")
            assert "The other window goes on asking for their codes." in session.words()
            await session.press("n")
